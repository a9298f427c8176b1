//! The queue of bytes for the target, in which short messages are joined.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, Bytes, BytesMut};

/// The longest message, in bytes, that is copied behind others that wait. A piece of its own for
/// each of thousands of short messages would take more memory than their bytes, and one write takes
/// only a few pieces.
const SHORT: usize = 2 * 1024;
/// The most bytes of one block of joined messages.
const BLOCK: usize = 64 * 1024;

/// Bytes in the order in which they are written. [`Buf`] reads them.
#[derive(Debug, Default)]
pub(super) struct Queue {
    pieces: VecDeque<Piece>,
    /// Joined short messages, which come after the pieces.
    block: BytesMut,
    len: usize,
}

/// The bytes of one long message, or of joined short ones.
#[derive(Debug)]
struct Piece {
    bytes: Bytes,
    /// How many bytes of memory they hold, those that were written included.
    held: usize,
}

impl Piece {
    fn new(bytes: Bytes) -> Self {
        Self { held: bytes.len(), bytes }
    }

    /// Drops the first `count` bytes. Once at most half of a long piece is left, it moves to memory of
    /// its own length: a stalled target might take all but a few bytes of a message.
    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
        if self.held > BLOCK && self.bytes.len() <= self.held / 2 {
            *self = Self::new(Bytes::copy_from_slice(&self.bytes));
        }
    }
}

impl Queue {
    /// Appends bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let waits = !self.is_empty();
        self.len += bytes.len();
        let piece = || Piece::new(Bytes::copy_from_slice(bytes));
        if bytes.len() > SHORT {
            self.seal();
            self.pieces.push_back(piece());
        } else if waits {
            self.join(bytes);
        } else if !bytes.is_empty() {
            self.pieces.push_back(piece());
        }
    }

    /// Copies a short message to the end of the block.
    fn join(&mut self, bytes: &[u8]) {
        if self.block.len() + bytes.len() > BLOCK {
            self.pieces.push_back(Piece::new(std::mem::take(&mut self.block).freeze()));
        }
        if self.block.is_empty() {
            self.block.reserve(BLOCK);
        }
        self.block.extend_from_slice(bytes);
    }

    /// Makes the block a piece of exactly its length, so that a few bytes do not hold a whole
    /// block.
    fn seal(&mut self) {
        if !self.block.is_empty() {
            self.pieces.push_back(Piece::new(Bytes::copy_from_slice(&self.block)));
            self.block.clear();
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Buf for Queue {
    fn remaining(&self) -> usize {
        self.len
    }

    fn chunk(&self) -> &[u8] {
        self.pieces.front().map_or(&self.block, |piece| &piece.bytes)
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let pieces = self.pieces.iter().map(|piece| &piece.bytes[..]);
        let all = pieces.chain((!self.block.is_empty()).then_some(&self.block[..]));
        slices.iter_mut().zip(all).map(|(slice, piece)| *slice = IoSlice::new(piece)).count()
    }

    fn advance(&mut self, mut count: usize) {
        self.len -= count;
        while count > 0 {
            let Some(front) = self.pieces.front_mut() else { break };
            let step = count.min(front.bytes.len());
            front.advance(step);
            count -= step;
            if front.bytes.is_empty() {
                self.pieces.pop_front();
            }
        }
        self.block.advance(count);
        if self.is_empty() {
            // An idle session has no buffer.
            self.block = BytesMut::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Takes up to `step` bytes, as a write does.
    fn take(queue: &mut Queue, step: usize) -> Vec<u8> {
        let mut slices = [IoSlice::new(&[]); 2];
        let filled = queue.chunks_vectored(&mut slices);
        let mut taken: Vec<u8> = slices[..filled].iter().flat_map(|it| it.to_vec()).collect();
        taken.truncate(step);
        queue.advance(taken.len());
        taken
    }

    proptest! {
        #[test]
        fn bytes_come_out_as_they_went_in_however_they_are_cut(
            lengths in vec(prop_oneof![0..8_usize, SHORT - 1..SHORT + 2, Just(BLOCK - 3)], 1..40),
            steps in vec(1..2 * BLOCK, 1..8),
        ) {
            let (mut queue, mut sent, mut got) = (Queue::default(), Vec::new(), Vec::new());
            let mut steps = steps.into_iter().cycle();
            for (length, number) in lengths.into_iter().zip(0_u8..) {
                let piece = vec![number; length];
                sent.extend_from_slice(&piece);
                queue.push(&piece);
                if number % 3 == 0 {
                    got.extend(take(&mut queue, steps.next().unwrap()));
                }
                prop_assert_eq!(queue.len(), sent.len() - got.len());
            }
            while queue.has_remaining() {
                let chunk = queue.chunk();
                prop_assert!(!chunk.is_empty() && sent[got.len()..].starts_with(chunk));
                got.extend(take(&mut queue, steps.next().unwrap()));
            }
            prop_assert_eq!(got, sent);
            prop_assert_eq!(queue.block.capacity(), 0);
        }
    }

    #[test]
    fn a_window_of_short_messages_waits_in_few_pieces_none_of_which_is_longer_than_a_block() {
        for length in [1, 1000] {
            let mut queue = Queue::default();
            while queue.len() < 1024 * 1024 {
                queue.push(&vec![7; length]);
            }
            assert!(queue.pieces.len() < 20, "{} pieces", queue.pieces.len());
            let longest = queue.pieces.iter().map(|piece| piece.bytes.len()).max().unwrap();
            assert!(longest.max(queue.block.len()) <= BLOCK, "{longest} bytes in one block");
        }
    }

    #[test]
    fn few_bytes_do_not_hold_a_block() {
        let mut queue = Queue::default();
        for _ in 0..100 {
            queue.push(b"x");
            queue.push(&[b'y'; SHORT + 1]);
        }
        assert!(queue.block.capacity() <= BLOCK);
        assert_eq!(queue.pieces[2].bytes.len(), 1);
    }

    #[test]
    fn a_message_of_which_little_is_left_holds_little_memory() {
        for next in [0, SHORT + 1] {
            let mut queue = Queue::default();
            queue.push(&vec![7; 16 * BLOCK]);
            queue.push(&vec![7; next]);
            while queue.len() > next + 1 {
                queue.advance(1);
                let (left, held) = (queue.len() - next, queue.pieces[0].held);
                let is_last = next == 0;
                let most = if is_last && left > BLOCK { 16 * BLOCK } else { 2 * left };
                assert!(held <= BLOCK.max(most), "{held} bytes of memory for {left}");
            }
        }
    }
}
