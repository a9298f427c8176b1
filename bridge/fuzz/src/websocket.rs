//! Frames of a WebSocket, as the session reads them.

use std::io::{self, Read, Write};
use std::mem::{discriminant, take};

use bridge::relay::{Dialect, Options, Relay};
use bridge::session::Client;
use bridge::websocket::{DataKind, Decoder, Event};
use bytes::Bytes;
use futures_util::stream;
use tokio::io::{AsyncRead, AsyncWrite, SimplexStream, join, sink};
use tokio::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocket, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_util::io::StreamReader;

/// The longest message, in bytes, so that short inputs exceed it, too.
const MAX_MESSAGE: usize = 300;

/// A client's bytes mean the same messages however they are cut, up to its Close or the same error,
/// and these are tungstenite's; the relay gives all of them to the target before it ends, and of a
/// message that is cut off no more than what came of it. The input's first byte is the length of the
/// pieces.
pub fn websocket(bytes: &[u8]) {
    let Some((&length, bytes)) = bytes.split_first() else { return };
    is_as_tungstenite_reads_it(bytes, length.into());
    let whole = decode(bytes, bytes.len());
    let cut = decode(bytes, length.into());
    assert_eq!(whole.messages, cut.messages);
    assert_eq!(whole.error.map(|error| error.to_string()), cut.error.map(|e| e.to_string()));
    let sent: Vec<u8> = cut.messages.iter().flat_map(payload).copied().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(async {
        let relayed = relayed(bytes, length, Dialect::Raw).await;
        assert_eq!(relayed, [sent, cut.incomplete].concat());
        self::relayed(bytes, length, Dialect::Control).await;
    });
}

/// The decoder makes of a client's bytes, in pieces of this length, the messages and the error that
/// tungstenite makes of them. That tells an error of a frame once the whole frame has come, so zeros
/// follow the bytes.
pub fn is_as_tungstenite_reads_it(bytes: &[u8], length: usize) {
    let bytes = [bytes, &[0; MAX_MESSAGE + 1]].concat();
    let ours = decode(&bytes, length);
    let (messages, error) = tungstenite(&bytes);
    assert_eq!(ours.messages, messages);
    let is_same = match (&ours.error, &error) {
        (Some(Error::Protocol(ours)), Some(Error::Protocol(theirs))) => ours == theirs,
        (Some(Error::Capacity(ours)), Some(Error::Capacity(theirs))) => ours == theirs,
        // What is not UTF-8 is worded by each for itself.
        (Some(ours), Some(theirs)) => discriminant(ours) == discriminant(theirs),
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    };
    assert!(is_same, "{:?}, but tungstenite: {error:?}", ours.error);
}

/// What the decoder makes of a client's bytes, up to a Close.
#[derive(Default)]
struct Decoded {
    messages: Vec<Message>,
    /// What came of a message that is not complete.
    incomplete: Vec<u8>,
    error: Option<Error>,
}

/// Decodes `bytes` in pieces of this length.
fn decode(bytes: &[u8], length: usize) -> Decoded {
    let mut decoder = Decoder::new(MAX_MESSAGE);
    let mut outcome = Decoded::default();
    for piece in bytes.chunks(length.max(1)) {
        let mut piece = piece.to_vec();
        let mut rest = &mut piece[..];
        while !rest.is_empty() {
            match decoder.decode(rest) {
                Ok((count, event)) => {
                    outcome.add(rest, event);
                    rest = &mut rest[count..];
                }
                Err(error) => {
                    outcome.error = Some(error);
                    return outcome;
                }
            }
            if outcome.messages.last().is_some_and(Message::is_close) {
                return outcome;
            }
        }
    }
    outcome
}

impl Decoded {
    fn add(&mut self, bytes: &[u8], event: Option<Event>) {
        match event {
            None => {}
            Some(Event::Ping(payload)) => self.messages.push(Message::Ping(payload)),
            Some(Event::Pong(payload)) => self.messages.push(Message::Pong(payload)),
            Some(Event::Close(frame)) => self.messages.push(Message::Close(frame)),
            Some(Event::Data { kind, payload, is_last }) => {
                self.incomplete.extend_from_slice(&bytes[payload]);
                if is_last {
                    let whole = take(&mut self.incomplete);
                    self.messages.push(match kind {
                        DataKind::Binary => Message::binary(whole),
                        DataKind::Text => {
                            Message::text(String::from_utf8(whole).expect("it was checked"))
                        }
                    });
                }
            }
        }
    }
}

/// The messages that tungstenite makes of `bytes` up to a Close, and the error that ends them, if
/// one does.
fn tungstenite(bytes: &[u8]) -> (Vec<Message>, Option<Error>) {
    let config = WebSocketConfig::default()
        .read_buffer_size(64)
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    let mut socket = WebSocket::from_raw_socket(Received(bytes), Role::Server, Some(config));
    let mut messages = Vec::new();
    loop {
        match socket.read() {
            Ok(message) => {
                let is_last = message.is_close();
                messages.push(message);
                if is_last {
                    return (messages, None);
                }
            }
            Err(error) => return (messages, Some(error)),
        }
    }
}

/// Bytes to read; what is written is dropped.
struct Received<'a>(&'a [u8]);

impl Read for Received<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Received<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A connection on which `bytes` come in pieces of this length, and then its end.
fn pieces(bytes: &[u8], length: usize) -> impl AsyncRead + AsyncWrite + Unpin {
    let pieces = bytes.chunks(length.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece)));
    let pieces: Vec<io::Result<Bytes>> = pieces.collect();
    join(StreamReader::new(stream::iter(pieces)), sink())
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
    let mut client = Client::new(stream, Vec::new(), dialect, MAX_MESSAGE);
    let target = join(SimplexStream::new_unsplit(1), Vec::new());
    let idle = Some(Duration::from_mins(1));
    let options = Options { dialect, trace: false, idle, start: Instant::now() };
    let mut relay = Relay::new(client.socket(), target, options);
    relay.run().await;
    relay.into_ends().1.into_inner().1
}
