//! How the page answers, as the user chooses it.

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
}
