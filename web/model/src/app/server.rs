//! The page as a server among the other features: what it is told of them, and what it asks of them.

use super::{Event, Model};
use crate::command::Command;
use crate::connection::{ConnectionId, TraceLevel};
use crate::loadable::LoadError;
use crate::role::Role;
use crate::runs::RunsEvent;
use crate::runs::record::RunRecord;
use crate::server::{ServerContext, ServerEvent, ServerPart, ServerRequest};
use crate::setup::ServerSetup;
use crate::time::PageTime;

impl Model {
    /// Returns whether the page is set up to be a server.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.server.role == Role::Server
    }

    pub(super) fn on_server(&mut self, event: ServerEvent) -> Vec<Command<Event>> {
        let trace = if self.captures { TraceLevel::Packets } else { TraceLevel::Kernel };
        let context = ServerContext { id: self.modes.next_id(), bridge: &self.bridge, trace };
        let requests = self.server.update(&context, event);
        self.route_server_requests(requests)
    }

    pub(super) fn on_server_loaded(
        &mut self,
        result: Result<Box<dyn ServerPart>, LoadError>,
    ) -> Vec<Command<Event>> {
        self.server.on_loaded(result);
        let waiting = self.server.take_waiting();
        waiting.map_or_else(Vec::new, |setup| self.on_server(ServerEvent::SetUp(setup)))
    }

    /// Has the page's code as a server loaded when it is needed for the first time.
    pub(super) fn load_server(&mut self) -> Option<Command<Event>> {
        self.server.start_loading().then_some(Command::LoadServer)
    }

    /// Sets the page up to be a server, or a client for `None`. It never listens because of that.
    pub(super) fn set_up_server(&mut self, setup: Option<ServerSetup>) {
        self.server.role = if setup.is_some() { Role::Server } else { Role::Client };
        if let Some(setup) = setup {
            // What follows is nothing: the setup is taken in, at once or later.
            self.on_server(ServerEvent::SetUp(setup));
        }
    }

    /// Sends the message on the selected connection, and remembers it.
    pub(super) fn send_as_server(&mut self, at: PageTime) -> Vec<Command<Event>> {
        if !self.server.part().is_some_and(ServerPart::is_by_hand) {
            return vec![];
        }
        let exchange = match self.composer.exchange(self.expected_kind()) {
            Ok(exchange) => exchange,
            Err(error) => return self.refuse(error),
        };
        self.invalid_field = None;
        let message = exchange.sent().to_vec();
        self.composer.remember();
        self.on_server(ServerEvent::SendPressed { at, message })
    }

    fn route_server_requests(&mut self, requests: Vec<ServerRequest>) -> Vec<Command<Event>> {
        let mut commands = Vec::new();
        for request in requests {
            match request {
                ServerRequest::Command(command) => commands.push(command.map(Event::Server)),
                ServerRequest::AskBridge => self.bridge_poll.request(),
                ServerRequest::Record(id) => commands.extend(self.record_accepted(id)),
                ServerRequest::Show => {
                    commands.extend(self.on_runs_if_loaded(RunsEvent::RunStarted));
                }
            }
        }
        commands
    }

    /// Has a connection that came in and is over added to the runs.
    fn record_accepted(&mut self, id: ConnectionId) -> Option<Command<Event>> {
        let (conversation, place) = self.server.part()?.conversation(id)?;
        let record = RunRecord::of_conversation(conversation, place)?;
        let record = Box::new(RunRecord { role: Role::Server, ..record });
        let finished = |clock| Event::Runs(RunsEvent::Finished { record, sent: None, clock });
        Some(Command::ReadClock(Box::new(finished)))
    }
}
