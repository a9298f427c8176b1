//! The transcript of one connection: each piece of bytes that was sent or received, and each other
//! thing that happened, with its time.
//!
//! A transcript is append-only: [`sent`](Transcript::sent) and [`received`](Transcript::received)
//! record bytes of the WebSocket, [`wrote`](Transcript::wrote) and [`read`](Transcript::read) the
//! bridge's writes and reads on the TCP connection, [`note`](Transcript::note) everything else, and
//! [`set_evidence`](Transcript::set_evidence) what is known of the latest row. It retains at most
//! [`MAX_ROWS`] rows and 4 MiB of each direction, or what its [bounds](Transcript::bounded) say, and
//! drops the oldest. Row numbers and byte offsets always count from the start of the connection.

mod byte_buffer;
mod row;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::rc::Rc;

use echo_core::Line;

use crate::time::{Micros, PageTime};

pub use byte_buffer::RetainedBytes;
use byte_buffer::{ByteBuffer, MAX_BYTES};
pub use row::{Direction, Note, PathFailure, Row, RowContent, Segment, StoppedBy, TargetEvidence};

/// The most rows of a transcript. They take 5.6 MB on wasm32, at 56 bytes each.
pub const MAX_ROWS: usize = 100_000;

/// How much a transcript retains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TranscriptBounds {
    /// The most rows.
    pub rows: usize,
    /// The most bytes of each direction, a multiple of 64.
    pub bytes: usize,
}

/// What happened on one connection, in order, with bounded memory.
#[derive(Debug)]
pub struct Transcript {
    started: PageTime,
    max_rows: usize,
    rows: VecDeque<Row>,
    /// The numbers of the kept rows in which bytes moved, for each direction, in ascending order.
    moved_rows: [VecDeque<u64>; 2],
    dropped: u64,
    notes: u64,
    /// How many bytes were sent and received, where that is more than the buffers tell.
    moved_at_least: [u64; 2],
    sent: ByteBuffer,
    received: ByteBuffer,
    /// The last line that was printed, other than [`Line::Terminated`].
    sentence: Option<Rc<Line>>,
    /// The number of bytes that the bridge has written to the target.
    written: u64,
    /// When the bridge read the bytes that the page receives next, in microseconds by the bridge's
    /// clock.
    last_read: Option<Micros>,
    /// How the path to the target failed, if it did.
    failure: Option<PathFailure>,
    /// When the latest event was whose time the bridge reported, by the bridge's clock.
    last_measured: Option<Micros>,
    /// The longest time between two such events that follow each other.
    longest_step: Micros,
}

impl Transcript {
    /// Creates an empty transcript. Its times count from `started`.
    #[must_use]
    pub fn new(started: PageTime) -> Self {
        Self::bounded(started, TranscriptBounds { rows: MAX_ROWS, bytes: MAX_BYTES })
    }

    /// Creates an empty transcript that retains less than others. Its times count from `started`.
    #[must_use]
    pub fn bounded(started: PageTime, bounds: TranscriptBounds) -> Self {
        Self {
            started,
            max_rows: bounds.rows,
            rows: VecDeque::new(),
            moved_rows: Default::default(),
            dropped: 0,
            notes: 0,
            moved_at_least: [0; 2],
            sent: ByteBuffer::new(bounds.bytes),
            received: ByteBuffer::new(bounds.bytes),
            sentence: None,
            written: 0,
            last_read: None,
            failure: None,
            last_measured: None,
            longest_step: Micros(0),
        }
    }

    /// Creates the transcript of a connection that is over, from its first rows and from the first
    /// bytes that were sent and received. Rows may stand for bytes beyond those: `moved` is how many
    /// there were in all.
    #[must_use]
    pub fn restored(
        started: PageTime,
        rows: Vec<Row>,
        [sent, received]: [Vec<u8>; 2],
        moved: [u64; 2],
    ) -> Self {
        let mut transcript = Self::new(started);
        transcript.moved_at_least = moved;
        transcript.sent.append(&sent);
        transcript.received.append(&received);
        for row in rows.into_iter().take(MAX_ROWS) {
            let number = transcript.total();
            match &row.content {
                RowContent::Transferred(piece) => {
                    transcript.moved_rows[piece.direction as usize].push_back(number);
                    if piece.direction == Direction::Sent && row.bridge_time().is_some() {
                        transcript.written = piece.range.end;
                    }
                }
                RowContent::Written(piece) => transcript.written = piece.range.end,
                RowContent::Note(note) => {
                    transcript.notes += 1;
                    if let Note::Printed(line) = note
                        && **line != Line::Terminated
                    {
                        transcript.sentence = Some(Rc::clone(line));
                    }
                }
            }
            let evidence = row.evidence;
            transcript.rows.push_back(row);
            transcript.set_evidence(evidence);
        }
        transcript
    }

    /// Returns the time from which the transcript's times count.
    #[must_use]
    pub fn started(&self) -> PageTime {
        self.started
    }

    /// Returns the time since the start, in milliseconds.
    #[must_use]
    pub fn since(&self, at: PageTime) -> f64 {
        at.ms_since(self.started)
    }

    /// Records bytes that the page sent to the bridge.
    pub fn sent(&mut self, at: PageTime, bytes: &[u8]) {
        self.push_bytes(at, Direction::Sent, bytes);
    }

    /// Records bytes that the page received from the bridge.
    pub fn received(&mut self, at: PageTime, bytes: &[u8]) {
        self.push_bytes(at, Direction::Received, bytes);
        if let Some(read_at) = self.last_read.take() {
            self.set_evidence(TargetEvidence::MeasuredAt(read_at));
        }
    }

    /// Records that the bridge wrote the next `bytes` bytes to the target, in a call that began at
    /// `began` by the bridge's clock. If the latest row is the page's sending of exactly these
    /// bytes, that row is completed; otherwise there is a new one, so that the rows are in the order
    /// of the events.
    pub fn wrote(&mut self, at: PageTime, bytes: u64, began: Micros) {
        let range = self.written..self.written + bytes;
        self.written = range.end;
        let piece = Segment { direction: Direction::Sent, range };
        if self.rows.back().and_then(Row::segment) != Some(&piece) {
            self.push(at, RowContent::Written(piece));
        }
        self.set_evidence(TargetEvidence::MeasuredAt(began));
    }

    /// Returns the number of bytes that the bridge has written to the target.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Records that the bridge read the bytes that the page receives next, at `at` by
    /// the bridge's clock.
    pub fn read(&mut self, at: Micros) {
        self.last_read = Some(at);
    }

    /// Sets the evidence of the latest row. A failure is also kept for
    /// [`failure`](Self::failure).
    pub fn set_evidence(&mut self, evidence: TargetEvidence) {
        let Some(row) = self.rows.back_mut() else { return };
        row.evidence = evidence;
        if let Some(at) = row.bridge_time() {
            let last = self.last_measured.replace(at).unwrap_or(at);
            self.longest_step = self.longest_step.max(Micros(at.0.abs_diff(last.0)));
        }
        if let TargetEvidence::Failed(failure) = evidence {
            self.failure = Some(failure);
        }
    }

    /// Returns how the path to the target failed, if it did.
    #[must_use]
    pub fn failure(&self) -> Option<PathFailure> {
        self.failure
    }

    /// Returns the longest time between two events that follow each other, by the bridge's clock.
    #[must_use]
    pub fn longest_step(&self) -> Micros {
        self.longest_step
    }

    /// Records anything else that happened.
    pub fn note(&mut self, at: PageTime, note: Note) {
        self.notes += 1;
        self.push(at, RowContent::Note(note));
    }

    /// Records that the TLS handshake is over, at `ended` by the bridge's clock, and how long it took.
    pub fn secured(&mut self, at: PageTime, took: Micros, ended: Micros) {
        self.note(at, Note::Secured(took));
        self.set_evidence(TargetEvidence::MeasuredAt(ended));
    }

    /// Records a line that the tutorial's client printed.
    pub fn print(&mut self, at: PageTime, line: Line) {
        let line = Rc::new(line);
        if *line != Line::Terminated {
            self.sentence = Some(Rc::clone(&line));
        }
        self.note(at, Note::Printed(line));
    }

    /// Returns the number of retained rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Returns the number of rows that were dropped. Since rows are numbered from 0 on, it is the
    /// number of the first retained row.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Returns the number of rows, including dropped ones.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.dropped + self.rows.len() as u64
    }

    /// Returns the number of notes, including dropped ones.
    #[must_use]
    pub fn notes(&self) -> u64 {
        self.notes
    }

    /// Returns the row with this number, or `None` if there is none or it was dropped.
    #[must_use]
    pub fn row(&self, number: u64) -> Option<&Row> {
        self.rows.get(usize::try_from(number.checked_sub(self.dropped)?).ok()?)
    }

    /// Returns the retained rows, oldest first.
    #[must_use]
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator {
        self.rows.iter()
    }

    /// Returns the number of the row in which this byte moved, or `None` if it is not kept.
    #[must_use]
    pub fn row_of(&self, direction: Direction, offset: u64) -> Option<u64> {
        let numbers = &self.moved_rows[direction as usize];
        let piece = |number: u64| self.row(number).and_then(Row::segment);
        // The pieces of a direction follow each other without a gap.
        let index = numbers
            .partition_point(|number| piece(*number).is_some_and(|it| it.range.end <= offset));
        let number = *numbers.get(index)?;
        piece(number)?.range.contains(&offset).then_some(number)
    }

    /// Returns the retained bytes of a direction.
    #[must_use]
    pub fn bytes(&self, direction: Direction) -> RetainedBytes<'_> {
        match direction {
            Direction::Sent => self.sent.retained(),
            Direction::Received => self.received.retained(),
        }
    }

    /// Returns how many bytes of a direction there were, including those that are not retained.
    #[must_use]
    pub fn moved(&self, direction: Direction) -> u64 {
        self.bytes(direction).end().max(self.moved_at_least[direction as usize])
    }

    /// Returns those bytes of a piece that are retained.
    #[must_use]
    pub fn bytes_of(&self, moved: &Segment) -> &[u8] {
        self.bytes(moved.direction).slice(&moved.range)
    }

    /// Returns the last line that the tutorial's client printed, other than [`Line::Terminated`]:
    /// the result. It is retained even if its row was dropped.
    #[must_use]
    pub fn sentence(&self) -> Option<&Line> {
        self.sentence.as_deref()
    }

    fn push_bytes(&mut self, at: PageTime, direction: Direction, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let store = match direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
        };
        let range = store.append(bytes);
        self.moved_rows[direction as usize].push_back(self.total());
        self.push(at, RowContent::Transferred(Segment { direction, range }));
    }

    fn push(&mut self, at: PageTime, content: RowContent) {
        if self.rows.len() == self.max_rows {
            self.rows.pop_front();
            for numbers in &mut self.moved_rows {
                numbers.pop_front_if(|number| *number == self.dropped);
            }
            self.dropped += 1;
        }
        self.rows.push_back(Row {
            at_ms: self.since(at),
            content,
            evidence: TargetEvidence::Unknown,
        });
    }
}
