//! Listening for a client: what comes in at a listener, and the sessions that claim it.

mod ends;
mod held;
mod policy;
mod programs;

use std::io::ErrorKind;

use echo_core::wire::{BridgeMessage, ClientMessage, Kind, Party, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, advance, pause, resume};

use crate::harness::client::{Client, Received};
use crate::harness::listener::{Listening, claim};
use crate::harness::{Bridge, read_all, soon};

/// How long the bridge keeps a connection that nobody claims.
const CLAIM_TIMEOUT: Duration = Duration::from_secs(10);

/// The refusal of a session with the connection that has this id.
async fn is_not_there(bridge: &Bridge, id: &str) {
    let session = Client::open(bridge, &format!("?accept={id}")).await.receive_all().await;
    assert_eq!(session.types(), ["failed", "closed"]);
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Accept, Kind::NotFound));
    assert_eq!(session.code, 4007);
    assert!(session.reason.contains("claimed"), "{}", session.reason);
}

#[tokio::test]
async fn a_connection_that_comes_in_is_a_session_like_any_other() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let incoming = listening.incoming().await;
    assert_eq!(
        (incoming.peer, incoming.local),
        (peer.local_addr().unwrap(), listening.addresses[0])
    );
    let query = format!("?accept={}&trace=1&tcp_info=1", incoming.id);
    let mut session = Client::open(&bridge, &query).await;
    let Received::Control(BridgeMessage::Accepted { local, peer: told, .. }) = session.next().await
    else {
        panic!("accepted comes first")
    };
    assert_eq!((local, told), (incoming.local.into(), incoming.peer.into()));
    peer.write_all(b"Hello!").await.unwrap();
    assert_eq!(session.receive(6).await, b"Hello!");
    session.send(b"Reply is ok!").await;
    let mut reply = [0; 12];
    soon(peer.read_exact(&mut reply)).await.unwrap();
    assert_eq!(&reply, b"Reply is ok!");
    // Half-close, both ways.
    session.send_control(ClientMessage::Finish).await;
    assert_eq!(read_all(&mut peer).await.unwrap(), b"");
    peer.write_all(b"still here").await.unwrap();
    drop(peer);
    let session = session.receive_all().await;
    assert_eq!((&*session.bytes, session.code), (&b"still here"[..], 1000));
    let closed = session.control.last();
    assert!(
        matches!(
            closed,
            Some(BridgeMessage::Closed { by: Party::Target, sent: 12, received: 16, .. })
        ),
        "{closed:?}"
    );
    for kind in ["read", "finished", "tcp_info"] {
        assert!(session.types().iter().any(|one| one == kind), "no {kind}");
    }
}

#[tokio::test]
async fn a_raw_client_can_claim_and_hears_nothing_but_bytes() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let mut session = Client::open_raw(&bridge, &format!("?accept={id}")).await;
    session.send(b"Hello!").await;
    let mut hello = [0; 6];
    soon(peer.read_exact(&mut hello)).await.unwrap();
    peer.write_all(&hello).await.unwrap();
    drop(peer);
    let session = session.receive_all().await;
    assert_eq!((&*session.bytes, session.code), (&b"Hello!"[..], 1000));
    assert!(session.control.is_empty());
}

#[tokio::test]
async fn what_passes_from_the_claim_on_is_told_as_packets_where_they_can_be_captured() {
    let bridge = Bridge::start(&[]).await;
    let info: echo_core::wire::Info = bridge.json(echo_core::wire::INFO_PATH).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let mut session = Client::open(&bridge, &format!("?accept={id}&packets=1")).await;
    session.send(b"Hello!").await;
    session.send_control(ClientMessage::Finish).await;
    assert_eq!(soon(read_all(&mut peer)).await.unwrap(), b"Hello!");
    drop(peer);
    let session = session.receive_all().await;
    let types = session.types();
    let first = if info.capture.unwrap().possible { "capturing" } else { "not_capturing" };
    assert_eq!(types[..2], [first, "accepted"]);
    // At least the bytes, FIN and FIN.
    let packets = types.iter().filter(|kind| *kind == "packet").count();
    assert!(packets >= 3 || first == "not_capturing", "{types:?}");
}

#[tokio::test]
async fn a_program_that_has_finished_before_the_claim_is_served() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    peer.write_all(b"hi\n").await.unwrap();
    peer.shutdown().await.unwrap();
    let mut session = listening.accept(&bridge).await;
    assert_eq!(session.receive(3).await, b"hi\n");
    session.send(b"hi\n").await;
    session.send_control(ClientMessage::Finish).await;
    assert_eq!(soon(read_all(&mut peer)).await.unwrap(), b"hi\n");
    assert_eq!(session.receive_all().await.code, 1000);
}

#[tokio::test]
async fn a_program_that_resets_its_connection_has_abandoned_it() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    peer.set_zero_linger().unwrap();
    drop(peer);
    assert_eq!(listening.abandoned().await, (id.clone(), Party::Target));
    is_not_there(&bridge, &id).await;
}

#[tokio::test]
async fn a_connection_that_nobody_claims_is_reset() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    pause();
    advance(CLAIM_TIMEOUT).await;
    resume();
    assert_eq!(listening.abandoned().await, (id.clone(), Party::Bridge));
    let end = soon(read_all(&mut peer)).await.unwrap_err();
    assert_eq!(end.kind(), ErrorKind::ConnectionReset);
    is_not_there(&bridge, &id).await;
}

#[tokio::test]
async fn a_connection_is_claimed_once() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let _peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let _session = claim(&bridge, &id).await;
    is_not_there(&bridge, &id).await;
    for id in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA"] {
        is_not_there(&bridge, id).await;
    }
}

#[tokio::test]
async fn a_connection_of_another_client_cannot_be_claimed() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let _peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let elsewhere = TcpSocket::new_v4().unwrap();
    elsewhere.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let stream = elsewhere.connect(bridge.address).await.unwrap();
    let query = format!("?accept={id}");
    let (mut other, _) = Client::over(stream, bridge.address, &query, "tcp-bridge.v1").await;
    assert_eq!(other.receive_all().await.failure().kind, Kind::NotFound);
    // It still waits for its own.
    claim(&bridge, &id).await;
}

#[tokio::test]
async fn localhost_with_port_0_is_one_port_on_both_addresses() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "localhost:0").await;
    let addresses = listening.addresses.clone();
    assert!(addresses[0].is_ipv4() && addresses.iter().all(|it| it.port() == addresses[0].port()));
    for address in addresses {
        let peer = TcpStream::connect(address).await.unwrap();
        let incoming = listening.incoming().await;
        assert_eq!((incoming.peer, incoming.local), (peer.local_addr().unwrap(), address));
    }
}
