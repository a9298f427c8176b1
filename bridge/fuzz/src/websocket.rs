//! Frames of a WebSocket, as the session reads them.

use std::io;

use bridge::relay::{Dialect, Options, Relay};
use bridge::session::Client;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use tokio::io::{AsyncRead, AsyncWrite, SimplexStream, join, sink};
use tokio::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::io::StreamReader;

/// The longest message, in bytes, so that short inputs exceed it, too.
const MAX_MESSAGE: usize = 300;

/// A client's bytes mean the same messages however they are cut, up to its Close or the same error,
/// and the relay gives all of them to the target before it ends. The input's first byte is the
/// length of the pieces.
pub fn websocket(bytes: &[u8]) {
    let Some((&length, bytes)) = bytes.split_first() else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(async {
        let whole = messages(pieces(bytes, bytes.len())).await;
        let cut = messages(pieces(bytes, usize::from(length))).await;
        assert_eq!(whole, cut);
        let sent: Vec<u8> = whole.0.iter().flat_map(payload).copied().collect();
        assert_eq!(relayed(bytes, length, Dialect::Raw).await, sent);
        relayed(bytes, length, Dialect::Control).await;
    });
}

/// A connection on which `bytes` come in pieces of this length, and then its end.
fn pieces(bytes: &[u8], length: usize) -> impl AsyncRead + AsyncWrite + Unpin {
    let pieces = bytes.chunks(length.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece)));
    let pieces: Vec<io::Result<Bytes>> = pieces.collect();
    join(StreamReader::new(stream::iter(pieces)), sink())
}

/// The messages that come up to a Close, and the error that ends them, if one does.
async fn messages(stream: impl AsyncRead + AsyncWrite + Unpin) -> (Vec<Message>, Option<String>) {
    let mut client = Client::new(stream, Vec::new(), Dialect::Raw, MAX_MESSAGE).await;
    let mut messages = Vec::new();
    while let Some(result) = client.socket().next().await {
        match result {
            Ok(message) => {
                let is_last = message.is_close();
                messages.push(message);
                if is_last {
                    break;
                }
            }
            Err(error) => return (messages, Some(error.to_string())),
        }
    }
    (messages, None)
}

/// What a message gives to the target in the raw dialect.
fn payload(message: &Message) -> &[u8] {
    match message {
        Message::Text(text) => text.as_bytes(),
        Message::Binary(bytes) => bytes,
        _ => &[],
    }
}

/// What the target gets of a session whose client sends `bytes`. The target itself sends nothing.
async fn relayed(bytes: &[u8], length: u8, dialect: Dialect) -> Vec<u8> {
    let stream = pieces(bytes, length.into());
    let mut client = Client::new(stream, Vec::new(), dialect, MAX_MESSAGE).await;
    let target = join(SimplexStream::new_unsplit(1), Vec::new());
    let idle = Some(Duration::from_mins(1));
    let options = Options { dialect, trace: false, idle, start: Instant::now() };
    let mut relay = Relay::new(client.socket(), target, options);
    relay.run().await;
    relay.into_ends().1.into_inner().1
}
