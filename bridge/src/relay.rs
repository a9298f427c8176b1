//! The pump between a WebSocket and a TCP connection.
//!
//! It knows neither axum nor sockets: the WebSocket is any stream and sink of messages, the target
//! any stream of bytes. Both directions are polled in one task, each with its own progress, so
//! that neither waits for the other: with an echo, waiting would be a deadlock.
//!
//! - [`uplink`]: from the client to the target;
//! - [`downlink`]: from the target to the client;
//! - [`queue`]: bytes on their way to the target;
//! - [`idle`]: the bound on how long nothing may move; [`alive`]: whether the client is still there;
//! - [`ending`]: how a session ended.
//!
//! What it holds is bounded: towards the target [`QUEUE_RAW`] or `WINDOW` bytes and one message
//! more, towards the client [`CHUNK`] and the WebSocket's own write buffer.

mod alive;
mod downlink;
mod ending;
mod idle;
mod queue;
#[cfg(test)]
mod tests;
mod uplink;

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use echo_core::wire::{BridgeMessage, Party};
use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

use crate::capture::News;
use alive::{Alive, Silence};
use downlink::Downlink;
pub use ending::{Ending, Farewell};
use idle::Idle;
use uplink::Uplink;

/// How many bytes wait for the target in the raw dialect before the WebSocket is read no more.
const QUEUE_RAW: usize = 64 * 1024;
/// How many bytes are read from the target at once, and so a message's size.
const CHUNK: usize = 64 * 1024;
/// How long an end gets to answer a Close, or to read what it was sent, before it is let go.
pub const FAREWELL: Duration = Duration::from_secs(2);

/// How the two ends of a WebSocket talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `tcp-bridge.v1`: binary messages are bytes, text messages are control.
    Control,
    /// Every message is bytes.
    Raw,
}

/// What a session asked for, and its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How the client talks.
    pub dialect: Dialect,
    /// Whether each write and read is told, in the dialect that can.
    pub trace: bool,
    /// How long no payload byte may move either way; without it, for as long as both ends live.
    pub idle: Option<Duration>,
    /// From when the times count.
    pub start: Instant,
}

/// A WebSocket and a TCP connection, and what is under way between them.
#[derive(Debug)]
pub struct Relay<W, T> {
    client: W,
    target: T,
    options: Options,
    up: Uplink,
    down: Downlink,
    idle: Idle,
    alive: Alive,
    /// What else the client is told, as long as there is anything.
    news: Option<News>,
    /// Whether the Close of the raw dialect went out; what the client says until it answers still
    /// reaches the target.
    closing: bool,
}

impl<W, T> Relay<W, T>
where
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// A relay between `client` and `target`, which are both connected.
    pub fn new(client: W, target: T, mut options: Options) -> Self {
        // The raw dialect has no words for it.
        options.trace &= options.dialect == Dialect::Control;
        let idle = Idle::new(options.idle);
        let (up, down) = (Uplink::default(), Downlink::default());
        let (alive, news) = (Alive::new(), None);
        Self { client, target, options, up, down, idle, alive, news, closing: false }
    }

    /// Passes on `news`, too, in the dialect that can.
    #[must_use]
    pub(crate) fn telling(mut self, news: Option<News>) -> Self {
        self.news = news.filter(|_| self.options.dialect == Dialect::Control);
        self
    }

    /// Passes bytes both ways until the session ends. Dropping the future loses nothing: running
    /// again goes on where it was.
    pub async fn run(&mut self) -> Ending {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// How many bytes were written to the target, and how many read from it.
    pub fn totals(&self) -> (u64, u64) {
        (self.up.written(), self.down.read())
    }

    /// Both ends, and nothing else: what was under way is lost.
    pub fn into_ends(self) -> (W, T) {
        (self.client, self.target)
    }

    /// The target's end, and the news that were not told yet.
    pub(crate) fn into_target(self) -> (T, Option<News>) {
        (self.target, self.news)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ending> {
        match self.poll_until_ending(cx) {
            Ok(()) => Poll::Pending,
            Err(_) if self.closing => Poll::Ready(Ending::Finished { by: Party::Target }),
            Err(ending) => Poll::Ready(ending),
        }
    }

    /// Moves what can be moved. `Ok` means that everything waits and will wake the task.
    fn poll_until_ending(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        loop {
            let before = self.totals();
            let mut moved = self.poll_client(cx)?;
            moved |= self.poll_write(cx)?;
            moved |= self.poll_ack(cx)?;
            moved |= self.poll_read(cx)?;
            moved |= self.poll_news(cx)?;
            self.check_end()?;
            if self.totals() != before {
                self.idle.touch();
                self.alive.heard();
            }
            if !moved {
                break;
            }
        }
        self.poll_alive(cx)?;
        // Only when there is nothing more to say is it worth a system call.
        if let Poll::Ready(Err(error)) = Pin::new(&mut self.client).poll_flush(cx) {
            return self.up.client_failed(error);
        }
        self.idle.poll(cx)
    }

    /// Passes on one of the news. They wait behind bytes where the client is slow, and that they
    /// are bounded is their own business.
    fn poll_news(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        if self.news.is_none() || self.up.is_closed() || !self.poll_ready(cx)? {
            return Ok(false);
        }
        let Some(news) = &mut self.news else { return Ok(false) };
        match news.poll_next(cx) {
            Poll::Ready(Some(message)) => self.tell(&message).map(|()| true),
            Poll::Ready(None) | Poll::Pending => Ok(false),
        }
    }

    /// Pings a client that has been silent, and gives up one that does not answer.
    fn poll_alive(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if self.up.is_closed() || self.closing {
            return Ok(());
        }
        let resting = !self.up.has_room(self.options.dialect) || !self.poll_ready(cx)?;
        match self.alive.poll(cx, resting) {
            None => Ok(()),
            Some(Silence::Ask) => self.send(Message::Ping(Bytes::new())),
            Some(Silence::GiveUp) => Err(Ending::ClientVanished("no answer to a ping".into())),
        }
    }

    /// The endings that neither direction can see alone.
    fn check_end(&mut self) -> Result<(), Ending> {
        if self.up.delivered_close() {
            return Err(Ending::ClientClosed);
        }
        if !self.down.is_finished() {
            return Ok(());
        }
        if let Some(error) = self.up.take_error() {
            return Err(Ending::write_failed(&error));
        }
        match self.options.dialect {
            Dialect::Raw if !self.closing => self.begin_close(),
            Dialect::Control if self.up.is_finished() => {
                Err(Ending::Finished { by: self.down.last_to_finish() })
            }
            _ => Ok(()),
        }
    }

    /// Says Close after the target's last byte, as the raw dialect has no other word for it.
    fn begin_close(&mut self) -> Result<(), Ending> {
        let code = CloseCode::Normal;
        self.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() })))?;
        self.closing = true;
        self.idle = Idle::new(Some(FAREWELL));
        Ok(())
    }

    /// Whether the client would take a message now.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        match Pin::new(&mut self.client).poll_ready(cx) {
            Poll::Ready(Ok(())) => Ok(true),
            Poll::Ready(Err(error)) => self.up.client_failed(error).map(|()| false),
            Poll::Pending => Ok(false),
        }
    }

    /// Queues a message for the client, which said that it is ready.
    fn send(&mut self, message: Message) -> Result<(), Ending> {
        match Pin::new(&mut self.client).start_send(message) {
            Ok(()) => Ok(()),
            Err(error) => self.up.client_failed(error),
        }
    }

    /// Queues a control message for the client.
    fn tell(&mut self, message: &BridgeMessage) -> Result<(), Ending> {
        self.send(text(message))
    }

    /// Microseconds since the session's start.
    fn now_us(&self) -> u64 {
        micros(self.options.start.elapsed())
    }
}

/// `message` as the text message that carries it.
///
/// # Panics
/// Never: every [`BridgeMessage`] has a form in JSON.
#[must_use]
pub fn text(message: &BridgeMessage) -> Message {
    Message::text(serde_json::to_string(message).expect("a control message is always JSON"))
}

/// A duration in whole microseconds.
#[must_use]
pub fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
