//! What should come back.

/// What should come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// The same bytes.
    #[default]
    Same,
    /// These other bytes.
    These,
    /// Anything, until the server is done or quiet.
    Anything,
}

impl Expect {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Same, Self::These, Self::Anything];
}
