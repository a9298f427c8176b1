//! The bytes that clients and targets send: each loss and each shift shows.

use std::sync::LazyLock;

/// Prime, so that no message or buffer has the same length.
const PERIOD: usize = 251;
/// The most bytes that are taken at once.
pub(crate) const LONGEST: usize = 256 * 1024;

static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..=250u8).cycle().take(PERIOD + LONGEST).collect());

/// Returns `count` bytes from the byte `start` on, at most [`LONGEST`].
pub(crate) fn bytes(start: u64, count: usize) -> &'static [u8] {
    let begin = usize::try_from(start % PERIOD as u64).unwrap_or_default();
    &BYTES[begin..begin + count]
}

/// Returns whether `heard` is what comes from the byte `start` on.
pub(crate) fn is_at(start: u64, heard: &[u8]) -> bool {
    let mut at = start;
    heard.chunks(LONGEST).all(|piece| {
        let begin = at;
        at += piece.len() as u64;
        piece == bytes(begin, piece.len())
    })
}
