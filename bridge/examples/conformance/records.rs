//! Messages of a WebSocket as records in a stream of bytes, so that their boundaries and opcodes
//! survive a relay that keeps neither.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use futures_util::{Sink, Stream};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message};

/// The opcodes of data messages (RFC 6455, section 11.8).
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
/// A record's header: its opcode, and its payload's length as 32 bits, big-endian.
const HEADER: usize = 1 + size_of::<u32>();
/// How many bytes of a message are sent in one frame at most: as many as the bridge itself sends in
/// one, for which its write buffer has room.
const MAX_FRAME: usize = 64 * 1024;

/// A WebSocket whose data messages are received as records, and to which records are sent, however
/// they are cut. It holds one incomplete record, and the frames made by one call of `start_send`.
pub(crate) struct Records<W> {
    socket: W,
    incomplete: BytesMut,
    unsent: VecDeque<Message>,
}

impl<W: Sink<Message, Error = Error> + Unpin> Records<W> {
    pub(crate) fn new(socket: W) -> Self {
        Self { socket, incomplete: BytesMut::new(), unsent: VecDeque::new() }
    }

    /// Hands frames to the WebSocket until none is left.
    fn poll_unsent(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while !self.unsent.is_empty() {
            ready!(Pin::new(&mut self.socket).poll_ready(cx))?;
            let Some(message) = self.unsent.pop_front() else { break };
            match Pin::new(&mut self.socket).start_send(message) {
                Ok(()) => {}
                Err(Error::WriteBufferFull(message)) => {
                    self.unsent.push_front(*message);
                    ready!(Pin::new(&mut self.socket).poll_flush(cx))?;
                }
                Err(error) => return Poll::Ready(Err(error)),
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
        ready!(self.poll_unsent(cx))?;
        Pin::new(&mut self.socket).poll_ready(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), Error> {
        match message {
            Message::Binary(bytes) => {
                self.incomplete.extend_from_slice(&bytes);
                while let Some((opcode, payload)) = decode(&mut self.incomplete) {
                    self.unsent.extend(frames(opcode, payload));
                }
            }
            message => self.unsent.push_back(message),
        }
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_unsent(cx))?;
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_unsent(cx))?;
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

/// Takes the first record off `bytes` once it is complete. Returns its opcode and payload.
fn decode(bytes: &mut BytesMut) -> Option<(u8, Bytes)> {
    let mut header = bytes.get(..HEADER)?;
    let (opcode, length) = (header.get_u8(), header.get_u32());
    let end = HEADER + usize::try_from(length).expect("usize has at least 32 bits");
    if bytes.len() < end {
        return None;
    }
    Some((opcode, bytes.split_to(end).freeze().slice(HEADER..)))
}

/// The frames of one message.
fn frames(opcode: u8, mut payload: Bytes) -> Vec<Message> {
    let mut data = if opcode == TEXT { Data::Text } else { Data::Binary };
    let mut frames = Vec::new();
    loop {
        let fragment = payload.split_to(payload.len().min(MAX_FRAME));
        let is_final = payload.is_empty();
        frames.push(Message::Frame(Frame::message(fragment, OpCode::Data(data), is_final)));
        if is_final {
            return frames;
        }
        data = Data::Continue;
    }
}
