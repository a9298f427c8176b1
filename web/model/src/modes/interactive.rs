//! An interactive connection: it stays until one side ends it.

use std::collections::VecDeque;

use echo_core::wire::Address;

use super::conversation::{Conversation, ConversationState};
use super::reaction::Reaction;
use super::{ConnectionSpec, ModesEvent};
use crate::bridge::Bridge;
use crate::command::{Command, Elapsed, Timer};
use crate::connection::{self, ConnectionId, EventKind};
use crate::time::PageTime;
use crate::transcript::{Direction, Transcript};

use super::once::TICK_MS;

/// How long nothing may happen before the next message of an earlier connection is sent again,
/// although less has been received than before it then, in milliseconds.
pub const SCRIPT_PAUSE_MS: f64 = 1_000.0;

/// An interactive connection, open or closed.
#[derive(Debug)]
pub struct Interactive {
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// What is said on it.
    pub conversation: Conversation,
    /// How long the target has been being reached, in milliseconds.
    pub waited_ms: f64,
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

impl Interactive {
    /// Begins to connect.
    #[must_use]
    pub fn connect(id: ConnectionId, spec: &ConnectionSpec, at: PageTime) -> (Self, Reaction) {
        let endpoint = spec.endpoint();
        let log = Transcript::new(at);
        let (conversation, open) =
            Conversation::open(id, endpoint, spec.trace, spec.max_message, log);
        let interactive = Self {
            target: spec.address.clone(),
            conversation,
            waited_ms: 0.0,
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
        self.conversation.id()
    }

    /// Returns the target's end while the connection is established.
    #[must_use]
    pub fn peer(&self) -> Option<&Address> {
        self.conversation.peer()
    }

    /// Returns whether it is established, or may yet be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.conversation.is_open()
    }

    /// Returns whether bytes that are given now are sent at some time: not after FIN or RST.
    #[must_use]
    pub fn can_send(&self) -> bool {
        self.conversation.can_send()
    }

    /// Sends a message as soon as that is possible, if there is room for it.
    pub fn send(&mut self, at: PageTime, message: &[u8]) -> Reaction {
        translate(self.conversation.send(at, message))
    }

    /// Sends FIN after the bytes that wait.
    pub fn finish(&mut self, at: PageTime) -> Reaction {
        translate(self.conversation.finish(at))
    }

    /// Sends RST.
    pub fn reset(&mut self, at: PageTime) -> Reaction {
        translate(self.conversation.reset(at))
    }

    /// Ends it: what was sent still reaches the target, and then FIN.
    pub fn disconnect(&mut self, at: PageTime) -> Reaction {
        translate(self.conversation.disconnect(at))
    }

    /// Makes room for another connection: drops one that still waits for its last packets.
    #[must_use]
    pub fn discard(mut self) -> Reaction {
        translate(self.conversation.discard())
    }

    /// Counts the time while it connects.
    pub fn on_tick(&mut self, at: PageTime) -> Reaction {
        let is_connecting = self.conversation.state == ConversationState::Connecting;
        if is_connecting {
            self.waited_ms = self.conversation.log.since(at);
        }
        let mut reaction = self.continue_script(at);
        if is_connecting || !self.script.is_empty() {
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
            let log = &self.conversation.log;
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
        translate(self.conversation.on_bridge(at, bridge))
    }

    /// Applies an event of the connection.
    pub fn on_connection(&mut self, at: PageTime, event: EventKind) -> Reaction {
        let heard = self.conversation.on_connection(at, event);
        let mut reaction = translate(heard.reaction);
        reaction.extend(self.conversation.consume(heard.received.len()));
        reaction.merge(self.continue_script(at));
        reaction
    }
}

fn translate(reaction: Reaction<connection::Event>) -> Reaction {
    reaction.map(ModesEvent::Connection)
}

fn tick() -> Command<ModesEvent> {
    Command::SetTimer {
        timer: Timer::InteractiveProgress,
        delay_ms: TICK_MS,
        elapsed: Box::new(|Elapsed { at, .. }| ModesEvent::InteractiveTicked { at }),
    }
}
