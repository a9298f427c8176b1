//! Who wants to know who is connected to the echo server.

use echo_core::wire::EchoServer;

use super::{Event, Model};
use crate::command::{Command, map_all};
use crate::connection_log::{ConnectionLogEvent, View};

impl Model {
    pub(super) fn on_connection_log(&mut self, event: ConnectionLogEvent) -> Vec<Command<Event>> {
        let is_answer = matches!(event, ConnectionLogEvent::Answered(_));
        let is_wanted = self.wants_connection_log();
        let commands = self.connection_log.update(event, is_wanted);
        if is_answer && !self.connection_log.silent {
            self.lesson.on_connections(self.connection_log.newest());
        }
        map_all(commands, Event::ConnectionLog)
    }

    /// Asks the bridge once somebody wants to know who is connected.
    pub(super) fn poll_connection_log(&mut self) -> Option<Command<Event>> {
        let is_wanted = self.wants_connection_log();
        let command = self.connection_log.poll_if_wanted(is_wanted)?;
        Some(command.map(Event::ConnectionLog))
    }

    /// Returns whether there is something to look at: the echo server is the bridge's own, and
    /// somebody connected, or is about to.
    #[must_use]
    pub fn shows_connection_log(&self) -> bool {
        let is_own = self.bridge.echo_server() == Some(EchoServer::Own);
        let is_echo = |target: &str| target == self.echo_address;
        let modes = &self.modes;
        is_own
            && (self.lesson.awaits_terminal()
                || !self.connection_log.connections.is_empty()
                || modes.run.as_ref().is_some_and(|run| is_echo(&run.target))
                || modes.interactive.as_ref().is_some_and(|it| is_echo(&it.target)))
    }

    /// Returns what the panel of the connection log shows, or `None` if it is folded or there is
    /// nothing to look at.
    #[must_use]
    pub fn connection_log_view(&self) -> Option<View> {
        let is_open = self.shows_connection_log() && self.connection_log.open;
        is_open.then(|| self.connection_log.view())
    }

    fn wants_connection_log(&self) -> bool {
        self.shows_connection_log() && (self.connection_log.open || self.lesson.awaits_terminal())
    }
}
