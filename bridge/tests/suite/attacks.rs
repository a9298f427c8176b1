//! Clients that break off, stop reading, or send what no well-behaved client does.

use std::io::ErrorKind;

use echo_core::wire::SUBPROTOCOL;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, Interest};
use tokio::sync::mpsc;
use tokio::time::{Duration, timeout};

use crate::harness::client::Client;
use crate::harness::probe::{BINARY, CLOSE, PING, Probe, TEXT, frame};
use crate::harness::{Bridge, read_all, soon, target};

/// More than all buffers on the way together, in pieces.
const MUCH: usize = 64 * 1024 * 1024;
const PIECE: usize = 64 * 1024;
/// How long a write that nobody takes is waited for. Given up too early, a test proves less, and
/// fails no more easily.
const STALLED: Duration = Duration::from_millis(500);

#[tokio::test]
async fn bytes_ahead_of_a_bad_frame_reach_a_real_target_before_its_rst() {
    for (dialect, bad) in [
        (SUBPROTOCOL, frame(0x3, b"")),
        ("", frame(0x3, b"")),
        (SUBPROTOCOL, frame(TEXT, b"what?")),
        (SUBPROTOCOL, frame(TEXT, b"\xff")),
    ] {
        let (address, heard) = target(async |mut stream| {
            let mut bytes = [0; 6];
            stream.read_exact(&mut bytes).await.unwrap();
            (bytes, read_all(&mut stream).await.unwrap_err().kind())
        })
        .await;
        let bridge = Bridge::start(&["--allow", &address]).await;
        let mut probe = Probe::open(bridge.address, &format!("?target={address}"), dialect).await;
        probe.write(&[frame(BINARY, b"Hello!"), bad].concat()).await;
        let (code, _) = probe.closed().await;
        assert!(code == 1002 || code == 1007, "{code}");
        assert_eq!(heard.await.unwrap(), (*b"Hello!", ErrorKind::ConnectionReset));
    }
}

#[tokio::test]
async fn a_clients_rst_reaches_a_stalled_target() {
    for dialect in [SUBPROTOCOL, ""] {
        let (address, heard) = target(async |mut stream| {
            let mut first = [0];
            stream.read_exact(&mut first).await.unwrap();
            // Nothing more is read: the RST alone is waited for.
            soon(stream.ready(Interest::ERROR)).await.unwrap();
        })
        .await;
        let bridge = Bridge::start(&["--allow", &address]).await;
        let mut probe = Probe::open(bridge.address, &format!("?target={address}"), dialect).await;
        let message = frame(BINARY, &vec![7; PIECE]);
        // Once less of it fits than was sent, the queue is full, too.
        let sending = async {
            for _ in 0..MUCH / PIECE {
                probe.stream.write_all(&message).await.unwrap();
            }
        };
        let stalled = timeout(STALLED, sending).await;
        assert!(stalled.is_err(), "{dialect:?}: all of it was taken");
        probe.stream.set_zero_linger().unwrap();
        drop(probe);
        heard.await.unwrap();
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_holds_its_session_no_longer_than_the_close_timeout() {
    /// Pongs to all of them fill every buffer on the way to the client.
    const PINGS: usize = 100_000;
    const AT_ONCE: usize = 1000;
    /// Each of them, a packet of its own, is told: where packets may be captured.
    const PACKETS: usize = 200;
    let (read, mut reads) = mpsc::channel(1);
    let (address, _) = target(move |mut stream| async move {
        while stream.read_u8().await.is_ok() && read.send(()).await.is_ok() {}
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address, "--max-sessions", "1"]).await;
    let query = format!("?target={address}&packets=1");
    let mut probe = Probe::open(bridge.address, &query, SUBPROTOCOL).await;
    for _ in 0..PINGS / AT_ONCE {
        probe.write(&frame(PING, &[7; 125]).repeat(AT_ONCE)).await;
    }
    for _ in 0..PACKETS {
        probe.write(&frame(BINARY, b"!")).await;
        soon(reads.recv()).await.unwrap();
    }
    probe.write(&frame(TEXT, b"what?")).await;
    // The place is free once a further session is not refused.
    soon(async { while !Client::open(&bridge, "").await.connects().await {} }).await;
}

#[tokio::test]
async fn a_session_is_over_for_a_client_whose_close_is_answered() {
    let bridge = Bridge::start(&[]).await;
    let mut probe = Probe::open(bridge.address, "", SUBPROTOCOL).await;
    probe.write(&frame(CLOSE, &1000_u16.to_be_bytes())).await;
    assert_eq!(probe.closed().await.0, 1000);
    assert_eq!(probe.frame().await, None);
}
