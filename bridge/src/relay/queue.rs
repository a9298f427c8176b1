//! Bytes on their way to the target: messages as they came, written together.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, Bytes};

#[derive(Debug, Default)]
pub(super) struct Queue {
    pieces: VecDeque<Bytes>,
    len: usize,
}

impl Queue {
    pub(super) fn push(&mut self, bytes: Bytes) {
        if !bytes.is_empty() {
            self.len += bytes.len();
            self.pieces.push_back(bytes);
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
        self.pieces.front().map_or(&[], |piece| piece)
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let filled = slices.iter_mut().zip(&self.pieces);
        filled.map(|(slice, piece)| *slice = IoSlice::new(piece)).count()
    }

    fn advance(&mut self, mut count: usize) {
        self.len -= count;
        while count > 0 {
            let front = &mut self.pieces[0];
            let step = count.min(front.len());
            front.advance(step);
            count -= step;
            if front.is_empty() {
                self.pieces.pop_front();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_out_as_they_went_in_however_they_are_taken() {
        for step in 1..8 {
            let mut queue = Queue::default();
            for piece in ["Hel", "", "lo", "!"] {
                queue.push(Bytes::from_static(piece.as_bytes()));
            }
            let mut out = Vec::new();
            while queue.has_remaining() {
                let mut slices = [IoSlice::new(&[]); 2];
                let filled = queue.chunks_vectored(&mut slices);
                let all: Vec<u8> =
                    slices[..filled].iter().flat_map(|slice| slice.to_vec()).collect();
                let taken = step.min(all.len());
                out.extend_from_slice(&all[..taken]);
                queue.advance(taken);
                assert_eq!(queue.len() + out.len(), 6);
            }
            assert_eq!(out, b"Hello!");
        }
    }
}
