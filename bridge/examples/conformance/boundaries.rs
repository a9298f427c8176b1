//! The boundaries and opcodes of messages, kept beside a relay that passes on bytes alone.

use std::collections::VecDeque;
use std::io;
use std::task::{Context, Poll};

use bridge::websocket::{ClientSocket, DataKind, Event, HEADER_ROOM};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

/// A WebSocket that notes of each message of the client its opcode and length, and makes messages
/// like these of the bytes that are sent to it, however they are cut.
pub(crate) struct Boundaries<W> {
    socket: W,
    /// The messages whose bytes have not all come back.
    messages: VecDeque<Message>,
    /// What has come back of the first one of them, and of those behind it.
    bytes: Vec<u8>,
}

struct Message {
    opcode: Data,
    length: usize,
    is_complete: bool,
}

impl<W: ClientSocket> Boundaries<W> {
    pub(crate) fn new(socket: W) -> Self {
        Self { socket, messages: VecDeque::new(), bytes: Vec::new() }
    }

    /// Notes a piece of a message.
    fn note(&mut self, kind: DataKind, length: usize, is_last: bool) {
        if self.messages.back().is_none_or(|message| message.is_complete) {
            let opcode = if kind == DataKind::Text { Data::Text } else { Data::Binary };
            self.messages.push_back(Message { opcode, length: 0, is_complete: false });
        }
        if let Some(message) = self.messages.back_mut() {
            message.length += length;
            message.is_complete = is_last;
        }
    }

    /// Queues the messages whose bytes have all come back.
    fn queue_complete(&mut self) {
        let has_come =
            |message: &Message, bytes: &[u8]| message.is_complete && message.length <= bytes.len();
        while self.messages.front().is_some_and(|message| has_come(message, &self.bytes)) {
            let Some(Message { opcode, length, .. }) = self.messages.pop_front() else { break };
            self.socket.queue(OpCode::Data(opcode), &self.bytes[..length]);
            self.bytes.drain(..length);
        }
    }
}

impl<W: ClientSocket> ClientSocket for Boundaries<W> {
    fn poll_read(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.socket.poll_read(cx, buffer)
    }

    fn unread(&mut self, rest: &[u8]) {
        self.socket.unread(rest);
    }

    fn decode(&mut self, bytes: &mut [u8]) -> Result<(usize, Option<Event>), Error> {
        let (taken, event) = self.socket.decode(bytes)?;
        if let Some(Event::Data { kind, payload, is_last }) = &event {
            self.note(*kind, payload.len(), *is_last);
        }
        Ok((taken, event))
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.queue_complete();
        self.socket.poll_ready(cx)
    }

    fn queue(&mut self, opcode: OpCode, payload: &[u8]) {
        self.socket.queue(opcode, payload);
    }

    fn send_binary(&mut self, _: &mut Context<'_>, buffer: &mut [u8]) -> Result<(), Error> {
        self.bytes.extend_from_slice(&buffer[HEADER_ROOM..]);
        self.queue_complete();
        Ok(())
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.queue_complete();
        self.socket.poll_flush(cx)
    }
}
