//! Two texts beside each other, in pieces that differ or do not.

use echo_core::hexdump::units;
use echo_core::payload::printable;

use crate::difference::first;

/// How many bytes are shown before the first difference, and how many from there on.
const BEFORE: usize = 24;
const AFTER: usize = 72;

/// A piece of text, all of which differs from its counterpart, or none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes, printable.
    pub text: String,
    /// Whether they differ.
    pub differs: bool,
}

/// What to show of `bytes` and what came before and after it: the surroundings of the first
/// difference from `other`, in pieces that differ or do not. A character differs when one of its
/// bytes does.
#[must_use]
pub fn pieces(bytes: &[u8], other: &[u8]) -> Vec<Piece> {
    let first = first(bytes, other).unwrap_or(0);
    let shown = first.saturating_sub(BEFORE)..bytes.len().min(first + AFTER);
    let mut pieces: Vec<Piece> = Vec::new();
    for unit in units(bytes).map(|unit| unit.range).filter(|it| shown.contains(&it.start)) {
        let differs = bytes[unit.clone()] != *other.get(unit.clone()).unwrap_or_default();
        let text = printable(&bytes[unit]);
        match pieces.last_mut() {
            Some(last) if last.differs == differs => last.text += &text,
            _ => pieces.push(Piece { text, differs }),
        }
    }
    let left_out = || Piece { text: "…".into(), differs: false };
    if shown.start > 0 {
        pieces.insert(0, left_out());
    }
    if shown.end < bytes.len() {
        pieces.push(left_out());
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
        let expected = format!("…{}[b]{}…", "a".repeat(BEFORE), "a".repeat(AFTER - 1));
        assert_eq!(marked(&reply, &sent), expected);
    }
}
