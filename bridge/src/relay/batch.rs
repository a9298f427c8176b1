//! Where the bytes of one read are that go to the target, among the headers of frames.

use std::io::IoSlice;
use std::ops::Range;

/// The longest piece, in bytes, that is moved behind the one before it: below that, copying costs
/// less than a further piece of a write.
const SHORT: usize = 4 * 1024;
/// How many pieces there may be.
const MAX_PIECES: usize = 16;

/// Pieces of a buffer, in the order in which they are to be written.
#[derive(Debug)]
pub(super) struct Batch {
    pieces: [Range<usize>; MAX_PIECES],
    count: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self { pieces: [const { 0..0 }; MAX_PIECES], count: 0 }
    }
}

impl Batch {
    /// Appends a piece of `buffer`, which lies behind all pieces before it. What lies between them
    /// may be overwritten.
    pub(super) fn push(&mut self, buffer: &mut [u8], piece: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        if let Some(last) = self.pieces[..self.count].last_mut()
            && (piece.len() <= SHORT || self.count == MAX_PIECES)
        {
            let end = last.end + piece.len();
            buffer.copy_within(piece, last.end);
            last.end = end;
        } else {
            self.pieces[self.count] = piece;
            self.count += 1;
        }
    }

    /// Calls `write` with the pieces of `buffer`.
    pub(super) fn with_slices<R>(
        &self,
        buffer: &[u8],
        write: impl FnOnce(&mut [IoSlice<'_>]) -> R,
    ) -> R {
        let mut slices = [(); MAX_PIECES].map(|()| IoSlice::new(&[]));
        let pieces = &self.pieces[..self.count];
        for (slice, piece) in slices.iter_mut().zip(pieces) {
            *slice = IoSlice::new(&buffer[piece.clone()]);
        }
        write(&mut slices[..self.count])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lengths of what is written of pieces of these lengths, which lie 6 bytes apart.
    fn written(lengths: &[usize]) -> Vec<usize> {
        let mut buffer = vec![0; lengths.iter().map(|len| len + 6).sum()];
        let (mut batch, mut at) = (Batch::default(), 0);
        for len in lengths {
            batch.push(&mut buffer, at + 6..at + 6 + len);
            at += 6 + len;
        }
        batch.with_slices(&buffer, |slices| slices.iter().map(|slice| slice.len()).collect())
    }

    #[test]
    fn short_pieces_are_joined_and_long_ones_stay_where_they_are() {
        assert_eq!(written(&[10, 20, SHORT + 1, SHORT + 2, 30]), [30, SHORT + 1, SHORT + 32]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_written_in_their_order(
            gaps in prop::collection::vec((0usize..30, 0usize..3 * SHORT), 0..40),
        ) {
            let len = gaps.iter().map(|(gap, len)| gap + len).sum();
            let mut buffer: Vec<u8> = (0..=250u8).cycle().take(len).collect();
            let (mut batch, mut expected, mut at) = (Batch::default(), Vec::new(), 0);
            for (gap, len) in gaps {
                let piece = at + gap..at + gap + len;
                expected.extend_from_slice(&buffer[piece.clone()]);
                batch.push(&mut buffer, piece);
                at += gap + len;
            }
            let written = batch.with_slices(&buffer, |slices| {
                slices.iter().flat_map(|slice| slice.to_vec()).collect::<Vec<u8>>()
            });
            prop_assert_eq!(written, expected);
        }
    }
}
