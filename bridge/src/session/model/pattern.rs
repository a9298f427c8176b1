//! The bytes that both ends send: each loss and each shift shows.

use std::sync::LazyLock;

/// Prime, so that no message or buffer has the same length.
const PERIOD: usize = 251;
/// The most bytes of one message.
pub(super) const LONGEST: usize = 64 * 1024;

static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..=250u8).cycle().take(PERIOD + LONGEST).collect());

/// Returns `count` bytes of the stream from its byte `start`, at most [`LONGEST`].
pub(super) fn bytes(start: u64, count: usize) -> &'static [u8] {
    let begin = usize::try_from(start % PERIOD as u64).expect("less than the period");
    &BYTES[begin..begin + count]
}

/// Checks that `heard` is what comes in the stream from its byte `start`.
pub(super) fn check(start: u64, heard: &[u8], who: &str) {
    let mut at = start;
    for piece in heard.chunks(LONGEST) {
        assert!(piece == bytes(at, piece.len()), "{who} hears other bytes than these from {at}");
        at += piece.len() as u64;
    }
}
