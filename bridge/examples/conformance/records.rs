//! Messages of a WebSocket as records in a stream of bytes, so that their boundaries and opcodes
//! survive a relay that keeps neither.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use futures_util::{Sink, Stream};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

/// The opcodes of data messages (RFC 6455, section 11.8).
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
/// A record's header: its opcode, and its payload's length as 32 bits, big-endian.
const HEADER: usize = 1 + size_of::<u32>();

/// A WebSocket whose data messages come as records, and to which records are sent, cut anyhow. It
/// holds one record that is not complete, and the messages made of one call of `start_send`.
pub(crate) struct Records<W> {
    socket: W,
    incomplete: BytesMut,
    complete: VecDeque<Message>,
}

impl<W: Sink<Message, Error = Error> + Unpin> Records<W> {
    pub(crate) fn new(socket: W) -> Self {
        Self { socket, incomplete: BytesMut::new(), complete: VecDeque::new() }
    }

    /// Hands complete messages to the WebSocket, until none is left.
    fn poll_complete(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while !self.complete.is_empty() {
            ready!(Pin::new(&mut self.socket).poll_ready(cx))?;
            if let Some(message) = self.complete.pop_front() {
                Pin::new(&mut self.socket).start_send(message)?;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<W: Stream<Item = Result<Message, Error>> + Unpin> Stream for Records<W> {
    type Item = W::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let message = ready!(Pin::new(&mut self.socket).poll_next(cx));
        Poll::Ready(message.map(|message| message.map(encode)))
    }
}

impl<W: Sink<Message, Error = Error> + Unpin> Sink<Message> for Records<W> {
    type Error = Error;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_complete(cx))?;
        Pin::new(&mut self.socket).poll_ready(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), Error> {
        match message {
            Message::Binary(bytes) => {
                self.incomplete.extend_from_slice(&bytes);
                while let Some(message) = decode(&mut self.incomplete)? {
                    self.complete.push_back(message);
                }
            }
            message => self.complete.push_back(message),
        }
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_complete(cx))?;
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_complete(cx))?;
        Pin::new(&mut self.socket).poll_close(cx)
    }
}

/// A data message as a record; any other as it is.
fn encode(message: Message) -> Message {
    let (opcode, payload) = match message {
        Message::Text(text) => (TEXT, Bytes::from(text)),
        Message::Binary(bytes) => (BINARY, bytes),
        other => return other,
    };
    let length = u32::try_from(payload.len()).expect("a message has less than 4 GiB");
    let mut record = BytesMut::with_capacity(HEADER + payload.len());
    record.put_u8(opcode);
    record.put_u32(length);
    record.extend_from_slice(&payload);
    Message::Binary(record.freeze())
}

/// Takes the first record off `bytes`, once it is complete, and makes a message of it.
fn decode(bytes: &mut BytesMut) -> Result<Option<Message>, Error> {
    let Some(mut header) = bytes.get(..HEADER) else { return Ok(None) };
    let (opcode, length) = (header.get_u8(), header.get_u32());
    let end = HEADER + usize::try_from(length).expect("usize has at least 32 bits");
    if bytes.len() < end {
        return Ok(None);
    }
    let payload = bytes.split_to(end).freeze().slice(HEADER..);
    let message = match opcode {
        TEXT => Message::Text(Utf8Bytes::try_from(payload)?),
        _ => Message::Binary(payload),
    };
    Ok(Some(message))
}
