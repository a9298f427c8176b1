//! A WebSocket over a stream: its frames for the client, and its answers to Ping and Close.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::decoder::{Decoder, Event};
use super::{ClientSocket, HEADER_ROOM};

/// How many bytes may be queued for the client while it counts as ready for more, where the stream
/// takes what is written, and while pings are still answered. What is queued may then exceed it by
/// what one step of a relay sends.
const MAX_QUEUED: usize = 64 * 1024;

/// The server's end of a WebSocket over a stream of bytes. An idle one has no buffer.
#[derive(Debug)]
pub struct WebSocket<S> {
    stream: S,
    /// Bytes that were read and are still to be decoded: along with the handshake, or before the end
    /// of a session.
    early: Bytes,
    decoder: Decoder,
    /// Frames that the stream has not taken yet.
    queued: BytesMut,
    /// Whether the stream did not take all of the last write: nothing is added to what is queued,
    /// but answers, until it has taken that.
    is_blocked: bool,
    /// The last ping that could not be answered yet: each one replaces the one before it, as RFC
    /// 6455, section 5.5.3, allows.
    ping: Option<Bytes>,
    has_sent_close: bool,
    has_received_close: bool,
}

impl<S> WebSocket<S> {
    /// Creates the server's end of an upgraded connection. `early` are the bytes that were read
    /// along with the request; `max_message` is the longest message, in bytes.
    pub fn new(stream: S, early: impl Into<Bytes>, max_message: usize) -> Self {
        Self {
            stream,
            early: early.into(),
            decoder: Decoder::new(max_message),
            queued: BytesMut::new(),
            is_blocked: false,
            ping: None,
            has_sent_close: false,
            has_received_close: false,
        }
    }

    /// Returns the stream below.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// Returns the stream below.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }

    /// Returns whether Close was sent to the client, or queued.
    pub fn has_sent_close(&self) -> bool {
        self.has_sent_close
    }

    /// Returns whether the client sent Close.
    pub fn has_received_close(&self) -> bool {
        self.has_received_close
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> WebSocket<S> {
    /// Queues the answer to what arrived, if it has one.
    fn answer(&mut self, event: &Event) {
        match event {
            Event::Ping(payload) if self.queued.len() > MAX_QUEUED => {
                self.ping = Some(payload.clone());
            }
            Event::Ping(payload) => {
                self.ping = None;
                self.queue(OpCode::Control(Control::Pong), payload);
            }
            Event::Close(frame) => {
                self.has_received_close = true;
                self.ping = None;
                self.queue(OpCode::Control(Control::Close), &close_payload(frame.as_ref()));
            }
            Event::Data { .. } | Event::Pong(_) => {}
        }
    }

    /// Writes what is queued until at most `few` bytes are left.
    fn poll_write_queued(&mut self, cx: &mut Context<'_>, few: usize) -> Poll<io::Result<()>> {
        while self.queued.len() > few {
            let written = Pin::new(&mut self.stream).poll_write(cx, &self.queued);
            self.is_blocked |= written.is_pending();
            let written = ready!(written)?;
            self.take_written(written, written)?;
        }
        Poll::Ready(Ok(()))
    }

    /// Drops what is queued as far as it is among the `written` bytes.
    fn take_written(&mut self, written: usize, of_queued: usize) -> io::Result<()> {
        if written == 0 {
            return Err(ErrorKind::WriteZero.into());
        }
        self.queued.advance(of_queued);
        if self.queued.is_empty() {
            // An idle session has no buffer.
            self.queued = BytesMut::new();
            self.is_blocked = false;
        }
        Ok(())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> ClientSocket for WebSocket<S> {
    fn poll_read(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        if !self.early.is_empty() {
            let early = self.early.split_to(buffer.len().min(self.early.len()));
            buffer[..early.len()].copy_from_slice(&early);
            if self.early.is_empty() {
                self.early = Bytes::new();
            }
            return Poll::Ready(Ok(early.len()));
        }
        let mut buffer = ReadBuf::new(buffer);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
        Poll::Ready(Ok(buffer.filled().len()))
    }

    fn unread(&mut self, rest: &[u8]) {
        self.early = [rest, &self.early].concat().into();
    }

    fn decode(&mut self, bytes: &mut [u8]) -> Result<(usize, Option<Event>), Error> {
        let (taken, event) = self.decoder.decode(bytes)?;
        if let Some(event) = &event {
            self.answer(event);
        }
        Ok((taken, event))
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let few = if self.is_blocked { 0 } else { MAX_QUEUED };
        self.poll_write_queued(cx, few).map_err(Error::Io)
    }

    fn queue(&mut self, opcode: OpCode, payload: &[u8]) {
        if self.has_sent_close {
            return;
        }
        self.has_sent_close = opcode == OpCode::Control(Control::Close);
        let (header, len) = header(opcode, payload.len());
        self.queued.reserve(len + payload.len());
        self.queued.extend_from_slice(&header[..len]);
        self.queued.extend_from_slice(payload);
    }

    fn send_binary(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Result<(), Error> {
        if self.has_sent_close {
            return Ok(());
        }
        let (header, len) = header(OpCode::Data(Data::Binary), buffer.len() - HEADER_ROOM);
        let begin = HEADER_ROOM - len;
        buffer[begin..HEADER_ROOM].copy_from_slice(&header[..len]);
        let mut frame = &buffer[begin..];
        let stream = Pin::new(&mut self.stream);
        let written = if self.queued.is_empty() {
            stream.poll_write(cx, frame)
        } else {
            stream.poll_write_vectored(cx, &[IoSlice::new(&self.queued), IoSlice::new(frame)])
        };
        if let Poll::Ready(written) = written {
            let written = written?;
            let of_queued = written.min(self.queued.len());
            frame = &frame[written - of_queued..];
            self.take_written(written, of_queued)?;
        }
        self.is_blocked = !frame.is_empty();
        self.queued.extend_from_slice(frame);
        Ok(())
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_write_queued(cx, 0))?;
        if let Some(payload) = self.ping.take() {
            self.queue(OpCode::Control(Control::Pong), &payload);
            ready!(self.poll_write_queued(cx, 0))?;
        }
        Pin::new(&mut self.stream).poll_flush(cx).map_err(Error::Io)
    }
}

/// Returns the header of an unmasked frame that is a whole message, and its length.
fn header(opcode: OpCode, payload: usize) -> ([u8; HEADER_ROOM], usize) {
    let header = FrameHeader { opcode, ..FrameHeader::default() };
    let mut bytes = [0; HEADER_ROOM];
    let mut room = &mut bytes[..];
    header.format(payload as u64, &mut room).expect("there is room for any header");
    let rest = room.len();
    (bytes, HEADER_ROOM - rest)
}

/// Returns the payload of a Close frame with this code and reason.
#[must_use]
pub fn close_payload(frame: Option<&CloseFrame>) -> Vec<u8> {
    let Some(CloseFrame { code, reason }) = frame else { return Vec::new() };
    [&u16::from(*code).to_be_bytes(), reason.as_bytes()].concat()
}
