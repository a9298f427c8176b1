//! An interactive connection: it stays until one side ends it.

use std::collections::VecDeque;
use std::mem;

use echo_core::wire::{Address, ClientMessage, CloseCode};

use super::reaction::Reaction;
use super::{ConnectionSpec, ModesEvent};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::{Command, Elapsed, Timer};
use crate::connection::flow_control::{ReceiveWindow, SendBuffer};
use crate::connection::lifecycle::{End, EventKind};
use crate::connection::{Change, Connection, ConnectionId, ConnectionTrace, EndRequest};
use crate::time::PageTime;
use crate::transcript::{Direction, Note, PathFailure, TargetEvidence, Transcript};

use super::once::TICK_MS;

/// How long nothing may happen before the next message of an earlier connection is sent again,
/// although less has been received than before it then, in milliseconds.
pub const SCRIPT_PAUSE_MS: f64 = 1_000.0;

/// An interactive connection, open or closed.
#[derive(Debug)]
pub struct Interactive {
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// What was sent and received.
    pub log: Transcript,
    /// How far it has come.
    pub state: InteractiveState,
    /// How long the target has been being reached, in milliseconds.
    pub waited_ms: f64,
    /// Whether the last message found no room in the send buffer, until something is sent again.
    pub is_full: bool,
    connection: Connection,
    send_buffer: SendBuffer,
    receive_window: ReceiveWindow,
    /// The messages of an earlier connection that are still to be sent again.
    script: VecDeque<ScriptedMessage>,
}

/// A message of an earlier connection, which is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptedMessage {
    /// The message.
    pub bytes: Vec<u8>,
    /// The number of bytes that had been received before it.
    pub after: u64,
}

/// How far an interactive connection has come.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractiveState {
    /// The bridge, and through it the target, is being reached.
    Connecting,
    /// The connection is established.
    Connected {
        /// The target's end.
        peer: Address,
        /// The state of the page's side.
        write_half: WriteHalf,
        /// Whether the target finished its side (FIN).
        peer_closed: bool,
    },
    /// The connection is closed, or was not established.
    Over(InteractiveEnd),
}

/// The state of the page's side of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteHalf {
    /// Bytes can be sent.
    Open,
    /// FIN follows the bytes that wait.
    Finishing,
    /// The bridge was asked to send FIN.
    Finished,
    /// The bridge was asked to send RST.
    Resetting,
}

/// How an interactive connection ended.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractiveEnd {
    /// It was not established; the error and its cause.
    NotConnected(String, Cause),
    /// The user waited for it no longer.
    GivenUp,
    /// Both sides finished.
    Finished,
    /// It broke; the error and its cause.
    Broken(String, Cause),
    /// The user had it reset.
    Reset,
    /// The user ended it.
    Disconnected,
}

impl Interactive {
    /// Begins to connect.
    #[must_use]
    pub fn connect(id: ConnectionId, spec: &ConnectionSpec, at: PageTime) -> (Self, Reaction) {
        let (connection, open) = Connection::open(id, spec.name.clone(), spec.trace, spec.security);
        let interactive = Self {
            target: spec.address.clone(),
            log: Transcript::new(at),
            state: InteractiveState::Connecting,
            waited_ms: 0.0,
            is_full: false,
            connection,
            send_buffer: SendBuffer::new(spec.max_message),
            receive_window: ReceiveWindow::default(),
            script: VecDeque::new(),
        };
        let mut reaction = Reaction::of([open]);
        reaction.push(tick());
        (interactive, reaction)
    }

    /// Has the messages of an earlier connection sent again once this one is established: each as
    /// soon as as many bytes were received as before it then, or nothing happened for
    /// [`SCRIPT_PAUSE_MS`].
    pub fn follow(&mut self, script: Vec<ScriptedMessage>) {
        self.script = script.into();
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

    /// Returns the target's end while the connection is established.
    #[must_use]
    pub fn peer(&self) -> Option<&Address> {
        match &self.state {
            InteractiveState::Connected { peer, .. } => Some(peer),
            InteractiveState::Connecting | InteractiveState::Over(_) => None,
        }
    }

    /// Returns whether it is established, or may yet be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, InteractiveState::Over(_))
    }

    /// Returns whether bytes that are given now are sent at some time: not after FIN or RST.
    #[must_use]
    pub fn can_send(&self) -> bool {
        !matches!(self.state, InteractiveState::Connected { write_half, .. } if write_half != WriteHalf::Open)
    }

    /// Returns how many bytes wait to be sent; once it is over, how many were never sent.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.send_buffer.waiting_bytes()
    }

    /// Sends a message as soon as that is possible, if there is room for it.
    pub fn send(&mut self, at: PageTime, message: &[u8]) -> Reaction {
        self.is_full = false;
        if !self.can_send() {
            return Reaction::default();
        }
        self.is_full = !self.send_buffer.push(message);
        if self.is_full { Reaction::default() } else { self.flush(at) }
    }

    /// Sends FIN after the bytes that wait.
    pub fn finish(&mut self, at: PageTime) -> Reaction {
        if let InteractiveState::Connected { write_half: half @ WriteHalf::Open, .. } =
            &mut self.state
        {
            *half = WriteHalf::Finishing;
        }
        self.flush(at)
    }

    /// Sends RST.
    pub fn reset(&mut self, at: PageTime) -> Reaction {
        let mut reaction = Reaction::default();
        if let InteractiveState::Connected { write_half, .. } = &mut self.state
            && mem::replace(write_half, WriteHalf::Resetting) != WriteHalf::Resetting
        {
            self.log.note(at, Note::Reset(Direction::Sent));
            self.log.set_evidence(TargetEvidence::Inferred(EndRequest::Reset));
            reaction.extend([self.connection.send_message(ClientMessage::Reset)]);
        }
        reaction
    }

    /// Ends it: what was sent still reaches the target, and then FIN.
    pub fn disconnect(&mut self, at: PageTime) -> Reaction {
        match self.state {
            InteractiveState::Over(_) => Reaction::default(),
            InteractiveState::Connected { write_half, .. } => {
                self.log.note(at, Note::Disconnected);
                let is_unfinished = matches!(write_half, WriteHalf::Open | WriteHalf::Finishing);
                if let Some(request) = self.connection.closing_request().filter(|_| is_unfinished) {
                    self.log.set_evidence(TargetEvidence::Inferred(request));
                }
                self.end(InteractiveEnd::Disconnected)
            }
            InteractiveState::Connecting => self.end(InteractiveEnd::GivenUp),
        }
    }

    /// Makes room for another connection: drops one that still waits for its last packets.
    #[must_use]
    pub fn discard(mut self) -> Reaction {
        Reaction::of(self.connection.discard())
    }

    /// Counts the time while it connects.
    pub fn on_tick(&mut self, at: PageTime) -> Reaction {
        if self.state == InteractiveState::Connecting {
            self.waited_ms = self.log.since(at);
        }
        let mut reaction = self.continue_script(at);
        if self.state == InteractiveState::Connecting || !self.script.is_empty() {
            reaction.push(tick());
        }
        reaction
    }

    /// Sends those messages of an earlier connection again whose turn it is.
    fn continue_script(&mut self, at: PageTime) -> Reaction {
        let mut reaction = Reaction::default();
        if !self.is_open() || !self.can_send() {
            self.script.clear();
        }
        if self.peer().is_none() {
            return reaction;
        }
        loop {
            let log = &self.log;
            let last_at = log.rows().next_back().map_or(0.0, |row| row.at_ms);
            let is_quiet = log.since(at) - last_at >= SCRIPT_PAUSE_MS;
            let received = log.bytes(Direction::Received).end();
            let is_due = |message: &mut ScriptedMessage| is_quiet || received >= message.after;
            let Some(message) = self.script.pop_front_if(is_due) else { break };
            reaction.merge(self.send(at, &message.bytes));
        }
        reaction
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge) -> Reaction {
        match self.connection.diagnose(bridge) {
            Some(end) => self.fail(at, end),
            None => Reaction::default(),
        }
    }

    /// Applies an event of the connection.
    pub fn on_connection(&mut self, at: PageTime, event: EventKind) -> Reaction {
        self.is_full = false;
        let (change, commands) = self.connection.update(event);
        let mut reaction = Reaction::of(commands);
        if let Some(change) = change {
            reaction.merge(self.on_change(at, change));
            reaction.merge(self.continue_script(at));
        }
        reaction
    }

    fn on_change(&mut self, at: PageTime, change: Change) -> Reaction {
        let mut reaction = Reaction::default();
        match change {
            Change::Unopened => return reaction.asking_for_bridge(true),
            Change::Reached { peer, at: reached } => {
                self.log.note(at, Note::Connected(peer));
                self.log.set_evidence(TargetEvidence::MeasuredAt(reached));
            }
            Change::Established { peer, at: established, handshake } => {
                if let Some(took) = handshake {
                    self.log.secured(at, took, established);
                } else {
                    self.log.note(at, Note::Connected(peer.clone()));
                    self.log.set_evidence(TargetEvidence::MeasuredAt(established));
                }
                let write_half = WriteHalf::Open;
                self.state = InteractiveState::Connected { peer, write_half, peer_closed: false };
                return self.flush(at);
            }
            Change::Received(bytes) => {
                self.log.received(at, &bytes);
                let ack = self.receive_window.consume(bytes.len());
                reaction.extend(ack.map(|ack| self.connection.send_message(ack)));
            }
            Change::Acknowledged(bytes) => {
                self.send_buffer.acknowledge(bytes);
                return self.flush(at);
            }
            Change::Wrote { bytes, at: began } => self.log.wrote(at, bytes, began),
            Change::Read { at: read } => self.log.read(read),
            Change::PeerFinished { at: finished } => {
                if let InteractiveState::Connected { peer_closed, .. } = &mut self.state {
                    *peer_closed = true;
                    self.log.note(at, Note::Finished(Direction::Received));
                    self.log.set_evidence(TargetEvidence::MeasuredAt(finished));
                }
            }
            Change::Ended(end) => return self.on_end(at, end),
        }
        reaction
    }

    /// Sends what may be sent, and FIN once nothing waits.
    fn flush(&mut self, at: PageTime) -> Reaction {
        let InteractiveState::Connected { write_half, .. } = &mut self.state else {
            return Reaction::default();
        };
        if matches!(write_half, WriteHalf::Finished | WriteHalf::Resetting) {
            return Reaction::default();
        }
        let pieces = self.send_buffer.pieces();
        for piece in &pieces {
            self.log.sent(at, piece);
        }
        let pieces = pieces.into_iter().map(|piece| self.connection.send_bytes(piece));
        let mut reaction = Reaction::of(pieces);
        if *write_half == WriteHalf::Finishing && self.send_buffer.waiting_bytes() == 0 {
            *write_half = WriteHalf::Finished;
            self.log.note(at, Note::Finished(Direction::Sent));
            self.log.set_evidence(TargetEvidence::Inferred(EndRequest::Finish));
            reaction.extend([self.connection.send_message(ClientMessage::Finish)]);
        }
        reaction
    }

    /// Handles the end of the connection: orderly, by the user, or by a failure.
    fn on_end(&mut self, at: PageTime, end: End) -> Reaction {
        let is_closed = end.code.is_some();
        let is_normal = end.code == Some(u16::from(CloseCode::Normal));
        match self.state {
            InteractiveState::Connected { write_half: WriteHalf::Resetting, .. } if is_closed => {
                self.end(InteractiveEnd::Reset)
            }
            InteractiveState::Connected {
                write_half: WriteHalf::Finished,
                peer_closed: true,
                ..
            } if is_normal => {
                self.log.note(at, Note::Disconnected);
                self.end(InteractiveEnd::Finished)
            }
            _ => self.fail(at, end),
        }
    }

    fn fail(&mut self, at: PageTime, end: End) -> Reaction {
        let End { was_established, error, cause, .. } = end;
        self.log.note(at, Note::Failed(error.clone()));
        self.log.set_evidence(TargetEvidence::Failed(PathFailure { cause, was_established }));
        let how =
            if was_established { InteractiveEnd::Broken } else { InteractiveEnd::NotConnected };
        self.end(how(error, cause)).asking_for_bridge(cause.is_missing_bridge())
    }

    fn end(&mut self, end: InteractiveEnd) -> Reaction {
        self.state = InteractiveState::Over(end);
        Reaction::of(self.connection.close())
    }
}

fn tick() -> Command<ModesEvent> {
    Command::SetTimer {
        timer: Timer::InteractiveProgress,
        delay_ms: TICK_MS,
        elapsed: Box::new(|Elapsed { at, .. }| ModesEvent::InteractiveTicked { at }),
    }
}
