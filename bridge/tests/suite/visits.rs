//! Who comes to the own echo server, as the page is told.

use std::net::Ipv4Addr;

use echo_core::wire::{
    CONNECTIONS_PATH, ClientMessage, ECHO_TARGET, EchoConnection, EchoConnections, EchoEnd,
    INFO_PATH, Info,
};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Duration, sleep};

use crate::harness::client::Client;
use crate::harness::tools::nc;
use crate::harness::{Bridge, soon, status};

/// How often a test asks who came.
const ASK: Duration = Duration::from_millis(20);

async fn told(bridge: &Bridge) -> Vec<EchoConnection> {
    bridge.json::<EchoConnections>(CONNECTIONS_PATH).await.connections
}

/// The newest connection, once it is as `expected` wants it.
async fn newest(bridge: &Bridge, expected: impl Fn(&EchoConnection) -> bool) -> EchoConnection {
    soon(async {
        loop {
            if let Some(last) = told(bridge).await.pop().filter(&expected) {
                return last;
            }
            sleep(ASK).await;
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
async fn a_real_nc_is_told_with_its_bytes_and_its_end() {
    let bridge = Bridge::start_with(&["--echo", "localhost:0"]).await;
    let port = echo_port(&bridge).await;
    assert_eq!(told(&bridge).await, []);
    let said = tokio::task::spawn_blocking(move || nc(port, b"Hello\n"));
    assert_eq!(said.await.unwrap(), b"Hello\n");
    let told = newest(&bridge, |last| last.end.is_some()).await;
    assert!(told.peer.socket().unwrap().ip().is_loopback() && !told.bridge);
    assert_eq!((told.id, told.received, told.echoed), (1, 6, 6));
    assert_eq!(told.end, Some(EchoEnd::Finished));
    let payload = bridge.get(&format!("{CONNECTIONS_PATH}/1"), "").await;
    let (head, body) = payload.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/octet-stream"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert_eq!(body, "Hello\n");
}

#[tokio::test]
async fn a_connection_is_told_while_it_is_open_and_how_it_breaks() {
    let bridge = Bridge::start(&[]).await;
    let address = (Ipv4Addr::LOCALHOST, echo_port(&bridge).await);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"Hel").await.unwrap();
    soon(stream.read_exact(&mut [0; 3])).await.unwrap();
    let open = newest(&bridge, |last| last.echoed == 3).await;
    assert_eq!((open.peer, open.end), (stream.local_addr().unwrap().into(), None));
    stream.set_zero_linger().unwrap();
    drop(stream);
    assert_eq!(newest(&bridge, |last| last.end.is_some()).await.end, Some(EchoEnd::Reset));
}

#[tokio::test]
async fn the_list_is_not_to_be_kept_and_what_is_not_there_is_told() {
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
async fn an_echo_server_that_is_not_the_bridges_tells_of_nobody() {
    let own = Bridge::start(&[]).await;
    let at = format!("127.0.0.1:{}", echo_port(&own).await);
    for echo in [&at[..], "off"] {
        let bridge = Bridge::start_with(&["--echo", echo]).await;
        let mut client = Client::open(&bridge, "").await;
        client.send(b"Hello!").await;
        client.tell(ClientMessage::Finish).await;
        client.hear_all().await;
        assert_eq!(told(&bridge).await, []);
    }
}

#[tokio::test]
async fn what_the_lab_does_is_not_the_echo_servers() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?target=lab/upper").await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"HELLO!");
    assert_eq!(told(&bridge).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_is_never_taken_for_a_stranger() {
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
            let told = told(&bridge).await;
            assert!(told.iter().all(|told| told.bridge), "{told:?}");
            if told.len() == SESSIONS {
                return;
            }
        }
    };
    let (sessions, ()) = soon(futures_util::future::join(sessions, asking)).await;
    let stranger = TcpStream::connect(address).await.unwrap();
    let told = newest(&bridge, |last| !last.bridge).await;
    assert_eq!(told.peer, stranger.local_addr().unwrap().into());
    drop(sessions);
}
