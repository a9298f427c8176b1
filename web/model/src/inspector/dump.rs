//! The bytes of a connection as rows: what was sent and then what came, or both as they went to and
//! fro.

use std::rc::Rc;

use echo_core::hexdump::{Hexdump, Row, Width};

use super::compare::Compared;
use super::layout::{Block, DumpLayout, FollowedLayout};
use crate::transcript::{Direction, Transcript};

/// All rows of the Bytes view, of which each is made when it is asked for.
#[derive(Debug)]
pub struct Dump<'a> {
    of: &'a Transcript,
    layout: Rc<DumpLayout>,
}

/// One row of the Bytes view.
#[derive(Clone, Debug)]
pub struct DumpRow<'a> {
    /// Which way its bytes went.
    pub direction: Direction,
    /// Whether a block begins here.
    pub leads: bool,
    /// The offset of its first place.
    pub offset: u64,
    /// What to add to an offset in `bytes` to have it in the direction.
    pub base: u64,
    /// Its bytes, or `None` where all are missing.
    pub bytes: Option<Row<'a>>,
    /// How many places it has, missing bytes among them.
    pub places: usize,
}

impl<'a> Dump<'a> {
    /// Returns what was sent, then what came, with places for what is missing.
    #[must_use]
    pub fn apart(of: &'a Transcript, width: Width, compared: Option<&Compared>) -> Self {
        let mut layout = DumpLayout::new(width);
        for direction in Direction::BOTH {
            let kept = of.bytes(direction);
            let missing = compared.filter(|_| direction == Direction::Received);
            let end = missing.map_or(0, |compared| compared.missing().end).max(kept.end());
            layout.push(Block { direction, range: kept.start..kept.end(), end });
        }
        Self { of, layout: Rc::new(layout) }
    }

    /// Returns both directions in the order in which they moved between the bridge and the target.
    #[must_use]
    pub fn followed(of: &'a Transcript, width: Width) -> Self {
        let mut followed = FollowedLayout::default();
        followed.update(of, width);
        Self { of, layout: followed.layout() }
    }

    /// Returns the rows of a layout that was made of this transcript.
    pub(super) fn new(of: &'a Transcript, layout: Rc<DumpLayout>) -> Self {
        Self { of, layout }
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layout.rows()
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of bytes in a row.
    #[must_use]
    pub fn width(&self) -> Width {
        self.layout.width
    }

    /// Returns the number of hex digits of the longest offset, at least four.
    #[must_use]
    pub fn digits(&self) -> usize {
        // Later blocks of a direction end later.
        let last_of_each = self.layout.blocks().rev().take(Direction::BOTH.len());
        let end = last_of_each.map(|block| block.end).max().unwrap_or(0);
        format!("{:04x}", end.saturating_sub(1)).len()
    }

    /// Returns the row of this number, counted from 0.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<DumpRow<'a>> {
        let (first, block) = self.layout.block_at(number)?;
        let (within, width) = (number - first, self.width());
        let offset = block.range.start + (within * width as usize) as u64;
        let places = usize::try_from(block.end - offset).unwrap_or(usize::MAX);
        let dump = Hexdump::new(self.of.bytes(block.direction).slice(&block.range), width);
        Some(DumpRow {
            direction: block.direction,
            leads: within == 0,
            offset,
            base: block.range.start,
            bytes: dump.row(within),
            places: places.min(width as usize),
        })
    }

    /// Returns the number of the row in which this byte stands.
    #[must_use]
    pub fn row_of(&self, direction: Direction, offset: u64) -> Option<usize> {
        let (first, block) = self.layout.block_of(direction, offset)?;
        let within = usize::try_from(offset - block.range.start).ok()? / self.width() as usize;
        Some(first + within)
    }

    /// Returns the first byte there is.
    #[must_use]
    pub fn first(&self) -> Option<(Direction, u64)> {
        let block = self.layout.blocks().find(|block| !block.range.is_empty())?;
        Some((block.direction, block.range.start))
    }

    /// Returns the last byte there is.
    #[must_use]
    pub fn last(&self) -> Option<(Direction, u64)> {
        let block = self.layout.blocks().rfind(|block| !block.range.is_empty())?;
        Some((block.direction, block.range.end - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expected_reply::ExpectedReplyKind;
    use crate::time::{Micros, at_ms};

    fn transcript() -> Transcript {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.sent(at_ms(0.0), b"0123456789");
        transcript.received(at_ms(1.0), b"abc");
        transcript.received(at_ms(2.0), b"def");
        transcript.sent(at_ms(3.0), b"!");
        transcript
    }

    fn rows(dump: &Dump) -> Vec<(Direction, bool, u64, Vec<u8>)> {
        let rows = (0..dump.len()).map(|number| dump.row(number).unwrap());
        let bytes = |row: &DumpRow| row.bytes.map_or(Vec::new(), |row| row.bytes.to_vec());
        rows.map(|row| (row.direction, row.leads, row.offset, bytes(&row))).collect()
    }

    #[test]
    fn apart_what_was_sent_stands_before_what_came() {
        let transcript = transcript();
        let dump = Dump::apart(&transcript, Width::Eight, None);
        let expected = [
            (Direction::Sent, true, 0, b"01234567".to_vec()),
            (Direction::Sent, false, 8, b"89!".to_vec()),
            (Direction::Received, true, 0, b"abcdef".to_vec()),
        ];
        assert_eq!(rows(&dump), expected);
        assert_eq!(dump.row_of(Direction::Sent, 10), Some(1));
        assert_eq!(dump.row_of(Direction::Received, 5), Some(2));
        assert_eq!(dump.row_of(Direction::Received, 6), None);
        assert_eq!(
            (dump.first(), dump.last()),
            (Some((Direction::Sent, 0)), Some((Direction::Received, 5)))
        );
    }

    #[test]
    fn followed_they_stand_in_the_order_of_the_wire() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.sent(at_ms(0.0), b"0123456789");
        transcript.sent(at_ms(0.0), b"!?");
        transcript.wrote(at_ms(1.0), 10, Micros(100));
        transcript.read(Micros(200));
        transcript.received(at_ms(1.0), b"abcdef");
        transcript.wrote(at_ms(2.0), 1, Micros(300));
        let dump = Dump::followed(&transcript, Width::Eight);
        let expected = [
            (Direction::Sent, true, 0, b"01234567".to_vec()),
            (Direction::Sent, false, 8, b"89".to_vec()),
            (Direction::Received, true, 0, b"abcdef".to_vec()),
            // Nobody said yet that the last byte was written.
            (Direction::Sent, true, 10, b"!?".to_vec()),
        ];
        assert_eq!(rows(&dump), expected);
        assert_eq!(dump.row_of(Direction::Sent, 10), Some(3));
        assert!(dump.row(4).is_none());
    }

    #[test]
    fn what_is_missing_has_places() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.received(at_ms(0.0), b"abc");
        let compared = Compared::new(b"abcdefghij", ExpectedReplyKind::Same, true);
        let dump = Dump::apart(&transcript, Width::Eight, Some(&compared));
        assert_eq!((dump.len(), dump.digits()), (2, 4));
        assert_eq!(dump.row(0).unwrap().places, 8);
        let row = dump.row(1).unwrap();
        assert_eq!((row.places, row.bytes), (2, None));
    }

    #[test]
    fn what_is_not_kept_any_more_has_no_row() {
        let mut transcript = Transcript::new(at_ms(0.0));
        let piece = vec![7; 1024 * 1024];
        for at_us in 0..10 {
            transcript.read(Micros(at_us));
            transcript.received(at_ms(0.0), &piece);
        }
        transcript.sent(at_ms(0.0), b"x");
        for dump in [
            Dump::apart(&transcript, Width::Sixteen, None),
            Dump::followed(&transcript, Width::Sixteen),
        ] {
            let kept = transcript.bytes(Direction::Received);
            let row = dump.row_of(Direction::Received, kept.start).unwrap();
            assert_eq!(dump.row(row).unwrap().offset, kept.start);
            assert_eq!(dump.digits(), "9fffff".len());
            assert_eq!(dump.len(), kept.bytes.len() / 16 + 1);
        }
    }
}
