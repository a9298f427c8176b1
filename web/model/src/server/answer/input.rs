//! The input of rules: what was received since the last answer.

use super::typed::MAX_TYPED;

/// The most bytes of the input that rules see, the latest ones.
pub const MAX_INPUT: usize = 64 * 1024;

/// What a connection has received since its last answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Unanswered {
    /// The latest bytes.
    kept: Vec<u8>,
    /// How many bytes there are, with those that were dropped.
    total: u64,
    /// How many of the kept bytes were there when the rules were tried last.
    tried: usize,
}

impl Unanswered {
    /// Takes bytes from the beginning of `held`, at most so many that [`MAX_INPUT`] are kept with
    /// as many of the bytes before them as a pattern is long. Returns how many it took.
    pub(super) fn take(&mut self, held: &[u8]) -> usize {
        self.tried = self.kept.len();
        let overlap = self.kept.len().min(MAX_TYPED);
        let taken = held.len().min(MAX_INPUT - overlap);
        let dropped = (self.kept.len() + taken).saturating_sub(MAX_INPUT);
        self.kept.drain(..dropped);
        self.tried -= dropped;
        self.kept.extend_from_slice(&held[..taken]);
        self.total += taken as u64;
        taken
    }

    /// Returns the bytes that are kept.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.kept
    }

    /// Returns how many bytes there are, with those that were dropped.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Returns all bytes, or `None` if the first ones were dropped.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        (self.total == self.kept.len() as u64).then_some(&*self.kept)
    }

    /// Returns whether a pattern of at least one byte is in the input. The part in which it was
    /// looked for before is not searched again.
    pub(super) fn contains(&self, pattern: &[u8]) -> bool {
        let start = (self.tried + 1).saturating_sub(pattern.len());
        self.kept[start..].windows(pattern.len()).any(|window| window == pattern)
    }
}
