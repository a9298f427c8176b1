//! Why a session is ended from outside.

use echo_core::wire::{Failure, Kind, Stage};

/// Why a session is ended from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StopReason {
    /// The bridge shuts down.
    Shutdown,
    /// The bridge restarts, or another one takes its place.
    Restart,
    /// The bridge's operator asked for it.
    Operator,
}

impl StopReason {
    /// Returns the failure that the client is told of.
    pub(crate) fn failure(self) -> Failure {
        let (stage, kind, message) = match self {
            Self::Shutdown => (Stage::Shutdown, Kind::ShuttingDown, "the bridge is shutting down"),
            Self::Restart => (Stage::Shutdown, Kind::Restarting, "the bridge restarts"),
            Self::Operator => {
                (Stage::Operator, Kind::Ended, "the bridge's operator ended the session")
            }
        };
        Failure::new(stage, kind, message)
    }
}
