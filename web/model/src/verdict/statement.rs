//! The sentences of the page, as data.

use crate::modes::load::settings::LoadPlan;

/// What to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// Type a message.
    Type,
    /// Send so many bytes, which an echo server returns.
    SendToEcho(usize),
    /// Send so many bytes.
    Send(usize),
    /// Connect, and send so many bytes, if any.
    Connect(usize),
    /// Start a load test with messages of so many bytes.
    Start {
        /// What is planned, if the settings are valid.
        plan: Option<LoadPlan>,
        /// The length of the message.
        bytes: usize,
    },
}

/// A sentence of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// The bridge is not running.
    NoBridge,
    /// The bridge refuses pages of this origin.
    PageRefused {
        /// Where the page was loaded from.
        origin: String,
    },
    /// The target is being connected to.
    Connecting {
        /// The target.
        target: String,
    },
    /// The reply is awaited.
    Waiting(Progress),
    /// This number of bytes was received so far, and any reply is accepted.
    ReceivedSoFar(u64),
    /// The reply was awaited no longer.
    StillWaiting(Progress),
    /// This number of bytes was received, and any reply was accepted.
    Received(u64),
    /// The user stopped before there was a connection.
    GivenUp,
    /// The connection stands.
    Connected {
        /// The target.
        target: String,
    },
    /// There was no connection.
    NotConnected {
        /// The error, in the words of the operating system or of the bridge.
        error: String,
    },
    /// The connection broke.
    Broken {
        /// The error, in the words of the operating system or of the bridge.
        error: String,
    },
    /// Both sides closed the connection.
    Finished,
    /// The user reset the connection.
    Reset,
    /// The user closed the connection.
    Disconnected,
    /// A load test is under way.
    Exchanging {
        /// How many exchanges are over.
        done: u64,
        /// How many are planned, if their number is.
        planned: Option<u32>,
    },
    /// A load test was stopped before the first reply.
    NoExchange,
    /// All of so many exchanges brought the message back.
    AllSame(u64),
    /// Some exchanges did not bring the message back.
    SomeFailed {
        /// How many exchanges are over.
        done: u64,
        /// How many of them did not bring the message back.
        failed: u64,
    },
}

impl Statement {
    /// Returns what is said of a load test with so many exchanges, of which `same` brought the
    /// message back.
    pub(crate) fn of_exchanges(done: u64, same: u64) -> Self {
        match done - same {
            _ if done == 0 => Self::NoExchange,
            0 => Self::AllSame(done),
            failed => Self::SomeFailed { done, failed },
        }
    }
}

/// How many bytes of a reply have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many have come.
    pub received: usize,
    /// How many are expected.
    pub expected: usize,
}
