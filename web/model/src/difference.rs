//! Where a reply differs from the bytes expected.

use echo_core::hexdump::Unit;

use crate::glyph;

/// How many bytes are shown at most, and how many of them before the first difference.
const SHOWN: usize = 16;
const BEFORE: usize = 6;

/// The surroundings of the first difference, byte by byte.
#[derive(Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Whether bytes were left out before.
    pub cut_before: bool,
    /// The bytes.
    pub columns: Vec<Column>,
    /// Whether bytes were left out behind.
    pub cut_after: bool,
}

/// What was expected at an offset, and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The offset.
    pub offset: usize,
    /// The byte expected.
    pub expected: Option<ComparedByte>,
    /// The byte that came.
    pub came: Option<ComparedByte>,
}

/// A byte at its place in a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedByte {
    /// The byte.
    pub byte: u8,
    /// What stands for its character, at the first of its bytes.
    pub glyph: Option<String>,
    /// Whether its character goes on from the byte before.
    pub goes_on: bool,
    /// Whether its character ends here.
    pub ends: bool,
}

/// How the two bytes of a [`Column`] differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Another byte came.
    Changed,
    /// None came.
    Missing,
    /// One came that was not expected.
    Extra,
}

impl DifferenceKind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Missing, Self::Extra];
}

impl Column {
    /// How its bytes differ, if they do.
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

/// The offset of the first byte in which the two differ.
#[must_use]
pub fn first(expected: &[u8], came: &[u8]) -> Option<usize> {
    expected.iter().zip(came).position(|(a, b)| a != b)
}

/// What to show of both.
#[must_use]
pub fn around(expected: &[u8], came: &[u8]) -> Comparison {
    let longer = expected.len().max(came.len());
    let first = first(expected, came).unwrap_or(expected.len().min(came.len()));
    let wanted = if longer <= SHOWN { 0 } else { first.saturating_sub(BEFORE) };
    // No character is cut in two where the view begins.
    let start = Unit::at(expected, wanted).map_or(wanted, |unit| unit.range.start);
    let end = longer.min(start + SHOWN);
    let column = |offset| Column {
        offset,
        expected: ComparedByte::at(expected, offset),
        came: ComparedByte::at(came, offset),
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

    fn marks(expected: &[u8], came: &[u8]) -> String {
        let sign = |column: &Column| match column.mark() {
            None => '=',
            Some(DifferenceKind::Changed) => '!',
            Some(DifferenceKind::Missing) => '-',
            Some(DifferenceKind::Extra) => '+',
        };
        around(expected, came).columns.iter().map(sign).collect()
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
        let spots: Vec<_> = columns.into_iter().map(|column| column.expected.unwrap()).collect();
        let glyphs: Vec<_> = spots.iter().map(|spot| spot.glyph.as_deref()).collect();
        assert_eq!(glyphs, [Some("好"), None, None]);
        let places: Vec<_> = spots.iter().map(|spot| (spot.goes_on, spot.ends)).collect();
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
            format!("{}!{}", "=".repeat(BEFORE), "=".repeat(SHOWN - BEFORE - 1))
        );
        assert!(shown.cut_before && shown.cut_after);
        assert_eq!(shown.columns[BEFORE].offset, 500);
    }

    #[test]
    fn the_view_does_not_begin_inside_a_character() {
        let sent = "你".repeat(100);
        let mut reply = sent.clone().into_bytes();
        reply[100] ^= 1;
        assert_eq!(around(sent.as_bytes(), &reply).columns[0].offset, 93);
    }
}
