//! The record of one connection: every piece of bytes that went out or came in, and what was
//! noted in between, each with its time.
//!
//! It is appended to alone: [`sent`](Transcript::sent) and [`received`](Transcript::received)
//! where bytes are handed over or taken in, [`wrote`](Transcript::wrote) and
//! [`read`](Transcript::read) where the bridge tells of its side, [`note`](Transcript::note) and
//! [`evidence`](Transcript::evidence) for everything else. It
//! never holds more than [`MAX_ROWS`] rows and [`MAX_BYTES`](store::MAX_BYTES) of each direction: the oldest go,
//! while offsets and totals count on from the connection's start.

mod row;
mod store;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::rc::Rc;

use echo_core::Line;

use crate::time::PageTime;

pub use row::{Direction, Moved, Note, Row, TargetEvidence, What};
pub use store::RetainedBytes;
use store::Store;

/// How many rows are kept. At some fifty bytes each they weigh as much as the bytes may.
pub const MAX_ROWS: usize = 100_000;

/// What happened on one connection, in order.
#[derive(Debug)]
pub struct Transcript {
    started: PageTime,
    rows: VecDeque<Row>,
    /// The numbers of the kept rows in which bytes moved, for each direction, in ascending order.
    moved_rows: [VecDeque<u64>; 2],
    dropped: u64,
    notes: u64,
    sent: Store,
    received: Store,
    sentence: Option<Rc<Line>>,
    /// How many bytes the bridge has written to the target.
    written: u64,
    /// When the bridge read what comes next.
    read_us: Option<u64>,
    /// Where the way ends, if it does.
    broken: TargetEvidence,
}

impl Transcript {
    /// An empty one; times count from `started`, a time of the page's clock.
    #[must_use]
    pub fn new(started: PageTime) -> Self {
        Self {
            started,
            rows: VecDeque::new(),
            moved_rows: Default::default(),
            dropped: 0,
            notes: 0,
            sent: Store::default(),
            received: Store::default(),
            sentence: None,
            written: 0,
            read_us: None,
            broken: TargetEvidence::Unknown,
        }
    }

    /// When it began, a time of the page's clock.
    #[must_use]
    pub fn started(&self) -> PageTime {
        self.started
    }

    /// How long it has been since the start, in milliseconds.
    #[must_use]
    pub fn since(&self, at: PageTime) -> f64 {
        at.ms_since(self.started)
    }

    /// Bytes were handed over, to be sent.
    pub fn sent(&mut self, at: PageTime, bytes: &[u8]) {
        self.moved(at, Direction::Sent, bytes);
    }

    /// Bytes came.
    pub fn received(&mut self, at: PageTime, bytes: &[u8]) {
        self.moved(at, Direction::Received, bytes);
        if let Some(at_us) = self.read_us.take() {
            self.set_evidence(TargetEvidence::At(at_us));
        }
    }

    /// The bridge wrote so many bytes to the target. What it wrote just as the page sent it stays one
    /// row, unless something else has happened since: rows stand in the order of the wire.
    pub fn wrote(&mut self, at: PageTime, bytes: u64, at_us: u64) {
        let range = self.written..self.written + bytes;
        self.written = range.end;
        let piece = Moved { direction: Direction::Sent, range };
        if self.rows.back().and_then(Row::moved) != Some(&piece) {
            self.push(at, What::Wrote(piece));
        }
        self.set_evidence(TargetEvidence::At(at_us));
    }

    /// How many bytes the bridge has written to the target.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// The bridge read from the target what comes next.
    pub fn read(&mut self, at_us: u64) {
        self.read_us = Some(at_us);
    }

    /// What is known of the last row between the bridge and the target.
    pub fn set_evidence(&mut self, evidence: TargetEvidence) {
        if matches!(evidence, TargetEvidence::NoBridge | TargetEvidence::NoTarget) {
            self.broken = evidence;
        }
        if let Some(row) = self.rows.back_mut() {
            row.evidence = evidence;
        }
    }

    /// Where the way to the target ends, if it does.
    #[must_use]
    pub fn broken(&self) -> TargetEvidence {
        self.broken
    }

    /// Something else happened.
    pub fn note(&mut self, at: PageTime, note: Note) {
        self.notes += 1;
        self.push(at, What::Note(note));
    }

    /// The program printed a line.
    pub fn print(&mut self, at: PageTime, line: Line) {
        let line = Rc::new(line);
        if *line != Line::Terminated {
            self.sentence = Some(Rc::clone(&line));
        }
        self.note(at, Note::Printed(line));
    }

    /// How many rows are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many rows are not kept any more. Rows are numbered from the start: the first that is
    /// kept has this number.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many rows there have been in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.dropped + self.rows.len() as u64
    }

    /// How many notes there have been in all.
    #[must_use]
    pub fn notes(&self) -> u64 {
        self.notes
    }

    /// The row of this number, if it is kept.
    #[must_use]
    pub fn row(&self, number: u64) -> Option<&Row> {
        self.rows.get(usize::try_from(number.checked_sub(self.dropped)?).ok()?)
    }

    /// The rows that are kept, the oldest first.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator {
        self.rows.iter()
    }

    /// Returns the number of the row in which this byte moved, or `None` if it is not kept.
    #[must_use]
    pub fn row_of(&self, direction: Direction, offset: u64) -> Option<u64> {
        let numbers = &self.moved_rows[direction as usize];
        let piece = |number: u64| self.row(number).and_then(Row::moved);
        // The pieces of a direction follow each other without a gap.
        let index = numbers
            .partition_point(|number| piece(*number).is_some_and(|it| it.range.end <= offset));
        let number = *numbers.get(index)?;
        piece(number)?.range.contains(&offset).then_some(number)
    }

    /// The newest bytes of a direction, and where in it they begin.
    #[must_use]
    pub fn bytes(&self, direction: Direction) -> RetainedBytes<'_> {
        match direction {
            Direction::Sent => self.sent.kept(),
            Direction::Received => self.received.kept(),
        }
    }

    /// The bytes of one piece, as far as they are kept.
    #[must_use]
    pub fn bytes_of(&self, moved: &Moved) -> &[u8] {
        self.bytes(moved.direction).slice(&moved.range)
    }

    /// What the program said of how it went: its last line but [`Line::Terminated`]. It is kept
    /// even when its row is not.
    #[must_use]
    pub fn sentence(&self) -> Option<&Line> {
        self.sentence.as_deref()
    }

    fn moved(&mut self, at: PageTime, direction: Direction, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let store = match direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
        };
        let range = store.append(bytes);
        self.moved_rows[direction as usize].push_back(self.total());
        self.push(at, What::Moved(Moved { direction, range }));
    }

    fn push(&mut self, at: PageTime, what: What) {
        if self.rows.len() == MAX_ROWS {
            self.rows.pop_front();
            for numbers in &mut self.moved_rows {
                numbers.pop_front_if(|number| *number == self.dropped);
            }
            self.dropped += 1;
        }
        self.rows.push_back(Row { at: self.since(at), what, evidence: TargetEvidence::Unknown });
    }
}
