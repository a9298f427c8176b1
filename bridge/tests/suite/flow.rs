//! Bytes in quantity: the windows, and that nothing waits for itself.

use echo_core::wire::{BridgeMessage, ClientMessage, WINDOW};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Message;

use crate::harness::client::{Client, Received};
use crate::harness::{Bridge, soon, target};

/// More than all buffers on the way together.
const MUCH: usize = 32 * 1024 * 1024;
const PIECE: usize = 64 * 1024;

/// The byte at `index` of a stream in which every shift shows.
fn byte(index: usize) -> u8 {
    u8::try_from(index % 251).unwrap()
}

fn piece(start: usize) -> Vec<u8> {
    (start..start + PIECE).map(byte).collect()
}

#[tokio::test]
async fn an_echo_of_more_than_all_buffers_comes_back_whole() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    let (mut sent, mut acked, mut received) = (0, 0, 0);
    while received < MUCH {
        while sent < MUCH && sent + PIECE <= acked + usize::try_from(WINDOW).unwrap() {
            client.send(&piece(sent)).await;
            sent += PIECE;
        }
        match client.next().await {
            Received::Bytes(bytes) => {
                assert!(bytes.iter().enumerate().all(|(i, b)| *b == byte(received + i)));
                received += bytes.len();
                client.send_control(ClientMessage::Ack { bytes: received as u64 }).await;
            }
            Received::Control(BridgeMessage::Ack { bytes }) => {
                acked = usize::try_from(bytes).unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(received, MUCH);
}

#[tokio::test]
async fn a_raw_client_that_reads_while_it_writes_gets_it_all_back() {
    let bridge = Bridge::start(&[]).await;
    let client = Client::open_raw(&bridge, "").await;
    let (mut sink, mut stream) = client.socket.split();
    let writing = tokio::spawn(async move {
        for start in (0..MUCH).step_by(PIECE) {
            soon(sink.send(Message::binary(piece(start)))).await.unwrap();
        }
        sink
    });
    let mut received = 0;
    while received < MUCH {
        let Message::Binary(bytes) = soon(stream.next()).await.unwrap().unwrap() else { continue };
        assert!(bytes.iter().enumerate().all(|(i, b)| *b == byte(received + i)));
        received += bytes.len();
    }
    let _sink = writing.await.unwrap();
}

#[tokio::test]
async fn the_bridge_sends_a_window_and_no_more_until_it_is_acknowledged() {
    let (address, _) = target(async |mut stream| {
        // The other end may go away before it has read everything.
        let _ = stream.write_all(&vec![1; 4 * usize::try_from(WINDOW).unwrap()]).await;
        let _ = stream.read(&mut [0]).await;
    })
    .await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let mut client = Client::open(&bridge, &format!("?target={address}")).await;
    let window = usize::try_from(WINDOW).unwrap();
    assert_eq!(client.receive(window).await.len(), window);
    // The answer to a ping passes everything that the bridge could have sent.
    soon(client.socket.send(Message::Ping("now".into()))).await.unwrap();
    assert!(matches!(soon(client.socket.next()).await, Some(Ok(Message::Pong(_)))));
    client.send_control(ClientMessage::Ack { bytes: WINDOW }).await;
    assert_eq!(client.receive(window).await.len(), window);
}
