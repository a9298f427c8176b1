//! The connections to the own echo server, as the bridge reports them.

use std::net::Ipv4Addr;

use echo_core::wire::{
    CONNECTIONS_PATH, ClientMessage, ECHO_TARGET, EchoConnection, EchoConnections, EchoEnd,
    EchoLog, INFO_PATH, Info, SUBPROTOCOL,
};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Duration, sleep};

use crate::harness::client::Client;
use crate::harness::tools::nc;
use crate::harness::{Bridge, soon, status};

/// How often a test asks for the connections.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

async fn connections(bridge: &Bridge) -> Vec<EchoConnection> {
    bridge.json::<EchoConnections>(CONNECTIONS_PATH).await.connections
}

/// Waits until the latest connection is as `expected` wants it, and returns it.
async fn latest(bridge: &Bridge, expected: impl Fn(&EchoConnection) -> bool) -> EchoConnection {
    soon(async {
        loop {
            if let Some(last) = connections(bridge).await.pop().filter(&expected) {
                return last;
            }
            sleep(POLL_INTERVAL).await;
        }
    })
    .await
}

async fn echo_port(bridge: &Bridge) -> u16 {
    let info: Info = bridge.json(INFO_PATH).await;
    assert_eq!(info.targets[0].name, ECHO_TARGET);
    info.targets[0].address.rsplit_once(':').unwrap().1.parse().unwrap()
}

#[tokio::test]
async fn a_real_nc_is_reported_with_its_bytes_and_its_end() {
    let bridge = Bridge::start_with(&["--echo", "localhost:0"]).await;
    let port = echo_port(&bridge).await;
    assert_eq!(connections(&bridge).await, []);
    let said = tokio::task::spawn_blocking(move || nc(port, b"Hello\n"));
    assert_eq!(said.await.unwrap(), b"Hello\n");
    let latest = latest(&bridge, |last| last.end.is_some()).await;
    assert!(latest.peer.socket().unwrap().ip().is_loopback() && !latest.bridge);
    assert_eq!((latest.id, latest.received, latest.echoed), (1, 6, 6));
    assert_eq!(latest.end, Some(EchoEnd::Finished));
    let payload = bridge.get(&format!("{CONNECTIONS_PATH}/1"), "").await;
    let (head, body) = payload.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/octet-stream"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert_eq!(body, "Hello\n");
}

#[tokio::test]
async fn a_connection_is_reported_while_it_is_open_and_with_how_it_ended() {
    let bridge = Bridge::start(&[]).await;
    let address = (Ipv4Addr::LOCALHOST, echo_port(&bridge).await);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"Hel").await.unwrap();
    soon(stream.read_exact(&mut [0; 3])).await.unwrap();
    let open = latest(&bridge, |last| last.echoed == 3).await;
    assert_eq!((open.peer, open.end), (stream.local_addr().unwrap().into(), None));
    stream.set_zero_linger().unwrap();
    drop(stream);
    assert_eq!(latest(&bridge, |last| last.end.is_some()).await.end, Some(EchoEnd::Reset));
}

#[tokio::test]
async fn where_others_come_in_no_bytes_are_told_unless_a_flag_says_so() {
    let open = &["--auth", "off"][..];
    for (bridge, log, is_told) in [
        (Bridge::start(&[]).await, EchoLog::Full, true),
        (Bridge::start(&["--echo-log", "counts"]).await, EchoLog::Counts, false),
        (Bridge::start(&["--echo-log", "off"]).await, EchoLog::Off, false),
        (Bridge::start_on_every_address(open).await, EchoLog::Counts, false),
        (
            Bridge::start(&[open, &["--public-host", "a.school"]].concat()).await,
            EchoLog::Counts,
            false,
        ),
        (
            Bridge::start_on_every_address(&[open, &["--echo-log", "full"]].concat()).await,
            EchoLog::Full,
            true,
        ),
    ] {
        let mut client = Client::open(&bridge, "").await;
        client.send(b"Hello!").await;
        client.receive(6).await;
        let info: Info = bridge.json(INFO_PATH).await;
        let told: EchoConnections = bridge.json(CONNECTIONS_PATH).await;
        assert_eq!((info.echo_log, told.log), (log, log));
        let counts: Vec<_> = told.connections.iter().map(|it| it.received).collect();
        assert_eq!(counts, if log == EchoLog::Off { vec![] } else { vec![6] }, "{log:?}");
        let bytes = bridge.get(&format!("{CONNECTIONS_PATH}/1"), "").await;
        assert_eq!(bytes.ends_with("Hello!"), is_told, "{log:?}: {bytes}");
    }
}

#[tokio::test]
async fn a_client_that_came_over_the_network_is_told_by_its_address() {
    let bridge = Bridge::start_on_every_address(&["--auth", "off"]).await;
    let Some(here) = bridge::addresses::Urls::of("0.0.0.0:1".parse().unwrap(), false).network
    else {
        return eprintln!("this machine is in no network");
    };
    let ip = here.strip_prefix("http://").unwrap().strip_suffix(":1/").unwrap();
    let at = format!("{ip}:{}", bridge.address.port()).parse().unwrap();
    let mut client = Client::at(at, "", SUBPROTOCOL).await.0;
    client.send(b"Hello!").await;
    let told = latest(&bridge, |last| last.bridge).await;
    assert_eq!(told.client.as_deref(), Some(ip));
}

#[tokio::test]
async fn the_list_is_not_to_be_cached_and_an_unknown_connection_is_not_found() {
    let bridge = Bridge::start(&[]).await;
    let list = bridge.get(CONNECTIONS_PATH, "").await;
    assert!(list.contains("cache-control: no-store"), "{list}");
    for id in ["1", "0", "x", "-1", "99999999999999999999"] {
        let answer = bridge.get(&format!("{CONNECTIONS_PATH}/{id}"), "").await;
        assert_eq!(status(&answer), "404", "{id}");
        assert!(answer.contains("application/problem+json"), "{answer}");
    }
}

#[tokio::test]
async fn an_echo_server_that_is_not_the_bridges_has_no_connections() {
    let own = Bridge::start(&[]).await;
    let at = format!("127.0.0.1:{}", echo_port(&own).await);
    for echo in [&at[..], "off"] {
        let bridge = Bridge::start_with(&["--echo", echo]).await;
        let mut client = Client::open(&bridge, "").await;
        client.send(b"Hello!").await;
        client.send_control(ClientMessage::Finish).await;
        client.receive_all().await;
        assert_eq!(connections(&bridge).await, []);
    }
}

#[tokio::test]
async fn a_session_with_the_lab_is_not_among_the_echo_servers_connections() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?target=lab/upper").await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"HELLO!");
    assert_eq!(connections(&bridge).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_is_never_taken_for_another_client() {
    const SESSIONS: usize = 40;
    let bridge = Bridge::start(&[]).await;
    let address = (Ipv4Addr::LOCALHOST, echo_port(&bridge).await);
    let sessions = join_all((0..SESSIONS).map(async |_| {
        let mut client = Client::open(&bridge, "").await;
        client.connected().await;
        client
    }));
    let asking = async {
        loop {
            let connections = connections(&bridge).await;
            assert!(connections.iter().all(|it| it.bridge), "{connections:?}");
            if connections.len() == SESSIONS {
                return;
            }
        }
    };
    let (sessions, ()) = soon(futures_util::future::join(sessions, asking)).await;
    let other = TcpStream::connect(address).await.unwrap();
    let latest = latest(&bridge, |last| !last.bridge).await;
    assert_eq!(latest.peer, other.local_addr().unwrap().into());
    drop(sessions);
}
