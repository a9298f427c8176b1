//! What the bridge's own echo server sees: who connected to it, how many bytes, how it ended.

use echo_core::wire::{EchoConnection, EchoServer};

use crate::Model;
use crate::effect::Effect;

/// How often the page asks who is connected, in milliseconds, while somebody wants to see it.
pub const ASK_MS: u32 = 1_000;

/// What is known of the echo server's connections.
#[derive(Debug, Default)]
pub struct Server {
    /// Whether they are looked at.
    pub open: bool,
    /// The latest, newest first.
    pub connections: Vec<EchoConnection>,
    /// Whether the bridge would not tell.
    pub silent: bool,
    /// The connection whose bytes are wanted.
    pub payload: Option<Payload>,
    asking: bool,
}

/// The first bytes that came on a connection.
#[derive(Debug)]
pub struct Payload {
    /// Which connection.
    pub of: u64,
    /// Its bytes.
    pub bytes: Bytes,
}

/// The first bytes that came on a connection, as the bridge gives them.
#[derive(Debug, PartialEq, Eq)]
pub enum Bytes {
    /// They are asked for.
    Asked,
    /// These they are.
    Came(Vec<u8>),
    /// The bridge has them no longer.
    Gone,
}

/// Something that happened to what the server sees.
#[derive(Debug)]
pub enum ServerEvent {
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
pub enum ServerEffect {
    /// Ask the bridge who is connected.
    Ask,
    /// After [`ASK_MS`], tell [`ServerEvent::AskDue`].
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
    pub fn on_server(&mut self, event: ServerEvent) -> Vec<Effect> {
        let effect = match event {
            ServerEvent::Toggled => {
                self.server.open = !self.server.open;
                None
            }
            ServerEvent::Came(told) => {
                self.server.silent = told.is_none();
                if let Some(mut connections) = told {
                    connections.reverse();
                    self.server.connections = connections;
                    self.tell_lesson_of_connections();
                }
                Some(ServerEffect::AskLater)
            }
            ServerEvent::AskDue { visible } => {
                self.server.asking = self.wants_connections();
                let next = if visible { ServerEffect::Ask } else { ServerEffect::AskLater };
                self.server.asking.then_some(next)
            }
            ServerEvent::PayloadWanted(id) => self.server.want(id),
            ServerEvent::PayloadCame(id, bytes) => {
                let wanted = self.server.payload.as_mut().filter(|payload| payload.of == id);
                if let Some(payload) = wanted {
                    payload.bytes = bytes.map_or(Bytes::Gone, Bytes::Came);
                }
                None
            }
        };
        effect.map(Effect::Server).into_iter().collect()
    }

    /// After every event: begins to ask, once somebody wants to see it. One request, or one wait
    /// for the next, is under way at a time.
    pub(super) fn check_server(&mut self) -> Option<Effect> {
        let begins = !self.server.asking && self.wants_connections();
        begins.then(|| {
            self.server.asking = true;
            Effect::Server(ServerEffect::Ask)
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
                || !self.server.connections.is_empty()
                || self.run.as_ref().is_some_and(|run| talked(&run.target))
                || self.how.stay.as_ref().is_some_and(|stay| talked(&stay.target)))
    }

    fn wants_connections(&self) -> bool {
        self.shows_server() && (self.server.open || self.listens_for_terminals())
    }
}

impl Server {
    fn want(&mut self, id: u64) -> Option<ServerEffect> {
        if self.payload.take().is_some_and(|payload| payload.of == id) {
            return None;
        }
        self.payload = Some(Payload { of: id, bytes: Bytes::Asked });
        Some(ServerEffect::FetchPayload(id))
    }
}
