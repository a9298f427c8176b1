//! One hover everywhere: what is pointed at, and all that belongs to it.

use std::ops::Range;

use echo_core::hexdump::Unit;

use super::listing::Listing;
use crate::transcript::{Direction, Segment, Transcript};

/// What the user points at or has the focus on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Highlight {
    /// A row of the Timeline: the number of its first row in the transcript.
    Row(u64),
    /// A byte.
    Byte(Direction, u64),
    /// Some bytes: those from this offset up to that one.
    Bytes(Direction, u64, u64),
}

/// All that belongs to a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// The place of the Timeline's entry.
    pub entry: Option<usize>,
    /// The bytes of its piece, or of the character.
    pub bytes: Option<Segment>,
    /// Their counterparts: as far in the other direction.
    pub counterparts: Option<Segment>,
    /// The byte itself.
    pub byte: Option<(Direction, u64)>,
}

impl Highlight {
    /// Returns everything that belongs to the highlight.
    #[must_use]
    pub fn marked(self, of: &Transcript, listing: &Listing) -> Highlighted {
        match self {
            Self::Row(row) => {
                let entry = listing.place(row);
                let bytes = entry.and_then(|place| listing.entries()[place].moved(of));
                Highlighted { entry, bytes, ..Highlighted::default() }
            }
            Self::Bytes(direction, start, end) => {
                let entry = of.row_of(direction, start).and_then(|row| listing.place(row));
                let bytes = Some(Segment { direction, range: start..end });
                Highlighted { entry, bytes, ..Highlighted::default() }
            }
            Self::Byte(direction, offset) => {
                let entry = of.row_of(direction, offset).and_then(|row| listing.place(row));
                let range = character(of, direction, offset);
                let other = direction.other();
                Highlighted {
                    entry,
                    counterparts: Some(Segment { direction: other, range: range.clone() }),
                    bytes: Some(Segment { direction, range }),
                    byte: Some((direction, offset)),
                }
            }
        }
    }
}

impl Highlighted {
    /// Returns whether a byte is highlighted.
    #[must_use]
    pub fn holds(&self, direction: Direction, offset: u64) -> bool {
        self.bytes.iter().chain(&self.counterparts).any(|it| it.holds(direction, offset))
    }

    /// Returns the first highlighted byte.
    #[must_use]
    pub fn first_byte(&self) -> Option<(Direction, u64)> {
        self.byte.or_else(|| self.bytes.as_ref().map(|it| (it.direction, it.range.start)))
    }
}

/// Returns the offsets of the bytes that encode a character together with this one, or of this byte
/// alone.
fn character(of: &Transcript, direction: Direction, offset: u64) -> Range<u64> {
    let kept = of.bytes(direction);
    match kept.index(offset).and_then(|index| Unit::at(kept.bytes, index)) {
        Some(unit) => kept.start + unit.range.start as u64..kept.start + unit.range.end as u64,
        None => offset..offset + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::filter::Filter;
    use crate::time::at_ms;
    use echo_core::Line;

    fn marked(mark: Highlight) -> Highlighted {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.print(at_ms(0.0), Line::Connected(8888));
        transcript.sent(at_ms(0.0), "你好".as_bytes());
        transcript.received(at_ms(1.0), "你".as_bytes());
        transcript.received(at_ms(2.0), "好".as_bytes());
        let mut listing = Listing::default();
        listing.sync(&transcript, &Filter::default());
        mark.marked(&transcript, &listing)
    }

    #[test]
    fn a_row_marks_its_bytes() {
        let marked = marked(Highlight::Row(3));
        assert_eq!(marked.entry, Some(3));
        let received = Segment { direction: Direction::Received, range: 3..6 };
        assert_eq!(marked.bytes, Some(received));
        assert!(!marked.holds(Direction::Sent, 4));
    }

    #[test]
    fn a_byte_marks_its_character_its_twin_and_its_row() {
        let marked = marked(Highlight::Byte(Direction::Sent, 4));
        assert_eq!(marked.entry, Some(1));
        let segment = |direction| Some(Segment { direction, range: 3..6 });
        assert_eq!(marked.bytes, segment(Direction::Sent));
        assert_eq!(marked.counterparts, segment(Direction::Received));
        assert_eq!(marked.byte, Some((Direction::Sent, 4)));
    }

    #[test]
    fn a_packet_marks_its_bytes_and_the_row_of_the_first() {
        let marked = marked(Highlight::Bytes(Direction::Received, 3, 6));
        assert_eq!(marked.entry, Some(3));
        assert_eq!(marked.first_byte(), Some((Direction::Received, 3)));
        assert!(marked.holds(Direction::Received, 5) && !marked.holds(Direction::Sent, 5));
    }

    #[test]
    fn a_line_without_bytes_marks_itself_alone() {
        assert_eq!(
            marked(Highlight::Row(0)),
            Highlighted { entry: Some(0), ..Highlighted::default() }
        );
        assert_eq!(marked(Highlight::Row(9)), Highlighted::default());
    }
}
