//! What the bridge's own echo server sees: who connected to it, how many bytes, how it ended.

mod view;

pub use view::{ConnectionView, PayloadView, View};

use echo_core::wire::{EchoConnection, EchoServer};

use crate::Model;
use crate::effect::Effect;

/// How often the page asks who is connected, in milliseconds, while somebody wants to see it.
pub const ASK_MS: u32 = 1_000;

/// What is known of the echo server's connections.
#[derive(Debug, Default)]
pub struct ConnectionLog {
    /// Whether they are looked at.
    pub open: bool,
    /// The latest, newest first.
    pub connections: Vec<EchoConnection>,
    /// Whether the bridge would not tell.
    pub silent: bool,
    /// The connection whose bytes are wanted.
    pub payload: Option<RequestedPayload>,
    asking: bool,
}

/// The first bytes that came on a connection.
#[derive(Debug)]
pub struct RequestedPayload {
    /// Which connection.
    pub of: u64,
    /// Its bytes.
    pub bytes: PayloadState,
}

/// The first bytes that came on a connection, as the bridge gives them.
#[derive(Debug, PartialEq, Eq)]
pub enum PayloadState {
    /// They are asked for.
    Asked,
    /// These they are.
    Came(Vec<u8>),
    /// The bridge has them no longer.
    Gone,
}

/// Something that happened to what the server sees.
#[derive(Debug)]
pub enum ConnectionLogEvent {
    /// Somebody wants to look at it, or no longer.
    Toggled,
    /// The bridge told who connected, oldest first; or did not.
    Came(Option<Vec<EchoConnection>>),
    /// It is time to ask again.
    AskDue {
        /// Whether anybody can see the page.
        visible: bool,
    },
    /// Somebody wants to see the bytes of a connection, or no longer.
    PayloadWanted(u64),
    /// They came, or did not.
    PayloadCame(u64, Option<Vec<u8>>),
}

/// What is to be done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionLogEffect {
    /// Ask the bridge who is connected.
    Ask,
    /// After [`ASK_MS`], tell [`ConnectionLogEvent::AskDue`].
    AskLater,
    /// Ask the bridge for the bytes of a connection.
    FetchPayload(u64),
}

/// The number of the newest connection; 0 where there has been none.
pub(super) fn newest(connections: &[EchoConnection]) -> u64 {
    connections.first().map_or(0, |it| it.id)
}

impl Model {
    /// Takes in what happened.
    pub fn on_server(&mut self, event: ConnectionLogEvent) -> Vec<Effect> {
        let effect = match event {
            ConnectionLogEvent::Toggled => {
                self.connection_log.open = !self.connection_log.open;
                None
            }
            ConnectionLogEvent::Came(told) => {
                self.connection_log.silent = told.is_none();
                if let Some(mut connections) = told {
                    connections.reverse();
                    self.connection_log.connections = connections;
                    self.tell_lesson_of_connections();
                }
                Some(ConnectionLogEffect::AskLater)
            }
            ConnectionLogEvent::AskDue { visible } => {
                self.connection_log.asking = self.wants_connections();
                let next =
                    if visible { ConnectionLogEffect::Ask } else { ConnectionLogEffect::AskLater };
                self.connection_log.asking.then_some(next)
            }
            ConnectionLogEvent::PayloadWanted(id) => self.connection_log.want(id),
            ConnectionLogEvent::PayloadCame(id, bytes) => {
                let wanted =
                    self.connection_log.payload.as_mut().filter(|payload| payload.of == id);
                if let Some(payload) = wanted {
                    payload.bytes = bytes.map_or(PayloadState::Gone, PayloadState::Came);
                }
                None
            }
        };
        effect.map(Effect::ConnectionLog).into_iter().collect()
    }

    /// After every event: begins to ask, once somebody wants to see it. One request, or one wait
    /// for the next, is under way at a time.
    pub(super) fn check_server(&mut self) -> Option<Effect> {
        let begins = !self.connection_log.asking && self.wants_connections();
        begins.then(|| {
            self.connection_log.asking = true;
            Effect::ConnectionLog(ConnectionLogEffect::Ask)
        })
    }

    /// Whether there is something to look at: the echo server is the bridge's own, and somebody
    /// connected, or is about to.
    #[must_use]
    pub fn shows_server(&self) -> bool {
        let is_own = self.bridge.info().is_some_and(|info| info.echo == EchoServer::Own);
        let talked = |target: &str| target == self.echo_address;
        is_own
            && (self.listens_for_terminals()
                || !self.connection_log.connections.is_empty()
                || self.run.as_ref().is_some_and(|run| talked(&run.target))
                || self.modes.stay.as_ref().is_some_and(|stay| talked(&stay.target)))
    }

    /// Returns what the panel of the connection log shows, or `None` if there is nothing to look at.
    #[must_use]
    pub fn connection_log_view(&self) -> Option<View> {
        self.shows_server().then(|| self.connection_log.view())
    }

    fn wants_connections(&self) -> bool {
        self.shows_server() && (self.connection_log.open || self.listens_for_terminals())
    }
}

impl ConnectionLog {
    fn want(&mut self, id: u64) -> Option<ConnectionLogEffect> {
        if self.payload.take().is_some_and(|payload| payload.of == id) {
            return None;
        }
        self.payload = Some(RequestedPayload { of: id, bytes: PayloadState::Asked });
        Some(ConnectionLogEffect::FetchPayload(id))
    }
}
