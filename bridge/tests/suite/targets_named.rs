//! Targets with a name: what is allowed by one, and how such a target learns who its client is.

use std::net::SocketAddr;

use echo_core::wire::{BridgeMessage, INFO_PATH, Info, Kind, Stage};
use ppp::v2::{Addresses, Command, Header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::client::{Client, Received};
use crate::harness::{Bridge, closed_port, read_all, target};

/// The length of a header of the PROXY protocol with two IPv4 addresses (its section 2.2).
const HEADER: usize = 16 + 12;

/// Sends back what comes, until FIN.
async fn echo(mut stream: TcpStream) {
    let (mut from, mut to) = stream.split();
    let _ = tokio::io::copy(&mut from, &mut to).await;
}

#[tokio::test]
async fn a_name_allows_what_it_stands_for_and_the_address_stays_forbidden() {
    let (address, _task) = target(echo).await;
    let bridge = Bridge::start(&["--target", &format!("db={address}")]).await;
    let refused = Client::open(&bridge, &format!("?target={address}")).await.receive_all().await;
    assert_eq!((refused.failure().stage, refused.failure().kind), (Stage::Policy, Kind::Forbidden));
    let mut client = Client::open(&bridge, "?target=db").await;
    let Received::Control(BridgeMessage::Connecting { target, address: dialled }) =
        client.next().await
    else {
        panic!("no address is tried");
    };
    assert_eq!((&*target, dialled.to_string()), ("db", address));
    client.connected().await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
}

#[tokio::test]
async fn everybody_is_told_of_the_targets_that_have_a_name_the_echo_server_first() {
    let flags = ["--target", "vnc=localhost:5900", "--target", "db=DB.example:5432"];
    let bridge = Bridge::start(&flags).await;
    let info: Info = bridge.json(INFO_PATH).await;
    let told: Vec<_> = info.targets.iter().map(|it| (&*it.name, &*it.address)).collect();
    assert_eq!(told[0].0, "echo");
    assert_eq!(told[1..], [("db", "db.example:5432"), ("vnc", "localhost:5900")]);
    assert!(info.flags.contains("--target vnc=localhost:5900"), "{}", info.flags);
}

#[tokio::test]
async fn a_name_that_no_target_has_is_none() {
    let bridge = Bridge::start(&["--target", "db=localhost:1"]).await;
    let session = Client::open(&bridge, "?target=dbb").await.receive_all().await;
    assert_eq!((session.failure().kind, session.code), (Kind::Malformed, 1008));
    let names = "\"dbb\" is not a target: write host:port, or a name: echo, db";
    assert_eq!(session.reason, names);
}

#[tokio::test]
async fn where_nothing_listens_the_name_is_told_as_refused() {
    let port = closed_port().await;
    let bridge = Bridge::start(&["--target", &format!("db=127.0.0.1:{port}")]).await;
    let session = Client::open(&bridge, "?target=db").await.receive_all().await;
    assert_eq!((session.failure().kind, session.code), (Kind::Refused, 4002));
    assert!(session.reason.starts_with("db refused"), "{}", session.reason);
}

#[tokio::test]
async fn a_target_learns_the_clients_address_before_the_first_byte_and_nobody_else_does() {
    let (address, task) = target(async |mut stream: TcpStream| {
        let mut header = vec![0; HEADER];
        stream.read_exact(&mut header).await.unwrap();
        let Addresses::IPv4(addresses) = Header::try_from(&*header).unwrap().addresses else {
            panic!("no IPv4 addresses");
        };
        stream.write_all(b"hi").await.unwrap();
        let client = SocketAddr::new(addresses.source_address.into(), addresses.source_port);
        let bridge =
            SocketAddr::new(addresses.destination_address.into(), addresses.destination_port);
        (client, bridge, read_all(&mut stream).await.unwrap())
    })
    .await;
    let named = format!("db={address},proxy-protocol=v2");
    let bridge = Bridge::start(&["--target", &named]).await;
    let mut client = Client::open(&bridge, "?target=db&trace=1").await;
    client.connected().await;
    client.send(b"Hello!").await;
    client.send_text(r#"{"type":"finish"}"#).await;
    let here = client.socket.get_ref().local_addr().unwrap();
    let session = client.receive_all().await;
    assert_eq!(session.bytes, b"hi");
    let wrote = session.control.iter().filter_map(|message| match message {
        BridgeMessage::Wrote { bytes, .. } => Some(*bytes),
        _ => None,
    });
    assert_eq!(wrote.sum::<u64>(), 6);
    let Some(BridgeMessage::Closed { sent, received, .. }) = session.control.last() else {
        panic!("{:?}", session.control);
    };
    assert_eq!((*sent, *received), (6, 2));
    assert_eq!(task.await.unwrap(), (here, bridge.address, b"Hello!".to_vec()));
}

#[tokio::test]
async fn a_target_is_told_nothing_unless_that_is_asked_for() {
    let (address, task) =
        target(async |mut stream: TcpStream| read_all(&mut stream).await.unwrap()).await;
    let bridge = Bridge::start(&["--target", &format!("db={address}")]).await;
    let mut client = Client::open_raw(&bridge, "?target=db").await;
    client.send(b"Hello!").await;
    client.close().await;
    assert_eq!(task.await.unwrap(), b"Hello!");
}

#[tokio::test]
async fn a_header_without_bytes_behind_it_is_sent_as_well() {
    let (address, task) = target(async |mut stream: TcpStream| {
        let bytes = read_all(&mut stream).await.unwrap();
        Header::try_from(&*bytes).unwrap().command
    })
    .await;
    let named = format!("db={address},proxy-protocol=v2");
    let bridge = Bridge::start(&["--target", &named]).await;
    let mut client = Client::open(&bridge, "?target=db").await;
    client.connected().await;
    client.close().await;
    assert_eq!(task.await.unwrap(), Command::Proxy);
}
