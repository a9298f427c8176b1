//! How a listener ends, and what is left of it then.

use std::io::ErrorKind;

use bridge::Shutdown;
use echo_core::wire::{
    ClientMessage, EchoServer, INFO_PATH, Info, Kind, RELEASE_PATH, SUBPROTOCOL, Stage,
};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, advance, pause, resume, sleep};

use crate::harness::client::{Client, Received};
use crate::harness::listener::Listening;
use crate::harness::{Bridge, closed_port, read_all, soon, status};

/// Longer than the time after which a silent client is pinged, and again given up.
const SILENCE: Duration = Duration::from_secs(21);

/// Waits until a listener can be opened at this address.
async fn until_free(bridge: &Bridge, address: &str) -> Client {
    soon(async {
        loop {
            let mut client = Client::open(bridge, &format!("?listen={address}")).await;
            let first = client.next().await;
            if matches!(first, Received::Control(echo_core::wire::BridgeMessage::Listening { .. }))
            {
                return client;
            }
        }
    })
    .await
}

#[tokio::test]
async fn when_its_websocket_closes_the_port_is_free_and_what_was_claimed_goes_on() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let address = listening.addresses[0];
    let mut claimed = TcpStream::connect(address).await.unwrap();
    let mut session = listening.accept(&bridge).await;
    let mut unclaimed = TcpStream::connect(address).await.unwrap();
    listening.incoming().await;
    listening.client.close().await;
    // It is free as soon as the Close is answered, although a connection to it is open.
    assert!(matches!(listening.client.next().await, Received::Close(..)));
    TcpListener::bind(address).await.unwrap();
    let end = soon(read_all(&mut unclaimed)).await.unwrap_err();
    assert_eq!(end.kind(), ErrorKind::ConnectionReset);
    claimed.write_all(b"Hello!").await.unwrap();
    assert_eq!(session.receive(6).await, b"Hello!");
    // The connection that the bridge closes first is in TIME-WAIT.
    session.send_control(ClientMessage::Finish).await;
    assert_eq!(soon(read_all(&mut claimed)).await.unwrap(), b"");
    drop(claimed);
    assert_eq!(session.receive_all().await.code, 1000);
    Listening::at(&bridge, &address.to_string()).await;
}

#[tokio::test]
async fn a_listener_ends_with_a_client_that_vanishes_or_answers_no_ping() {
    let bridge = Bridge::start(&[]).await;
    let vanishing = Listening::at(&bridge, "127.0.0.1:0").await;
    let address = vanishing.addresses[0].to_string();
    drop(vanishing);
    until_free(&bridge, &address).await;
    // Nobody polls this one, so that it answers nothing.
    let silent = Listening::at(&bridge, "127.0.0.1:0").await;
    for _ in 0..2 {
        pause();
        advance(SILENCE).await;
        resume();
    }
    until_free(&bridge, &silent.addresses[0].to_string()).await;
}

#[tokio::test]
async fn a_listener_has_no_idle_timeout_and_the_connections_have() {
    let bridge = Bridge::start(&["--idle-timeout", "50ms"]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    for _ in 0..2 {
        let _peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
        let session = listening.accept(&bridge).await.receive_all().await;
        assert_eq!((session.failure().stage, session.code), (Stage::Idle, 4006));
    }
}

#[tokio::test]
async fn a_client_that_says_anything_to_a_listener_breaks_the_protocol() {
    let bridge = Bridge::start(&[]).await;
    for is_text in [true, false] {
        let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
        if is_text {
            listening.client.send_control(ClientMessage::Finish).await;
        } else {
            listening.client.send(b"Hello!").await;
        }
        let session = listening.client.receive_all().await;
        assert_eq!((session.failure().stage, session.code), (Stage::Protocol, 1002));
        assert!(session.reason.contains("accept="), "{}", session.reason);
    }
}

#[tokio::test]
async fn an_operator_sees_a_listener_and_ends_it_and_all_that_was_opened_is_counted() {
    let bridge = Bridge::start(&["--admin", "127.0.0.1:0"]).await;
    let operator = bridge.operator();
    let mut listening = Listening::at(&bridge, "localhost:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let mut session = listening.accept(&bridge).await;
    let [listener, accepted] = &operator.sessions().await[..] else { panic!("two are open") };
    assert_eq!((&listener["target"], &listener["state"]), (&"listen".into(), &"open".into()));
    let addresses: Vec<_> = listening.addresses.iter().map(ToString::to_string).collect();
    assert_eq!(listener["address"], addresses.join(", "));
    assert_eq!(accepted["target"], "accept");
    assert_eq!(accepted["address"], peer.local_addr().unwrap().to_string());
    peer.write_all(b"Hello!").await.unwrap();
    session.receive(6).await;
    let path = format!("/sessions/{}", listener["id"]);
    assert_eq!(status(&operator.request("DELETE", &path, "").await), "204");
    let ended = listening.client.receive_all().await;
    assert_eq!((ended.types(), ended.code), (vec!["failed".into(), "closed".into()], 4009));
    Client::open(&bridge, "?accept=unknown").await.receive_all().await;
    Client::open(&bridge, "?listen=nowhere").await.receive_all().await;
    session.close().await;
    session.receive_all().await;
    // Each scrape checks that as many were opened as have ended and are open.
    let scrape = operator.scrape_at_rest().await;
    let endings = ["accept", "client_closed", "operator", "policy"].map(|it| (it.to_owned(), 1));
    assert_eq!(scrape.counts("tcp_bridge_sessions_closed_total"), endings.into());
    assert_eq!(scrape.counts("tcp_bridge_bytes_total"), [("to_client".to_owned(), 6)].into());
}

#[tokio::test]
async fn a_bridge_that_goes_down_tells_its_listeners_so() {
    for (shutdown, kind, code) in [
        (Shutdown::Interrupt, Kind::ShuttingDown, 1001),
        (Shutdown::Restart, Kind::Restarting, 1012),
    ] {
        let mut bridge = Bridge::start(&["--drain-timeout", "50ms"]).await;
        let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
        let mut unclaimed = TcpStream::connect(listening.addresses[0]).await.unwrap();
        listening.incoming().await;
        bridge.shut_down(shutdown);
        let session = listening.client.receive_all().await;
        assert_eq!((session.failure().kind, session.code), (kind, code));
        assert!(soon(read_all(&mut unclaimed)).await.is_err());
        bridge.stopped().await;
    }
}

async fn until_echo_is(bridge: &Bridge, owner: EchoServer) {
    soon(async {
        while bridge.json::<Info>(INFO_PATH).await.echo != owner {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_echo_servers_port_is_listened_on_once_it_is_released_and_taken_back_afterwards() {
    let address = format!("localhost:{}", closed_port().await);
    let bridge = Bridge::start_with(&["--echo", &address]).await;
    let query = format!("?listen={address}");
    let refused = Client::open(&bridge, &query).await.receive_all().await;
    assert_eq!((refused.failure().stage, refused.failure().kind), (Stage::Listen, Kind::InUse));
    assert_eq!(refused.code, 4007);
    assert!(refused.reason.contains("choose another port"), "{}", refused.reason);
    let origin = format!("Origin: http://{}\r\n", bridge.address);
    assert_eq!(status(&bridge.request("POST", RELEASE_PATH, &origin).await), "204");
    let mut listening = Listening::at(&bridge, &address).await;
    until_echo_is(&bridge, EchoServer::External).await;
    // Who asks for the echo server gets the client that has taken its place.
    let mut asking = Client::open(&bridge, "?target=echo").await;
    asking.connected().await;
    let mut answering = listening.accept(&bridge).await;
    asking.send(b"Hello!").await;
    assert_eq!(answering.receive(6).await, b"Hello!");
    listening.client.close().await;
    until_echo_is(&bridge, EchoServer::Own).await;
    let (mut echo, _) = Client::at(bridge.address, "", SUBPROTOCOL).await;
    echo.send(b"Hello!").await;
    assert_eq!(echo.receive(6).await, b"Hello!");
}
