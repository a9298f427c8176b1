//! The outcomes of a run of the tutorial's client.

use crate::verdict::Verdict;

/// An outcome of a run of the tutorial's client, named by what the client prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `Reply is ok!`
    Ok,
    /// `Unexpected reply: …`
    Unexpected,
    /// `Failed to receive data: …`
    NotReceived,
    /// `Failed to connect: …`
    NotConnected,
    /// The client prints nothing, because it waits for the reply.
    Waits,
}

impl Outcome {
    /// All outcomes, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Ok, Self::Unexpected, Self::NotReceived, Self::NotConnected, Self::Waits];

    /// Returns the constant part of what the client prints, or `None` if it prints nothing.
    #[must_use]
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Self::Ok => Some("Reply is ok!"),
            Self::Unexpected => Some("Unexpected reply"),
            Self::NotReceived => Some("Failed to receive data"),
            Self::NotConnected => Some("Failed to connect"),
            Self::Waits => None,
        }
    }

    /// Returns the outcome of a run with this verdict, or `None` if the run accepted any reply, or
    /// was stopped before it had one.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::Same(_) => Some(Self::Ok),
            Verdict::Different(_) => Some(Self::Unexpected),
            Verdict::CutShort(..) => Some(Self::NotReceived),
            Verdict::NotConnected(_) => Some(Self::NotConnected),
            Verdict::Stopped(..) => Some(Self::Waits),
            Verdict::Received(..) | Verdict::Cancelled => None,
        }
    }
}
