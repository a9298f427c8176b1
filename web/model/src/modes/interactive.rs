//! A connection that stays until one side ends it: what is said on it, and what is heard.

use echo_core::wire::{Address, BridgeMessage, ClientMessage, CloseCode};

use super::Job;
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::connection_trace::ConnectionTrace;
use crate::effect::Effect;
use crate::event::SessionEvent;
use crate::flow_control::{ReceiveWindow, SendBuffer};
use crate::run::RunId;
use crate::transcript::{Direction, Note, TargetEvidence, Transcript};

/// A connection that stays, or stayed.
#[derive(Debug)]
pub struct Interactive {
    /// Which session it is.
    pub id: RunId,
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// What was said and heard.
    pub log: Transcript,
    /// What was told of its TCP connection.
    pub wire: ConnectionTrace,
    /// What is known of it.
    pub state: InteractiveState,
    /// How long the target has been being reached, in milliseconds.
    pub waited: f64,
    queue: SendBuffer,
    receive_window: ReceiveWindow,
}

/// What is known of a connection.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractiveState {
    /// The bridge, and through it the target, is being reached.
    Connecting {
        /// Whether the bridge has been reached.
        open: bool,
    },
    /// The WebSocket did not open; the bridge is asked why.
    Asking,
    /// It stands.
    Connected {
        /// The target's end.
        peer: Address,
        /// What we may still say.
        write_half: WriteHalf,
        /// Whether the target said that it is finished.
        peer_closed: bool,
    },
    /// It is over.
    Over(InteractiveEnd),
}

/// What we may still say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteHalf {
    /// Anything.
    Open,
    /// What waits, and then FIN.
    Finishing,
    /// Nothing: the bridge was told to send FIN.
    Finished,
    /// Nothing: the bridge was told to send RST.
    Resetting,
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractiveEnd {
    /// There was none, in these words.
    NotConnected(String, Cause),
    /// Somebody waited for it no longer.
    GivenUp,
    /// Both sides finished.
    Finished,
    /// It broke, in these words.
    Broken(String, Cause),
    /// We broke it off.
    Reset,
    /// We ended it.
    Disconnected,
}

impl Interactive {
    /// Begins to connect.
    #[must_use]
    pub fn connect(job: &Job, id: RunId, at: f64) -> (Self, Vec<Effect>) {
        let stay = Self {
            id,
            target: job.target.clone(),
            log: Transcript::new(at),
            wire: ConnectionTrace::default(),
            state: InteractiveState::Connecting { open: false },
            waited: 0.0,
            queue: SendBuffer::new(job.max_message),
            receive_window: ReceiveWindow::new(),
        };
        let open = Effect::Open { run: id, target: job.name.clone(), watch: job.watch };
        (stay, vec![Effect::In(id, vec![open]), Effect::Tick])
    }

    /// Whether it stands, or may yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, InteractiveState::Over(_))
    }

    /// Whether it stands, and nothing more can be said on it.
    #[must_use]
    pub fn is_deaf(&self) -> bool {
        matches!(self.state, InteractiveState::Connected { write_half, .. } if write_half != WriteHalf::Open)
    }

    /// How many bytes wait to be sent; once it is over, how many were never sent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Says something, as soon as it can be said; none where there is no room for it.
    pub fn say(&mut self, at: f64, message: &[u8]) -> Option<Vec<Effect>> {
        if self.is_deaf() {
            return Some(vec![]);
        }
        self.queue.push(message).then(|| self.send(at))
    }

    /// FIN, once what waits is sent.
    pub fn finish(&mut self, at: f64) -> Vec<Effect> {
        if let InteractiveState::Connected { write_half: write_half @ WriteHalf::Open, .. } =
            &mut self.state
        {
            *write_half = WriteHalf::Finishing;
        }
        self.send(at)
    }

    /// RST.
    pub fn reset(&mut self, at: f64) -> Vec<Effect> {
        match &mut self.state {
            InteractiveState::Connected { write_half, .. }
                if *write_half != WriteHalf::Resetting =>
            {
                *write_half = WriteHalf::Resetting;
                self.log.note(at, Note::Reset(Direction::Sent));
                self.log.set_evidence(TargetEvidence::Inferred);
                let effects = vec![Effect::Say(ClientMessage::Reset)];
                self.wire.does(&effects);
                vec![Effect::In(self.id, effects)]
            }
            _ => vec![],
        }
    }

    /// Ends it: what was sent still reaches the target, and then FIN.
    pub fn disconnect(&mut self, at: f64) -> Vec<Effect> {
        match self.state {
            InteractiveState::Over(_) => vec![],
            InteractiveState::Connected { write_half, .. } => {
                self.log.note(at, Note::Disconnected);
                if write_half == WriteHalf::Open || write_half == WriteHalf::Finishing {
                    self.log.set_evidence(TargetEvidence::Inferred);
                }
                self.end(InteractiveEnd::Disconnected)
            }
            InteractiveState::Connecting { .. } | InteractiveState::Asking => {
                self.end(InteractiveEnd::GivenUp)
            }
        }
    }

    /// Counts the time while it connects.
    pub fn tick(&mut self, at: f64) -> Vec<Effect> {
        if !matches!(self.state, InteractiveState::Connecting { .. } | InteractiveState::Asking) {
            return vec![];
        }
        self.waited = self.log.since(at);
        vec![Effect::Tick]
    }

    /// Learns what the bridge says of itself: the cause, if the WebSocket did not open.
    pub fn learn(&mut self, at: f64, bridge: &Bridge) -> Vec<Effect> {
        if self.state != InteractiveState::Asking {
            return vec![];
        }
        let (error, cause) = Cause::unopened(bridge);
        self.fail(at, error, cause)
    }

    /// Takes in what happened in the session.
    pub fn on(&mut self, at: f64, event: SessionEvent) -> Vec<Effect> {
        self.wire.hear_of(&event);
        // A session that is dropped may have told more already, such as the Close after a failure.
        if !self.is_open() {
            return vec![];
        }
        match event {
            SessionEvent::Bytes(bytes) => {
                self.log.received(at, &bytes);
                let ack = self.receive_window.consume(bytes.len()).map(Effect::Say);
                vec![Effect::In(self.id, ack.into_iter().collect())]
            }
            SessionEvent::Said(BridgeMessage::Ack { bytes }) => {
                self.queue.acknowledge(bytes);
                self.send(at)
            }
            SessionEvent::Said(BridgeMessage::Wrote { bytes, at_us }) => {
                self.log.wrote(at, bytes, at_us);
                vec![]
            }
            SessionEvent::Said(BridgeMessage::Read { at_us, .. }) => {
                self.log.read(at_us);
                vec![]
            }
            SessionEvent::Said(
                BridgeMessage::Connecting { .. }
                | BridgeMessage::Closed { .. }
                | BridgeMessage::Capturing { .. }
                | BridgeMessage::NotCapturing { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::Captured { .. }
                | BridgeMessage::TcpInfo(_)
                | BridgeMessage::Unknown,
            ) => vec![],
            event @ (SessionEvent::Opened
            | SessionEvent::Closed { .. }
            | SessionEvent::Woke(_)
            | SessionEvent::Said(
                BridgeMessage::Connected { .. }
                | BridgeMessage::Finished { .. }
                | BridgeMessage::Failed(_),
            )) => self.change(at, event),
        }
    }

    fn change(&mut self, at: f64, event: SessionEvent) -> Vec<Effect> {
        match (event, &mut self.state) {
            (SessionEvent::Opened, InteractiveState::Connecting { open }) => *open = true,
            (
                SessionEvent::Said(BridgeMessage::Connected {
                    peer, resolve_us, connect_us, ..
                }),
                _,
            ) => {
                self.log.note(at, Note::Connected(peer.clone()));
                self.log.set_evidence(TargetEvidence::At(resolve_us + connect_us));
                let write_half = WriteHalf::Open;
                self.state = InteractiveState::Connected { peer, write_half, peer_closed: false };
                return self.send(at);
            }
            (
                SessionEvent::Said(BridgeMessage::Finished { at_us }),
                InteractiveState::Connected { peer_closed, .. },
            ) => {
                *peer_closed = true;
                self.log.note(at, Note::Finished(Direction::Received));
                self.log.set_evidence(TargetEvidence::At(at_us));
            }
            (SessionEvent::Closed { .. }, InteractiveState::Connecting { open: false }) => {
                self.state = InteractiveState::Asking;
                return vec![Effect::FetchInfo];
            }
            (SessionEvent::Closed { code, reason }, _) => return self.closed(at, code, reason),
            (SessionEvent::Said(BridgeMessage::Failed(failure)), _) => {
                let (error, cause) = Cause::failed(failure);
                return self.fail(at, error, cause);
            }
            _ => {}
        }
        vec![]
    }

    /// Sends what may go, and FIN when all is said.
    fn send(&mut self, at: f64) -> Vec<Effect> {
        let InteractiveState::Connected { write_half, .. } = &mut self.state else { return vec![] };
        if matches!(write_half, WriteHalf::Finished | WriteHalf::Resetting) {
            return vec![];
        }
        let pieces = self.queue.pieces();
        for piece in &pieces {
            self.log.sent(at, piece);
        }
        let mut effects: Vec<_> = pieces.into_iter().map(Effect::Send).collect();
        if *write_half == WriteHalf::Finishing && self.queue.len() == 0 {
            *write_half = WriteHalf::Finished;
            self.log.note(at, Note::Finished(Direction::Sent));
            self.log.set_evidence(TargetEvidence::Inferred);
            effects.push(Effect::Say(ClientMessage::Finish));
        }
        self.wire.does(&effects);
        vec![Effect::In(self.id, effects)]
    }

    /// The WebSocket closed: as both sides, or we, wanted it, or not.
    fn closed(&mut self, at: f64, code: u16, reason: String) -> Vec<Effect> {
        match self.state {
            InteractiveState::Connected { write_half: WriteHalf::Resetting, .. } => {
                self.end(InteractiveEnd::Reset)
            }
            InteractiveState::Connected {
                write_half: WriteHalf::Finished,
                peer_closed: true,
                ..
            } if code == u16::from(CloseCode::Normal) => {
                self.log.note(at, Note::Disconnected);
                self.end(InteractiveEnd::Finished)
            }
            _ => {
                let (error, cause) = Cause::closed(code, reason);
                self.fail(at, error, cause)
            }
        }
    }

    fn fail(&mut self, at: f64, error: String, cause: Cause) -> Vec<Effect> {
        let connected = matches!(self.state, InteractiveState::Connected { .. });
        self.log.note(at, Note::Failed(error.clone()));
        self.log.set_evidence(cause.set_evidence(connected));
        let how = if connected { InteractiveEnd::Broken } else { InteractiveEnd::NotConnected };
        let mut effects = self.end(how(error, cause));
        effects.extend(cause.look_for_bridge());
        effects
    }

    fn end(&mut self, end: InteractiveEnd) -> Vec<Effect> {
        self.state = InteractiveState::Over(end);
        let effects = vec![Effect::Close];
        self.wire.does(&effects);
        vec![Effect::In(self.id, effects)]
    }
}
