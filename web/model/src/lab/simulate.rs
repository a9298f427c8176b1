//! A simulation of the tutorial's client, which sends once and then reads, against a server with a
//! fault.

use std::time::Duration;

use echo_core::fault::{Action, Fault, FaultBehavior};
use echo_core::wire::Kind;

/// The most actions of a server that are simulated: more than one for each byte of the longest
/// message.
const MAX_ACTIONS: usize = 4 * 1024 * 1024;

/// The result of a simulation.
#[derive(Debug, PartialEq, Eq)]
pub struct Simulation {
    /// The bytes that the client receives, up to the number that it sent.
    pub reply: Vec<u8>,
    /// The state in which the server leaves the connection.
    pub connection: ConnectionState,
    /// How long the server paused in all.
    pub paused: Duration,
}

/// The state in which a server leaves a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// The connection stays open, and the server waits for the client.
    Open,
    /// The server has sent FIN.
    Finished,
    /// The server has sent RST.
    Reset,
    /// The connection was refused.
    Refused,
    /// The handshake of TLS fails in this way.
    Insecure(Kind),
}

/// Simulates what a server with this fault does with the message `sent`.
#[must_use]
pub fn simulate(fault: &Fault, sent: &[u8]) -> Simulation {
    let connection = state_before_bytes(fault);
    let mut simulation = Simulation { reply: Vec::new(), connection, paused: Duration::ZERO };
    if connection != ConnectionState::Open {
        return simulation;
    }
    let mut server = FaultBehavior::new(fault);
    server.on_bytes(sent);
    for _ in 0..MAX_ACTIONS {
        if simulation.reply.len() >= sent.len() {
            break;
        }
        match server.next_action() {
            Some(Action::Send(bytes)) => simulation.reply.extend(bytes),
            Some(Action::Pause(time)) => simulation.paused += time,
            Some(Action::Settle) => {}
            Some(Action::Fin) => simulation.connection = ConnectionState::Finished,
            Some(Action::Reset) => simulation.connection = ConnectionState::Reset,
            None => break,
        }
    }
    simulation.reply.truncate(sent.len());
    simulation
}

/// Returns the state of a connection to a server with this fault before any byte of the client's.
fn state_before_bytes(fault: &Fault) -> ConnectionState {
    match fault {
        Fault::Refuse => ConnectionState::Refused,
        Fault::Expired => ConnectionState::Insecure(Kind::Expired),
        Fault::WrongName => ConnectionState::Insecure(Kind::WrongName),
        Fault::SelfSigned => ConnectionState::Insecure(Kind::UnknownIssuer),
        Fault::Plaintext => ConnectionState::Insecure(Kind::NotTls),
        _ => ConnectionState::Open,
    }
}

impl Simulation {
    /// Returns whether the server is reached all the same if nobody verifies it.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        matches!(self.connection, ConnectionState::Insecure(kind) if kind != Kind::NotTls)
    }

    /// Returns `true` if the client waits for some of the bytes `sent`, while the server neither
    /// sends them nor ends the connection.
    #[must_use]
    pub fn waits_forever(&self, sent: &[u8]) -> bool {
        self.connection == ConnectionState::Open && self.reply.len() < sent.len()
    }
}
