//! The direction from the target to the client.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{BufMut as _, BytesMut};
use echo_core::wire::{BridgeMessage, Party, WINDOW};
use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_util::io::poll_read_buf;

use super::ending::Ending;
use super::{CHUNK, Dialect, Relay, Side};

/// The state of the direction from the target to the client.
#[derive(Debug)]
pub(super) struct Downlink {
    /// The bytes of the read that is under way; an idle session has no buffer.
    buffer: BytesMut,
    /// Whether the target's end was read.
    finished: bool,
    last_to_finish: Party,
    /// How many bytes were read and sent to the client.
    read: u64,
    /// How many bytes the client has acknowledged.
    acked: u64,
}

impl Default for Downlink {
    fn default() -> Self {
        let buffer = BytesMut::new();
        Self { buffer, finished: false, last_to_finish: Party::Target, read: 0, acked: 0 }
    }
}

impl Downlink {
    /// Returns how many bytes were read from the target.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// Returns whether the target's end was read.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// Returns which side finished last, and so ended a session in which both did.
    pub(super) fn last_to_finish(&self) -> Party {
        self.last_to_finish
    }

    /// Records that the client finished, which makes it the last one if the target had finished
    /// before.
    pub(super) fn record_client_finish(&mut self) {
        if self.finished {
            self.last_to_finish = Party::Client;
        }
    }

    /// Records the client's `ack`, of `bytes` in all. One lower than before is ignored.
    ///
    /// # Errors
    /// Fails for bytes that were never sent.
    pub(super) fn acknowledge(&mut self, bytes: u64) -> Result<(), Ending> {
        if bytes > self.read {
            return Err(Ending::malformed(format!(
                "an ack of {bytes} bytes, of which only {} were sent",
                self.read
            )));
        }
        self.acked = self.acked.max(bytes);
        Ok(())
    }

    /// Returns how many bytes may be read now.
    fn room(&self, dialect: Dialect) -> usize {
        match dialect {
            Dialect::Raw => CHUNK,
            Dialect::Control => {
                let open = WINDOW.saturating_sub(self.read - self.acked);
                usize::try_from(open).unwrap_or(usize::MAX).min(CHUNK)
            }
        }
    }

    /// Reads once from `source`, at most `room` bytes.
    fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
        source: impl AsyncRead + Unpin,
        room: usize,
    ) -> Poll<io::Result<usize>> {
        let mut source = source;
        self.buffer.reserve(room);
        let read = poll_read_buf(Pin::new(&mut source), cx, &mut (&mut self.buffer).limit(room));
        if read.is_pending() {
            // An idle session keeps no buffer.
            self.buffer = BytesMut::new();
        }
        read
    }
}

impl<W, T> Relay<W, T>
where
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Reads once from the target and queues what came for the client.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        if self.down.finished {
            return Ok(false);
        }
        // For a client that is gone the target is still read: one that cannot send may not receive.
        let room = if self.can_send() { self.down.room(self.options.dialect) } else { CHUNK };
        let is_paused = room == 0 || (self.can_send() && !self.poll_ready(cx));
        self.recorder.record_paused(Side::Target, is_paused);
        if is_paused {
            return Ok(false);
        }
        match self.down.poll_chunk(cx, &mut self.target, room) {
            Poll::Pending => return Ok(false),
            Poll::Ready(Ok(0)) => self.handle_eof(),
            Poll::Ready(Ok(count)) => self.forward(count),
            Poll::Ready(Err(error)) => return Err(self.read_failed(&error)),
        }
        Ok(true)
    }

    /// Queues the bytes of a read for the client.
    fn forward(&mut self, count: usize) {
        let bytes = self.down.buffer.split().freeze();
        if !self.can_send() {
            return;
        }
        self.down.read += count as u64;
        if self.options.trace {
            let at_us = self.now_us();
            self.send_control(&BridgeMessage::Read { bytes: count as u64, at_us });
        }
        self.send(Message::Binary(bytes));
    }

    /// Records the target's end, and sends `finished` where it was FIN.
    fn handle_eof(&mut self) {
        self.down.finished = true;
        let at_us = self.now_us();
        // After a failed write the end that is read is no FIN.
        let has_message = self.options.dialect == Dialect::Control && self.can_send();
        if has_message && !self.up.has_write_failed() {
            self.send_control(&BridgeMessage::Finished { at_us });
        }
    }

    fn read_failed(&mut self, error: &io::Error) -> Ending {
        if self.up.is_closed() { Ending::ClientClosed } else { Ending::read_failed(error) }
    }
}
