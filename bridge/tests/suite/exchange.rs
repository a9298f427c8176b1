//! An exchange with a healthy target, in both dialects.

use crate::harness::client::{Client, Received};
use crate::harness::{Bridge, closed_port, read_all, target};
use echo_core::wire::{BridgeMessage, ClientMessage, Party};
use echo_core::{Exchange, Outcome};
use tokio::io::AsyncWriteExt as _;

#[tokio::test]
async fn hello_comes_back_and_every_step_is_reported() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?trace=1").await;
    client.send(b"Hello!").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    let types = ["connecting", "connected", "wrote", "read", "finished", "closed"];
    assert_eq!(session.types(), types);
    let mut exchange = Exchange::new(b"Hello!".to_vec());
    exchange.receive(&session.bytes);
    assert_eq!(exchange.outcome(), Some(Outcome::Same));
    assert_eq!((session.code, session.reason.as_str()), (1000, ""));
    assert!(matches!(
        session.control.last(),
        Some(BridgeMessage::Closed { by: Party::Target, sent: 6, received: 6, .. })
    ));
}

#[tokio::test]
async fn times_never_run_backwards() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?trace=1").await;
    for _ in 0..20 {
        client.send(b"again").await;
    }
    client.send_control(ClientMessage::Finish).await;
    let times: Vec<u64> = client
        .receive_all()
        .await
        .control
        .iter()
        .flat_map(|message| match message {
            BridgeMessage::Wrote { began_us, at_us, .. } => vec![began_us.unwrap(), *at_us],
            BridgeMessage::Read { at_us, .. } | BridgeMessage::Finished { at_us } => vec![*at_us],
            BridgeMessage::Closed { duration_us, .. } => vec![*duration_us],
            _ => vec![],
        })
        .collect();
    assert!(times.len() >= 4 && times.is_sorted(), "{times:?}");
}

#[tokio::test]
async fn without_trace_neither_writes_nor_reads_are_reported() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "").await;
    client.send(b"Hello!").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    assert_eq!(session.types(), ["connecting", "connected", "finished", "closed"]);
}

#[tokio::test]
async fn in_the_raw_dialect_text_and_binary_messages_are_bytes() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open_raw(&bridge, "?trace=1").await;
    client.send_text(r#"{"type":"finish"}"#).await;
    client.send(b"\xff\n").await;
    assert_eq!(client.receive(19).await, b"{\"type\":\"finish\"}\xff\n");
}

#[tokio::test]
async fn the_subprotocol_that_is_offered_decides_the_dialect() {
    let bridge = Bridge::start(&[]).await;
    for (offer, query, chosen, speaks) in [
        ("tcp-bridge.v1", "", Some("tcp-bridge.v1"), true),
        ("binary, tcp-bridge.v1", "", Some("tcp-bridge.v1"), true),
        ("", "?dialect=tcp-bridge.v1", None, true),
        ("binary", "", Some("binary"), false),
        ("", "", None, false),
    ] {
        let (mut client, answered) = Client::offering(&bridge, query, offer).await;
        assert_eq!(answered.as_deref(), chosen, "{offer:?}");
        client.send(b"x").await;
        let spoke = matches!(client.next().await, Received::Control(_));
        assert_eq!(spoke, speaks, "{offer:?} {query:?}");
    }
}

#[tokio::test]
async fn a_reply_that_waits_for_the_end_of_input_arrives_after_finish() {
    let (address, _) = target(async |mut stream| {
        let mut all = read_all(&mut stream).await.unwrap();
        all.reverse();
        stream.write_all(&all).await.unwrap();
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.send(b"abc").await;
    client.send_control(ClientMessage::Finish).await;
    assert_eq!(client.receive_all().await.bytes, b"cba");
}

#[tokio::test]
async fn a_target_that_finishes_first_still_receives_the_clients_bytes() {
    let (address, heard) = target(async |mut stream| {
        stream.write_all(b"banner").await.unwrap();
        stream.shutdown().await.unwrap();
        read_all(&mut stream).await.unwrap()
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    loop {
        if matches!(client.next().await, Received::Control(BridgeMessage::Finished { .. })) {
            break;
        }
    }
    client.send(b"thank you").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    assert!(matches!(
        session.control.last(),
        Some(BridgeMessage::Closed { by: Party::Client, sent: 9, received: 6, .. })
    ));
    assert_eq!(heard.await.unwrap(), b"thank you");
}

#[tokio::test]
async fn what_a_raw_client_sends_before_its_close_arrives_and_then_fin() {
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await.unwrap()).await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open_raw(&bridge, &format!("?target={address}")).await;
    client.send(b"last words").await;
    client.close().await;
    assert_eq!(heard.await.unwrap(), b"last words");
}

#[tokio::test]
async fn an_echo_server_that_is_there_already_is_found_and_used() {
    let (address, _) = target(async |mut stream| {
        stream.write_all(b"I was here first").await.unwrap();
    })
    .await;
    let bridge = Bridge::start_with(&["--echo", &address]).await;
    let info = bridge.get("/api/info", "").await;
    assert!(info.contains(r#""echo":"external""#) && info.contains(&address), "{info}");
    let mut client = Client::open_raw(&bridge, "").await;
    assert_eq!(client.receive_all().await.bytes, b"I was here first");
}

#[tokio::test]
async fn half_an_echo_server_is_started_nowhere() {
    let (address, _) = target(async |stream| drop(stream)).await;
    let port = address.rsplit_once(':').unwrap().1;
    let bridge = Bridge::start_with(&["--echo", &format!("localhost:{port}")]).await;
    assert!(bridge.get("/api/info", "").await.contains("external"));
    let on_ipv6 = tokio::net::TcpStream::connect(format!("[::1]:{port}")).await;
    assert!(on_ipv6.is_err(), "an own echo server answers on ::1 beside a foreign one");
}

#[tokio::test]
async fn without_an_echo_server_the_target_is_kept() {
    let bridge = Bridge::start_with(&["--echo", "off"]).await;
    let info = bridge.get("/api/info", "").await;
    // Another program may listen on the tutorial's port.
    let not_own = [r#""echo":"off""#, r#""echo":"external""#];
    assert!(info.contains(r#""address":"localhost:8888""#), "{info}");
    assert!(not_own.iter().any(|echo| info.contains(echo)), "{info}");
    let port = closed_port().await;
    let echo = format!("localhost:{port}");
    let bridge = Bridge::start_with(&["--echo", &echo]).await;
    assert!(bridge.get("/api/info", "").await.contains(r#""echo":"own""#));
}
