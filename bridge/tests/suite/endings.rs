//! Every way a session can end, and what each side learns of it.

use std::io::ErrorKind;

use crate::harness::client::{Client, finish_while_it_goes_down};
use crate::harness::{Bridge, closed_port, read_all, target};
use bridge::Shutdown;
use echo_core::wire::{BridgeMessage, ClientMessage, Kind, MAX_REASON, Party, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn a_refused_connection_is_reported_with_the_systems_message() {
    let port = closed_port().await;
    let bridge = Bridge::start(&["--allow", &format!("127.0.0.1:{port}")]).await;
    let session =
        Client::open(&bridge, &format!("?target=127.0.0.1:{port}")).await.receive_all().await;
    assert_eq!(session.types(), ["connecting", "failed", "closed"]);
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Connect, Kind::Refused));
    assert!(failure.message.starts_with("Connection refused"), "{}", failure.message);
    assert_eq!(session.code, 4002);
    let raw =
        Client::open_raw(&bridge, &format!("?target=127.0.0.1:{port}")).await.receive_all().await;
    assert_eq!(raw.code, 4002);
    assert!(raw.reason.contains(&port.to_string()) && raw.reason.len() <= MAX_REASON);
}

#[tokio::test]
async fn a_target_that_is_not_allowed_is_never_dialled() {
    let (address, dialled) = target(async |_| ()).await;
    let bridge = Bridge::start(&[]).await;
    for host in ["127.0.0.1", "localhost", "localhost.", "[::ffff:127.0.0.1]", "0x7f.1", "0.0.0.0"]
    {
        let port = address.rsplit_once(':').unwrap().1;
        let session =
            Client::open(&bridge, &format!("?target={host}:{port}")).await.receive_all().await;
        assert_eq!(session.types(), ["failed", "closed"], "{host}");
        assert_eq!(
            (session.failure().stage, session.failure().kind),
            (Stage::Policy, Kind::Forbidden)
        );
        assert_eq!(session.code, 1008);
        assert!(session.reason.contains(&format!("--allow {host}:{port}")), "{}", session.reason);
    }
    assert!(!dialled.is_finished());
}

#[tokio::test]
async fn a_name_whose_address_is_not_allowed_is_closed_with_the_address_to_allow() {
    let port = closed_port().await;
    // Any name at the port may be looked up, and localhost is in no private network.
    let bridge = Bridge::start(&["--allow", &format!("10.0.0.0/8:{port}")]).await;
    let query = format!("?target=localhost:{port}");
    let session = Client::open(&bridge, &query).await.receive_all().await;
    assert_eq!(session.types(), ["failed", "closed"]);
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Policy, Kind::ForbiddenAddress));
    let raw = Client::open_raw(&bridge, &query).await.receive_all().await;
    for (code, reason) in [(session.code, &session.reason), (raw.code, &raw.reason)] {
        assert_eq!(code, 1008);
        let (_, advice) = reason.split_once("tcp-bridge --allow ").unwrap();
        let address: std::net::SocketAddr = advice.parse().unwrap();
        assert!(address.ip().is_loopback() && address.port() == port, "{reason}");
        assert!(!reason.contains("localhost"), "{reason}");
    }
}

#[tokio::test]
async fn a_malformed_target_is_reported_to_the_page() {
    let bridge = Bridge::start(&[]).await;
    for target in ["nonsense", "localhost:0", "a%0d%0ab:80", "user@localhost:80", "::1:80"] {
        let session = Client::open(&bridge, &format!("?target={target}")).await.receive_all().await;
        assert_eq!(session.failure().kind, Kind::Malformed, "{target}");
        assert_eq!(session.code, 1008, "{target}");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_reported() {
    let bridge = Bridge::start(&["--allow", "name.invalid:80"]).await;
    let session = Client::open(&bridge, "?target=name.invalid:80").await.receive_all().await;
    assert_eq!((session.failure().stage, session.code), (Stage::Resolve, 4001));
}

#[tokio::test]
async fn a_targets_rst_delivers_what_came_before_it() {
    let (address, _) = target(async |mut stream| {
        let mut hello = [0; 6];
        stream.read_exact(&mut hello).await.unwrap();
        stream.write_all(b"Hel").await.unwrap();
        // The RST follows only once the bytes are read: a kernel drops what it has not sent.
        stream.read_exact(&mut [0]).await.unwrap();
        stream.set_zero_linger().unwrap();
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(3).await, b"Hel");
    client.send(b"x").await;
    let session = client.receive_all().await;
    assert_eq!((session.failure().stage, session.failure().kind), (Stage::Read, Kind::Reset));
    assert_eq!(session.code, 4005);
    assert!(matches!(
        session.control.last(),
        Some(BridgeMessage::Closed { by: Party::Target, .. })
    ));
}

#[tokio::test]
async fn reset_is_an_rst_at_the_target() {
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await).await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.connected().await;
    client.send_control(ClientMessage::Reset).await;
    let session = client.receive_all().await;
    assert_eq!((session.types(), session.code), (vec!["closed".to_owned()], 1000));
    assert_eq!(heard.await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_websocket_that_breaks_is_an_rst_at_the_target() {
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await).await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.connected().await;
    drop(client);
    assert_eq!(heard.await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_close_delivers_what_was_sent_and_then_fin() {
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await).await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.send(&vec![7; 300_000]).await;
    client.close().await;
    assert_eq!(client.receive_all().await.code, 1005);
    assert_eq!(heard.await.unwrap().unwrap().len(), 300_000);
}

#[tokio::test]
async fn a_malformed_control_message_is_a_protocol_error() {
    let bridge = Bridge::start(&[]).await;
    for text in ["", "finish", "{}", r#"{"type":"dance"}"#, r#"{"type":"ack","bytes":1}"#] {
        let mut client = Client::open(&bridge, "").await;
        client.connected().await;
        client.send_text(text).await;
        let session = client.receive_all().await;
        assert_eq!(session.failure().stage, Stage::Protocol, "{text}");
        assert_eq!(session.code, 1002, "{text}");
    }
}

#[tokio::test]
async fn bytes_after_finish_are_a_protocol_error() {
    let (address, _) = target(async |mut stream| {
        let _ = read_all(&mut stream).await;
        let _ = stream.read(&mut [0]).await;
        std::future::pending::<()>().await;
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    client.send_control(ClientMessage::Finish).await;
    client.send(b"one more thing").await;
    assert_eq!(client.receive_all().await.code, 1002);
}

#[tokio::test]
async fn messages_that_are_too_long_are_reported() {
    let bridge = Bridge::start(&["--max-message", "64KiB"]).await;
    let mut client = Client::open(&bridge, "").await;
    client.send(&vec![0; 64 * 1024 + 1]).await;
    let session = client.receive_all().await;
    assert_eq!((session.failure().kind, session.code), (Kind::TooBig, 1009));
    let mut client = Client::open(&bridge, "").await;
    client.send_text(&" ".repeat(4097)).await;
    assert_eq!(client.receive_all().await.code, 1009);
}

#[tokio::test]
async fn text_that_is_not_utf8_is_reported() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    // A final text frame of one byte, masked with zeros (RFC 6455, section 5.2).
    client.socket.get_mut().write_all(b"\x81\x81\0\0\0\0\xff").await.unwrap();
    assert_eq!(client.receive_all().await.code, 1007);
}

#[tokio::test]
async fn a_session_beyond_the_limit_is_accepted_and_closed_with_the_reason() {
    let bridge = Bridge::start(&["--max-sessions", "1"]).await;
    let mut first = Client::open(&bridge, "").await;
    first.connected().await;
    let session = Client::open(&bridge, "").await.receive_all().await;
    assert_eq!((session.failure().kind, session.code), (Kind::TooMany, 1013));
    first.close().await;
    assert_eq!(first.receive_all().await.code, 1005);
    // The slot is free once the first session's task has ended, which nothing announces.
    while !Client::open(&bridge, "").await.connects().await {}
}

#[tokio::test]
async fn a_session_in_which_nothing_moves_is_ended() {
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await).await;
    let bridge = Bridge::start(&["--allow", &address, "--idle-timeout", "50ms"]).await;
    let session = Client::open(&bridge, &format!("?target={address}")).await.receive_all().await;
    assert_eq!((session.failure().stage, session.code), (Stage::Idle, 4006));
    assert_eq!(heard.await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_bridge_that_goes_down_lets_sessions_finish_first() {
    let bridge = Bridge::start(&["--drain-timeout", "20s"]).await;
    finish_while_it_goes_down(bridge, Shutdown::Interrupt).await;
}

#[tokio::test]
async fn a_bridge_that_goes_down_ends_sessions_that_do_not_finish() {
    let mut bridge = Bridge::start(&["--drain-timeout", "10ms"]).await;
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    bridge.stop();
    let session = client.receive_all().await;
    assert_eq!((session.failure().stage, session.code), (Stage::Shutdown, 1001));
    bridge.stopped().await;
}
