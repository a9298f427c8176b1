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

/// The kind of an [`ExpectedReply`]. The composer holds it apart from the bytes, because it keeps
/// their text while another kind is chosen.
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
}
