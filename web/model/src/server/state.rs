//! The page as a server: its state.

use super::answer::editor::RulesEditor;
use super::answer::{Answer, FaultChoice};
use super::connection::ServerConnection;
use super::list::ConnectionList;
use super::listener::Listener;
use super::setup::AnswerKind;
use crate::connection::ConnectionId;
use crate::release::ReleaseError;
use crate::time::PageTime;

/// Where the page listens unless the user says otherwise.
pub const DEFAULT_ADDRESS: &str = "localhost:9000";

/// The page as a server.
#[derive(Debug, Default)]
pub struct ServerState {
    /// Where to listen, once the user typed it.
    pub(super) typed_address: Option<String>,
    /// How connections are answered.
    pub(super) answer_kind: AnswerKind,
    /// Whether the field was empty when the user wanted to listen, until something is typed.
    pub(super) is_address_missing: bool,
    /// Whether the bridge was asked to release the port of its own echo server, and what became of it.
    pub(super) release: Release,
    /// The latest listener.
    pub(super) listener: Option<Listener>,
    /// Whether the page listened before it was reloaded, until it listens again.
    pub(super) was_listening: bool,
    /// The connections that came in.
    pub(super) connections: ConnectionList,
    /// The one that is looked at.
    pub(super) selected: Option<ConnectionId>,
    /// The latest one that came in: screen readers tell of it.
    pub(super) latest: Option<ConnectionId>,
    /// How many connections of this listener went to the runs.
    pub(super) recorded: usize,
    /// The rules, which count if they are what connections are answered by.
    pub(super) rules: RulesEditor,
    /// The fault, which counts if connections are answered with one.
    pub(super) fault: FaultChoice,
    /// The time, as the list shows it.
    pub(super) now: PageTime,
    /// How many things happened that are to be seen at once.
    pub(super) progress: u64,
}

/// The release of the port of the bridge's own echo server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Release {
    /// It is not needed.
    #[default]
    None,
    /// The bridge was asked for it.
    Asked,
    /// The port was released for this listener.
    Released,
    /// The bridge refused it.
    Refused(ReleaseError),
}

impl ServerState {
    /// Returns what the field says where to listen.
    #[must_use]
    pub fn address(&self) -> &str {
        self.typed_address.as_deref().unwrap_or(DEFAULT_ADDRESS)
    }

    /// Returns how connections are answered.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.answer_kind {
            AnswerKind::Echo => Answer::Echo,
            AnswerKind::ByHand => Answer::ByHand,
            AnswerKind::Rules => self.rules.answer(),
            AnswerKind::Fault => self.fault.answer(),
        }
    }

    /// Returns whether it listens, or is about to.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.release == Release::Asked || self.listener.as_ref().is_some_and(Listener::is_open)
    }

    /// Returns the connection that is looked at.
    #[must_use]
    pub fn selected(&self) -> Option<&ServerConnection> {
        self.connections.get(self.selected?)
    }
}
