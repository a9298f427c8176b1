//! What can happen to the page as a server.

use super::answer::FaultEvent;
use super::answer::editor::RulesEvent;
use super::setup::AnswerKind;
use crate::command::{Elapsed, FetchError};
use crate::connection::{self, ConnectionId};
use crate::inspector::StepTo;
use crate::setup::ServerSetup;
use crate::time::PageTime;

/// An event of the page as a server.
#[derive(Debug)]
pub enum ServerEvent {
    /// The page is set up: by a link, or by what a draft kept.
    SetUp(ServerSetup),
    /// The user typed where to listen.
    AddressTyped(String),
    /// The user chose how connections are answered.
    AnswerChosen(AnswerKind),
    /// The user changed the rules.
    Rules(RulesEvent),
    /// The user chose a fault, or changed its arguments.
    Fault(FaultEvent),
    /// The user wants to listen.
    ListenPressed {
        /// When.
        at: PageTime,
    },
    /// The user wants to listen no longer.
    StopPressed {
        /// When.
        at: PageTime,
    },
    /// The bridge was asked to release the port of its own echo server.
    ReleaseAnswered {
        /// When the answer came.
        at: PageTime,
        /// Whether the port is free.
        result: Result<(), FetchError>,
    },
    /// Something happened on the listener's WebSocket.
    Listener(connection::Event),
    /// Something happened on the WebSocket of a connection that came in.
    Connection(connection::Event),
    /// A reply to a connection was delayed for long enough.
    DelayElapsed {
        /// The connection.
        id: ConnectionId,
        /// When.
        at: PageTime,
    },
    /// The bridge described itself, or did not.
    BridgeAnswered {
        /// When.
        at: PageTime,
    },
    /// The user chose a connection to look at.
    Selected(ConnectionId),
    /// The user moves to the connection above or below.
    SelectionMoved(StepTo),
    /// The user sends a message on the selected connection.
    SendPressed {
        /// When.
        at: PageTime,
        /// The message.
        message: Vec<u8>,
    },
    /// The user sends FIN on the selected connection.
    FinishPressed {
        /// When.
        at: PageTime,
    },
    /// The user sends RST on it.
    ResetPressed {
        /// When.
        at: PageTime,
    },
    /// The user closes it.
    ClosePressed {
        /// When.
        at: PageTime,
    },
    /// A second has passed, as the list of connections shows it.
    Ticked(Elapsed),
}

impl ServerEvent {
    /// Returns whether it is one of those that come by the thousand while others connect and bytes
    /// stream.
    #[must_use]
    pub fn is_frequent(&self) -> bool {
        matches!(self, Self::Listener(_) | Self::Connection(_) | Self::DelayElapsed { .. })
    }
}
