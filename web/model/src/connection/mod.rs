//! A connection as the page sees it: one WebSocket to the bridge, which is one TCP connection to a
//! target.
//!
//! [`lifecycle`] is its state machine, which all modes share; [`flow_control`] has the windows of
//! the protocol; [`trace`] keeps what the bridge reported about the TCP connection.

pub mod flow_control;
pub mod lifecycle;
pub mod trace;

use echo_core::fault::Fault;
use echo_core::wire::{BridgeMessage, LAB_PREFIX, TLS_PREFIX};
use serde::{Deserialize, Serialize};

pub use lifecycle::{Change, Connection, Event, EventKind};
pub use trace::{ConnectionTrace, TraceEntry, TraceLevel};

/// Identifies a connection, or a run that owns several; later ones have greater numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(u64);

impl ConnectionId {
    /// Advances to the next id, and returns it.
    #[must_use]
    pub fn advance(&mut self) -> Self {
        self.0 += 1;
        *self
    }

    /// Returns the id of the element that stands for the connection in a list.
    #[must_use]
    pub fn element_id(self) -> String {
        format!("connection-{}", self.0)
    }
}

/// What the bridge is asked for by a WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A connection to a target.
    Target {
        /// A name that the bridge knows, `host:port` or `tls://host:port`.
        name: String,
        /// The security of the address for which the name stands.
        security: Security,
    },
    /// A listener at this address, as long as the WebSocket is open.
    Listen(String),
    /// A connection that came in at a listener, by the id that the bridge gave it.
    Accept(String),
}

/// Whether the bytes of a connection are encrypted, and what the server has to prove.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// They are not.
    #[default]
    Plain,
    /// They are, by TLS, once the server has proved that it is who was asked for.
    Tls,
    /// They are, by TLS, with whoever answers. The user asks for that, each time.
    UnverifiedTls,
}

impl Security {
    /// Returns what a target asks for, by how it is written: TLS by its scheme, or by naming a
    /// server of the lab with a fault of TLS.
    #[must_use]
    pub fn of(target: &str) -> Self {
        let is_over_tls = match target.strip_prefix(LAB_PREFIX) {
            Some(fault) => fault.parse().is_ok_and(|fault: Fault| fault.is_over_tls()),
            None => target.starts_with(TLS_PREFIX),
        };
        if is_over_tls { Self::Tls } else { Self::Plain }
    }

    /// Returns the same, for a server that need not prove who it is.
    #[must_use]
    pub fn unverified(self) -> Self {
        match self {
            Self::Plain => Self::Plain,
            Self::Tls | Self::UnverifiedTls => Self::UnverifiedTls,
        }
    }
}

/// How the page asks the bridge to end its side of the TCP connection, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndRequest {
    /// By the message `finish`: no more bytes follow, and FIN goes to the target.
    Finish,
    /// By a Close of the WebSocket (RFC 6455, section 5.5.1): FIN goes to the target.
    Close,
    /// By the message `reset`: RST goes to the target.
    Reset,
}

/// Something that the platform reports of a connection.
#[derive(Clone, Debug, PartialEq)]
pub enum ConnectionEvent {
    /// The WebSocket is open.
    Opened,
    /// The bridge sent a message.
    Message(BridgeMessage),
    /// The bridge sent bytes of the target.
    Bytes(Vec<u8>),
    /// The WebSocket is closed, or could not be opened.
    Closed {
        /// The close code (RFC 6455, section 7.4).
        code: u16,
        /// The reason that the bridge gave.
        reason: String,
    },
}

impl ConnectionEvent {
    /// Returns whether it is one of those that come by the thousand while bytes stream.
    #[must_use]
    pub fn is_frequent(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Message(message) => match message {
                BridgeMessage::Wrote { .. }
                | BridgeMessage::Read { .. }
                | BridgeMessage::Ack { .. }
                | BridgeMessage::Capturing { .. }
                | BridgeMessage::NotCapturing { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::Captured { .. }
                | BridgeMessage::TcpInfo(_)
                | BridgeMessage::TlsSecrets { .. }
                | BridgeMessage::Unknown => true,
                BridgeMessage::Connecting { .. }
                | BridgeMessage::Connected { .. }
                | BridgeMessage::Listening { .. }
                | BridgeMessage::Incoming { .. }
                | BridgeMessage::Abandoned { .. }
                | BridgeMessage::Accepted { .. }
                | BridgeMessage::Secured(_)
                | BridgeMessage::Finished { .. }
                | BridgeMessage::Failed(_)
                | BridgeMessage::Closed { .. } => false,
            },
            Self::Opened | Self::Closed { .. } => false,
        }
    }
}

/// Returns what the bridge reports once a connection to port 8888 is established.
#[cfg(test)]
pub(crate) fn connected() -> BridgeMessage {
    BridgeMessage::Connected {
        local: "127.0.0.1:51234".parse().unwrap(),
        peer: "127.0.0.1:8888".parse().unwrap(),
        resolve_us: 31,
        connect_us: 85,
    }
}

#[cfg(test)]
mod tests {
    use echo_core::fault::FaultKind;

    use super::*;

    #[test]
    fn a_target_is_over_tls_by_its_scheme_or_by_its_fault() {
        for (target, security) in [
            ("localhost:8443", Security::Plain),
            ("tls://localhost:8443", Security::Tls),
            ("lab/truncate:3", Security::Plain),
            ("lab/chaos:0", Security::Plain),
            ("lab/expired", Security::Tls),
            ("lab/no-close-notify", Security::Tls),
            // These name no fault, so the bridge refuses them.
            ("lab/expired:3", Security::Plain),
            ("lab/", Security::Plain),
        ] {
            assert_eq!(Security::of(target), security, "{target}");
        }
        for kind in FaultKind::ALL {
            let target = format!("{LAB_PREFIX}{}", kind.spec().example);
            assert_eq!(Security::of(&target) == Security::Tls, kind.is_over_tls(), "{target}");
        }
    }
}
