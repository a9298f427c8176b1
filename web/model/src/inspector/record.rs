//! What the views show: the connection of a run, or an interactive one.

use echo_core::wire::Address;

use super::compare::Compared;
use crate::connection::{ConnectionId, ConnectionTrace};
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::conversation::Conversation;
use crate::modes::interactive::Interactive;
use crate::modes::once::Run;
use crate::modes::{Mode, Modes};
use crate::role::Role;
use crate::transcript::Transcript;

/// A connection, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionRecord<'a> {
    /// Its id.
    pub id: ConnectionId,
    /// Which end of it the page is.
    pub role: Role,
    /// What happened on it.
    pub log: &'a Transcript,
    /// What the bridge reported about it.
    pub trace: &'a ConnectionTrace,
    /// The target.
    pub target: &'a str,
    /// The target's end, while it is known.
    pub peer: Option<&'a Address>,
    is_running: bool,
    is_conversation: bool,
    compared: Option<Compared<'a>>,
}

impl<'a> ConnectionRecord<'a> {
    /// Returns the latest connection of the chosen mode; a load test keeps none.
    #[must_use]
    pub fn latest(modes: &'a Modes) -> Option<Self> {
        match modes.mode {
            Mode::Once => modes.run.as_ref().map(Self::of_run),
            Mode::Interactive => modes.interactive.as_ref().map(Self::of_interactive),
            Mode::Load => None,
        }
    }

    /// Returns the connection of a run.
    #[must_use]
    pub fn of_run(run: &'a Run) -> Self {
        Self {
            id: run.id(),
            role: Role::Client,
            log: &run.log,
            trace: run.trace(),
            target: &run.target,
            peer: run.peer(),
            is_running: run.is_running(),
            is_conversation: false,
            compared: run.compared(),
        }
    }

    fn of_interactive(interactive: &'a Interactive) -> Self {
        Self::of_conversation(Role::Client, &interactive.conversation, &interactive.target)
    }

    /// Returns a connection that came in at a listener of the page, at `place`.
    #[must_use]
    pub fn accepted(conversation: &'a Conversation, place: &'a str) -> Self {
        Self::of_conversation(Role::Server, conversation, place)
    }

    fn of_conversation(role: Role, conversation: &'a Conversation, target: &'a str) -> Self {
        Self {
            id: conversation.id(),
            role,
            log: &conversation.log,
            trace: conversation.trace(),
            target,
            peer: conversation.peer(),
            is_running: conversation.is_open(),
            is_conversation: true,
            compared: None,
        }
    }

    /// Creates the record of a connection that is over: that of an earlier run in `mode`.
    #[must_use]
    pub fn restored(
        id: ConnectionId,
        role: Role,
        mode: Mode,
        log: &'a Transcript,
        trace: &'a ConnectionTrace,
        target: &'a str,
        peer: Option<&'a Address>,
    ) -> Self {
        let is_conversation = mode == Mode::Interactive;
        Self {
            id,
            role,
            log,
            trace,
            target,
            peer,
            is_running: false,
            is_conversation,
            compared: None,
        }
    }

    /// Has the reply compared with these bytes.
    #[must_use]
    pub fn comparing(self, expected: &'a [u8], kind: ExpectedReplyKind) -> Self {
        Self { compared: Some(Compared::new(expected, kind, true)), ..self }
    }

    /// Returns whether anything may still happen.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is_running
    }

    /// Returns whether both sides say what they like, as on an interactive connection.
    #[must_use]
    pub fn is_conversation(&self) -> bool {
        self.is_conversation
    }

    /// Returns what the reply is compared with; on an interactive connection, nothing is.
    #[must_use]
    pub fn compared(&self) -> Option<Compared<'a>> {
        self.compared
    }
}
