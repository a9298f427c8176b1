//! The page as a server, as the rest of the page knows it.

use std::fmt;

use super::event::ServerEvent;
use super::state::ServerState;
use crate::bridge::Bridge;
use crate::command::Command;
use crate::connection::{ConnectionId, TraceLevel};
use crate::inspector::record::ConnectionRecord;
use crate::modes::conversation::Conversation;
use crate::setup::ServerSetup;

/// The page as a server. Its code is in a file of its own, which is loaded on demand: the rest of the
/// page calls it through this trait alone.
pub trait ServerPart {
    /// Applies an event, and returns what follows from it for the rest of the page.
    fn update(&mut self, context: &ServerContext<'_>, event: ServerEvent) -> Vec<ServerRequest>;

    /// Returns the connection that is selected, if one is.
    fn record(&self) -> Option<ConnectionRecord<'_>>;

    /// Returns what was said on a connection that is still listed, and where it came in.
    fn conversation(&self, id: ConnectionId) -> Option<(&Conversation, &str)>;

    /// Returns whether a program that connected later than `connection` got back what it sent.
    fn has_echoed_since(&self, connection: ConnectionId) -> bool;

    /// Returns what it is set up with.
    fn setup(&self) -> ServerSetup;

    /// Returns whether it listens, or is about to.
    fn is_listening(&self) -> bool;

    /// Returns where the bridge listens for the page, or is about to, unless it does not.
    fn listens_at(&self) -> Option<&str>;

    /// Returns whether the user answers by hand, and so needs the message.
    fn is_by_hand(&self) -> bool;

    /// Returns a value that changes when something happens that is to be seen at once.
    fn progress(&self) -> u64;

    /// Returns the state, for the code that is loaded with it.
    fn state(&self) -> &ServerState;
}

/// What the page as a server is told of the rest of the page.
#[derive(Clone, Copy, Debug)]
pub struct ServerContext<'a> {
    /// An id that no connection has.
    pub id: ConnectionId,
    /// What is known of the bridge.
    pub bridge: &'a Bridge,
    /// How much the bridge is to report about the next connection.
    pub trace: TraceLevel,
}

/// What follows for the rest of the page.
#[derive(Debug)]
pub enum ServerRequest {
    /// The platform is asked for something.
    Command(Command<ServerEvent>),
    /// The bridge is to be asked what it says of itself.
    AskBridge,
    /// A connection is over, and goes to the runs.
    Record(ConnectionId),
    /// A connection is to be seen, in place of an earlier run.
    Show,
}

impl fmt::Debug for dyn ServerPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerPart")
    }
}
