//! The expectation about the reply to a message.

use echo_core::payload::{self, Notation};

/// The longest text of the expected bytes that is read: hexadecimal digits, and spaces between bytes.
const MAX_DIGITS: usize = 4 * 1024;
/// The most expected bytes that are written, and read again: two digits and a space each.
const MAX_BYTES: usize = MAX_DIGITS / 3;
/// The prefix of the bytes in `these:4865`.
const BYTES_PREFIX: &str = "these:";

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

impl ExpectedReply {
    /// Writes it as links and files have it: `same`, `anything`, or `these:` and the bytes in hex.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Same => "same".into(),
            Self::Bytes(bytes) => {
                let hex = payload::write(Notation::Hex, bytes).unwrap_or_default();
                BYTES_PREFIX.to_owned() + &hex
            }
            Self::Anything => "anything".into(),
        }
    }

    /// Returns whether what [`to_text`](Self::to_text) writes is short enough to be read again.
    #[must_use]
    pub fn fits(&self) -> bool {
        !matches!(self, Self::Bytes(bytes) if bytes.len() > MAX_BYTES)
    }

    /// Reads what [`to_text`](Self::to_text) writes. Returns `None` if the text is nothing of that,
    /// or longer than 4 KiB.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "same" => Some(Self::Same),
            "anything" => Some(Self::Anything),
            _ => {
                let hex = text.strip_prefix(BYTES_PREFIX).filter(|hex| hex.len() <= MAX_DIGITS)?;
                payload::parse(Notation::Hex, hex).ok().map(Self::Bytes)
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_read_again_and_nothing_else() {
        for length in [0, 1, MAX_BYTES, MAX_BYTES + 1, 2 * MAX_BYTES] {
            let expected = ExpectedReply::Bytes(vec![7; length]);
            let read = ExpectedReply::from_text(&expected.to_text());
            assert_eq!(read.as_ref() == Some(&expected), expected.fits(), "{length}");
        }
    }
}
