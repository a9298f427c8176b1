//! The ways in which the tutorial's client ends.

use super::super::verdict::Verdict;

/// One of the endings of the tutorial's client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `Reply is ok!`
    Ok,
    /// `Unexpected reply: …`
    Unexpected,
    /// `Failed to receive data: …`
    NotReceived,
    /// `Failed to connect: …`
    NotConnected,
    /// None: it waits.
    Waits,
}

impl Ending {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Ok, Self::Unexpected, Self::NotReceived, Self::NotConnected, Self::Waits];

    /// The program's sentence, as far as it is always the same; none where it says nothing.
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

    /// How a run ended; none while it goes on, and where nobody waited for any end.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::Same(_) => Some(Self::Ok),
            Verdict::Different(_) => Some(Self::Unexpected),
            Verdict::CutShort(..) => Some(Self::NotReceived),
            Verdict::NotConnected(_) => Some(Self::NotConnected),
            Verdict::Stopped(..) => Some(Self::Waits),
            _ => None,
        }
    }
}
