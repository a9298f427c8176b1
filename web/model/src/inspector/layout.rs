//! Which bytes stand together in the Bytes view, and in which of its rows.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use echo_core::hexdump::Width;

use crate::transcript::{Direction, Row, Segment, Transcript};

/// Bytes that stand together, all of one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Which way they went.
    pub(super) direction: Direction,
    /// Which bytes of that direction they are.
    pub(super) range: Range<u64>,
    /// Where the block's places end: beyond its bytes, if some are missing.
    pub(super) end: u64,
}

/// The blocks in their order, each with the rows that it fills.
#[derive(Clone, Debug, Default)]
pub(super) struct DumpLayout {
    pub(super) width: Width,
    blocks: VecDeque<PlacedBlock>,
}

#[derive(Clone, Debug)]
struct PlacedBlock {
    block: Block,
    /// The block's first row, counted from the first block that there ever was.
    first_row: usize,
    /// Where the last block of each direction ends, up to this one.
    ends: [u64; 2],
    /// The number of the last row of the transcript that belongs to it.
    newest: u64,
}

impl DumpLayout {
    pub(super) fn new(width: Width) -> Self {
        Self { width, blocks: VecDeque::new() }
    }

    /// Adds a block after the others. The blocks of a direction come in the order of their bytes.
    pub(super) fn push(&mut self, block: Block) {
        let last = self.blocks.back();
        let first_row = last.map_or(0, |last| last.end_row(self.width));
        let mut ends = last.map_or([0; 2], |last| last.ends);
        ends[block.direction as usize] = block.end;
        self.blocks.push_back(PlacedBlock { block, first_row, ends, newest: 0 });
    }

    /// Returns how many rows all blocks fill.
    pub(super) fn rows(&self) -> usize {
        self.blocks.back().map_or(0, |last| last.end_row(self.width)) - self.first_row()
    }

    /// Returns the blocks in their order.
    pub(super) fn blocks(&self) -> impl DoubleEndedIterator<Item = &Block> {
        self.blocks.iter().map(|placed| &placed.block)
    }

    /// Returns the block that fills this row, and the number of the block's first row.
    pub(super) fn block_at(&self, row: usize) -> Option<(usize, &Block)> {
        let row = row + self.first_row();
        let after = self.blocks.partition_point(|placed| placed.first_row <= row);
        let placed = self.blocks.get(after.checked_sub(1)?)?;
        (row < placed.end_row(self.width)).then(|| self.numbered(placed))
    }

    /// Returns the block with the place of this byte, and the number of the block's first row.
    pub(super) fn block_of(&self, direction: Direction, offset: u64) -> Option<(usize, &Block)> {
        let ends_before = |placed: &PlacedBlock| placed.ends[direction as usize] <= offset;
        let placed = self.blocks.get(self.blocks.partition_point(ends_before))?;
        (offset >= placed.block.range.start).then(|| self.numbered(placed))
    }

    fn numbered<'a>(&self, placed: &'a PlacedBlock) -> (usize, &'a Block) {
        (placed.first_row - self.first_row(), &placed.block)
    }

    fn first_row(&self) -> usize {
        self.blocks.front().map_or(0, |first| first.first_row)
    }

    /// Adds bytes that passed in a row of the transcript: to the last block, if that is of their
    /// direction.
    fn follow(&mut self, direction: Direction, range: Range<u64>, row: u64) {
        match self.blocks.back_mut() {
            Some(last) if last.block.direction == direction => last.set_end(range.end),
            _ if range.start < range.end => {
                let end = range.end;
                self.push(Block { direction, range, end });
            }
            _ => return,
        }
        if let Some(last) = self.blocks.back_mut() {
            last.newest = row;
        }
    }

    /// Returns what [`truncate`](Self::truncate) needs to return to what there is now.
    fn mark(&self) -> Mark {
        Mark { blocks: self.blocks.len(), end: self.blocks.back().map_or(0, |last| last.block.end) }
    }

    fn truncate(&mut self, mark: Mark) {
        self.blocks.truncate(mark.blocks);
        if let Some(last) = self.blocks.back_mut() {
            last.set_end(mark.end);
        }
    }
}

impl PlacedBlock {
    fn end_row(&self, width: Width) -> usize {
        let places = usize::try_from(self.block.end - self.block.range.start).unwrap_or(usize::MAX);
        self.first_row + places.div_ceil(width as usize)
    }

    fn set_end(&mut self, end: u64) {
        (self.block.range.end, self.block.end) = (end, end);
        self.ends[self.block.direction as usize] = end;
    }
}

/// How many blocks a layout has, and where the last of them ends.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    blocks: usize,
    end: u64,
}

/// The layout of both directions in the order in which they moved, made as a transcript grows.
#[derive(Debug, Default)]
pub(super) struct FollowedLayout {
    layout: Rc<DumpLayout>,
    /// The part of the layout that cannot change any more.
    settled: Mark,
    /// The number of the first row that is not in the settled part.
    next: u64,
    made_of: State,
}

/// What a layout is made of: while it is the same, so is the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    width: Width,
    /// The offsets of the first bytes that are kept.
    starts: [u64; 2],
    rows: u64,
    sent: u64,
    written: u64,
}

impl State {
    fn of(transcript: &Transcript, width: Width) -> Self {
        Self {
            width,
            starts: Direction::BOTH.map(|direction| transcript.bytes(direction).start),
            rows: transcript.total(),
            sent: transcript.bytes(Direction::Sent).end(),
            written: transcript.written(),
        }
    }
}

impl FollowedLayout {
    /// Returns the layout as it was updated last.
    pub(super) fn layout(&self) -> Rc<DumpLayout> {
        Rc::clone(&self.layout)
    }

    /// Returns whether the layout shows this transcript as it is now.
    pub(super) fn is_current(&self, of: &Transcript, width: Width) -> bool {
        self.made_of == State::of(of, width)
    }

    /// Adds the rows that the transcript has received since.
    pub(super) fn update(&mut self, of: &Transcript, width: Width) {
        let state = State::of(of, width);
        let before = std::mem::replace(&mut self.made_of, state);
        if state == before {
            return;
        }
        if (state.width, state.starts) != (before.width, before.starts) {
            // Bytes in the middle may be gone: all rows get other numbers.
            *self =
                Self { layout: Rc::new(DumpLayout::new(width)), made_of: state, ..Self::default() };
        }
        let layout = Rc::make_mut(&mut self.layout);
        layout.truncate(self.settled);
        while layout.blocks.front().is_some_and(|first| first.newest < of.dropped()) {
            layout.blocks.pop_front();
        }
        // What is known of the last row may still change.
        let last = of.total().saturating_sub(1);
        for number in self.next.max(of.dropped())..last {
            follow_row(layout, of, number);
        }
        (self.settled, self.next) = (layout.mark(), last);
        follow_row(layout, of, last);
        // What the bridge has not written yet comes last.
        layout.follow(Direction::Sent, kept(of, Direction::Sent, state.written..state.sent), last);
    }
}

fn follow_row(layout: &mut DumpLayout, of: &Transcript, number: u64) {
    if let Some(Segment { direction, range }) = of.row(number).and_then(Row::passed) {
        layout.follow(*direction, kept(of, *direction, range.clone()), number);
    }
}

/// Returns the part of a range whose bytes are kept.
fn kept(of: &Transcript, direction: Direction, range: Range<u64>) -> Range<u64> {
    let bytes = of.bytes(direction);
    range.start.max(bytes.start)..range.end.min(bytes.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Micros, at_ms};
    use crate::transcript::MAX_ROWS;

    fn blocks(layout: &FollowedLayout) -> Vec<Block> {
        layout.layout.blocks().cloned().collect()
    }

    fn fresh(of: &Transcript) -> FollowedLayout {
        let mut layout = FollowedLayout::default();
        layout.update(of, Width::Sixteen);
        layout
    }

    /// Does something to a transcript that is different for each number.
    fn happen(transcript: &mut Transcript, number: u64) {
        match number % 7 {
            0 => transcript.sent(at_ms(1.0), b"abc"),
            1 if number.is_multiple_of(3) => transcript.sent(at_ms(1.0), b"defg"),
            2 => {
                let waiting = transcript.bytes(Direction::Sent).end() - transcript.written();
                transcript.wrote(at_ms(1.0), waiting.min(4), Micros(number));
            }
            3 if number.is_multiple_of(2) => transcript.received(at_ms(1.0), b"nobody told when"),
            _ => {
                transcript.read(Micros(number));
                transcript.received(at_ms(1.0), b"0123456789");
            }
        }
    }

    #[test]
    fn a_layout_that_grows_is_the_one_that_is_made_at_once() {
        let (mut transcript, mut growing) =
            (Transcript::new(at_ms(0.0)), FollowedLayout::default());
        for number in 0..2_000 {
            happen(&mut transcript, number);
            growing.update(&transcript, Width::Sixteen);
            if number % 50 == 0 {
                assert_eq!(blocks(&growing), blocks(&fresh(&transcript)), "after {number}");
                assert_eq!(growing.layout.rows(), fresh(&transcript).layout.rows());
            }
        }
    }

    #[test]
    fn a_transcript_that_was_restored_has_the_layout_of_the_live_one() {
        let mut live = Transcript::new(at_ms(0.0));
        live.sent(at_ms(0.0), b"Hello!");
        live.wrote(at_ms(1.0), 6, Micros(1));
        live.read(Micros(2));
        live.received(at_ms(2.0), b"Hello!");
        let bytes = Direction::BOTH.map(|way| {
            let range = live.bytes(way).start..live.bytes(way).end();
            live.bytes_of(&Segment { direction: way, range }).to_vec()
        });
        let rows: Vec<_> = live.rows().cloned().collect();
        let restored = Transcript::restored(at_ms(0.0), rows, bytes, [0; 2]);
        assert_eq!(blocks(&fresh(&restored)), blocks(&fresh(&live)));
        let rows: Vec<_> = live.rows().cloned().collect();
        let beginning =
            Transcript::restored(at_ms(0.0), rows, [b"Hel".to_vec(), b"He".to_vec()], [0; 2]);
        assert_eq!(fresh(&beginning).layout.rows(), 2, "bytes that are not kept have no row");
    }

    #[test]
    fn a_byte_is_found_in_the_block_that_holds_it() {
        let mut transcript = Transcript::new(at_ms(0.0));
        (0..500).for_each(|number| happen(&mut transcript, number));
        let layout = fresh(&transcript).layout();
        let mut row = 0;
        for block in layout.blocks() {
            for offset in block.range.clone() {
                assert_eq!(layout.block_of(block.direction, offset), Some((row, block)));
            }
            assert_eq!(layout.block_at(row), Some((row, block)));
            row += usize::try_from(block.end - block.range.start).unwrap().div_ceil(16);
        }
        assert_eq!((layout.rows(), layout.block_at(row)), (row, None));
        assert_eq!(layout.block_of(Direction::Sent, u64::MAX), None);
    }

    #[test]
    fn a_block_goes_with_its_last_row() {
        let (mut transcript, mut growing) =
            (Transcript::new(at_ms(0.0)), FollowedLayout::default());
        for number in 0..2 * MAX_ROWS as u64 {
            match number % 2 {
                0 => transcript.read(Micros(number)),
                _ => transcript.sent(at_ms(0.0), b"x"),
            }
            match number % 2 {
                0 => transcript.received(at_ms(0.0), b"y"),
                _ => transcript.wrote(at_ms(0.0), 1, Micros(number)),
            }
            growing.update(&transcript, Width::Sixteen);
        }
        assert_eq!(growing.layout.blocks.len(), MAX_ROWS);
        assert_eq!(blocks(&growing), blocks(&fresh(&transcript)));
        assert_eq!(growing.layout.rows(), MAX_ROWS);
        assert_eq!(growing.layout.block_at(0).unwrap().1.range.start, MAX_ROWS as u64 / 2);
    }
}
