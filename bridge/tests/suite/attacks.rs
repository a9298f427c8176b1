//! Clients that break off, stop reading, or send what no well-behaved client does.

use std::io::ErrorKind;

use echo_core::wire::SUBPROTOCOL;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::client::Client;
use crate::harness::probe::{BINARY, CLOSE, Probe, TEXT, frame};
use crate::harness::{Bridge, read_all, soon, target};

/// More than all buffers on the way together.
const MUCH: usize = 64 * 1024 * 1024;

/// Writes until the connection breaks.
async fn flood(mut stream: TcpStream) {
    while stream.write_all(&vec![7; 64 * 1024]).await.is_ok() {}
}

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
            soon(stream.ready(tokio::io::Interest::ERROR)).await.unwrap();
        })
        .await;
        let bridge = Bridge::start(&["--allow", &address]).await;
        let mut probe = Probe::open(bridge.address, &format!("?target={address}"), dialect).await;
        let message = frame(BINARY, &vec![7; 64 * 1024]);
        // Once less of it fits than was sent, the queue is full, too.
        let sending = async {
            for _ in 0..MUCH / message.len() {
                probe.stream.write_all(&message).await.unwrap();
            }
        };
        let stalled = tokio::time::timeout(STALLED, sending).await;
        assert!(stalled.is_err(), "{dialect:?}: all of it was taken");
        probe.stream.set_zero_linger().unwrap();
        drop(probe);
        heard.await.unwrap();
    }
}

/// How long a write that nobody takes is waited for. Given up too early, the test proves less, and
/// fails no more easily.
const STALLED: tokio::time::Duration = tokio::time::Duration::from_millis(500);

#[tokio::test]
async fn a_client_that_does_not_read_holds_its_session_no_longer_than_the_close_timeout() {
    let (address, _) = target(flood).await;
    let bridge = Bridge::start(&["--allow", &address, "--max-sessions", "1"]).await;
    // Where packets may not be captured, fewer messages wait.
    let query = format!("?target={address}&trace=1&tcp_info=1&packets=1");
    let mut probe = Probe::open(bridge.address, &query, SUBPROTOCOL).await;
    // Its buffers are full, and messages are waiting.
    tokio::time::sleep(STALLED).await;
    probe.write(&frame(TEXT, b"what?")).await;
    // The place is free once a further session is not refused.
    soon(async {
        loop {
            let mut next = Client::open(&bridge, "").await;
            if next.connects().await {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_is_over_for_a_client_whose_close_is_answered() {
    let bridge = Bridge::start(&[]).await;
    let mut probe = Probe::open(bridge.address, "", SUBPROTOCOL).await;
    probe.write(&frame(CLOSE, &1000_u16.to_be_bytes())).await;
    assert_eq!(probe.closed().await.0, 1000);
    assert_eq!(probe.frame().await, None);
}
