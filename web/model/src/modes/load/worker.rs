//! One of the connections of a load test: it sends, waits for the whole reply, and sends again.

use echo_core::{Line, lines};

use super::active_exchange::{ActiveExchange, Reply};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::Command;
use crate::connection::flow_control::SendWindow;
use crate::connection::lifecycle::{End, EventKind};
use crate::connection::{self, Change, Connection, ConnectionId};
use crate::modes::ConnectionSpec;
use crate::time::PageTime;

/// A connection of a load test.
#[derive(Debug)]
pub struct Worker {
    connection: Connection,
    /// The exchange in progress, once the connection is established.
    exchange: Option<Box<ActiveExchange>>,
    is_finished: bool,
}

/// The result of an event.
#[derive(Debug)]
pub enum WorkerEvent {
    /// A complete reply came.
    Replied(Reply),
    /// The connection broke: what the program prints, and why.
    Broke(Line, Cause),
    /// There was no connection: what the program prints, and why.
    NotConnected(Line, Cause),
    /// The WebSocket did not open: nobody knows why yet.
    Unopened,
}

impl Worker {
    /// Opens a connection.
    #[must_use]
    pub fn open(id: ConnectionId, spec: &ConnectionSpec) -> (Self, Command<connection::Event>) {
        let endpoint = spec.endpoint();
        let (connection, open) = Connection::open(id, endpoint, spec.trace);
        (Self { connection, exchange: None, is_finished: false }, open)
    }

    /// Returns the id of its connection.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        self.connection.id()
    }

    /// Returns whether nothing more happens on it.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// Returns whether it waits to learn why its WebSocket did not open.
    #[must_use]
    pub fn is_diagnosing(&self) -> bool {
        self.connection.is_diagnosing()
    }

    /// Returns whether the reply has been awaited for too long.
    #[must_use]
    pub fn is_overdue(&self, at: PageTime) -> bool {
        !self.is_finished && self.exchange.as_ref().is_some_and(|it| it.is_overdue(at))
    }

    /// Closes the connection; what was sent still reaches the target, and then FIN.
    pub fn close(&mut self) -> Vec<Command<connection::Event>> {
        let was_finished = std::mem::replace(&mut self.is_finished, true);
        if was_finished { vec![] } else { self.connection.close() }
    }

    /// Starts the next exchange, with what of its reply came ahead.
    pub fn start(&mut self, at: PageTime, message: &[u8]) -> Vec<Command<connection::Event>> {
        match &mut self.exchange {
            Some(exchange) => exchange.start(&mut self.connection, at, message),
            None => vec![],
        }
    }

    /// Applies an event of the connection.
    pub fn on_connection(
        &mut self,
        at: PageTime,
        event: EventKind,
        message: &[u8],
        max_message: u64,
    ) -> (Vec<Command<connection::Event>>, Option<WorkerEvent>) {
        let (change, mut commands) = self.connection.update(event);
        let Some(change) = change.filter(|_| !self.is_finished) else { return (commands, None) };
        let event = match (change, &mut self.exchange) {
            (Change::Unopened, _) => Some(WorkerEvent::Unopened),
            (Change::Ended(end), _) => Some(ended(end)),
            (Change::PeerFinished { .. }, exchange) => {
                let (error, cause) = (lines::EARLY_END.into(), Cause::EarlyEnd);
                let was_established = exchange.is_some();
                Some(ended(End { was_established, code: None, error, cause }))
            }
            (Change::Established { .. }, _) => {
                let exchange = ActiveExchange::new(SendWindow::new(max_message), at);
                self.exchange = Some(Box::new(exchange));
                commands.extend(self.start(at, message));
                None
            }
            (change, Some(exchange)) => {
                let (more, reply) = exchange.on_change(&mut self.connection, at, change, message);
                commands.extend(more);
                reply.map(WorkerEvent::Replied)
            }
            (_, None) => None,
        };
        (commands, event)
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn diagnose(&mut self, bridge: &Bridge) -> Option<WorkerEvent> {
        self.connection.diagnose(bridge).map(ended)
    }
}

fn ended(end: End) -> WorkerEvent {
    let End { was_established, error, cause, .. } = end;
    if was_established {
        WorkerEvent::Broke(Line::FailedToReceive(error), cause)
    } else {
        WorkerEvent::NotConnected(Line::FailedToConnect(error), cause)
    }
}
