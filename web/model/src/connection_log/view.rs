//! What the panel of the connection log shows.

use echo_core::payload::printable;
use echo_core::wire::{Address, EchoConnection, EchoEnd, EchoLog};

use super::{ConnectionLog, PayloadState};

/// The most connections that are listed; the bridge remembers more.
const MAX_LISTED: usize = 16;

/// The panel of the connection log, unfolded.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// The bridge did not report who connected.
    Unavailable,
    /// Nobody has connected yet.
    Empty,
    /// The latest connections, newest first.
    Connections(Vec<ConnectionView>),
}

/// A connection to the echo server.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionView {
    /// The number that the bridge gave it.
    pub id: u64,
    /// The client's address.
    pub peer: Address,
    /// Who connected.
    pub client: ClientView,
    /// The bytes that the server received.
    pub received: u64,
    /// The bytes that it sent back.
    pub echoed: u64,
    /// How the connection ended, or `None` while it is open.
    pub end: Option<EchoEnd>,
    /// Whether its first bytes can be asked for.
    pub has_bytes: bool,
    /// Its first bytes, or `None` if nobody asked for them.
    pub payload: Option<PayloadView>,
}

/// Who connected to the echo server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientView {
    /// The bridge, for a page on its own machine.
    Bridge,
    /// The bridge, for a page on the machine with this address.
    BridgeFor(String),
    /// Another program.
    Other,
}

/// The first bytes that a connection received.
#[derive(Clone, Debug, PartialEq)]
pub enum PayloadView {
    /// The bridge was asked for them.
    Requested,
    /// The bridge keeps them no longer.
    Gone,
    /// The connection received nothing.
    Empty,
    /// The bytes as text.
    Text {
        /// The bytes, those that are not printable escaped.
        text: String,
        /// Whether the connection received more than these.
        has_more: bool,
    },
}

impl ConnectionLog {
    /// Returns what the panel shows.
    #[must_use]
    pub fn view(&self) -> View {
        match self {
            Self { silent: true, .. } | Self { level: EchoLog::Off, .. } => View::Unavailable,
            Self { connections, .. } if connections.is_empty() => View::Empty,
            Self { connections, .. } => {
                let listed = connections.iter().take(MAX_LISTED);
                View::Connections(
                    listed.map(|connection| self.connection_view(connection)).collect(),
                )
            }
        }
    }

    fn connection_view(&self, connection: &EchoConnection) -> ConnectionView {
        let EchoConnection { id, peer, bridge, client, received, echoed, end, .. } =
            connection.clone();
        let client = match client {
            Some(address) => ClientView::BridgeFor(address),
            None if bridge => ClientView::Bridge,
            None => ClientView::Other,
        };
        let payload = self.payload.as_ref().filter(|payload| payload.of == id);
        let payload = payload.map(|payload| PayloadView::of(&payload.bytes, received));
        let has_bytes = self.level == EchoLog::Full;
        ConnectionView { id, peer, client, received, echoed, end, has_bytes, payload }
    }
}

impl PayloadView {
    fn of(payload: &PayloadState, received: u64) -> Self {
        match payload {
            PayloadState::Asked => Self::Requested,
            PayloadState::Gone => Self::Gone,
            PayloadState::Came(bytes) if bytes.is_empty() => Self::Empty,
            PayloadState::Came(bytes) => {
                let has_more = received > bytes.len() as u64;
                Self::Text { text: printable(bytes), has_more }
            }
        }
    }
}
