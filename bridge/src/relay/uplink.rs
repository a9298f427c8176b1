//! The direction from the client to the target.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use echo_core::wire::{ACK_EVERY, BridgeMessage, ClientMessage, MAX_CONTROL, WINDOW};
use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_util::io::poll_write_buf;

use super::ending::Ending;
use super::queue::Queue;
use super::{Dialect, QUEUE_RAW, Relay};

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
    client_state: ClientState,
    write_state: WriteState,
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

    /// Returns whether the client sent Close.
    pub(super) fn is_closed(&self) -> bool {
        self.client_state == ClientState::Closed
    }

    /// Returns whether the client sent Close, and all that it had sent before was written.
    pub(super) fn has_delivered_close(&self) -> bool {
        self.is_closed() && !matches!(self.write_state, WriteState::Open)
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
        self.queue.is_empty() || !matches!(self.write_state, WriteState::Open)
    }

    /// Returns whether the queue has room for another message of the client.
    pub(super) fn has_room(&self, dialect: Dialect) -> bool {
        let bound = match dialect {
            Dialect::Raw => QUEUE_RAW,
            Dialect::Control => usize::try_from(WINDOW).unwrap_or(usize::MAX),
        };
        self.queue.len() < bound
    }

    /// Queues bytes for the target, or drops them if it cannot be written to any more.
    ///
    /// # Errors
    /// Fails if the client has finished.
    fn queue_bytes(&mut self, bytes: Bytes) -> Result<(), Ending> {
        match (self.client_state, &self.write_state) {
            (ClientState::Open, WriteState::Open) => self.queue.push(bytes),
            (ClientState::Open, _) => {}
            (_, _) => return Err(Ending::malformed("bytes after finish")),
        }
        Ok(())
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
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Handles every message that has arrived, as long as the queue has room. Returns whether any
    /// of them makes progress possible.
    pub(super) fn poll_client(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        let mut moved = false;
        while self.is_reading() {
            match Pin::new(&mut self.client).poll_next(cx) {
                Poll::Pending => break,
                Poll::Ready(None) => self.fail(Ending::ClientVanished("no Close came".into())),
                Poll::Ready(Some(Err(error))) => self.fail(Ending::client_failed(error)),
                Poll::Ready(Some(Ok(message))) => {
                    self.keepalive.record_activity();
                    match self.handle_message(message) {
                        Ok(is_progress) => moved |= is_progress,
                        Err(Ending::ClientReset) => return Err(Ending::ClientReset),
                        Err(ending) => self.fail(ending),
                    }
                }
            }
        }
        Ok(moved)
    }

    /// Returns whether the relay reads from the client: it may send more, and there is room for it.
    fn is_reading(&self) -> bool {
        !self.up.is_closed() && self.failing.is_none() && self.up.has_room(self.options.dialect)
    }

    /// Handles one message. Returns whether it makes progress possible.
    ///
    /// # Errors
    /// Fails for a message that breaks the protocol, and for `reset`.
    fn handle_message(&mut self, message: Message) -> Result<bool, Ending> {
        match (message, self.options.dialect) {
            (Message::Binary(bytes), _) => self.up.queue_bytes(bytes)?,
            (Message::Text(text), Dialect::Raw) => self.up.queue_bytes(text.into())?,
            (Message::Text(text), Dialect::Control) => self.handle_control(&text)?,
            (Message::Close(_), _) => self.up.client_state = ClientState::Closed,
            // tungstenite answers pings.
            (Message::Ping(_) | Message::Pong(_) | Message::Frame(_), _) => return Ok(false),
        }
        Ok(true)
    }

    /// Handles one control message.
    ///
    /// # Errors
    /// Fails for one that cannot be parsed or breaks the protocol, and for `reset`.
    fn handle_control(&mut self, text: &str) -> Result<(), Ending> {
        if text.len() > MAX_CONTROL {
            return Err(Ending::too_big("a control message", MAX_CONTROL));
        }
        match serde_json::from_str(text) {
            Ok(ClientMessage::Finish) => self.up.finish(),
            Ok(ClientMessage::Reset) => Err(Ending::ClientReset),
            Ok(ClientMessage::Ack { bytes }) => self.down.acknowledge(bytes),
            Err(error) => {
                Err(Ending::malformed(format!("the control message cannot be parsed: {error}")))
            }
        }
    }

    /// Writes what is queued, and then FIN if the client has finished. Returns whether it did
    /// either.
    pub(super) fn poll_write(&mut self, cx: &mut Context<'_>) -> bool {
        if !matches!(self.up.write_state, WriteState::Open) {
            return false;
        }
        if self.up.queue.is_empty() {
            let has_finished = self.up.client_state > ClientState::Open && self.failing.is_none();
            return has_finished && self.poll_fin(cx);
        }
        let traced = self.options.trace && self.can_send();
        // The message about a write must be queued at once, to keep the order of events.
        if traced && !self.poll_ready(cx) {
            return false;
        }
        let began_us = traced.then(|| self.now_us());
        match poll_write_buf(Pin::new(&mut self.target), cx, &mut self.up.queue) {
            Poll::Pending => return false,
            Poll::Ready(Ok(0)) => self.up.fail_write(ErrorKind::WriteZero.into()),
            Poll::Ready(Ok(count)) => {
                self.up.written += count as u64;
                if began_us.is_some() {
                    let (bytes, at_us) = (count as u64, self.now_us());
                    self.send_control(&BridgeMessage::Wrote { bytes, began_us, at_us });
                }
            }
            Poll::Ready(Err(error)) => self.up.fail_write(error),
        }
        true
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
