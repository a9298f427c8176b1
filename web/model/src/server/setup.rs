//! How the page answers, as the user chooses it.

use crate::setup::RULES;

/// How connections are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerKind {
    /// What is received is sent back.
    #[default]
    Echo,
    /// The user writes.
    ByHand,
    /// By rules.
    Rules,
    /// As an echo server with a fault.
    Fault,
}

impl AnswerKind {
    /// All kinds, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Echo, Self::ByHand, Self::Rules, Self::Fault];

    /// Returns its name in a link, or `None` for the default. A fault is named by its text form.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Echo => None,
            Self::ByHand => Some("hand"),
            Self::Rules => Some(RULES),
            Self::Fault => Some("fault"),
        }
    }

    /// Returns the kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().unwrap_or("echo") == name)
    }
}
