//! From the client to the target.

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

/// How far the client has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Client {
    #[default]
    Speaking,
    /// It said `finish`: no more bytes, but control messages and Close may follow.
    Finished,
    /// Its Close came: nothing follows, and nothing may be said to it.
    Closed,
}

/// How far the way to the target has come.
#[derive(Debug, Default)]
enum Way {
    #[default]
    Open,
    /// FIN was sent.
    Finished,
    /// A write failed; the reading side tells what the target still said.
    Broken(io::Error),
}

#[derive(Debug, Default)]
pub(super) struct Uplink {
    queue: Queue,
    client: Client,
    way: Way,
    written: u64,
    acked: u64,
}

impl Uplink {
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn is_finished(&self) -> bool {
        matches!(self.way, Way::Finished)
    }

    pub(super) fn is_broken(&self) -> bool {
        matches!(self.way, Way::Broken(_))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client == Client::Closed
    }

    /// Whether the client closed and all it had sent is on its way to the target.
    pub(super) fn delivered_close(&self) -> bool {
        self.is_closed() && !matches!(self.way, Way::Open)
    }

    /// The error that broke the way to the target, if one did.
    pub(super) fn take_error(&mut self) -> Option<io::Error> {
        match std::mem::take(&mut self.way) {
            Way::Broken(error) => Some(error),
            way => {
                self.way = way;
                None
            }
        }
    }

    /// Whether nothing that the client sent still waits for the target, or ever will reach it.
    pub(super) fn is_delivered(&self) -> bool {
        self.queue.is_empty() || !matches!(self.way, Way::Open)
    }

    pub(super) fn has_room(&self, dialect: Dialect) -> bool {
        let bound = match dialect {
            Dialect::Raw => QUEUE_RAW,
            Dialect::Control => usize::try_from(WINDOW).unwrap_or(usize::MAX),
        };
        self.queue.len() < bound
    }

    fn take_bytes(&mut self, bytes: Bytes) -> Result<(), Ending> {
        match (self.client, &self.way) {
            (Client::Speaking, Way::Open) => self.queue.push(bytes),
            // Nobody will read them; what the target said before is still worth waiting for.
            (Client::Speaking, _) => {}
            (_, _) => return Err(Ending::malformed("bytes after finish")),
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Ending> {
        if self.client != Client::Speaking {
            return Err(Ending::malformed("finish after finish"));
        }
        self.client = Client::Finished;
        Ok(())
    }

    fn broken(&mut self, error: io::Error) {
        self.queue.clear();
        self.way = Way::Broken(error);
    }
}

impl<W, T> Relay<W, T>
where
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Takes every message that is already there, as far as the queue has room.
    pub(super) fn poll_client(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        let mut moved = false;
        while self.is_reading() {
            match Pin::new(&mut self.client).poll_next(cx) {
                Poll::Pending => break,
                Poll::Ready(None) => self.fail(Ending::ClientVanished("no Close came".into())),
                Poll::Ready(Some(Err(error))) => self.fail(Ending::client_failed(error)),
                Poll::Ready(Some(Ok(message))) => {
                    self.alive.heard();
                    match self.take(message) {
                        Ok(is_progress) => moved |= is_progress,
                        Err(Ending::ClientReset) => return Err(Ending::ClientReset),
                        Err(ending) => self.fail(ending),
                    }
                }
            }
        }
        Ok(moved)
    }

    /// Whether the client may say more, and there is room for it.
    fn is_reading(&self) -> bool {
        !self.up.is_closed() && self.failing.is_none() && self.up.has_room(self.options.dialect)
    }

    /// Takes one message; says whether it moves something on.
    fn take(&mut self, message: Message) -> Result<bool, Ending> {
        match (message, self.options.dialect) {
            (Message::Binary(bytes), _) => self.up.take_bytes(bytes)?,
            (Message::Text(text), Dialect::Raw) => self.up.take_bytes(text.into())?,
            (Message::Text(text), Dialect::Control) => self.obey(&text)?,
            (Message::Close(_), _) => self.up.client = Client::Closed,
            // The WebSocket answers pings by itself.
            (Message::Ping(_) | Message::Pong(_) | Message::Frame(_), _) => return Ok(false),
        }
        Ok(true)
    }

    fn obey(&mut self, text: &str) -> Result<(), Ending> {
        if text.len() > MAX_CONTROL {
            return Err(Ending::too_big("a control message", MAX_CONTROL));
        }
        match serde_json::from_str(text) {
            Ok(ClientMessage::Finish) => self.up.finish(),
            Ok(ClientMessage::Reset) => Err(Ending::ClientReset),
            Ok(ClientMessage::Ack { bytes }) => self.down.acknowledge(bytes),
            Err(error) => Err(Ending::malformed(format!("a control message is none: {error}"))),
        }
    }

    /// Writes what is queued; then FIN, if the client has finished.
    pub(super) fn poll_write(&mut self, cx: &mut Context<'_>) -> bool {
        if !matches!(self.up.way, Way::Open) {
            return false;
        }
        if self.up.queue.is_empty() {
            let has_finished = self.up.client > Client::Speaking && self.failing.is_none();
            return has_finished && self.poll_fin(cx);
        }
        let traced = self.options.trace && self.can_send();
        // A write that cannot be told at once would be told out of order.
        if traced && !self.poll_ready(cx) {
            return false;
        }
        match poll_write_buf(Pin::new(&mut self.target), cx, &mut self.up.queue) {
            Poll::Pending => return false,
            Poll::Ready(Ok(0)) => self.up.broken(ErrorKind::WriteZero.into()),
            Poll::Ready(Ok(count)) => {
                self.up.written += count as u64;
                if traced {
                    let at_us = self.now_us();
                    self.tell(&BridgeMessage::Wrote { bytes: count as u64, at_us });
                }
            }
            Poll::Ready(Err(error)) => self.up.broken(error),
        }
        true
    }

    fn poll_fin(&mut self, cx: &mut Context<'_>) -> bool {
        match Pin::new(&mut self.target).poll_shutdown(cx) {
            Poll::Pending => return false,
            Poll::Ready(Ok(())) => {
                self.up.way = Way::Finished;
                self.down.other_way_finished();
            }
            Poll::Ready(Err(error)) => self.up.broken(error),
        }
        true
    }

    /// Says how many bytes the target has taken, once there are enough new ones.
    pub(super) fn poll_ack(&mut self, cx: &mut Context<'_>) -> bool {
        let due = self.up.written - self.up.acked >= ACK_EVERY;
        let wanted = due && self.options.dialect == Dialect::Control && self.can_send();
        if !wanted || !self.poll_ready(cx) {
            return false;
        }
        self.up.acked = self.up.written;
        self.tell(&BridgeMessage::Ack { bytes: self.up.written });
        true
    }
}
