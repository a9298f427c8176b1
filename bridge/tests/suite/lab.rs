//! The lab: every fault through the bridge, over a TCP connection of the session's own.

use echo_core::wire::{BridgeMessage, ClientMessage, Kind, Party, Stage};
use tokio::net::TcpStream;
use tokio::time::{Duration, advance, pause, resume};

use crate::harness::Bridge;
use crate::harness::client::{Client, Received, Session};
use crate::harness::faults::{CASES, End};

/// Longer than the lab lets a server last.
const LONGER: Duration = Duration::from_secs(121);

fn target(fault: &str) -> String {
    format!("?target=lab/{}", fault.replace('\\', "%5C").replace(' ', "%20"))
}

/// `Hello!` and FIN to a server with this fault, and all that comes of it.
async fn greet(bridge: &Bridge, fault: &str) -> Session {
    let mut client = Client::open(bridge, &target(fault)).await;
    client.send(b"Hello!").await;
    client.send_control(ClientMessage::Finish).await;
    client.receive_all().await
}

fn end(session: &Session) -> End {
    match session.code {
        1000 => End::Fin,
        4005 => End::Reset,
        code => panic!("{code}: {}", session.reason),
    }
}

#[tokio::test]
async fn every_fault_comes_through_the_bridge_as_it_is() {
    let bridge = Bridge::start(&[]).await;
    for (fault, bytes, ending) in CASES {
        let session = greet(&bridge, fault).await;
        assert_eq!((&session.bytes[..], end(&session)), (bytes, ending), "{fault}");
    }
}

#[tokio::test]
async fn the_raw_dialect_reaches_the_lab_too() {
    let bridge = Bridge::start(&[]).await;
    for (fault, bytes, code) in [
        ("truncate:3", &b"Hel"[..], 1000),
        ("reset:3", b"Hel", 4005),
        ("chaos:16", b"Who is there?\r\nHELLO", 4005),
        ("refuse", b"", 4002),
    ] {
        let mut client = Client::open_raw(&bridge, &target(fault)).await;
        client.send(b"Hello!").await;
        let session = client.receive_all().await;
        assert_eq!((&session.bytes[..], session.code), (bytes, code), "{fault}");
    }
}

#[tokio::test]
async fn chaos_is_the_same_each_time() {
    let bridge = Bridge::start(&[]).await;
    for seed in 30..40 {
        let fault = format!("chaos:{seed}");
        let (one, other) = (greet(&bridge, &fault).await, greet(&bridge, &fault).await);
        assert_eq!((&one.bytes, end(&one)), (&other.bytes, end(&other)), "{fault}");
    }
}

#[tokio::test]
async fn refuse_is_refused_by_the_system_itself() {
    let bridge = Bridge::start(&[]).await;
    let session = Client::open(&bridge, "?target=lab/refuse").await.receive_all().await;
    assert_eq!(session.types(), ["connecting", "failed", "closed"]);
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Connect, Kind::Refused));
    assert!(failure.message.contains("os error"), "{}", failure.message);
    assert_eq!(session.reason, "lab/refuse refused, as it was asked to: nothing listens there.");
}

#[tokio::test]
async fn the_target_is_reported_as_it_was_requested_with_its_real_address() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?target=lab/truncate:3").await;
    let Received::Control(BridgeMessage::Connecting { target, address }) = client.next().await
    else {
        panic!("no connecting")
    };
    assert_eq!(target, "lab/truncate:3");
    let Received::Control(BridgeMessage::Connected { peer, .. }) = client.next().await else {
        panic!("no connected")
    };
    assert_eq!(peer, address);
    assert!(address.socket().unwrap().ip().is_loopback());
}

#[tokio::test]
async fn who_comes_after_the_session_finds_no_listener() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, r"?target=lab/banner:Hi").await;
    let Received::Control(BridgeMessage::Connecting { address, .. }) = client.next().await else {
        panic!("no connecting")
    };
    assert!(client.connects().await);
    assert_eq!(client.receive(2).await, b"Hi");
    let stranger = TcpStream::connect(address.socket().unwrap()).await.unwrap_err();
    assert_eq!(stranger.kind(), std::io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn a_malformed_fault_is_refused_with_its_sentence() {
    let bridge = Bridge::start(&[]).await;
    for (fault, sentence) in [
        ("truncate:x", r#"At character 10: "x" is not a number from 0 to 1073741824."#),
        ("delay", "At character 6: a time like 200ms or 1s, at most 60s is missing."),
        ("silent:1", r#"At character 7: ":1" is more than this fault takes."#),
    ] {
        let session = Client::open(&bridge, &target(fault)).await.receive_all().await;
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Policy, Kind::Malformed), "{fault}");
        assert_eq!((session.code, &session.reason[..]), (1008, sentence));
        assert_eq!(failure.message, sentence);
    }
}

#[tokio::test]
async fn a_reason_that_was_cut_stands_whole_in_the_message() {
    let bridge = Bridge::start(&[]).await;
    for fault in ["", "echo", "../localhost:22"] {
        let session = Client::open(&bridge, &target(fault)).await.receive_all().await;
        assert_eq!(session.code, 1008, "{fault}");
        let begin = session.reason.strip_suffix(" …").unwrap();
        assert!(session.failure().message.starts_with(begin), "{}", session.reason);
        assert!(session.failure().message.ends_with("chaos:SEED."));
    }
}

#[tokio::test]
async fn a_server_that_would_last_for_ever_is_reset_in_the_end() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "?target=lab/banner:Hi").await;
    assert_eq!(client.receive(2).await, b"Hi");
    pause();
    advance(LONGER).await;
    resume();
    let session = client.receive_all().await;
    assert_eq!((session.code, end(&session)), (4005, End::Reset));
    let Some(BridgeMessage::Closed { by, .. }) = session.control.last() else {
        panic!("no closed")
    };
    assert_eq!(*by, Party::Target);
}

#[tokio::test]
async fn every_fault_of_tls_is_told_by_its_name() {
    let bridge = Bridge::start(&[]).await;
    for (fault, kind) in [
        ("expired", Kind::Expired),
        ("wrong-name", Kind::WrongName),
        ("self-signed", Kind::UnknownIssuer),
        ("plaintext", Kind::NotTls),
    ] {
        let session = greet(&bridge, fault).await;
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Tls, kind), "{}", failure.message);
        assert_eq!((session.code, &*session.bytes), (4008, &b""[..]));
        let reason = format!("lab/{fault}, as it was asked to: ");
        assert!(session.reason.starts_with(&reason), "{}", session.reason);
    }
    let session = greet(&bridge, "no-close-notify").await;
    assert_eq!(session.bytes, b"Hello!");
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Read, Kind::Truncated));
    assert!(session.types().contains(&"secured".to_owned()));
}

#[tokio::test]
async fn without_verification_the_lab_echoes_over_tls() {
    let bridge = Bridge::start(&[]).await;
    for fault in ["expired", "wrong-name", "self-signed"] {
        let session = greet(&bridge, &format!("{fault}&tls_verify=off")).await;
        assert_eq!((&*session.bytes, session.code), (&b"Hello!"[..], 1000), "{fault}");
    }
}
