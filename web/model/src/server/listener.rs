//! A listener: one WebSocket that has the bridge listen for as long as it is open.

use std::rc::Rc;

use echo_core::wire::{Address, BridgeMessage};

use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::Command;
use crate::connection::{ConnectionEvent, ConnectionId, Endpoint, Event, EventKind, TraceLevel};
use crate::terminal_command::{join, split};

/// A listener, open or ended.
#[derive(Debug)]
pub struct Listener {
    id: ConnectionId,
    /// Where it was asked to listen, with the port that it has once the bridge has chosen one.
    pub address: String,
    /// How far it has come.
    pub state: ListenerState,
}

/// How far a listener has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerState {
    /// The bridge is being reached, and asked to listen.
    Opening {
        /// Whether the WebSocket is open.
        is_bridge_reached: bool,
    },
    /// The WebSocket did not open; the bridge is asked why.
    Diagnosing,
    /// The bridge listens.
    Listening,
    /// The user stopped it.
    Stopped,
    /// It ended, or could not listen, with this error and cause.
    Ended {
        /// The error, in the words of the component that reported it.
        error: String,
        /// The cause.
        cause: Cause,
        /// Whether it had listened.
        had_listened: bool,
    },
}

/// What a listener brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerNews {
    /// The WebSocket did not open: the bridge is to be asked what it says of itself.
    Unopened,
    /// A connection came in, which can be claimed.
    Incoming {
        /// The id by which it is claimed.
        claim: String,
        /// Who connected.
        peer: Address,
    },
    /// It ended.
    Ended,
}

impl Listener {
    /// Has the bridge listen at `address`.
    #[must_use]
    pub fn open(id: ConnectionId, address: String) -> (Self, Command<Event>) {
        let report = Rc::new(move |at, event| Event { id, at, kind: EventKind::Socket(event) });
        let endpoint = Endpoint::Listen(address.clone());
        let command = Command::Connect { id, endpoint, trace: TraceLevel::Trace, report };
        let state = ListenerState::Opening { is_bridge_reached: false };
        (Self { id, address, state }, command)
    }

    /// Returns the id of its WebSocket.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        self.id
    }

    /// Returns whether it listens, or may yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.state {
            ListenerState::Opening { .. }
            | ListenerState::Diagnosing
            | ListenerState::Listening => true,
            ListenerState::Stopped | ListenerState::Ended { .. } => false,
        }
    }

    /// Stops listening.
    pub fn stop(&mut self) -> Option<Command<Event>> {
        self.is_open().then(|| {
            self.state = ListenerState::Stopped;
            Command::Close(self.id)
        })
    }

    /// Applies an event of the WebSocket.
    pub fn update(&mut self, event: ConnectionEvent) -> Option<ListenerNews> {
        if !self.is_open() {
            return None;
        }
        match event {
            ConnectionEvent::Opened => {
                self.state = ListenerState::Opening { is_bridge_reached: true };
                None
            }
            ConnectionEvent::Message(message) => self.on_message(message),
            ConnectionEvent::Closed { .. }
                if self.state == (ListenerState::Opening { is_bridge_reached: false }) =>
            {
                self.state = ListenerState::Diagnosing;
                Some(ListenerNews::Unopened)
            }
            ConnectionEvent::Closed { code, reason } => {
                Some(self.end(Cause::from_close(code, reason)))
            }
            // A listener has no bytes.
            ConnectionEvent::Bytes(_) => None,
        }
    }

    fn on_message(&mut self, message: BridgeMessage) -> Option<ListenerNews> {
        match message {
            BridgeMessage::Listening { address } => {
                if let Some((host, 0)) = split(&self.address) {
                    self.address = join(host, address.port());
                }
                self.state = ListenerState::Listening;
                None
            }
            BridgeMessage::Incoming { id: claim, peer, .. } => {
                Some(ListenerNews::Incoming { claim, peer })
            }
            BridgeMessage::Failed(failure) => Some(self.end(Cause::from_failure(failure))),
            // Of a connection that was abandoned its own WebSocket tells, too.
            _ => None,
        }
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open. Returns whether that is
    /// known now.
    pub fn diagnose(&mut self, bridge: &Bridge) -> bool {
        let is_diagnosing = self.state == ListenerState::Diagnosing;
        if is_diagnosing {
            self.end(Cause::from_unopened(bridge));
        }
        is_diagnosing
    }

    fn end(&mut self, (error, cause): (String, Cause)) -> ListenerNews {
        let had_listened = self.state == ListenerState::Listening;
        self.state = ListenerState::Ended { error, cause, had_listened };
        ListenerNews::Ended
    }
}
