//! The relay between a WebSocket and a TCP connection.
//!
//! It depends neither on axum nor on sockets: the client is any [`ClientSocket`], the target any
//! stream of bytes. Both directions are polled in one task, each with its own progress, so that
//! neither waits for the other: with an echo, waiting would be a deadlock. What is read lies in a
//! buffer that the sessions of a thread share, and is written from there; what the other side does
//! not take is kept, and only that.
//!
//! - [`uplink`]: from the client to the target; [`batch`]: the bytes of one read; [`queue`]: those
//!   that wait for the target; [`control`]: the client's control messages;
//! - [`downlink`]: from the target to the client; [`sending`]: further messages for the client;
//! - [`idle`]: the bound on how long no byte may move; [`keepalive`]: whether the client is still
//!   there;
//! - [`failing`]: delivering what came before the client's side failed;
//! - [`ending`]: how a session ended; [`counters`]: what others may read while it runs.
//!
//! The memory of a relay is bounded: towards the target [`QUEUE_RAW`] or `WINDOW` bytes, or [`CHUNK`]
//! bytes of one read; towards the client [`CHUNK`] bytes and what the WebSocket queues beside them.

mod batch;
mod control;
mod counters;
mod downlink;
mod ending;
mod failing;
mod idle;
mod keepalive;
mod queue;
mod sending;
#[cfg(test)]
mod tests;
mod uplink;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use echo_core::wire::{CloseCode, Party};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::yield_now;
use tokio::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, OpCode};

use crate::capture::SessionEvents;
use crate::micros::micros;
use crate::scratch::CHUNK;
use crate::websocket::ClientSocket;
pub(crate) use control::to_json as control_json;
use counters::Recorder;
pub use counters::{Counters, Side};
use downlink::Downlink;
pub use ending::{CloseMode, Ending};
pub use failing::WatchReset;
use failing::{Failing, ResetWatcher};
use idle::IdleTimer;
use keepalive::{Keepalive, KeepaliveAction};
use uplink::Uplink;

/// How many bytes may wait for the target in the raw dialect before the relay stops reading the
/// WebSocket. A read into an empty queue may bring [`CHUNK`].
const QUEUE_RAW: usize = 64 * 1024;
/// How many bytes a session may read, of both sides together, until other sessions have their turn.
/// The last read may exceed it.
const TURN: usize = CHUNK;
/// How long the client or the target may take to answer a Close or FIN, or to read what was sent to
/// it before, until its connection is closed all the same.
pub const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// The dialect of a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `tcp-bridge.v1`: binary messages are bytes, text messages are control.
    Control,
    /// Every message is bytes.
    Raw,
}

/// The options of a relay.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The dialect that the client speaks.
    pub dialect: Dialect,
    /// Whether the client gets a message for each write and read. Only [`Dialect::Control`] has
    /// such messages.
    pub trace: bool,
    /// How long no payload byte may move in either direction; `None` sets no bound.
    pub idle: Option<Duration>,
    /// The session's start, from which the times in messages count.
    pub start: Instant,
}

/// A WebSocket and a TCP connection, and the bytes on their way between them.
#[derive(Debug)]
pub struct Relay<W, T> {
    client: W,
    target: T,
    options: Options,
    up: Uplink,
    down: Downlink,
    idle: IdleTimer,
    keepalive: Keepalive,
    /// Further messages for the client, such as its packets.
    events: Option<SessionEvents>,
    turn: Turn,
    /// The raw dialect's Close. What the client sends until it answers that still reaches the
    /// target.
    closing: Closing,
    /// A failure of the client's side, while what the client had sent before is being delivered.
    failing: Option<Failing>,
    /// Notices a reset by the client while nothing is read from it.
    reset: ResetWatcher<W>,
    recorder: Recorder,
}

/// What a relay has done since its task was woken.
#[derive(Clone, Copy, Debug, Default)]
struct Turn {
    /// How many bytes were read, of both sides together.
    read: usize,
    /// Whether nothing more could be read from the client: the task is woken when something can.
    has_drained_client: bool,
    /// The same of the target.
    has_drained_target: bool,
}

/// The progress of the raw dialect's Close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    NotQueued,
    /// It waits behind bytes that the client has not taken yet.
    Queued,
    /// It was written to the client, which has [`CLOSE_TIMEOUT`] to answer it.
    Sent,
}

impl<W, T> Relay<W, T>
where
    W: ClientSocket,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Creates a relay between `client` and `target`, which are both connected.
    pub fn new(client: W, target: T, mut options: Options) -> Self {
        // The raw dialect has no messages for it.
        options.trace &= options.dialect == Dialect::Control;
        let idle = IdleTimer::new(options.idle);
        let (up, down) = (Uplink::default(), Downlink::default());
        Self {
            client,
            target,
            options,
            up,
            down,
            idle,
            keepalive: Keepalive::new(),
            events: None,
            turn: Turn::default(),
            closing: Closing::NotQueued,
            failing: None,
            reset: ResetWatcher::default(),
            recorder: Recorder::default(),
        }
    }

    /// Counts into `counters`, which others may read while the relay runs.
    #[must_use]
    pub fn with_counters(mut self, counters: Arc<Counters>) -> Self {
        self.recorder = Recorder::new(counters);
        self
    }

    /// Uses `watch` to notice a reset by the client while the relay does not read from it.
    #[must_use]
    pub fn with_reset_watch(mut self, watch: WatchReset<W>) -> Self {
        self.reset = ResetWatcher::new(watch);
        self
    }

    /// Sends `events` to the client, too, if its dialect has messages for them.
    #[must_use]
    pub(crate) fn with_events(mut self, events: Option<SessionEvents>) -> Self {
        self.events = events.filter(|_| self.options.dialect == Dialect::Control);
        self
    }

    /// Relays bytes in both directions until the session ends, and returns how it ended. Dropping
    /// the future loses nothing: the next call goes on where it stopped.
    pub async fn run(&mut self) -> Ending {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// Returns how many bytes were written to the target, and how many were read from it.
    pub fn totals(&self) -> (u64, u64) {
        (self.up.written(), self.down.read())
    }

    /// Returns whether the relay wrote Close to the client, as it does in the raw dialect after the
    /// target's FIN.
    pub fn has_sent_close(&self) -> bool {
        self.closing == Closing::Sent
    }

    /// Returns the WebSocket and the target. Bytes between them are lost.
    pub fn into_ends(self) -> (W, T) {
        (self.client, self.target)
    }

    /// Returns the target, and the events that the client has not been sent yet.
    pub(crate) fn into_target_and_events(self) -> (T, Option<SessionEvents>) {
        (self.target, self.events)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ending> {
        let polled = self.poll_until_ending(cx);
        self.recorder.record_totals(self.totals());
        match polled {
            Ok(()) => Poll::Pending,
            Err(_) if self.closing != Closing::NotQueued => {
                Poll::Ready(Ending::Finished { by: Party::Target })
            }
            Err(ending) => Poll::Ready(self.failing.take().map_or(ending, Failing::into_ending)),
        }
    }

    /// Moves what can be moved. `Ok` means that nothing more can be moved now, and that the task is
    /// woken when something can be.
    fn poll_until_ending(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        self.turn = Turn::default();
        let mut is_quiet = false;
        while !is_quiet && self.turn.read < TURN {
            let before = self.totals();
            let mut moved = self.poll_client(cx)?;
            moved |= self.poll_write(cx);
            moved |= self.poll_flush_target(cx);
            moved |= self.poll_ack(cx);
            moved |= self.poll_read(cx)?;
            moved |= self.poll_events(cx);
            self.check_end(cx)?;
            if self.totals() != before {
                self.idle.record_activity();
                self.keepalive.record_activity();
            }
            is_quiet = !moved;
        }
        self.recorder.record_paused(Side::Client, !self.up.has_room(self.options.dialect));
        self.poll_failing(cx, is_quiet)?;
        self.poll_reset(cx);
        self.poll_keepalive(cx)?;
        // One system call for all that was queued above.
        if self.poll_flush(cx) && self.closing == Closing::Queued {
            self.closing = Closing::Sent;
            self.idle = IdleTimer::new(Some(CLOSE_TIMEOUT));
        }
        if !is_quiet {
            // The task goes on after others, and after the runtime has looked for their events.
            let _ = pin!(yield_now()).poll(cx);
        }
        self.idle.poll(cx)
    }

    /// Sends the client one event. Where the client is slow, events wait in their own bounded
    /// queue.
    fn poll_events(&mut self, cx: &mut Context<'_>) -> bool {
        if self.events.is_none() || !self.can_send() || !self.poll_ready(cx) {
            return false;
        }
        let Some(events) = &mut self.events else { return false };
        let Poll::Ready(Some(message)) = events.poll_next(cx) else { return false };
        self.send_control(&message);
        true
    }

    /// Pings a client that has been silent, and ends the session of one that does not answer.
    fn poll_keepalive(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if !self.can_send() || self.closing != Closing::NotQueued {
            return Ok(());
        }
        let paused = !self.up.has_room(self.options.dialect) || !self.poll_ready(cx);
        match self.keepalive.poll(cx, paused) {
            None => Ok(()),
            Some(KeepaliveAction::Ping) => {
                self.client.queue(OpCode::Control(Control::Ping), &[]);
                Ok(())
            }
            Some(KeepaliveAction::Disconnect) => {
                Err(Ending::ClientVanished("no answer to a ping".into()))
            }
        }
    }

    /// Returns the endings that depend on both directions.
    fn check_end(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if self.failing.is_some() {
            return Ok(());
        }
        if self.up.has_delivered_close() {
            return Err(Ending::ClientClosed);
        }
        if !self.down.is_finished() {
            return Ok(());
        }
        if let Some(error) = self.up.take_write_error() {
            return Err(Ending::write_failed(&error));
        }
        match self.options.dialect {
            Dialect::Raw => self.begin_close(),
            Dialect::Control if self.up.is_finished() => return self.finish(cx),
            Dialect::Control => {}
        }
        Ok(())
    }

    /// Ends a session that both sides finished, once the client has taken the last bytes.
    fn finish(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        if self.poll_flush(cx) {
            return Err(Ending::Finished { by: self.down.last_to_finish() });
        }
        Ok(())
    }

    /// Queues Close after the target's last byte: the raw dialect has no message for the target's
    /// FIN.
    fn begin_close(&mut self) {
        if self.closing == Closing::NotQueued {
            let code = u16::from(CloseCode::Normal).to_be_bytes();
            self.client.queue(OpCode::Control(Control::Close), &code);
            self.closing = Closing::Queued;
        }
    }

    /// Returns the microseconds since the session's start.
    fn now_us(&self) -> u64 {
        micros(self.options.start.elapsed())
    }
}
