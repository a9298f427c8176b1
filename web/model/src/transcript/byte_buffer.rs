//! The bytes of one direction, of which the newest are retained.

use std::ops::Range;

/// The most bytes of a direction that are retained: 4 MiB, which is 262,144 rows of a hex dump, and
/// little memory even for a phone.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A byte buffer that drops its oldest bytes when it is full.
#[derive(Debug)]
pub(super) struct ByteBuffer {
    /// The most bytes that are retained, a multiple of 64.
    max_bytes: usize,
    /// The number of bytes that were dropped.
    start: u64,
    bytes: Vec<u8>,
}

/// The retained bytes of a direction: the newest ones. Offsets count from the start of the
/// connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetainedBytes<'a> {
    /// The offset of the first retained byte, a multiple of sixteen.
    pub start: u64,
    /// The retained bytes.
    pub bytes: &'a [u8],
}

impl ByteBuffer {
    /// Creates an empty buffer that retains at most `max_bytes` bytes, a multiple of 64.
    pub(super) fn new(max_bytes: usize) -> Self {
        Self { max_bytes, start: 0, bytes: vec![] }
    }

    /// Appends bytes, and returns their offsets.
    pub(super) fn append(&mut self, mut bytes: &[u8]) -> Range<u64> {
        let start = self.retained().end();
        let end = start + bytes.len() as u64;
        while !bytes.is_empty() {
            if self.bytes.len() == self.max_bytes {
                // Moving the rest up costs three bytes for each byte that is appended.
                let dropped = self.max_bytes / 4;
                self.bytes.drain(..dropped);
                self.start += dropped as u64;
            }
            let room = self.max_bytes - self.bytes.len();
            let (fitting, rest) = bytes.split_at(room.min(bytes.len()));
            self.bytes.extend_from_slice(fitting);
            bytes = rest;
        }
        start..end
    }

    /// Returns the retained bytes.
    pub(super) fn retained(&self) -> RetainedBytes<'_> {
        RetainedBytes { start: self.start, bytes: &self.bytes }
    }
}

impl<'a> RetainedBytes<'a> {
    /// Returns the offset after the last byte: the number of bytes of the direction, including
    /// dropped ones.
    #[must_use]
    pub fn end(self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Returns the retained bytes if the first of the direction is among them, or else none.
    #[must_use]
    pub fn from_start(self) -> &'a [u8] {
        if self.start == 0 { self.bytes } else { &[] }
    }

    /// Returns the index in [`bytes`](Self::bytes) of the byte at this offset, or `None` if it is
    /// not retained.
    #[must_use]
    pub fn index(self, offset: u64) -> Option<usize> {
        let index = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        (index < self.bytes.len()).then_some(index)
    }

    /// Returns the byte at this offset, or `None` if it is not retained.
    #[must_use]
    pub fn get(self, offset: u64) -> Option<u8> {
        self.index(offset).map(|index| self.bytes[index])
    }

    /// Returns those bytes of a range of offsets that are retained.
    #[must_use]
    pub fn slice(self, range: &Range<u64>) -> &'a [u8] {
        let index_of = |offset: u64| {
            let index = offset.saturating_sub(self.start);
            usize::try_from(index).map_or(self.bytes.len(), |index| index.min(self.bytes.len()))
        };
        &self.bytes[index_of(range.start)..index_of(range.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_itself_is_bounded() {
        let (mut buffer, piece) = (ByteBuffer::new(MAX_BYTES), vec![7; 60_000]);
        for _ in 0..100 * MAX_BYTES / piece.len() {
            buffer.append(&piece);
        }
        assert!(buffer.bytes.capacity() <= 2 * MAX_BYTES);
    }
}
