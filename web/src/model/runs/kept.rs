//! The beginning of some bytes, and how many there were.

use echo_core::payload::{self, Mode};
use serde::{Deserialize, Serialize};

/// How many bytes are kept of a message, or of a reply; of longer ones the length is told.
pub const MAX_KEPT: usize = 4 * 1024;

/// Bytes, of which at most [`MAX_KEPT`] are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Kept {
    bytes: Vec<u8>,
    length: u64,
}

/// How [`Kept`] stands in a file: its bytes as the page's Hex mode writes and reads them.
#[derive(Serialize, Deserialize)]
struct Written {
    length: u64,
    hex: String,
}

impl Kept {
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

impl From<Kept> for Written {
    fn from(kept: Kept) -> Self {
        let hex = payload::write(Mode::Hex, &kept.bytes).unwrap_or_default();
        Self { length: kept.length, hex }
    }
}

impl TryFrom<Written> for Kept {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let bytes = payload::parse(Mode::Hex, &written.hex).map_err(|_| "hex that is none")?;
        let fits = bytes.len() <= MAX_KEPT && bytes.len() as u64 <= written.length;
        fits.then_some(Self { bytes, length: written.length }).ok_or("more bytes than there may be")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_bytes_the_beginning_and_the_true_length_are_kept() {
        let kept = Kept::of(&[7; MAX_KEPT + 1]);
        assert_eq!((kept.bytes().len(), kept.length()), (MAX_KEPT, MAX_KEPT as u64 + 1));
        assert_eq!(kept.whole(), None);
        assert_eq!(Kept::of(b"Hello!").whole(), Some(&b"Hello!"[..]));
    }

    #[test]
    fn bytes_that_cannot_be_are_refused() {
        for text in [
            r#"{"length":1,"hex":"4"}"#,
            r#"{"length":1,"hex":"48 65"}"#,
            r#"{"length":-1,"hex":""}"#,
            r#"{"length":1}"#,
        ] {
            assert!(serde_json::from_str::<Kept>(text).is_err(), "{text}");
        }
        let long = format!(r#"{{"length":9000,"hex":"{}"}}"#, "00".repeat(MAX_KEPT + 1));
        assert!(serde_json::from_str::<Kept>(&long).is_err());
    }
}
