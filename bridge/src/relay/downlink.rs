//! The direction from the target to the client.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use echo_core::wire::{BridgeMessage, Party, WINDOW};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::ending::Ending;
use super::{CHUNK, Dialect, Relay, Side};
use crate::scratch;
use crate::websocket::{ClientSocket, HEADER_ROOM};

/// The state of the direction from the target to the client.
#[derive(Debug)]
pub(super) struct Downlink {
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
        Self { finished: false, last_to_finish: Party::Target, read: 0, acked: 0 }
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
}

impl<W, T> Relay<W, T>
where
    W: ClientSocket,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Reads once from the target and queues what came for the client.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        if self.down.finished || self.turn.has_drained_target {
            return Ok(false);
        }
        // For a client that is gone the target is still read: one that cannot send may not receive.
        let room = if self.can_send() { self.down.room(self.options.dialect) } else { CHUNK };
        let is_paused = room == 0 || (self.can_send() && !self.poll_ready(cx));
        self.recorder.record_paused(Side::Target, is_paused);
        if is_paused {
            return Ok(false);
        }
        scratch::with(|buffer| self.poll_forward(cx, &mut buffer[..HEADER_ROOM + room]))
    }

    /// Reads once from the target into `buffer`, behind the room for a header, and sends what came
    /// to the client.
    fn poll_forward(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Result<bool, Ending> {
        let mut read = ReadBuf::new(&mut buffer[HEADER_ROOM..]);
        let polled = Pin::new(&mut self.target).poll_read(cx, &mut read);
        let count = read.filled().len();
        match polled {
            Poll::Pending => {
                self.turn.has_drained_target = true;
                return Ok(false);
            }
            Poll::Ready(Ok(())) if count == 0 => self.handle_eof(),
            Poll::Ready(Ok(())) => self.forward(cx, &mut buffer[..HEADER_ROOM + count]),
            Poll::Ready(Err(error)) => return Err(self.read_failed(&error)),
        }
        self.turn.read += count;
        Ok(true)
    }

    /// Sends the bytes of a read to the client, which begin behind the room for a header.
    fn forward(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) {
        if !self.can_send() {
            return;
        }
        let bytes = (buffer.len() - HEADER_ROOM) as u64;
        self.down.read += bytes;
        if self.options.trace {
            let at_us = self.now_us();
            self.send_control(&BridgeMessage::Read { bytes, at_us });
        }
        if let Err(error) = self.client.send_binary(cx, buffer) {
            self.handle_client_error(error);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_were_sent_can_be_acknowledged_and_no_others() {
        let mut down = Downlink { read: WINDOW, ..Downlink::default() };
        assert_eq!(down.room(Dialect::Control), 0);
        assert_eq!(down.acknowledge(WINDOW), Ok(()));
        // A lower one than before takes nothing back.
        assert_eq!(down.acknowledge(1), Ok(()));
        assert_eq!(down.room(Dialect::Control), CHUNK);
        let ending = down.acknowledge(WINDOW + 1).unwrap_err();
        assert_eq!(u16::from(ending.close_code()), 1002, "{ending:?}");
    }
}
