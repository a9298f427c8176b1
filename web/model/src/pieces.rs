//! Splits a byte sequence into pieces that differ from another one, or do not.

use echo_core::hexdump::units;
use echo_core::payload::printable;

use crate::difference::first;

/// The most bytes that are shown before the first difference.
const BYTES_BEFORE: usize = 24;
/// The most bytes that are shown from the first difference on.
const BYTES_FROM: usize = 72;

/// A piece of a byte sequence that differs from its counterpart as a whole, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes as text, those that are not printable escaped.
    pub text: String,
    /// Whether the piece differs from its counterpart.
    pub differs: bool,
}

/// Splits `bytes`, around its first difference from `other`, into pieces that differ and pieces
/// that do not. Where bytes are left out, a piece `…` stands for them. A character differs if one
/// of its bytes does.
#[must_use]
pub fn pieces(bytes: &[u8], other: &[u8]) -> Vec<Piece> {
    let first = first(bytes, other).unwrap_or(0);
    let shown = first.saturating_sub(BYTES_BEFORE)..bytes.len().min(first + BYTES_FROM);
    let mut pieces: Vec<Piece> = Vec::new();
    for unit in units(bytes).map(|unit| unit.range).filter(|it| shown.contains(&it.start)) {
        let differs = bytes[unit.clone()] != *other.get(unit.clone()).unwrap_or_default();
        let text = printable(&bytes[unit]);
        match pieces.last_mut() {
            Some(last) if last.differs == differs => last.text += &text,
            _ => pieces.push(Piece { text, differs }),
        }
    }
    let ellipsis = || Piece { text: "…".into(), differs: false };
    if shown.start > 0 {
        pieces.insert(0, ellipsis());
    }
    if shown.end < bytes.len() {
        pieces.push(ellipsis());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(bytes: &[u8], other: &[u8]) -> String {
        let mark =
            |piece: Piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text };
        pieces(bytes, other).into_iter().map(mark).collect()
    }

    #[test]
    fn only_the_bytes_that_differ_are_marked() {
        assert_eq!(marked(b"Hello!", b"HeLLo?"), "He[ll]o[!]");
        assert_eq!(marked(b"HeLLo?", b"Hello!"), "He[LL]o[?]");
    }

    #[test]
    fn a_character_is_marked_whole_when_one_of_its_bytes_differs() {
        let mut reply = "你好".as_bytes().to_vec();
        reply[5] ^= 1;
        assert_eq!(marked("你好".as_bytes(), &reply), "你[好]");
    }

    #[test]
    fn bytes_that_are_no_text_are_marked_one_by_one() {
        assert_eq!(marked(b"a\xff\xfe\n", b"a\xff\xfd\n"), "a\\xff[\\xfe]\\n");
    }

    #[test]
    fn of_a_long_reply_the_surroundings_of_the_first_difference_are_shown() {
        let sent = vec![b'a'; 1000];
        let mut reply = sent.clone();
        reply[500] = b'b';
        let expected = format!("…{}[b]{}…", "a".repeat(BYTES_BEFORE), "a".repeat(BYTES_FROM - 1));
        assert_eq!(marked(&reply, &sent), expected);
    }
}
