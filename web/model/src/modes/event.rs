//! What can happen to the modes.

use super::Mode;
use super::load::settings::{AmountUnit, LoadSetting};
use super::once::RunEvent;
use crate::connection::{self, ConnectionId};
use crate::time::PageTime;

/// Something that the user did, that the platform reports, or that a timer did.
#[derive(Debug)]
pub enum ModesEvent {
    /// The user chose a mode.
    Chosen {
        /// When.
        at: PageTime,
        /// The mode.
        mode: Mode,
    },
    /// The user chose what the amount of a load test counts.
    UnitChosen(AmountUnit),
    /// The user typed a setting of a load test.
    Typed(LoadSetting, String),
    /// The user stops the load test.
    StopPressed {
        /// When.
        at: PageTime,
    },
    /// The user sends FIN on the interactive connection.
    FinishPressed {
        /// When.
        at: PageTime,
    },
    /// The user sends RST on it.
    ResetPressed {
        /// When.
        at: PageTime,
    },
    /// The user ends it.
    DisconnectPressed {
        /// When.
        at: PageTime,
    },
    /// It is time to look at the clock for the load test.
    LoadTicked {
        /// When.
        at: PageTime,
    },
    /// It is time to look at the clock for the interactive connection.
    InteractiveTicked {
        /// When.
        at: PageTime,
    },
    /// A timer of the run elapsed.
    Run {
        /// The run.
        id: ConnectionId,
        /// When.
        at: PageTime,
        /// What that means.
        event: RunEvent,
    },
    /// Something happened on a connection.
    Connection(connection::Event),
}
