//! The expectation about a reply.

/// Which bytes are expected in reply to a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// The bytes of the message.
    #[default]
    Same,
    /// Other bytes, which the user gives.
    These,
    /// Any bytes, until the server closes the connection or pauses.
    Anything,
}

impl Expect {
    /// All expectations, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Same, Self::These, Self::Anything];
}
