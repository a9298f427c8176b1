//! The server's end of a WebSocket (RFC 6455), made for a relay: it passes a message's bytes on as
//! they arrive instead of gathering messages, works in buffers that its caller lends it, and holds
//! none of its own while it is idle.
//!
//! - [`decoder`]: what a client's bytes mean; [`mask`] and [`utf8`]: parts of it;
//! - [`stream`]: the frames for the client, the answers to Ping and Close, and the stream below.
//!
//! The handshake, the headers of frames, close codes and errors are tungstenite's, and the same bytes
//! are the same messages and errors to both (`bridge/tests/suite/websocket.rs`). What differs is
//! when: an error is reported as soon as the bytes that make it one have arrived.

mod decoder;
mod mask;
mod stream;
#[cfg(test)]
mod tests;
mod utf8;

use std::io;
use std::task::{Context, Poll};

use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::frame::coding::OpCode;

pub use decoder::{DataKind, Decoder, Event};
pub use stream::{WebSocket, close_payload};

/// The longest header of a frame for the client, in bytes (RFC 6455, section 5.2: two bytes, and
/// eight of a long length; a server masks nothing).
pub const HEADER_ROOM: usize = 10;

/// The WebSocket of a client as the relay uses it.
pub trait ClientSocket {
    /// Reads once into `buffer`; 0 is the end of the connection. What is read has to be decoded.
    ///
    /// # Errors
    /// Fails if the connection has failed.
    fn poll_read(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>>;

    /// Has `rest`, which was read and not decoded, be read again, before all else.
    fn unread(&mut self, rest: &[u8]);

    /// Decodes the beginning of `bytes`, which are the next ones that were read, and unmasks it in
    /// place. Returns how many bytes that took, more than none of any, and what they mean, if that
    /// is anything yet. Answers to Ping and Close are queued.
    ///
    /// # Errors
    /// Fails for bytes that break the protocol. Nothing can be decoded after that.
    fn decode(&mut self, bytes: &mut [u8]) -> Result<(usize, Option<Event>), Error>;

    /// Makes room for further messages by writing those that are queued.
    ///
    /// # Errors
    /// Fails if the connection has failed.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>>;

    /// Queues a frame, which is a whole message. After a Close it does nothing.
    fn queue(&mut self, opcode: OpCode, payload: &[u8]);

    /// Sends a binary message behind what is queued, and queues what the connection does not take
    /// at once. The payload begins [`HEADER_ROOM`] bytes into `buffer`; those before it are
    /// overwritten.
    ///
    /// # Errors
    /// Fails if the connection has failed.
    fn send_binary(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Result<(), Error>;

    /// Writes all that is queued.
    ///
    /// # Errors
    /// Fails if the connection has failed.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>>;
}

impl<W: ClientSocket + ?Sized> ClientSocket for &mut W {
    fn poll_read(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        (**self).poll_read(cx, buffer)
    }

    fn unread(&mut self, rest: &[u8]) {
        (**self).unread(rest);
    }

    fn decode(&mut self, bytes: &mut [u8]) -> Result<(usize, Option<Event>), Error> {
        (**self).decode(bytes)
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        (**self).poll_ready(cx)
    }

    fn queue(&mut self, opcode: OpCode, payload: &[u8]) {
        (**self).queue(opcode, payload);
    }

    fn send_binary(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Result<(), Error> {
        (**self).send_binary(cx, buffer)
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        (**self).poll_flush(cx)
    }
}
