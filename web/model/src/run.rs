//! One run of the tutorial's program: connect, send, receive, compare.

use echo_core::wire::BridgeMessage;
use echo_core::{Exchange, Line};

use crate::bounded_bytes::BoundedBytes;
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::connection_trace::ConnectionTrace;
use crate::effect::{Effect, TICK_MS, Wake};
use crate::event::SessionEvent;
use crate::expect::Expect;
use crate::flow_control::SendWindow;
use crate::run_exchange::{ExchangeState, RunExchange, StoppedBy};
use crate::transcript::{TargetEvidence, Transcript};

/// Tells runs apart, so that what an earlier one still hears does not reach a later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(u64);

impl RunId {
    /// This one; the next time, the next one.
    pub fn take(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}

/// A run, under way or over.
#[derive(Debug)]
pub struct Run {
    /// Which one it is.
    pub id: RunId,
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// The beginning of what is sent.
    pub message: BoundedBytes,
    /// The beginning of what should come back, where that is not the same: nothing, where anything
    /// may come.
    pub expected: Option<BoundedBytes>,
    /// What it printed, sent and received.
    pub log: Transcript,
    /// What was told of its TCP connection.
    pub wire: ConnectionTrace,
    /// How far it has come.
    pub phase: Phase,
    /// How long it has been waiting, in milliseconds, once that is worth saying.
    pub waited: Option<f64>,
}

/// What a run is to do: what to send, and what to wait for.
#[derive(Clone, Debug)]
pub struct ExchangeSpec {
    /// The bytes to send and those to compare with the reply: none, where anything may come.
    pub exchange: Exchange,
    /// What should come back.
    pub expect: Expect,
}

/// How far a [`Run`] has come.
#[derive(Debug)]
pub enum Phase {
    /// The bridge, and through it the target, is being reached.
    Connecting {
        /// Whether the bridge has been reached.
        open: bool,
        /// What is to be done then.
        spec: ExchangeSpec,
        /// The longest message the bridge takes, in bytes.
        max_message: u64,
    },
    /// The WebSocket did not open; the bridge is asked why.
    Asking,
    /// There was no connection.
    NotConnected(Cause),
    /// Somebody pressed Stop before there was a connection.
    GivenUp,
    /// The connection stands, or stood.
    Connected(RunExchange),
}

impl Run {
    /// A run that has just been started.
    #[must_use]
    pub fn new(id: RunId, target: String, spec: ExchangeSpec, max_message: u64, at: f64) -> Self {
        let message = BoundedBytes::of(spec.exchange.sent());
        let differs = spec.expect != Expect::Same;
        let expected = differs.then(|| BoundedBytes::of(spec.exchange.expected()));
        let phase = Phase::Connecting { open: false, spec, max_message };
        let (log, wire) = (Transcript::new(at), ConnectionTrace::default());
        Self { id, target, message, expected, log, wire, phase, waited: None }
    }

    /// Whether the program has not terminated yet.
    #[must_use]
    pub fn is_running(&self) -> bool {
        match &self.phase {
            Phase::Connecting { .. } | Phase::Asking => true,
            Phase::Connected(talk) => talk.state == ExchangeState::Awaiting,
            Phase::NotConnected(_) | Phase::GivenUp => false,
        }
    }

    /// Takes in what happened in the run's session.
    pub fn on(&mut self, at: f64, event: SessionEvent) -> Vec<Effect> {
        if event == SessionEvent::Woke(Wake::Tick) {
            return self.tick(at);
        }
        self.wire.hear_of(&event);
        let effects = self.go_on(at, event);
        self.wire.does(&effects);
        effects
    }

    fn go_on(&mut self, at: f64, event: SessionEvent) -> Vec<Effect> {
        match &mut self.phase {
            Phase::Connecting { open, spec, max_message } => match event {
                SessionEvent::Opened => {
                    *open = true;
                    vec![]
                }
                SessionEvent::Said(BridgeMessage::Connected {
                    peer,
                    resolve_us,
                    connect_us,
                    ..
                }) => {
                    self.log.print(at, Line::Connected(peer.port()));
                    self.log.set_evidence(TargetEvidence::At(resolve_us + connect_us));
                    let send_window = SendWindow::new(*max_message);
                    let spec = spec.clone();
                    let (talk, effects) =
                        RunExchange::begin(&mut self.log, at, peer, spec, send_window);
                    self.phase = Phase::Connected(talk);
                    effects
                }
                SessionEvent::Closed { .. } if !*open => {
                    self.phase = Phase::Asking;
                    vec![Effect::FetchInfo]
                }
                event => self.perhaps_failed(at, event),
            },
            Phase::Connected(talk) => talk.on(&mut self.log, at, event),
            Phase::Asking | Phase::NotConnected(_) | Phase::GivenUp => vec![],
        }
    }

    /// Learns what the bridge says of itself: the cause, if the WebSocket did not open.
    pub fn learn(&mut self, at: f64, bridge: &Bridge) -> Vec<Effect> {
        match self.phase {
            Phase::Asking => {
                let (error, cause) = Cause::unopened(bridge);
                self.not_connected(at, error, cause)
            }
            _ => vec![],
        }
    }

    /// Ends the waiting, because somebody pressed Stop.
    pub fn stop(&mut self, at: f64) -> Vec<Effect> {
        match &mut self.phase {
            Phase::Connecting { .. } | Phase::Asking => {
                self.log.print(at, Line::Terminated);
                self.phase = Phase::GivenUp;
                vec![Effect::Close]
            }
            Phase::Connected(talk) if talk.state == ExchangeState::Awaiting => {
                let effects = talk.stop(&mut self.log, at, StoppedBy::Person);
                self.wire.does(&effects);
                effects
            }
            _ => vec![],
        }
    }

    fn tick(&mut self, at: f64) -> Vec<Effect> {
        if !self.is_running() {
            return vec![];
        }
        self.waited = Some(self.log.since(at));
        vec![Effect::Wake(Wake::Tick, TICK_MS)]
    }

    fn perhaps_failed(&mut self, at: f64, event: SessionEvent) -> Vec<Effect> {
        let (error, cause) = match event {
            SessionEvent::Said(BridgeMessage::Failed(failure)) => Cause::failed(failure),
            SessionEvent::Closed { code, reason } => Cause::closed(code, reason),
            _ => return vec![],
        };
        let mut effects: Vec<_> = cause.look_for_bridge().into_iter().collect();
        effects.extend(self.not_connected(at, error, cause));
        effects
    }

    fn not_connected(&mut self, at: f64, error: String, cause: Cause) -> Vec<Effect> {
        self.log.print(at, Line::FailedToConnect(error));
        self.log.set_evidence(cause.set_evidence(false));
        self.log.print(at, Line::Terminated);
        self.phase = Phase::NotConnected(cause);
        vec![Effect::Close]
    }
}
