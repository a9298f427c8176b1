//! The beginning of some bytes, and how many there were.

use echo_core::payload::{self, Notation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How many bytes are kept of a message, or of a reply; of longer ones the length is told.
pub const MAX_KEPT: usize = 4 * 1024;

/// Bytes, of which at most [`MAX_KEPT`] are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Hex", into = "Hex")]
pub struct BoundedBytes {
    bytes: Vec<u8>,
    length: u64,
}

/// [`BoundedBytes`] as it stands in a file: its bytes as the page's Hex mode writes and reads them.
#[derive(Serialize, Deserialize)]
struct Hex {
    length: u64,
    hex: String,
}

/// Why bytes in a file cannot be [`BoundedBytes`].
#[derive(Debug, Error)]
enum NotKept {
    #[error("the bytes are not hexadecimal")]
    NotHex,
    #[error("{0} bytes are more than the {MAX_KEPT} that are kept")]
    TooMany(usize),
    #[error("{kept} bytes are more than the {length} that there were")]
    TooShort { kept: usize, length: u64 },
}

impl From<BoundedBytes> for Hex {
    fn from(BoundedBytes { bytes, length }: BoundedBytes) -> Self {
        Self { length, hex: payload::write(Notation::Hex, &bytes).unwrap_or_default() }
    }
}

impl TryFrom<Hex> for BoundedBytes {
    type Error = NotKept;

    fn try_from(Hex { length, hex }: Hex) -> Result<Self, NotKept> {
        let bytes = payload::parse(Notation::Hex, &hex).map_err(|_| NotKept::NotHex)?;
        match bytes.len() {
            kept if kept > MAX_KEPT => Err(NotKept::TooMany(kept)),
            kept if kept as u64 > length => Err(NotKept::TooShort { kept, length }),
            _ => Ok(Self { bytes, length }),
        }
    }
}

impl BoundedBytes {
    /// The beginning of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::beginning(bytes, bytes.len() as u64)
    }

    /// The beginning of `length` bytes, of which the first are `bytes`.
    #[must_use]
    pub fn beginning(bytes: &[u8], length: u64) -> Self {
        Self { bytes: bytes[..bytes.len().min(MAX_KEPT)].to_vec(), length }
    }

    /// The bytes that are kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes there were.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether there were none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// All the bytes, if they were kept.
    #[must_use]
    pub fn whole(&self) -> Option<&[u8]> {
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
    fn of_long_bytes_the_beginning_and_the_true_length_are_kept() {
        let kept = BoundedBytes::of(&[7; MAX_KEPT + 1]);
        assert_eq!((kept.bytes().len(), kept.length()), (MAX_KEPT, MAX_KEPT as u64 + 1));
        assert_eq!(kept.whole(), None);
        assert_eq!(BoundedBytes::of(b"Hello!").whole(), Some(&b"Hello!"[..]));
    }

    #[test]
    fn bytes_that_cannot_be_are_refused() {
        for text in [
            r#"{"length":1,"hex":"4"}"#,
            r#"{"length":1,"hex":"48 65"}"#,
            r#"{"length":-1,"hex":""}"#,
            r#"{"length":1}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let long = format!(r#"{{"length":9000,"hex":"{}"}}"#, "00".repeat(MAX_KEPT + 1));
        assert!(read(&long).is_err());
    }
}
