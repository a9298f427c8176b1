//! The expectation about the reply to a message.

/// The expected reply, with its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExpectedReply {
    /// The bytes of the message.
    #[default]
    Same,
    /// These bytes.
    Bytes(Vec<u8>),
    /// Any bytes, until the server closes the connection or pauses.
    Anything,
}

/// The kind of an [`ExpectedReply`]. It follows the target, and is held apart from the bytes, whose
/// text the composer keeps while another kind is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExpectedReplyKind {
    /// The bytes of the message.
    #[default]
    Same,
    /// Other bytes, which the user types.
    Bytes,
    /// Any bytes, until the server closes the connection or pauses.
    Anything,
}

impl ExpectedReplyKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Same, Self::Bytes, Self::Anything];

    /// Returns the name of the kind, as the value of an option.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Bytes => "these",
            Self::Anything => "anything",
        }
    }

    /// Returns the kind of this name, or the default if there is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or_default()
    }
}
