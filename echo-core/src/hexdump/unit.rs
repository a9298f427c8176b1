//! Which bytes make a character.

use std::ops::Range;

use crate::payload::is_invisible;

/// How many bytes a character has at most, in UTF-8.
const LONGEST: usize = 4;

/// A character and its bytes, or one byte that is no part of a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The offsets of its bytes: one to four.
    pub range: Range<usize>,
    /// The character; `None` for a byte that is no UTF-8.
    pub character: Option<char>,
}

impl Unit {
    /// The unit of which the byte at this offset is a part; `None` beyond the last byte.
    ///
    /// It looks at most three bytes back and three forward. Where a character's last bytes have
    /// not arrived yet, its first are units of their own.
    #[must_use]
    pub fn at(bytes: &[u8], offset: usize) -> Option<Self> {
        let byte = *bytes.get(offset)?;
        if byte.is_ascii() {
            // The common case, without a look at its neighbours.
            let character = Some(char::from(byte));
            return Some(Self { range: offset..offset + 1, character });
        }
        let nearest = offset.saturating_sub(LONGEST - 1)..=offset;
        // A character has no other such byte than its first.
        let first = nearest.rev().find(|&at| !is_continuation(bytes[at]));
        let whole = first.and_then(|first| Self::beginning_at(bytes, first));
        let alone = Self { range: offset..offset + 1, character: None };
        Some(whole.filter(|unit| unit.range.contains(&offset)).unwrap_or(alone))
    }

    /// The character that begins at this offset.
    fn beginning_at(bytes: &[u8], first: usize) -> Option<Self> {
        let window = &bytes[first..bytes.len().min(first + LONGEST)];
        let character = window.utf8_chunks().next()?.valid().chars().next()?;
        Some(Self { range: first..first + character.len_utf8(), character: Some(character) })
    }

    /// One character to show for it: itself where it can be seen, the picture of a control
    /// character (`␊`), and `.` for what is invisible or no character. Where it differs from
    /// [`character`](Self::character) it is a stand-in.
    #[must_use]
    pub fn glyph(&self) -> char {
        match self.character {
            Some('\u{7f}') => '␡',
            Some(c) if c.is_ascii_control() => picture(c),
            Some(c) if !is_invisible(c) => c,
            _ => '.',
        }
    }
}

/// The characters of `bytes` in order; a byte that is no part of one is a unit of its own.
pub fn units(bytes: &[u8]) -> impl Iterator<Item = Unit> + '_ {
    std::iter::successors(Unit::at(bytes, 0), |unit| Unit::at(bytes, unit.range.end))
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// The picture of a control character: Unicode's block of them is in the order of ASCII.
fn picture(control: char) -> char {
    char::from_u32('␀' as u32 + control as u32).unwrap_or('.')
}
