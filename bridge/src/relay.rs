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
//! - [`failing`]: delivering what came before the client's side failed;
//! - [`ending`]: how a session ended.
//!
//! What it holds is bounded: towards the target [`QUEUE_RAW`] or `WINDOW` bytes and one message
//! more, towards the client [`CHUNK`] and the WebSocket's own write buffer.

mod alive;
mod downlink;
mod ending;
mod failing;
mod idle;
mod queue;
#[cfg(test)]
mod tests;
mod uplink;

use std::collections::VecDeque;
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
pub use failing::WatchReset;
use failing::{Failing, ResetWatch};
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
    /// Messages for the client that did not fit into the WebSocket's write buffer. At most the few
    /// that one step queues: while there are any, the client is not ready for more.
    unsent: VecDeque<Message>,
    /// Whether the raw dialect's Close has been queued or sent; what the client sends until it
    /// answers still reaches the target.
    closing: Closing,
    /// The client's side failed, and what it had sent before is still being delivered.
    failing: Option<Failing>,
    /// Notices that the client reset its connection while nothing is read from it.
    reset: ResetWatch<W>,
}

/// How far the Close of the raw dialect has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    NotYet,
    /// It waits behind bytes that the client has not taken yet.
    Queued,
    /// It was written to the client, which has [`FAREWELL`] to answer it.
    Sent,
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
        Self {
            client,
            target,
            options,
            up,
            down,
            idle,
            alive: Alive::new(),
            news: None,
            unsent: VecDeque::new(),
            closing: Closing::NotYet,
            failing: None,
            reset: ResetWatch::default(),
        }
    }

    /// Watches for a reset by the client with `watch` while the relay does not read from it.
    #[must_use]
    pub fn watching_reset(mut self, watch: WatchReset<W>) -> Self {
        self.reset = ResetWatch::new(watch);
        self
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

    /// Whether Close was written to the client, as the raw dialect does after the target's FIN.
    pub fn has_sent_close(&self) -> bool {
        self.closing == Closing::Sent
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
            Err(_) if self.closing != Closing::NotYet => {
                Poll::Ready(Ending::Finished { by: Party::Target })
            }
            Err(ending) => Poll::Ready(self.failing.take().map_or(ending, Failing::into_ending)),
        }
    }

    /// Moves what can be moved. `Ok` means that everything waits and will wake the task.
    fn poll_until_ending(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        loop {
            let before = self.totals();
            let mut moved = self.poll_client(cx)?;
            moved |= self.poll_write(cx);
            moved |= self.poll_ack(cx);
            moved |= self.poll_read(cx)?;
            moved |= self.poll_news(cx);
            self.check_end(cx)?;
            if self.totals() != before {
                self.idle.touch();
                self.alive.heard();
            }
            if !moved {
                break;
            }
        }
        self.poll_failing(cx)?;
        self.poll_reset(cx);
        self.poll_alive(cx)?;
        // Only when there is nothing more to say is it worth a system call.
        if self.poll_flush(cx) && self.closing == Closing::Queued {
            self.closing = Closing::Sent;
            self.idle = Idle::new(Some(FAREWELL));
        }
        self.idle.poll(cx)
    }

    /// Whether the client can be sent anything: it has neither closed nor gone.
    fn can_send(&self) -> bool {
        !self.up.is_closed() && self.failing.as_ref().is_none_or(Failing::can_send)
    }

    /// Passes on one of the news. They wait behind bytes where the client is slow, and that they
    /// are bounded is their own business.
    fn poll_news(&mut self, cx: &mut Context<'_>) -> bool {
        if self.news.is_none() || !self.can_send() || !self.poll_ready(cx) {
            return false;
        }
        let Some(news) = &mut self.news else { return false };
        let Poll::Ready(Some(message)) = news.poll_next(cx) else { return false };
        self.tell(&message);
        true
    }

    /// Pings a client that has been silent, and gives up one that does not answer.
    fn poll_alive(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if !self.can_send() || self.closing != Closing::NotYet {
            return Ok(());
        }
        let resting = !self.up.has_room(self.options.dialect) || !self.poll_ready(cx);
        match self.alive.poll(cx, resting) {
            None => Ok(()),
            Some(Silence::Ask) => {
                self.send(Message::Ping(Bytes::new()));
                Ok(())
            }
            Some(Silence::GiveUp) => Err(Ending::ClientVanished("no answer to a ping".into())),
        }
    }

    /// The endings that neither direction can see alone.
    fn check_end(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if self.failing.is_some() {
            return Ok(());
        }
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
            Dialect::Raw => self.begin_close(),
            Dialect::Control if self.up.is_finished() => return self.finish(cx),
            Dialect::Control => {}
        }
        Ok(())
    }

    /// Ends a session that both sides finished, once the client has taken the last bytes, however
    /// slow it is.
    fn finish(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if self.poll_flush(cx) {
            return Err(Ending::Finished { by: self.down.last_to_finish() });
        }
        Ok(())
    }

    /// Says Close after the target's last byte, as the raw dialect has no other word for it.
    fn begin_close(&mut self) {
        if self.closing == Closing::NotYet {
            let code = CloseCode::Normal;
            self.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() })));
            self.closing = Closing::Queued;
        }
    }

    /// Whether the client would take a message now.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> bool {
        while !self.unsent.is_empty() {
            // Whatever fills the write buffer, pongs for instance, has to leave first.
            let flushed = Pin::new(&mut self.client).poll_flush(cx);
            if !self.is_done(flushed) {
                return false;
            }
            let Some(message) = self.unsent.pop_front() else { break };
            self.start_send(message);
        }
        let ready = Pin::new(&mut self.client).poll_ready(cx);
        self.is_done(ready)
    }

    /// Writes what is queued for the client. Returns whether all of it has been written.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.unsent.is_empty() && !self.poll_ready(cx) {
            return false;
        }
        let flushed = Pin::new(&mut self.client).poll_flush(cx);
        self.is_done(flushed)
    }

    fn is_done(&mut self, polled: Poll<Result<(), WsError>>) -> bool {
        if let Poll::Ready(Err(error)) = polled {
            self.client_failed(error);
            return false;
        }
        polled.is_ready()
    }

    /// Queues a message for the client, which said that it is ready.
    fn send(&mut self, message: Message) {
        if self.unsent.is_empty() {
            self.start_send(message);
        } else {
            self.unsent.push_back(message);
        }
    }

    fn start_send(&mut self, message: Message) {
        match Pin::new(&mut self.client).start_send(message) {
            Ok(()) => {}
            Err(WsError::WriteBufferFull(message)) => self.unsent.push_front(*message),
            Err(error) => self.client_failed(error),
        }
    }

    /// Queues a control message for the client.
    fn tell(&mut self, message: &BridgeMessage) {
        self.send(text(message));
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
