//! The WebSocket over pipes, with tungstenite's client at the other end.

use std::future::poll_fn;
use std::task::Poll;

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, DuplexStream, duplex};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::super::{ClientSocket as _, Event, HEADER_ROOM, WebSocket};

const MAX_MESSAGE: usize = 1024 * 1024;

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    #[test]
    fn messages_arrive_in_their_order_whatever_the_stream_takes_at_once(
        pipe in 1usize..300,
        messages in prop::collection::vec((any::<bool>(), 0usize..400), 1..20),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let sent: Vec<_> = messages.iter().map(|(is_text, len)| if *is_text {
            Message::text("x".repeat(*len))
        } else {
            Message::binary(vec![7; *len])
        }).collect();
        let heard = runtime.block_on(async {
            let (near, far) = duplex(pipe);
            let client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
            let mut server = WebSocket::new(far, Bytes::new(), MAX_MESSAGE);
            let sending = async {
                for message in &sent {
                    poll_fn(|cx| server.poll_ready(cx)).await.unwrap();
                    match message {
                        Message::Text(text) => server.queue(OpCode::Data(Data::Text), text.as_bytes()),
                        other => {
                            let mut buffer = vec![0; HEADER_ROOM];
                            buffer.extend_from_slice(&other.clone().into_data());
                            poll_fn(|cx| server.send_binary(cx, &mut buffer).into()).await.unwrap();
                        }
                    }
                }
                poll_fn(|cx| server.poll_flush(cx)).await.unwrap();
            };
            let hearing = client.take(sent.len()).map(Result::unwrap).collect::<Vec<_>>();
            tokio::join!(sending, hearing).1
        });
        prop_assert_eq!(heard, sent);
    }
}

#[tokio::test]
async fn what_came_with_the_handshake_is_read_first() {
    let (near, far) = duplex(64);
    let early = Bytes::from_static(&[0x82, 0x83, 0, 0, 0, 0, b'a']);
    let server = WebSocket::new(far, early, MAX_MESSAGE);
    assert_eq!(message_of(server, near).await, b"abc");
}

#[tokio::test]
async fn what_was_read_and_not_decoded_is_read_again_before_all_else() {
    let (near, far) = duplex(64);
    let mut server = WebSocket::new(far, Bytes::from_static(b"a"), MAX_MESSAGE);
    server.unread(&[0x82, 0x83, 0, 0, 0, 0]);
    assert_eq!(message_of(server, near).await, b"abc");
}

/// The three bytes of a message whose last two, `bc`, `near` sends.
async fn message_of(mut server: WebSocket<DuplexStream>, mut near: DuplexStream) -> Vec<u8> {
    tokio::io::AsyncWriteExt::write_all(&mut near, b"bc").await.unwrap();
    let mut heard = Vec::new();
    while heard.len() < 3 {
        let mut buffer = [0; 4];
        let count = poll_fn(|cx| server.poll_read(cx, &mut buffer)).await.unwrap();
        let mut bytes = &mut buffer[..count];
        while !bytes.is_empty() {
            let (taken, event) = server.decode(bytes).unwrap();
            if let Some(Event::Data { payload, .. }) = event {
                heard.extend_from_slice(&bytes[payload]);
            }
            bytes = &mut bytes[taken..];
        }
    }
    heard
}

#[tokio::test]
async fn close_is_answered_once_with_its_code() {
    let (near, far) = duplex(64);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    client.send(Message::Close(None)).await.unwrap();
    let mut server = WebSocket::new(far, Bytes::new(), MAX_MESSAGE);
    let mut buffer = [0; 64];
    let count = poll_fn(|cx| server.poll_read(cx, &mut buffer)).await.unwrap();
    let (_, event) = server.decode(&mut buffer[..count]).unwrap();
    assert_eq!(event, Some(Event::Close(None)));
    server.queue(OpCode::Data(Data::Text), b"too late");
    poll_fn(|cx| server.poll_flush(cx)).await.unwrap();
    drop(server);
    assert_eq!(client.next().await.unwrap().unwrap(), Message::Close(None));
    assert!(client.next().await.is_none());
}

#[tokio::test]
async fn each_ping_is_answered_or_the_last_one_alone_where_too_much_waits_for_the_client() {
    for (waiting, expected) in [(0, &[b'a', b'b'][..]), (100_000, b"b")] {
        let (near, far) = duplex(64);
        let client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
        let mut server = WebSocket::new(far, Bytes::new(), MAX_MESSAGE);
        server.queue(OpCode::Data(Data::Binary), &vec![0; waiting]);
        for name in [b'a', b'b'] {
            server.decode(&mut [0x89, 0x81, 0, 0, 0, 0, name]).unwrap();
        }
        let answering = async {
            poll_fn(|cx| server.poll_flush(cx)).await.unwrap();
            drop(server);
        };
        let (heard, ()) = tokio::join!(client.collect::<Vec<_>>(), answering);
        let pongs = heard.into_iter().filter_map(|message| match message {
            Ok(Message::Pong(payload)) => Some(payload[0]),
            _ => None,
        });
        assert_eq!(pongs.collect::<Vec<_>>(), expected, "{waiting} bytes waited");
    }
}

#[tokio::test]
async fn while_a_client_has_not_taken_a_message_there_is_no_room_for_another_one() {
    let (mut near, far) = duplex(64);
    let mut server = WebSocket::new(far, Bytes::new(), MAX_MESSAGE);
    let mut buffer = [0; HEADER_ROOM + 100];
    poll_fn(|cx| server.send_binary(cx, &mut buffer).into()).await.unwrap();
    assert!(poll_fn(|cx| Poll::Ready(server.poll_ready(cx))).await.is_pending());
    near.read_exact(&mut [0; 64]).await.unwrap();
    assert!(poll_fn(|cx| Poll::Ready(server.poll_ready(cx))).await.is_ready());
}
