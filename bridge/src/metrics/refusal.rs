//! Why sessions and requests are refused.

use echo_core::wire::{Failure, Kind, Stage};

use crate::relay::Ending;

/// Why a session or a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A request whose Host or Origin is foreign, or whose client no trusted proxy names.
    Access,
    /// A request with a wrong token, or one from where too many wrong ones came.
    Token,
    /// A target, or an address to listen on, that is malformed or not allowed.
    Target,
    /// As many sessions are open as may be.
    Sessions,
    /// The client has, or opens, as many sessions as it may.
    Client,
    /// As many look-ups of names are under way as may be.
    LookUps,
    /// As many listeners of clients are open as may be, in all or of the client.
    Listeners,
}

impl Refusal {
    pub(crate) const ALL: [Self; 7] = [
        Self::Access,
        Self::Token,
        Self::Target,
        Self::Sessions,
        Self::Client,
        Self::LookUps,
        Self::Listeners,
    ];

    /// Returns why a session with a slot was refused; `None` for one that was not.
    pub(crate) fn of_ending(ending: &Ending) -> Option<Self> {
        let Ending::Failed(Failure { stage, kind, .. }) = ending else { return None };
        match (stage, kind) {
            (Stage::Policy, _) => Some(Self::Target),
            (Stage::Resolve, Kind::TooMany) => Some(Self::LookUps),
            _ => None,
        }
    }

    /// Returns the value of the label `reason`.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Token => "token",
            Self::Target => "target",
            Self::Sessions => "sessions",
            Self::Client => "client",
            Self::LookUps => "look_ups",
            Self::Listeners => "listeners",
        }
    }
}
