//! A simulation of the tutorial's client, which sends once and then reads, against a server with a
//! fault.

use std::time::Duration;

use echo_core::fault::{Action, Fault, FaultBehavior};

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
}

/// Simulates what a server with this fault does with the message `sent`.
#[must_use]
pub fn simulate(fault: &Fault, sent: &[u8]) -> Simulation {
    let connection = if fault.listens() { ConnectionState::Open } else { ConnectionState::Refused };
    let mut simulation = Simulation { reply: Vec::new(), connection, paused: Duration::ZERO };
    if connection == ConnectionState::Refused {
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

impl Simulation {
    /// Returns `true` if the client waits for some of the bytes `sent`, while the server neither
    /// sends them nor ends the connection.
    #[must_use]
    pub fn waits_forever(&self, sent: &[u8]) -> bool {
        self.connection == ConnectionState::Open && self.reply.len() < sent.len()
    }
}
