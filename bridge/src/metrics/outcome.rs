//! How connecting to a target ended.

use echo_core::wire::{Failure, Kind};

/// How connecting to a target ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Connected,
    Refused,
    Timeout,
    Unreachable,
    /// Any other error.
    Failed,
}

impl Outcome {
    pub(super) const ALL: [Self; 5] =
        [Self::Connected, Self::Refused, Self::Timeout, Self::Unreachable, Self::Failed];

    pub(super) fn of<T>(result: &Result<T, Failure>) -> Self {
        match result {
            Ok(_) => Self::Connected,
            Err(Failure { kind: Kind::Refused, .. }) => Self::Refused,
            Err(Failure { kind: Kind::Timeout, .. }) => Self::Timeout,
            Err(Failure { kind: Kind::Unreachable, .. }) => Self::Unreachable,
            Err(_) => Self::Failed,
        }
    }

    /// Returns the value of the label `outcome`.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Refused => "refused",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Failed => "failed",
        }
    }
}
