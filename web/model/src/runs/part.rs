//! The finished runs as the rest of the page knows them.

use std::fmt;

use super::event::RunsEvent;
use super::restored::RestoredConnection;
use super::state::FinishedRuns;
use crate::command::Command;
use crate::connection::ConnectionId;
use crate::modes::interactive::ScriptedMessage;
use crate::setup::Setup;
use crate::time::PageTime;

/// The finished runs and the saved requests. Their code is in a file of its own, which is loaded on
/// demand: the rest of the page calls it through this trait alone.
pub trait RunsPart {
    /// Applies an event, and returns what follows from it for the rest of the page.
    fn update(&mut self, context: &RunsContext, event: RunsEvent) -> Vec<RunsRequest>;

    /// Returns whether there is something to list.
    fn is_listed(&self) -> bool;

    /// Returns whether finished runs are shown in place of the latest one.
    fn are_shown(&self) -> bool;

    /// Returns the connection of the run that is shown, if one is and its connection was recorded.
    fn restored(&self) -> Option<&RestoredConnection>;

    /// Returns the state, for the code that is loaded with it.
    fn state(&self) -> &FinishedRuns;
}

/// What the finished runs are told of the rest of the page.
#[derive(Clone, Debug, Default)]
pub struct RunsContext {
    /// What the page is set up with.
    pub setup: Setup,
    /// An id that no connection has.
    pub connection: ConnectionId,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
}

/// What follows for the rest of the page.
#[derive(Debug)]
pub enum RunsRequest {
    /// The platform is asked for something.
    Command(Command<RunsEvent>),
    /// The page is to be set up. Nothing is sent.
    SetUp(Setup),
    /// The page is to be set up, and a run is to be started, unless something is in progress.
    Run {
        /// When the user wanted that.
        at: PageTime,
        /// What the page is to be set up with.
        setup: Setup,
        /// The messages of an earlier interactive connection, in place of the message of the setup.
        script: Option<Vec<ScriptedMessage>>,
    },
}

impl fmt::Debug for dyn RunsPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RunsPart")
    }
}
