//! The newest bytes of one direction.

use std::ops::Range;

/// How many bytes of a direction are kept, at most: a quarter of a million rows of a hex dump,
/// more than anybody reads, and little even for a phone.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How many bytes go at once when the store is full: so many, that moving the others up costs
/// little for each byte that comes, and a whole number of rows of a hex dump.
const DROPPED: usize = MAX_BYTES / 4;

/// Bytes of which the oldest go when there are too many.
#[derive(Debug, Default)]
pub(super) struct Store {
    start: u64,
    bytes: Vec<u8>,
}

/// The bytes that are kept of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetainedBytes<'a> {
    /// How many bytes were before them: a multiple of sixteen.
    pub start: u64,
    /// The bytes.
    pub bytes: &'a [u8],
}

impl Store {
    /// Appends bytes; where they stand among all there have been.
    pub(super) fn append(&mut self, mut bytes: &[u8]) -> Range<u64> {
        let start = self.kept().end();
        let end = start + bytes.len() as u64;
        while !bytes.is_empty() {
            if self.bytes.len() == MAX_BYTES {
                self.bytes.drain(..DROPPED);
                self.start += DROPPED as u64;
            }
            let room = MAX_BYTES - self.bytes.len();
            let (fitting, rest) = bytes.split_at(room.min(bytes.len()));
            self.bytes.extend_from_slice(fitting);
            bytes = rest;
        }
        start..end
    }

    pub(super) fn kept(&self) -> RetainedBytes<'_> {
        RetainedBytes { start: self.start, bytes: &self.bytes }
    }
}

impl<'a> RetainedBytes<'a> {
    /// How many bytes there have been in all.
    #[must_use]
    pub fn end(self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Where the byte of this offset stands in [`bytes`](Self::bytes), if it is kept.
    #[must_use]
    pub fn index(self, offset: u64) -> Option<usize> {
        let index = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        (index < self.bytes.len()).then_some(index)
    }

    /// The byte of this offset, if it is kept.
    #[must_use]
    pub fn get(self, offset: u64) -> Option<u8> {
        self.index(offset).map(|index| self.bytes[index])
    }

    /// What is kept of these bytes.
    #[must_use]
    pub fn slice(self, range: &Range<u64>) -> &'a [u8] {
        let place = |offset: u64| {
            let index = offset.saturating_sub(self.start);
            usize::try_from(index).map_or(self.bytes.len(), |index| index.min(self.bytes.len()))
        };
        &self.bytes[place(range.start)..place(range.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_itself_is_bounded() {
        let (mut store, piece) = (Store::default(), vec![7; 60_000]);
        for _ in 0..100 * MAX_BYTES / piece.len() {
            store.append(&piece);
        }
        assert!(store.bytes.capacity() <= 2 * MAX_BYTES);
    }
}
