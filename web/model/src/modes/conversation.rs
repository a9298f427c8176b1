//! A connection on which both sides say what they like, until one of them ends it.
//!
//! It is what [`Interactive`](super::interactive::Interactive) and a connection that the page accepted
//! as a server have in common: the transcript, both windows, and the state of both sides.

use std::mem;

use echo_core::wire::{Address, ClientMessage, CloseCode};

use super::reaction::Reaction;
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::Command;
use crate::connection::flow_control::{ReceiveWindow, SendBuffer};
use crate::connection::lifecycle::End;
use crate::connection::{
    Change, Connection, ConnectionId, ConnectionTrace, EndRequest, Endpoint, Event, EventKind,
    TraceLevel,
};
use crate::time::{Micros, PageTime};
use crate::transcript::{Direction, Note, PathFailure, TargetEvidence, Transcript};

/// A connection that both sides use as they like, open or closed.
#[derive(Debug)]
pub struct Conversation {
    /// What was sent and received.
    pub log: Transcript,
    /// How far it has come.
    pub state: ConversationState,
    /// Whether the last message found no room in the send buffer, until something is sent again.
    pub is_full: bool,
    connection: Connection,
    send_buffer: SendBuffer,
    receive_window: ReceiveWindow,
    /// Whether the other side began it.
    is_accepted: bool,
}

/// How far a conversation has come.
#[derive(Clone, Debug, PartialEq)]
pub enum ConversationState {
    /// The bridge, and through it the other side, is being reached.
    Connecting,
    /// The connection is established.
    Connected {
        /// The other side's end.
        peer: Address,
        /// The state of the page's side.
        write_half: WriteHalf,
        /// Whether the other side finished (FIN).
        peer_closed: bool,
    },
    /// The connection is closed, or was not established.
    Over(ConversationEnd),
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

/// How a conversation ended.
#[derive(Clone, Debug, PartialEq)]
pub enum ConversationEnd {
    /// It was not established; the error and its cause.
    NotConnected(String, Cause),
    /// The user waited for it no longer.
    GivenUp,
    /// Both sides finished.
    Finished,
    /// It broke; the error and its cause.
    Broken(String, Cause),
    /// The page had it reset.
    Reset,
    /// The page ended it.
    Disconnected,
}

/// What follows from an event of a conversation.
#[derive(Debug, Default)]
pub struct Heard {
    /// What is asked for.
    pub reaction: Reaction<Event>,
    /// The bytes that were received. They count as handled only once
    /// [`consume`](Conversation::consume) is told so: until then they are not acknowledged, and the
    /// other side can send no more than a window of them.
    pub received: Vec<u8>,
}

impl Conversation {
    /// Begins to connect to `endpoint`, through a bridge that takes messages of at most `max_message`
    /// bytes.
    #[must_use]
    pub fn open(
        id: ConnectionId,
        endpoint: Endpoint,
        trace: TraceLevel,
        max_message: u64,
        log: Transcript,
    ) -> (Self, Command<Event>) {
        let is_accepted = matches!(endpoint, Endpoint::Accept(_));
        let (connection, open) = Connection::open(id, endpoint, trace);
        let conversation = Self {
            log,
            state: ConversationState::Connecting,
            is_full: false,
            connection,
            send_buffer: SendBuffer::new(max_message),
            receive_window: ReceiveWindow::default(),
            is_accepted,
        };
        (conversation, open)
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

    /// Returns the other side's end while the connection is established.
    #[must_use]
    pub fn peer(&self) -> Option<&Address> {
        match &self.state {
            ConversationState::Connected { peer, .. } => Some(peer),
            ConversationState::Connecting | ConversationState::Over(_) => None,
        }
    }

    /// Returns whether it is established, or may yet be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, ConversationState::Over(_))
    }

    /// Returns whether bytes that are given now are sent at some time: not after FIN or RST.
    #[must_use]
    pub fn can_send(&self) -> bool {
        !matches!(
            self.state,
            ConversationState::Connected { write_half, .. } if write_half != WriteHalf::Open
        )
    }

    /// Returns how many bytes wait to be sent; once it is over, how many were never sent.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.send_buffer.waiting_bytes()
    }

    /// Returns how many more bytes could be sent now.
    #[must_use]
    pub fn room(&self) -> usize {
        self.send_buffer.room()
    }

    /// Counts received bytes as handled. Returns the acknowledgement, when one is due.
    pub fn consume(&mut self, bytes: usize) -> Option<Command<Event>> {
        let ack = self.receive_window.consume(bytes)?;
        Some(self.connection.send_message(ack))
    }

    /// Sends a message as soon as that is possible, if there is room for it.
    pub fn send(&mut self, at: PageTime, message: &[u8]) -> Reaction<Event> {
        self.is_full = false;
        if !self.can_send() {
            return Reaction::default();
        }
        self.is_full = !self.send_buffer.push(message);
        if self.is_full { Reaction::default() } else { self.flush(at) }
    }

    /// Sends FIN after the bytes that wait.
    pub fn finish(&mut self, at: PageTime) -> Reaction<Event> {
        if let ConversationState::Connected { write_half: half @ WriteHalf::Open, .. } =
            &mut self.state
        {
            *half = WriteHalf::Finishing;
        }
        self.flush(at)
    }

    /// Sends RST.
    pub fn reset(&mut self, at: PageTime) -> Reaction<Event> {
        let mut reaction = Reaction::default();
        if let ConversationState::Connected { write_half, .. } = &mut self.state
            && mem::replace(write_half, WriteHalf::Resetting) != WriteHalf::Resetting
        {
            self.log.note(at, Note::Reset(Direction::Sent));
            self.log.set_evidence(TargetEvidence::Inferred(EndRequest::Reset));
            reaction.push(self.connection.send_message(ClientMessage::Reset));
        }
        reaction
    }

    /// Ends it: what was sent still reaches the other side, and then FIN.
    pub fn disconnect(&mut self, at: PageTime) -> Reaction<Event> {
        match self.state {
            ConversationState::Over(_) => Reaction::default(),
            ConversationState::Connected { write_half, .. } => {
                self.log.note(at, Note::Disconnected);
                let is_unfinished = matches!(write_half, WriteHalf::Open | WriteHalf::Finishing);
                if let Some(request) = self.connection.closing_request().filter(|_| is_unfinished) {
                    self.log.set_evidence(TargetEvidence::Inferred(request));
                }
                self.end(ConversationEnd::Disconnected)
            }
            ConversationState::Connecting => self.end(ConversationEnd::GivenUp),
        }
    }

    /// Drops the connection: nothing more is heard of it, not even its last packets.
    #[must_use]
    pub fn discard(&mut self) -> Reaction<Event> {
        Reaction::with(self.connection.discard())
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge) -> Reaction<Event> {
        match self.connection.diagnose(bridge) {
            Some(end) => self.fail(at, end),
            None => Reaction::default(),
        }
    }

    /// Applies an event of the connection.
    pub fn on_connection(&mut self, at: PageTime, event: EventKind) -> Heard {
        self.is_full = false;
        match self.connection.update(event) {
            (Some(change), _) => self.on_change(at, change),
            (None, commands) => Heard { reaction: Reaction::with(commands), received: vec![] },
        }
    }

    /// Notes that the TCP connection is established, and with whom.
    fn note_peer(&mut self, at: PageTime, peer: Address, established: Micros) {
        let note = if self.is_accepted { Note::Accepted } else { Note::Connected };
        self.log.note(at, note(peer));
        self.log.set_evidence(TargetEvidence::MeasuredAt(established));
    }

    fn on_change(&mut self, at: PageTime, change: Change) -> Heard {
        let reaction = match change {
            Change::Unopened => Reaction::default().asking_for_bridge(true),
            Change::Reached { peer, at: reached } => {
                self.note_peer(at, peer, reached);
                Reaction::default()
            }
            Change::Established { peer, at: established, handshake } => {
                match handshake {
                    Some(took) => self.log.secured(at, took, established),
                    None => self.note_peer(at, peer.clone(), established),
                }
                let write_half = WriteHalf::Open;
                self.state = ConversationState::Connected { peer, write_half, peer_closed: false };
                self.flush(at)
            }
            Change::Received(bytes) => {
                self.log.received(at, &bytes);
                return Heard { received: bytes, ..Heard::default() };
            }
            Change::Acknowledged(bytes) => {
                self.send_buffer.acknowledge(bytes);
                self.flush(at)
            }
            Change::Wrote { bytes, at: began } => {
                self.log.wrote(at, bytes, began);
                Reaction::default()
            }
            Change::Read { at: read } => {
                self.log.read(read);
                Reaction::default()
            }
            Change::PeerFinished { at: finished } => {
                if let ConversationState::Connected { peer_closed, .. } = &mut self.state {
                    *peer_closed = true;
                    self.log.note(at, Note::Finished(Direction::Received));
                    self.log.set_evidence(TargetEvidence::MeasuredAt(finished));
                }
                Reaction::default()
            }
            Change::Ended(end) => self.on_end(at, end),
        };
        Heard { reaction, received: vec![] }
    }

    /// Sends what may be sent, and FIN once nothing waits.
    fn flush(&mut self, at: PageTime) -> Reaction<Event> {
        let ConversationState::Connected { write_half, .. } = &mut self.state else {
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
        let mut reaction = Reaction::with(pieces);
        if *write_half == WriteHalf::Finishing && self.send_buffer.waiting_bytes() == 0 {
            *write_half = WriteHalf::Finished;
            self.log.note(at, Note::Finished(Direction::Sent));
            self.log.set_evidence(TargetEvidence::Inferred(EndRequest::Finish));
            reaction.push(self.connection.send_message(ClientMessage::Finish));
        }
        reaction
    }

    /// Handles the end of the connection: orderly, by the page, or by a failure.
    fn on_end(&mut self, at: PageTime, end: End) -> Reaction<Event> {
        let is_closed = end.code.is_some();
        let is_normal = end.code == Some(u16::from(CloseCode::Normal));
        match self.state {
            ConversationState::Connected { write_half: WriteHalf::Resetting, .. } if is_closed => {
                self.end(ConversationEnd::Reset)
            }
            ConversationState::Connected {
                write_half: WriteHalf::Finished,
                peer_closed: true,
                ..
            } if is_normal => {
                self.log.note(at, Note::Disconnected);
                self.end(ConversationEnd::Finished)
            }
            _ => self.fail(at, end),
        }
    }

    fn fail(&mut self, at: PageTime, end: End) -> Reaction<Event> {
        let End { was_established, error, cause, .. } = end;
        self.log.note(at, Note::Failed(error.clone()));
        self.log.set_evidence(TargetEvidence::Failed(PathFailure { cause, was_established }));
        let how =
            if was_established { ConversationEnd::Broken } else { ConversationEnd::NotConnected };
        self.end(how(error, cause)).asking_for_bridge(cause.is_missing_bridge())
    }

    fn end(&mut self, end: ConversationEnd) -> Reaction<Event> {
        self.state = ConversationState::Over(end);
        Reaction::with(self.connection.close())
    }
}
