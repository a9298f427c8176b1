//! The rows of the Timeline, as they are shown: what belongs together shares a row, many alike
//! fold into one, and a pause is said.

use std::collections::VecDeque;

use echo_core::Line;

use super::entry::{FoldedRows, TimelineEntry};
use super::filter::Filter;
use crate::transcript::{Direction, Note, Row, RowContent, Segment, TargetEvidence, Transcript};

/// How many rows are many: more of them alike fold, a filter appears at so many, and only those
/// in view are drawn.
pub const MANY: usize = 20;
/// The pause that is worth saying, in milliseconds.
pub const PAUSE_MS: f64 = 100.0;

/// The entries for a transcript, made as it grows.
#[derive(Debug, Default)]
pub struct Listing {
    entries: VecDeque<TimelineEntry>,
    /// How many entries are forgotten.
    forgotten: u64,
    /// Which entries are pauses, counted from the first that there ever was.
    pauses: VecDeque<u64>,
    /// The number of the first row that has not been looked at.
    next: u64,
    /// The number of the last row that is shown, but for lines that share the row of an event, and
    /// when the page learned of the last one, in milliseconds.
    last: Option<(u64, f64)>,
    /// How many entries at the end are alike.
    alike: usize,
}

impl Listing {
    /// Returns the entries.
    #[must_use]
    pub fn entries(&self) -> &VecDeque<TimelineEntry> {
        &self.entries
    }

    /// Returns how many events are among the first `entries`: all that are no pauses.
    #[must_use]
    pub fn events_among(&self, entries: usize) -> usize {
        let entries = entries.min(self.entries.len());
        let end = self.forgotten + entries as u64;
        entries - self.pauses.partition_point(|pause| *pause < end)
    }

    /// Returns the index of the entry that contains a row.
    #[must_use]
    pub fn place(&self, row: u64) -> Option<usize> {
        let after = self.entries.partition_point(|entry| entry.row() <= row);
        let place = after.checked_sub(1)?;
        let entry = &self.entries[place];
        (entry.is_event() && entry.last_row() >= row).then_some(place)
    }

    /// Adds the rows that the transcript has received since, and removes those that it has dropped.
    pub fn sync(&mut self, with: &Transcript, filter: &Filter) {
        let is_gone = |entry: &mut TimelineEntry| entry.last_row() < with.dropped();
        while self.entries.pop_front_if(is_gone).is_some() {
            self.pauses.pop_front_if(|pause| *pause == self.forgotten);
            self.forgotten += 1;
        }
        self.alike = self.alike.min(self.entries.len());
        for number in self.next.max(with.dropped())..with.total() {
            let row = with.row(number).filter(|row| filter.wants(row, with));
            if let Some(row) = row {
                self.add(number, row, with);
                // What was searched for is shown, however often it is found.
                if self.alike > MANY && filter.text.is_empty() {
                    self.fold(with);
                }
            }
        }
        self.next = with.total();
    }

    fn add(&mut self, number: u64, row: &Row, with: &Transcript) {
        if let Some(TimelineEntry::Event { row: event, lines }) = self.entries.back_mut()
            && *event + *lines + 1 == number
            && with.row(number - 1).is_some_and(|before| is_printed_by(row, before))
        {
            *lines += 1;
            self.alike = 0;
            self.last = Some((*event, row.at_ms));
            return;
        }
        // A handshake that takes long is no pause.
        let last = self.last.filter(|_| !matches!(row.content, RowContent::Note(Note::Secured(_))));
        let pause = last.map_or(0.0, |last| pause_ms(last, row, with));
        self.last = Some((number, row.at_ms));
        if pause > PAUSE_MS {
            self.pauses.push_back(self.forgotten + self.entries.len() as u64);
            self.entries.push_back(TimelineEntry::Pause(number, pause));
            self.alike = 0;
        }
        if let Some(piece) = row.piece() {
            self.add_bytes(number, piece, is_write(row), with);
        } else {
            self.alike = 0;
            self.entries.push_back(TimelineEntry::of(number));
        }
    }

    fn add_bytes(&mut self, number: u64, piece: &Segment, wrote: bool, with: &Transcript) {
        let kind = (piece.direction, wrote);
        match self.entries.back_mut() {
            Some(TimelineEntry::Many(fold)) if (fold.bytes.direction, fold.wrote) == kind => {
                fold.last = number;
                fold.count += 1;
                fold.bytes.range.end = piece.range.end;
                return;
            }
            Some(TimelineEntry::Event { row, lines: 0 })
                if with.row(*row).and_then(kind_of) == Some(kind) =>
            {
                self.alike += 1;
            }
            _ => self.alike = 1,
        }
        self.entries.push_back(TimelineEntry::of(number));
    }

    fn fold(&mut self, with: &Transcript) {
        let start = self.entries.len() - self.alike;
        let alike: Vec<_> = self.entries.drain(start..).map(|entry| entry.row()).collect();
        let piece = |row: Option<&u64>| with.row(*row?)?.piece().cloned();
        let (Some(from), Some(to)) = (piece(alike.first()), piece(alike.last())) else { return };
        let wrote = alike.first().and_then(|row| with.row(*row)).is_some_and(is_write);
        let (first, last) = (alike[0], alike[alike.len() - 1]);
        let bytes = Segment { direction: from.direction, range: from.range.start..to.range.end };
        let count = alike.len() as u64;
        self.entries.push_back(TimelineEntry::Many(FoldedRows {
            first,
            last,
            count,
            bytes,
            wrote,
        }));
        self.alike = 0;
    }
}

fn is_write(row: &Row) -> bool {
    matches!(row.content, RowContent::Written(_))
}

/// Returns the direction of bytes, and the part of the route on which they moved.
fn kind_of(row: &Row) -> Option<(Direction, bool)> {
    Some((row.piece()?.direction, is_write(row)))
}

/// Returns how long nothing happened before a row, in milliseconds: by the bridge's clock if that
/// tells of both rows, since a page that is busy learns of things late.
fn pause_ms((last, last_at_ms): (u64, f64), row: &Row, with: &Transcript) -> f64 {
    match (with.row(last).and_then(Row::bridge_time), row.bridge_time()) {
        (Some(before), Some(now)) => now.since(before).unwrap_or_default().as_ms(),
        _ => row.at_ms - last_at_ms,
    }
}

/// Returns whether a row is a line that the program printed at what happened in the row before it,
/// and nothing else happened then.
fn is_printed_by(row: &Row, before: &Row) -> bool {
    let Some(line) = row.line().filter(|_| row.evidence == TargetEvidence::Unknown) else {
        return false;
    };
    // The news of a write completes the row of the sending, which is older.
    let is_written = matches!(line, Line::Sent(_))
        && before.passed().is_some_and(|piece| piece.direction == Direction::Sent);
    is_written || row.at_ms <= before.at_ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::EndRequest;
    use crate::time::{Micros, at_ms};

    fn listing(of: &Transcript, filter: &Filter) -> Vec<TimelineEntry> {
        let mut listing = Listing::default();
        listing.sync(of, filter);
        listing.entries.into()
    }

    fn everything(of: &Transcript) -> Vec<TimelineEntry> {
        listing(of, &Filter::default())
    }

    fn reads(count: usize) -> Transcript {
        let mut transcript = Transcript::new(at_ms(0.0));
        for _ in 0..count {
            transcript.received(at_ms(1.0), b"abcd");
        }
        transcript
    }

    fn entry(row: u64, lines: u64) -> TimelineEntry {
        TimelineEntry::Event { row, lines }
    }

    #[test]
    fn a_line_stands_in_the_row_of_the_event_that_printed_it() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.print(at_ms(0.0), Line::Connected(8888));
        transcript.set_evidence(TargetEvidence::MeasuredAt(Micros(116)));
        transcript.sent(at_ms(0.0), b"Hello!");
        transcript.wrote(at_ms(0.4), 6, Micros(412));
        transcript.print(at_ms(0.4), Line::Sent(b"Hello!".to_vec()));
        transcript.received(at_ms(0.5), b"Hel");
        transcript.received(at_ms(0.6), b"lo!");
        transcript.print(at_ms(0.6), Line::ReplyOk);
        transcript.print(at_ms(0.6), Line::Terminated);
        transcript.set_evidence(TargetEvidence::Inferred(EndRequest::Finish));
        assert_eq!(
            everything(&transcript),
            [entry(0, 0), entry(1, 1), entry(3, 0), entry(4, 1), entry(6, 0)]
        );
    }

    #[test]
    fn both_lines_of_a_failure_stand_in_its_row() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.received(at_ms(0.5), b"Hel");
        transcript.note(at_ms(0.6), Note::Finished(Direction::Received));
        transcript.print(at_ms(0.6), Line::FailedToReceive("early".into()));
        transcript.print(at_ms(0.6), Line::Terminated);
        assert_eq!(everything(&transcript), [entry(0, 0), entry(1, 2)]);
    }

    #[test]
    fn a_line_that_comes_later_has_its_own_row() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.received(at_ms(0.5), b"Hel");
        transcript.print(at_ms(0.6), Line::Terminated);
        assert_eq!(everything(&transcript), [entry(0, 0), entry(1, 0)]);
    }

    #[test]
    fn a_handshake_that_takes_long_is_no_pause() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.print(at_ms(0.0), Line::Connected(443));
        transcript.set_evidence(TargetEvidence::MeasuredAt(Micros(116)));
        transcript.secured(at_ms(900.0), Micros(900_000), Micros(900_116));
        transcript.sent(at_ms(2_000.0), b"Hello!");
        assert_eq!(
            everything(&transcript),
            [entry(0, 0), entry(1, 0), TimelineEntry::Pause(2, 1_100.0), entry(2, 0)]
        );
    }

    #[test]
    fn more_than_twenty_alike_fold_into_one() {
        assert_eq!(everything(&reads(MANY)).len(), MANY);
        let bytes = Segment { direction: Direction::Received, range: 0..412 * 4 };
        let fold = FoldedRows { first: 0, last: 411, count: 412, bytes, wrote: false };
        assert_eq!(everything(&reads(412)), [TimelineEntry::Many(fold)]);
    }

    #[test]
    fn what_goes_the_other_way_or_comes_later_does_not_fold_with_them() {
        let mut transcript = reads(30);
        transcript.sent(at_ms(1.0), b"x");
        transcript.received(at_ms(1.0), b"y");
        transcript.received(at_ms(5_001.0), b"z");
        let entries = everything(&transcript);
        let expected =
            [entry(30, 0), entry(31, 0), TimelineEntry::Pause(32, 5_000.0), entry(32, 0)];
        assert_eq!(entries[1..], expected);
    }

    #[test]
    fn a_page_that_learns_of_reads_late_makes_no_pause_of_that_and_hides_none() {
        let mut transcript = Transcript::new(at_ms(0.0));
        for (at, read) in [(0.0, 0), (500.0, 5_000), (500.0, 305_000)] {
            transcript.read(Micros(read));
            transcript.received(at_ms(at), b"line");
        }
        let expected = [entry(0, 0), entry(1, 0), TimelineEntry::Pause(2, 300.0), entry(2, 0)];
        assert_eq!(everything(&transcript), expected);
    }

    #[test]
    fn it_grows_with_the_transcript_and_forgets_with_it() {
        use crate::transcript::MAX_ROWS;
        let (mut transcript, mut step_by_step) = (Transcript::new(at_ms(0.0)), Listing::default());
        for count in 0..MAX_ROWS + 50 {
            match count % 3 {
                0 => transcript.sent(at_ms(1.0), b"x"),
                _ => transcript.received(at_ms(1.0), b"y"),
            }
            if count % 1_000 == 0 {
                step_by_step.sync(&transcript, &Filter::default());
            }
        }
        step_by_step.sync(&transcript, &Filter::default());
        assert_eq!(Vec::from(step_by_step.entries), everything(&transcript));
    }

    #[test]
    fn pauses_are_no_events_even_when_the_oldest_are_forgotten() {
        use crate::transcript::MAX_ROWS;
        let (mut transcript, mut listing) = (Transcript::new(at_ms(0.0)), Listing::default());
        let mut at = 0.0;
        for count in 0..MAX_ROWS + 10 {
            at += if count % 3 == 0 { 2.0 * PAUSE_MS } else { 1.0 };
            transcript.note(at_ms(at), Note::Disconnected);
            listing.sync(&transcript, &Filter::default());
        }
        assert!(listing.forgotten > 0);
        for entries in [0, 1, 2, 3, 1_000, listing.entries.len(), usize::MAX] {
            let events = listing.entries.iter().take(entries).filter(|it| it.is_event()).count();
            assert_eq!(listing.events_among(entries), events, "among {entries}");
        }
    }

    #[test]
    fn a_filter_leaves_what_it_asks_for() {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.print(at_ms(0.0), Line::Connected(8888));
        transcript.sent(at_ms(0.0), b"PING\r\n");
        transcript.received(at_ms(0.0), b"+PONG\r\n");
        let filter = |direction, text: &str| Filter { direction, text: text.into() };
        let rows = |filter| {
            listing(&transcript, &filter).iter().map(TimelineEntry::row).collect::<Vec<_>>()
        };
        assert_eq!(rows(filter(None, "")), [0, 1, 2]);
        assert_eq!(rows(filter(Some(Direction::Sent), "")), [1]);
        assert_eq!(rows(filter(None, "pong")), [2]);
        assert_eq!(rows(filter(None, "CONNECTED")), [0]);
        assert_eq!(rows(filter(Some(Direction::Sent), "pong")), [0; 0]);
    }

    #[test]
    fn every_row_that_is_found_by_its_text_is_shown() {
        let filter = Filter { direction: None, text: "bc".into() };
        assert_eq!(listing(&reads(30), &filter).len(), 30);
    }

    #[test]
    fn a_row_knows_its_entry() {
        let mut transcript = reads(30);
        transcript.sent(at_ms(1.0), b"x");
        let mut listing = Listing::default();
        listing.sync(&transcript, &Filter::default());
        assert_eq!(
            (listing.place(7), listing.place(30), listing.place(31)),
            (Some(0), Some(1), None)
        );
    }
}
