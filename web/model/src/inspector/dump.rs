//! The bytes of a connection as rows: first what was sent and then what came, or both as they
//! went to and fro.

use std::ops::Range;

use echo_core::hexdump::{Hexdump, Row, Width};

use super::compare::Compared;
use crate::transcript::{Direction, Moved, Row as Event, Transcript};

/// Bytes that stand together, all of one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which way they went.
    pub direction: Direction,
    /// Which bytes of that direction they are.
    pub range: Range<u64>,
    /// Where the block's places end: beyond its bytes, if some are missing.
    pub end: u64,
}

/// All that Bytes shows.
#[derive(Debug)]
pub struct Dump<'a> {
    of: &'a Transcript,
    width: Width,
    blocks: Vec<Block>,
    /// The number of each block's first row, and how many rows there are.
    firsts: Vec<usize>,
}

/// One row of it.
#[derive(Clone, Debug)]
pub struct DumpRow<'a> {
    /// Which way its bytes went.
    pub direction: Direction,
    /// Whether a block begins here.
    pub leads: bool,
    /// The offset of its first place.
    pub offset: u64,
    /// What to add to an offset in the row to have it in the direction.
    pub base: u64,
    /// Its bytes; none where all are missing.
    pub bytes: Option<Row<'a>>,
    /// How many places it has, missing bytes among them.
    pub places: usize,
}

impl<'a> Dump<'a> {
    /// What was sent, then what came, with places for what is missing.
    #[must_use]
    pub fn apart(of: &'a Transcript, width: Width, compared: Option<&Compared>) -> Self {
        let blocks = Direction::BOTH.map(|direction| {
            let kept = of.bytes(direction);
            let missing = compared.filter(|_| direction == Direction::Received);
            let end = missing.map_or(0, |compared| compared.missing().end).max(kept.end());
            Block { direction, range: kept.start..kept.end(), end }
        });
        Self::new(of, width, blocks.into())
    }

    /// Both directions as they went to and fro between the bridge and the target.
    #[must_use]
    pub fn followed(of: &'a Transcript, width: Width) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let mut follow = |direction: Direction, range: Range<u64>| {
            let start = range.start.max(of.bytes(direction).start);
            match blocks.last_mut() {
                Some(last) if last.direction == direction => last.range.end = range.end,
                _ if start < range.end => {
                    blocks.push(Block { direction, range: start..range.end, end: 0 });
                }
                _ => {}
            }
        };
        for Moved { direction, range } in of.rows().filter_map(Event::passed) {
            follow(*direction, range.clone());
        }
        // What the bridge has not written yet comes last.
        follow(Direction::Sent, of.written()..of.bytes(Direction::Sent).end());
        for block in &mut blocks {
            block.end = block.range.end;
        }
        Self::new(of, width, blocks)
    }

    fn new(of: &'a Transcript, width: Width, blocks: Vec<Block>) -> Self {
        let mut rows = 0;
        let mut firsts = vec![0];
        for block in &blocks {
            rows += index(block.end - block.range.start).div_ceil(width as usize);
            firsts.push(rows);
        }
        Self { of, width, blocks, firsts }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0)
    }

    /// How many bytes stand in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width as usize
    }

    /// How many hex digits the longest offset has: four or more.
    #[must_use]
    pub fn digits(&self) -> usize {
        let end = self.blocks.iter().map(|block| block.end).max().unwrap_or(0);
        format!("{:04x}", end.saturating_sub(1)).len()
    }

    /// The row of this number.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<DumpRow<'a>> {
        let block = self.firsts.partition_point(|first| *first <= number).checked_sub(1)?;
        let (first, block) = (self.firsts[block], self.blocks.get(block)?);
        let within = number - first;
        let offset = block.range.start + (within * self.width()) as u64;
        let places = index(block.end - offset).min(self.width());
        let dump = Hexdump::new(self.of.bytes(block.direction).slice(&block.range), self.width);
        Some(DumpRow {
            direction: block.direction,
            leads: within == 0,
            offset,
            base: block.range.start,
            bytes: dump.row(within),
            places,
        })
    }

    /// The number of the row in which this byte stands.
    #[must_use]
    pub fn row_of(&self, direction: Direction, offset: u64) -> Option<usize> {
        let holds = |block: &Block| {
            block.direction == direction && (block.range.start..block.end).contains(&offset)
        };
        let block = self.blocks.iter().position(holds)?;
        let within = index(offset - self.blocks[block].range.start) / self.width();
        Some(self.firsts[block] + within)
    }

    /// The first byte there is.
    #[must_use]
    pub fn first(&self) -> Option<(Direction, u64)> {
        let block = self.blocks.iter().find(|block| !block.range.is_empty())?;
        Some((block.direction, block.range.start))
    }

    /// The last one.
    #[must_use]
    pub fn last(&self) -> Option<(Direction, u64)> {
        let block = self.blocks.iter().rfind(|block| !block.range.is_empty())?;
        Some((block.direction, block.range.end - 1))
    }
}

fn index(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expect::Expect;
    use crate::time::at_ms;

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
        transcript.wrote(at_ms(1.0), 10, 100);
        transcript.read(200);
        transcript.received(at_ms(1.0), b"abcdef");
        transcript.wrote(at_ms(2.0), 1, 300);
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
        let compared = Compared::new(b"abcdefghij", Expect::Same, true);
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
            transcript.read(at_us);
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
