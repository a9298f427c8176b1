//! A run of the tutorial's client: connect, send, receive, compare.

mod exchange;

use echo_core::wire::Address;
use echo_core::{Exchange, Line};

use exchange::Context;
pub use exchange::{ExchangeState, RunExchange};

use super::reaction::Reaction;
use super::{ConnectionSpec, ModesEvent};
use crate::bounded_bytes::BoundedBytes;
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::{Command, Elapsed, Timer};
use crate::connection::flow_control::SendWindow;
use crate::connection::lifecycle::{End, EventKind};
use crate::connection::{Change, Connection, ConnectionId, ConnectionTrace};
use crate::expected_reply::ExpectedReplyKind;
use crate::time::{Micros, PageTime};
pub use crate::transcript::StoppedBy;
use crate::transcript::{Note, PathFailure, TargetEvidence, Transcript};

/// How long a run is in progress before the page says that it waits, in milliseconds.
pub const SLOW_MS: u32 = 300;
/// How often the seconds are counted while it waits, in milliseconds.
pub const TICK_MS: u32 = 100;
/// How long the page waits for the reply, in milliseconds. The tutorial's client has no such limit;
/// a page that waits for ever would look broken.
pub const REPLY_LIMIT_MS: u32 = 5_000;
/// How long the page reads on after the verdict, while bytes keep coming, in milliseconds: long
/// enough for hundreds of megabytes, and an end for a server that has none.
pub const READ_ON_LIMIT_MS: u32 = 60_000;
/// How long nothing may come after the verdict before the page stops reading, in milliseconds: a
/// server that answers FIN with more bytes is waited for even through a slow network, and nobody
/// waits for a server that keeps the connection open.
pub const READ_ON_QUIET_MS: u32 = 1_000;
/// How long nothing may come before a reply of any bytes is complete, in milliseconds. The user
/// waits for that.
pub const QUIET_MS: u32 = 300;

/// A run of the tutorial's client, in progress or finished.
#[derive(Debug)]
pub struct Run {
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// The beginning of what is sent.
    pub message: BoundedBytes,
    /// The beginning of the expected reply, or `None` if that is the message. It is empty where
    /// anything may come.
    pub expected: Option<BoundedBytes>,
    /// What it printed, sent and received.
    pub log: Transcript,
    /// How long it has been waiting, in milliseconds, once that is worth saying.
    pub waited_ms: Option<f64>,
    /// How far it has come.
    pub phase: RunPhase,
    connection: Connection,
}

/// What a run is to send, and what it expects.
#[derive(Clone, Debug)]
pub struct ExchangeSpec {
    /// The bytes to send and those to compare with the reply: none, where anything may come.
    pub exchange: Exchange,
    /// The expected reply.
    pub expected_kind: ExpectedReplyKind,
}

/// How far a [`Run`] has come.
#[derive(Debug)]
pub enum RunPhase {
    /// The bridge, and through it the target, is being reached.
    Connecting {
        /// What is to be sent then.
        spec: ExchangeSpec,
        /// The longest message that the bridge takes, in bytes.
        max_message: u64,
    },
    /// There was no connection.
    NotConnected(Cause),
    /// The user pressed Stop before there was a connection.
    GivenUp,
    /// The connection was established.
    Connected {
        /// The target's end of it.
        peer: Address,
        /// What was sent and what came.
        exchange: RunExchange,
    },
}

/// An event of a run.
#[derive(Debug)]
pub enum RunEvent {
    /// It is time to count how long the run has been waiting.
    ProgressDue,
    /// The run has waited long enough for the reply, or read on long enough after it.
    LimitReached,
    /// Nothing has come for a while: after the verdict, or after a byte of a reply of any bytes.
    Quiet,
}

impl Run {
    /// Starts a run.
    #[must_use]
    pub fn start(
        id: ConnectionId,
        connect: &ConnectionSpec,
        spec: ExchangeSpec,
        at: PageTime,
    ) -> (Self, Reaction) {
        let endpoint = connect.endpoint();
        let (connection, open) = Connection::open(id, endpoint, connect.trace);
        let message = BoundedBytes::copy_of(spec.exchange.sent());
        let differs = spec.expected_kind != ExpectedReplyKind::Same;
        let expected = differs.then(|| BoundedBytes::copy_of(spec.exchange.expected()));
        let run = Self {
            target: connect.address.clone(),
            message,
            expected,
            log: Transcript::new(at),
            waited_ms: None,
            phase: RunPhase::Connecting { spec, max_message: connect.max_message },
            connection,
        };
        let mut reaction = Reaction::of([open]);
        reaction.push(run.timer(Timer::RunProgress, SLOW_MS, RunEvent::ProgressDue));
        (run, reaction)
    }

    /// Returns the id of its connection.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        self.connection.id()
    }

    /// Returns what the bridge reported about its connection.
    #[must_use]
    pub fn trace(&self) -> &ConnectionTrace {
        self.connection.trace()
    }

    /// Returns what was sent and what came, once the connection was established.
    #[must_use]
    pub fn exchange(&self) -> Option<&RunExchange> {
        match &self.phase {
            RunPhase::Connected { exchange, .. } => Some(exchange),
            _ => None,
        }
    }

    /// Returns the target's end of the connection, once it was established.
    #[must_use]
    pub fn peer(&self) -> Option<&Address> {
        match &self.phase {
            RunPhase::Connected { peer, .. } => Some(peer),
            _ => None,
        }
    }

    /// Returns whether the program has not terminated yet.
    #[must_use]
    pub fn is_running(&self) -> bool {
        match &self.phase {
            RunPhase::Connecting { .. } => true,
            RunPhase::Connected { exchange, .. } => exchange.is_awaiting(),
            RunPhase::NotConnected(_) | RunPhase::GivenUp => false,
        }
    }

    /// Returns whether nothing more will come of it.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let reads_on = self.exchange().is_some_and(|it| it.state == ExchangeState::ReadingOn);
        !self.is_running() && !reads_on
    }

    /// Applies an event of the connection.
    pub fn on_connection(&mut self, at: PageTime, event: EventKind) -> Reaction {
        let (change, commands) = self.connection.update(event);
        let mut reaction = Reaction::of(commands);
        if let Some(change) = change {
            reaction.merge(self.on_change(at, change));
        }
        reaction
    }

    fn on_change(&mut self, at: PageTime, change: Change) -> Reaction {
        let Self { log, connection, phase, .. } = self;
        match (phase, change) {
            (RunPhase::Connecting { .. }, Change::Reached { peer, at: reached }) => {
                log.note(at, Note::Connected(peer));
                log.set_evidence(TargetEvidence::MeasuredAt(reached));
                Reaction::default()
            }
            (
                RunPhase::Connecting { .. },
                Change::Established { peer, at: established, handshake },
            ) => self.begin_exchange(at, peer, established, handshake),
            (RunPhase::Connecting { .. }, Change::Unopened) => {
                Reaction::default().asking_for_bridge(true)
            }
            (RunPhase::Connecting { .. }, Change::Ended(end)) => self.not_connected(at, end),
            (RunPhase::Connected { exchange, .. }, change) => {
                exchange.on_change(&mut Context { log, connection, at }, change)
            }
            (
                RunPhase::Connecting { .. } | RunPhase::NotConnected(_) | RunPhase::GivenUp,
                Change::Unopened
                | Change::Reached { .. }
                | Change::Established { .. }
                | Change::Received(_)
                | Change::Acknowledged(_)
                | Change::Wrote { .. }
                | Change::Read { .. }
                | Change::PeerFinished { .. }
                | Change::Ended(_),
            ) => Reaction::default(),
        }
    }

    fn begin_exchange(
        &mut self,
        at: PageTime,
        peer: Address,
        established: Micros,
        handshake: Option<Micros>,
    ) -> Reaction {
        let RunPhase::Connecting { spec, max_message } = &self.phase else {
            return Reaction::default();
        };
        let (log, connection) = (&mut self.log, &mut self.connection);
        if let Some(took) = handshake {
            log.secured(at, took, established);
            log.print(at, Line::Connected(peer.port()));
        } else {
            log.print(at, Line::Connected(peer.port()));
            log.set_evidence(TargetEvidence::MeasuredAt(established));
        }
        let send_window = SendWindow::new(*max_message);
        let mut exchange = RunExchange::new(at, spec.clone(), send_window);
        let reaction = exchange.begin(&mut Context { log, connection, at });
        self.phase = RunPhase::Connected { peer, exchange };
        reaction
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge) -> Reaction {
        match self.connection.diagnose(bridge) {
            Some(end) => self.not_connected(at, end),
            None => Reaction::default(),
        }
    }

    /// Applies an event of a timer.
    pub fn on_timer(&mut self, at: PageTime, event: &RunEvent) -> Reaction {
        let Self { log, connection, phase, .. } = self;
        match (event, phase) {
            (RunEvent::ProgressDue, _) => self.count_wait(at),
            (RunEvent::LimitReached, RunPhase::Connected { exchange, .. }) => {
                exchange.on_limit(&mut Context { log, connection, at })
            }
            (RunEvent::Quiet, RunPhase::Connected { exchange, .. }) => {
                exchange.on_quiet(&mut Context { log, connection, at })
            }
            (RunEvent::LimitReached | RunEvent::Quiet, _) => Reaction::default(),
        }
    }

    /// Ends the wait, because the user pressed Stop.
    pub fn stop(&mut self, at: PageTime) -> Reaction {
        let Self { log, connection, phase, .. } = self;
        match phase {
            RunPhase::Connecting { .. } => {
                log.note(at, Note::Stopped(StoppedBy::User));
                *phase = RunPhase::GivenUp;
                close(connection)
            }
            RunPhase::Connected { exchange, .. } if exchange.is_awaiting() => {
                exchange.stop(&mut Context { log, connection, at }, StoppedBy::User)
            }
            _ => Reaction::default(),
        }
    }

    /// Makes room for another run: drops a connection that is still open.
    #[must_use]
    pub fn discard(mut self) -> Reaction {
        let mut reaction = Reaction::of(self.connection.discard());
        if !reaction.commands.is_empty() {
            cancel_timers(&mut reaction);
        }
        reaction
    }

    fn count_wait(&mut self, at: PageTime) -> Reaction {
        let mut reaction = Reaction::default();
        if self.is_running() {
            self.waited_ms = Some(self.log.since(at));
            reaction.push(self.timer(Timer::RunProgress, TICK_MS, RunEvent::ProgressDue));
        }
        reaction
    }

    fn not_connected(&mut self, at: PageTime, end: End) -> Reaction {
        let End { error, cause, .. } = end;
        self.log.print(at, Line::FailedToConnect(error));
        let failure = PathFailure { cause, was_established: false };
        self.log.set_evidence(TargetEvidence::Failed(failure));
        self.log.print(at, Line::Terminated);
        self.phase = RunPhase::NotConnected(cause);
        close(&mut self.connection).asking_for_bridge(cause.is_missing_bridge())
    }

    fn timer(&self, timer: Timer, delay_ms: u32, event: RunEvent) -> Command<ModesEvent> {
        run_timer(self.id(), timer, delay_ms, event)
    }
}

/// Sets a timer of the run whose connection this is.
fn run_timer(
    id: ConnectionId,
    timer: Timer,
    delay_ms: u32,
    event: RunEvent,
) -> Command<ModesEvent> {
    let elapsed = move |Elapsed { at, .. }| ModesEvent::Run { id, at, event };
    Command::SetTimer { timer, delay_ms, elapsed: Box::new(elapsed) }
}

/// Closes the connection of a run, and forgets its timers.
fn close(connection: &mut Connection) -> Reaction {
    let mut reaction = Reaction::of(connection.close());
    cancel_timers(&mut reaction);
    reaction
}

fn cancel_timers(reaction: &mut Reaction) {
    for timer in [Timer::RunProgress, Timer::RunLimit, Timer::RunQuiet] {
        reaction.push(Command::CancelTimer(timer));
    }
}

#[cfg(test)]
impl Run {
    /// Starts a run of which nothing is done by a platform.
    pub(crate) fn started(id: ConnectionId, target: &str, spec: ExchangeSpec) -> Self {
        let connect = ConnectionSpec {
            name: target.into(),
            address: target.into(),
            max_message: u64::MAX,
            trace: crate::connection::TraceLevel::Kernel,
            security: crate::connection::Security::of(target),
        };
        Self::start(id, &connect, spec, PageTime::default()).0
    }

    /// Applies an event of the connection, so many milliseconds after the page was opened.
    pub(crate) fn on_event(&mut self, ms: f64, event: crate::connection::ConnectionEvent) {
        self.on_connection(PageTime::from_ms(ms), EventKind::Socket(event));
    }
}
