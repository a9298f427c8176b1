//! Finds and shows where a reply differs from the expected bytes.

use echo_core::hexdump::Unit;

use crate::glyph;

/// The most columns of a [`Comparison`].
const MAX_COLUMNS: usize = 16;
/// The number of those columns that precede the first difference, if as many bytes precede it.
const COLUMNS_BEFORE: usize = 6;

/// Two byte sequences around their first difference, byte by byte.
#[derive(Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Whether bytes before the first column are left out.
    pub cut_before: bool,
    /// The bytes of both sequences, one column for each offset.
    pub columns: Vec<Column>,
    /// Whether bytes after the last column are left out.
    pub cut_after: bool,
}

/// The bytes of both sequences at one offset; at least one of them is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The offset from the start of both sequences.
    pub offset: usize,
    /// The expected byte, or `None` after the last one.
    pub expected: Option<ComparedByte>,
    /// The received byte, or `None` after the last one.
    pub came: Option<ComparedByte>,
}

/// A byte, and its position in the character that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedByte {
    /// The byte.
    pub byte: u8,
    /// What is shown for the character, or `None` if this is not its first byte.
    pub glyph: Option<String>,
    /// Whether the previous byte belongs to the same character.
    pub goes_on: bool,
    /// Whether this is the character's last byte.
    pub ends: bool,
}

/// How the bytes of two sequences at the same offset differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Another byte was received than was expected.
    Changed,
    /// A byte was expected, and none was received.
    Missing,
    /// A byte was received, and none was expected.
    Extra,
}

impl DifferenceKind {
    /// All kinds, in the order of the legend.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Missing, Self::Extra];
}

impl Column {
    /// Returns how the two bytes differ, or `None` if they are equal.
    #[must_use]
    pub fn mark(&self) -> Option<DifferenceKind> {
        match (&self.expected, &self.came) {
            (Some(expected), Some(came)) => {
                (expected.byte != came.byte).then_some(DifferenceKind::Changed)
            }
            (Some(_), None) => Some(DifferenceKind::Missing),
            (None, _) => Some(DifferenceKind::Extra),
        }
    }
}

/// Returns the first offset at which both sequences have a byte and the bytes differ, or `None` if
/// one sequence is a prefix of the other.
#[must_use]
pub fn first(expected: &[u8], received: &[u8]) -> Option<usize> {
    expected.iter().zip(received).position(|(a, b)| a != b)
}

/// Returns the part of both sequences around their first difference, at most 16 columns of it.
#[must_use]
pub fn around(expected: &[u8], received: &[u8]) -> Comparison {
    let longer = expected.len().max(received.len());
    // Sequences that are equal are shown from their beginning.
    let first = first(expected, received)
        .or_else(|| (expected.len() != received.len()).then(|| expected.len().min(received.len())))
        .unwrap_or_default();
    let wanted = if longer <= MAX_COLUMNS { 0 } else { first.saturating_sub(COLUMNS_BEFORE) };
    // The view must not begin in the middle of a character.
    let start = Unit::at(expected, wanted).map_or(wanted, |unit| unit.range.start);
    let end = longer.min(start + MAX_COLUMNS);
    let column = |offset| Column {
        offset,
        expected: ComparedByte::at(expected, offset),
        came: ComparedByte::at(received, offset),
    };
    Comparison {
        cut_before: start > 0,
        columns: (start..end).map(column).collect(),
        cut_after: end < longer,
    }
}

impl ComparedByte {
    fn at(bytes: &[u8], offset: usize) -> Option<Self> {
        let unit = Unit::at(bytes, offset)?;
        Some(Self {
            byte: bytes[offset],
            glyph: (offset == unit.range.start).then(|| glyph::shown(&unit)),
            goes_on: offset > unit.range.start,
            ends: offset + 1 == unit.range.end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(expected: &[u8], received: &[u8]) -> String {
        let sign = |column: &Column| match column.mark() {
            None => '=',
            Some(DifferenceKind::Changed) => '!',
            Some(DifferenceKind::Missing) => '-',
            Some(DifferenceKind::Extra) => '+',
        };
        around(expected, received).columns.iter().map(sign).collect()
    }

    #[test]
    fn changed_missing_and_extra_bytes_are_told_apart() {
        assert_eq!(marks(b"Hello!", b"HeLLo?"), "==!!=!");
        assert_eq!(marks(b"Hello!", b"HeL"), "==!---");
        assert_eq!(marks(b"a\n", b"a\r\n"), "=!+");
        assert_eq!(first(b"Hello!", b"HeLLo?"), Some(2));
    }

    #[test]
    fn a_character_stands_at_the_first_of_its_bytes() {
        let columns = around("好".as_bytes(), b"\xe5").columns;
        let bytes: Vec<_> = columns.into_iter().map(|column| column.expected.unwrap()).collect();
        let glyphs: Vec<_> = bytes.iter().map(|byte| byte.glyph.as_deref()).collect();
        assert_eq!(glyphs, [Some("好"), None, None]);
        let places: Vec<_> = bytes.iter().map(|byte| (byte.goes_on, byte.ends)).collect();
        assert_eq!(places, [(false, false), (true, false), (true, true)]);
    }

    #[test]
    fn a_byte_that_is_no_part_of_a_character_stands_alone() {
        let column = &around("好".as_bytes(), b"\xe5").columns[0];
        let alone =
            ComparedByte { byte: 0xe5, glyph: Some(".".into()), goes_on: false, ends: true };
        assert_eq!((column.mark(), column.came.as_ref()), (None, Some(&alone)));
    }

    #[test]
    fn of_a_long_reply_the_surroundings_of_the_first_difference_are_shown() {
        let sent = vec![b'a'; 1000];
        let mut reply = sent.clone();
        reply[500] = b'b';
        let shown = around(&sent, &reply);
        assert_eq!(
            marks(&sent, &reply),
            format!(
                "{}!{}",
                "=".repeat(COLUMNS_BEFORE),
                "=".repeat(MAX_COLUMNS - COLUMNS_BEFORE - 1)
            )
        );
        assert!(shown.cut_before && shown.cut_after);
        assert_eq!(shown.columns[COLUMNS_BEFORE].offset, 500);
    }

    #[test]
    fn the_view_does_not_begin_inside_a_character() {
        let sent = "你".repeat(100);
        let mut reply = sent.clone().into_bytes();
        reply[100] ^= 1;
        assert_eq!(around(sent.as_bytes(), &reply).columns[0].offset, 93);
    }
}
