//! A bounded copy of a byte sequence: its first bytes and its full length.

use echo_core::payload::{self, Notation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most bytes of a message or a reply that a [`BoundedBytes`] copies. The rest is not copied, but
/// counts towards the length.
pub const MAX_COPIED_BYTES: usize = 4 * 1024;

/// The first bytes of a sequence, at most [`MAX_COPIED_BYTES`] of them, and the length of the sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Serialized", into = "Serialized")]
pub struct BoundedBytes {
    bytes: Vec<u8>,
    length: u64,
}

/// The serialized form of [`BoundedBytes`], with the bytes in [`Notation::Hex`].
#[derive(Serialize, Deserialize)]
struct Serialized {
    length: u64,
    hex: String,
}

/// Why serialized bytes are not valid [`BoundedBytes`].
#[derive(Debug, Error)]
enum InvalidBytes {
    #[error("the bytes are not hexadecimal")]
    NotHex,
    #[error("{0} bytes are more than the {MAX_COPIED_BYTES} that are kept")]
    TooMany(usize),
    #[error("{kept} bytes are more than the {length} that there were")]
    TooShort { kept: usize, length: u64 },
}

impl From<BoundedBytes> for Serialized {
    fn from(BoundedBytes { bytes, length }: BoundedBytes) -> Self {
        Self { length, hex: payload::write(Notation::Hex, &bytes).unwrap_or_default() }
    }
}

impl TryFrom<Serialized> for BoundedBytes {
    type Error = InvalidBytes;

    fn try_from(Serialized { length, hex }: Serialized) -> Result<Self, InvalidBytes> {
        let bytes = payload::parse(Notation::Hex, &hex).map_err(|_| InvalidBytes::NotHex)?;
        match bytes.len() {
            kept if kept > MAX_COPIED_BYTES => Err(InvalidBytes::TooMany(kept)),
            kept if kept as u64 > length => Err(InvalidBytes::TooShort { kept, length }),
            _ => Ok(Self { bytes, length }),
        }
    }
}

impl BoundedBytes {
    /// Copies the first [`MAX_COPIED_BYTES`] bytes of `bytes`, and keeps its length.
    #[must_use]
    pub fn copy_of(bytes: &[u8]) -> Self {
        Self::prefix_of(bytes, bytes.len() as u64)
    }

    /// Copies the first [`MAX_COPIED_BYTES`] bytes of `bytes`, which are the beginning of a sequence of
    /// `length` bytes.
    #[must_use]
    pub fn prefix_of(bytes: &[u8], length: u64) -> Self {
        Self { bytes: bytes[..bytes.len().min(MAX_COPIED_BYTES)].to_vec(), length }
    }

    /// Returns the copied bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the length of the whole sequence, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Returns whether the sequence is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Returns the whole sequence, or `None` if it was truncated.
    #[must_use]
    pub fn complete(&self) -> Option<&[u8]> {
        (self.bytes.len() as u64 == self.length).then_some(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BoundedBytes, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn a_long_sequence_is_truncated_and_keeps_its_length() {
        let bytes = BoundedBytes::copy_of(&[7; MAX_COPIED_BYTES + 1]);
        assert_eq!(
            (bytes.bytes().len(), bytes.length()),
            (MAX_COPIED_BYTES, MAX_COPIED_BYTES as u64 + 1)
        );
        assert_eq!(bytes.complete(), None);
        assert_eq!(BoundedBytes::copy_of(b"Hello!").complete(), Some(&b"Hello!"[..]));
    }

    #[test]
    fn invalid_serialized_bytes_are_rejected() {
        for text in [
            r#"{"length":1,"hex":"4"}"#,
            r#"{"length":1,"hex":"48 65"}"#,
            r#"{"length":-1,"hex":""}"#,
            r#"{"length":1}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let long = format!(r#"{{"length":9000,"hex":"{}"}}"#, "00".repeat(MAX_COPIED_BYTES + 1));
        assert!(read(&long).is_err());
    }
}
