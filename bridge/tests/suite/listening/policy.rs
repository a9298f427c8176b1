//! Where clients may listen, and how many listeners they may have.

use echo_core::wire::{Failure, INFO_PATH, Info, Kind, SUBPROTOCOL, Stage};
use tokio::net::{TcpListener, TcpStream};

use crate::harness::client::{Client, Session};
use crate::harness::listener::Listening;
use crate::harness::{Bridge, status};

/// How a listener at this address is refused.
async fn refused(bridge: &Bridge, query: &str) -> Session {
    let session = Client::open(bridge, query).await.receive_all().await;
    assert_eq!(session.types(), ["failed", "closed"], "{query}");
    session
}

/// Stage and kind of a failure, and the code with which it closes.
fn told(session: &Session) -> (Stage, Kind, u16) {
    let Failure { stage, kind, .. } = *session.failure();
    (stage, kind, session.code)
}

/// A client that has come in, but not on the bridge's own machine.
async fn from_elsewhere(bridge: &Bridge, query: &str) -> Client {
    let stream = TcpStream::connect(bridge.address).await.unwrap();
    let url = format!("ws://bridge.example/ws{query}");
    Client::requesting(stream, &url, SUBPROTOCOL).await.0
}

const PUBLIC: [&str; 4] = ["--public-host", "bridge.example", "--auth", "off"];

#[tokio::test]
async fn without_a_flag_clients_listen_on_loopback_at_ports_without_a_privilege() {
    let bridge = Bridge::start(&[]).await;
    for address in ["localhost:80", "127.0.0.1:1023", "0.0.0.0:0", "[::]:9000", "192.0.2.1:9000"] {
        let session = refused(&bridge, &format!("?listen={address}")).await;
        assert_eq!(told(&session), (Stage::Policy, Kind::Forbidden, 1008), "{address}");
        assert!(session.reason.contains("--allow-listen"), "{}", session.reason);
    }
    Listening::at(&bridge, "127.0.0.2:0").await;
}

#[tokio::test]
async fn what_is_no_address_or_asks_for_several_things_is_refused() {
    let bridge = Bridge::start(&[]).await;
    for query in [
        "?listen=",
        "?listen=9000",
        "?listen=db.internal:9000",
        "?listen=localhost:0&target=echo",
        "?listen=localhost:0&accept=x",
        "?accept=x&target=echo",
    ] {
        let session = refused(&bridge, query).await;
        assert_eq!(told(&session), (Stage::Policy, Kind::Malformed, 1008), "{query}");
    }
    let raw = Client::open_raw(&bridge, "?listen=localhost:0").await.receive_all().await;
    assert_eq!(raw.code, 1008);
    assert!(raw.reason.contains(SUBPROTOCOL), "{}", raw.reason);
}

#[tokio::test]
async fn whoever_has_come_in_from_elsewhere_listens_nowhere_without_a_flag() {
    let bridge = Bridge::start(&PUBLIC).await;
    let session = from_elsewhere(&bridge, "?listen=localhost:0").await.receive_all().await;
    assert_eq!(told(&session), (Stage::Policy, Kind::Forbidden, 1008));
    let message = &session.failure().message;
    assert!(message.contains("own machine") && message.contains("bridge.example"), "{message}");
    // The bridge's own machine still does.
    Listening::at(&bridge, "localhost:0").await;
}

#[tokio::test]
async fn a_flag_lets_everybody_who_has_come_in_listen_where_it_says() {
    let flags = [&PUBLIC[..], &["--allow-listen", "127.0.0.3:1024-65535"]].concat();
    let bridge = Bridge::start(&flags).await;
    let client = from_elsewhere(&bridge, "?listen=127.0.0.3:0").await;
    let listening = Listening::of(client, "127.0.0.3:0").await;
    TcpStream::connect(listening.addresses[0]).await.unwrap();
    let session = from_elsewhere(&bridge, "?listen=127.0.0.4:0").await.receive_all().await;
    assert_eq!(told(&session), (Stage::Policy, Kind::Forbidden, 1008));
}

#[tokio::test]
async fn nobody_listens_where_listening_is_off() {
    let bridge = Bridge::start(&["--allow-listen", "off"]).await;
    let session = refused(&bridge, "?listen=localhost:0").await;
    assert_eq!(told(&session), (Stage::Policy, Kind::Forbidden, 1008));
    assert!(session.failure().message.contains("--allow-listen off"));
    assert!(bridge.json::<Info>(INFO_PATH).await.listen.is_empty());
}

#[tokio::test]
async fn a_client_is_told_where_it_may_listen() {
    let flags = [&PUBLIC[..], &["--allow-listen", "0.0.0.0:9000-9100"]].concat();
    let bridge = Bridge::start(&flags).await;
    let here = bridge.json::<Info>(INFO_PATH).await.listen;
    assert_eq!(here, ["localhost:1024-65535", "0.0.0.0:9000-9100"]);
    let request = "GET /api/info HTTP/1.1\r\nHost: bridge.example\r\nConnection: close\r\n\r\n";
    let answer = bridge.http(request).await;
    let info: Info = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(info.listen, ["0.0.0.0:9000-9100"]);
}

#[tokio::test]
async fn a_foreign_page_neither_listens_nor_claims() {
    let bridge = Bridge::start(&[]).await;
    let upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                   Sec-WebSocket-Protocol: tcp-bridge.v1\r\n";
    for path in ["/ws?listen=localhost:0", "/ws?accept=x"] {
        let foreign = format!("{upgrade}Origin: http://evil.example\r\n");
        assert_eq!(status(&bridge.get(path, &foreign).await), "403");
        // By DNS rebinding, whose pages have the Origin of their Host.
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\n{upgrade}\
             Origin: http://evil.example\r\n\r\n"
        );
        assert_eq!(status(&bridge.http(&request).await), "403");
    }
}

#[tokio::test]
async fn an_address_that_is_taken_or_not_this_machines_is_refused_with_a_sentence() {
    let bridge = Bridge::start(&["--allow-listen", "192.0.2.1:9000"]).await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let first = Listening::at(&bridge, "127.0.0.1:0").await;
    for port in [port, first.addresses[0].port()] {
        // Of both loopback addresses, one that is taken is enough.
        for host in ["127.0.0.1", "localhost"] {
            let session = refused(&bridge, &format!("?listen={host}:{port}")).await;
            assert_eq!(told(&session), (Stage::Listen, Kind::InUse, 4007));
            let sentence = format!("127.0.0.1:{port} is in use: stop the program");
            assert!(session.reason.starts_with(&sentence), "{}", session.reason);
        }
    }
    let session = refused(&bridge, "?listen=192.0.2.1:9000").await;
    assert_eq!(told(&session), (Stage::Listen, Kind::NotLocal, 4007));
}

#[tokio::test]
async fn a_client_with_too_many_listeners_is_told_so() {
    const MOST: usize = 16;
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let mut open = Vec::new();
    for _ in 0..MOST {
        open.push(Listening::at(&bridge, "localhost:0").await);
    }
    let session = refused(&bridge, "?listen=localhost:0").await;
    assert_eq!(told(&session), (Stage::Limit, Kind::TooMany, 1013));
    assert!(session.reason.contains("has 16 listeners"), "{}", session.reason);
    let scrape = bridge.operator().scrape().await;
    let refused = [("listeners".to_owned(), 1)];
    assert_eq!(scrape.counts("tcp_bridge_refused_total"), refused.into());
    let mut last = open.pop().unwrap();
    last.client.close().await;
    last.client.receive_all().await;
    Listening::at(&bridge, "localhost:0").await;
}

#[tokio::test]
async fn a_listener_and_what_it_accepts_are_sessions_of_their_client() {
    let bridge = Bridge::start(&["--max-sessions", "2"]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let _first = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let _accepted = listening.accept(&bridge).await;
    let _second = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let session = refused(&bridge, &format!("?accept={id}")).await;
    assert_eq!(told(&session), (Stage::Limit, Kind::TooMany, 1013));
    assert!(session.reason.contains("--max-sessions"), "{}", session.reason);
}
