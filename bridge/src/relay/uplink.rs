//! The direction from the client to the target.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use echo_core::wire::{ACK_EVERY, BridgeMessage, ClientMessage, WINDOW};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::io::poll_write_buf;

use super::batch::Batch;
use super::control::ControlText;
use super::ending::Ending;
use super::queue::Queue;
use super::{CHUNK, Dialect, QUEUE_RAW, Relay};
use crate::scratch;
use crate::websocket::{ClientSocket, DataKind, Event};

/// The least that is read at once, in bytes, where there is any room: many reads of little take
/// longer, and a client's `ack` is not to be cut into pieces.
const LEAST_READ: usize = 4 * 1024;

/// What the client may still send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum ClientState {
    /// Bytes, control messages and Close.
    #[default]
    Open,
    /// Control messages and Close: it sent `finish`.
    Finished,
    /// Nothing: it sent Close, after which nothing may be sent to it either.
    Closed,
}

/// Whether the target can still be written to.
#[derive(Debug, Default)]
enum WriteState {
    #[default]
    Open,
    /// FIN was sent.
    Finished,
    /// A write failed. The target is read to its end before the session ends with this error.
    Failed(io::Error),
}

/// The state of the direction from the client to the target.
#[derive(Debug, Default)]
pub(super) struct Uplink {
    queue: Queue,
    control: ControlText,
    client_state: ClientState,
    write_state: WriteState,
    /// Whether the target may keep bytes that it took, as a stream over TLS does, until it is
    /// flushed.
    is_unflushed: bool,
    /// How many bytes were written to the target.
    written: u64,
    /// How many of these were acknowledged to the client.
    acked: u64,
}

impl Uplink {
    /// Returns how many bytes were written to the target.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Returns whether FIN was sent to the target.
    pub(super) fn is_finished(&self) -> bool {
        matches!(self.write_state, WriteState::Finished)
    }

    /// Returns whether a write to the target failed.
    pub(super) fn has_write_failed(&self) -> bool {
        matches!(self.write_state, WriteState::Failed(_))
    }

    /// Returns whether the target can be written to.
    fn is_open(&self) -> bool {
        matches!(self.write_state, WriteState::Open)
    }

    /// Returns whether the client sent Close.
    pub(super) fn is_closed(&self) -> bool {
        self.client_state == ClientState::Closed
    }

    /// Returns whether the client sent Close, and all that it had sent before was written.
    pub(super) fn has_delivered_close(&self) -> bool {
        self.is_closed() && !self.is_open()
    }

    /// Takes the error of the write that failed, if one did.
    pub(super) fn take_write_error(&mut self) -> Option<io::Error> {
        match std::mem::take(&mut self.write_state) {
            WriteState::Failed(error) => Some(error),
            state => {
                self.write_state = state;
                None
            }
        }
    }

    /// Returns whether nothing waits for the target, or can be written to it any more.
    pub(super) fn is_delivered(&self) -> bool {
        (self.queue.is_empty() && !self.is_unflushed) || !self.is_open()
    }

    /// Returns whether the queue has room for more of the client's bytes.
    pub(super) fn has_room(&self, dialect: Dialect) -> bool {
        self.room(dialect) > 0
    }

    /// Returns how many of the client's bytes may be read now.
    fn room(&self, dialect: Dialect) -> usize {
        let bound = match dialect {
            // What is read into an empty queue is written at once.
            _ if self.queue.is_empty() => CHUNK,
            Dialect::Raw => QUEUE_RAW,
            // A client whose whole window is queued is still read, since its `ack` may be what the
            // target waits for: a target that cannot send may not read either.
            Dialect::Control => usize::try_from(WINDOW).unwrap_or(usize::MAX) + 1,
        };
        match bound.saturating_sub(self.queue.len()) {
            0 => 0,
            room => room.clamp(LEAST_READ, CHUNK),
        }
    }

    /// Checks that the client may send bytes.
    ///
    /// # Errors
    /// Fails if the client has finished.
    fn check_open(&self) -> Result<(), Ending> {
        match self.client_state {
            ClientState::Open => Ok(()),
            _ => Err(Ending::malformed("bytes after finish")),
        }
    }

    /// Handles the client's `finish`.
    ///
    /// # Errors
    /// Fails if the client has finished before.
    fn finish(&mut self) -> Result<(), Ending> {
        if self.client_state != ClientState::Open {
            return Err(Ending::malformed("finish after finish"));
        }
        self.client_state = ClientState::Finished;
        Ok(())
    }

    /// Records a failed write, and drops what waits for the target.
    fn fail_write(&mut self, error: io::Error) {
        self.queue.clear();
        self.write_state = WriteState::Failed(error);
    }
}

impl<W, T> Relay<W, T>
where
    W: ClientSocket,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Reads once from the client, if there is room for what it sends, and handles what came.
    /// Returns whether anything did.
    ///
    /// # Errors
    /// Fails for `reset`. Any other failure ends the session later.
    pub(super) fn poll_client(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        let is_reading = !self.up.is_closed() && self.failing.is_none();
        let room = self.up.room(self.options.dialect);
        if !is_reading || self.turn.has_drained_client || room == 0 {
            return Ok(false);
        }
        scratch::with(|buffer| self.poll_receive(cx, &mut buffer[..room]))
    }

    /// Reads once from the client into `buffer`, and handles what came.
    fn poll_receive(&mut self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Result<bool, Ending> {
        let count = match self.client.poll_read(cx, buffer) {
            Poll::Pending => {
                self.turn.has_drained_client = true;
                return Ok(false);
            }
            Poll::Ready(Ok(count)) => count,
            Poll::Ready(Err(error)) => {
                self.fail(Ending::client_failed(error.into()));
                return Ok(false);
            }
        };
        if count == 0 {
            self.fail(Ending::no_close());
            return Ok(false);
        }
        self.turn.read += count;
        self.keepalive.record_activity();
        let mut batch = Batch::default();
        match self.handle_received(&mut buffer[..count], &mut batch) {
            Err(Ending::ClientReset) => return Err(Ending::ClientReset),
            Err(ending) => self.fail(ending),
            Ok(()) => {}
        }
        batch.with_slices(buffer, |slices| self.write_or_queue(cx, slices));
        Ok(true)
    }

    /// Handles the bytes of one read, and adds those to `batch` that go to the target.
    ///
    /// # Errors
    /// Fails for bytes that break the protocol, and for `reset`.
    fn handle_received(&mut self, bytes: &mut [u8], batch: &mut Batch) -> Result<(), Ending> {
        let mut at = 0;
        while at < bytes.len() {
            let decoded = self.client.decode(&mut bytes[at..]);
            let (taken, event) = decoded.map_err(Ending::client_failed)?;
            let begin = at;
            at += taken;
            match event {
                Some(Event::Data { kind, payload, is_last }) => {
                    let payload = begin + payload.start..begin + payload.end;
                    let is_control =
                        kind == DataKind::Text && self.options.dialect == Dialect::Control;
                    let handled = if is_control {
                        self.handle_control(&bytes[payload], is_last)
                    } else {
                        self.up.check_open().map(|()| batch.push(bytes, payload))
                    };
                    if let Err(ending) = handled {
                        // The client's Close may be there, for which the end of the session waits.
                        self.client.unread(&bytes[at..]);
                        return Err(ending);
                    }
                }
                Some(Event::Close(_)) => {
                    self.up.client_state = ClientState::Closed;
                    break;
                }
                // The WebSocket answers pings.
                Some(Event::Ping(_) | Event::Pong(_)) | None => {}
            }
        }
        Ok(())
    }

    /// Handles a piece of a control message.
    ///
    /// # Errors
    /// Fails for a message that breaks the protocol, and for `reset`.
    fn handle_control(&mut self, piece: &[u8], is_last: bool) -> Result<(), Ending> {
        match self.up.control.extend(piece, is_last)? {
            Some(ClientMessage::Finish) => self.up.finish(),
            Some(ClientMessage::Reset) => Err(Ending::ClientReset),
            Some(ClientMessage::Ack { bytes }) => self.down.acknowledge(bytes),
            None => Ok(()),
        }
    }

    /// Writes the client's bytes, and queues what the target does not take; drops them if it cannot
    /// be written to any more.
    fn write_or_queue(&mut self, cx: &mut Context<'_>, mut slices: &mut [IoSlice<'_>]) {
        while !slices.is_empty() && self.up.queue.is_empty() && self.up.is_open() {
            let Poll::Ready(began_us) = self.poll_begin_write(cx) else { break };
            let written = match slices {
                [slice] => Pin::new(&mut self.target).poll_write(cx, slice),
                _ => Pin::new(&mut self.target).poll_write_vectored(cx, slices),
            };
            let Poll::Ready(count) = self.end_write(began_us, written) else { break };
            IoSlice::advance_slices(&mut slices, count);
        }
        if self.up.is_open() {
            for slice in slices {
                self.up.queue.push(slice);
            }
        }
    }

    /// Writes what is queued, and then FIN if the client has finished. Returns whether it did
    /// either.
    pub(super) fn poll_write(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.up.is_open() {
            return false;
        }
        if self.up.queue.is_empty() {
            let has_finished = self.up.client_state > ClientState::Open && self.failing.is_none();
            return has_finished && self.poll_fin(cx);
        }
        let Poll::Ready(began_us) = self.poll_begin_write(cx) else { return false };
        let written = poll_write_buf(Pin::new(&mut self.target), cx, &mut self.up.queue);
        self.end_write(began_us, written).is_ready()
    }

    /// Has the target send what it keeps of the bytes that it took. Returns whether that failed.
    pub(super) fn poll_flush_target(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.up.is_unflushed || !self.up.is_open() {
            return false;
        }
        match Pin::new(&mut self.target).poll_flush(cx) {
            Poll::Pending => false,
            Poll::Ready(Ok(())) => {
                self.up.is_unflushed = false;
                false
            }
            Poll::Ready(Err(error)) => {
                self.up.fail_write(error);
                true
            }
        }
    }

    /// Prepares a write to the target. Returns when it begins, if it is traced.
    fn poll_begin_write(&mut self, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let traced = self.options.trace && self.can_send();
        // The message about a write must be queued at once, to keep the order of events.
        if traced && !self.poll_ready(cx) {
            return Poll::Pending;
        }
        Poll::Ready(traced.then(|| self.now_us()))
    }

    /// Records the outcome of a write to the target. Returns how many bytes it took, which are none
    /// if it failed.
    fn end_write(
        &mut self,
        began_us: Option<u64>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<usize> {
        let error = match ready!(written) {
            Ok(count @ 1..) => {
                self.up.written += count as u64;
                self.up.is_unflushed = true;
                if began_us.is_some() {
                    let (bytes, at_us) = (count as u64, self.now_us());
                    self.send_control(&BridgeMessage::Wrote { bytes, began_us, at_us });
                }
                return Poll::Ready(count);
            }
            Ok(0) => ErrorKind::WriteZero.into(),
            Err(error) => error,
        };
        self.up.fail_write(error);
        Poll::Ready(0)
    }

    /// Sends FIN. Returns whether that is done, or has failed.
    fn poll_fin(&mut self, cx: &mut Context<'_>) -> bool {
        match Pin::new(&mut self.target).poll_shutdown(cx) {
            Poll::Pending => return false,
            Poll::Ready(Ok(())) => {
                self.up.write_state = WriteState::Finished;
                self.down.record_client_finish();
            }
            Poll::Ready(Err(error)) => self.up.fail_write(error),
        }
        true
    }

    /// Acknowledges to the client what was written, once that is [`ACK_EVERY`] bytes more than
    /// before. Returns whether it did.
    pub(super) fn poll_ack(&mut self, cx: &mut Context<'_>) -> bool {
        let due = self.up.written - self.up.acked >= ACK_EVERY;
        let wanted = due && self.options.dialect == Dialect::Control && self.can_send();
        if !wanted || !self.poll_ready(cx) {
            return false;
        }
        self.up.acked = self.up.written;
        self.send_control(&BridgeMessage::Ack { bytes: self.up.written });
        true
    }
}
