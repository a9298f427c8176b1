//! The terms that the page explains on demand, by where they stand.

/// A few terms that stand together on the page, and are explained together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The ways to end a connection.
    Endings,
    /// The bytes of both sides in the order in which they passed.
    Follow,
    /// The percentiles of a load test.
    Percentiles,
    /// What the page needs beside itself.
    Bridge,
    /// The same, where that is missing.
    MissingBridge,
    /// The words of the lab.
    Lab,
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 6] = [
        Self::Endings,
        Self::Follow,
        Self::Percentiles,
        Self::Bridge,
        Self::MissingBridge,
        Self::Lab,
    ];

    /// Returns the id of the button that explains them.
    #[must_use]
    pub fn button_id(self) -> &'static str {
        match self {
            Self::Endings => "explain-endings",
            Self::Follow => "explain-follow",
            Self::Percentiles => "explain-percentiles",
            Self::Bridge => "explain-bridge",
            Self::MissingBridge => "explain-missing-bridge",
            Self::Lab => "explain-lab",
        }
    }
}
