//! The times of the Timeline: by the bridge's clock alone, each as an offset from the entry before.

use std::collections::VecDeque;

use super::entry::TimelineEntry;
use crate::time::Micros;
use crate::transcript::{Row, Transcript};

/// When an entry happened between the bridge and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowTime {
    /// It is the first whose time is known: the others count from it.
    First,
    /// So long after the entry before whose time is known.
    After(Micros),
    /// So long before that: the bridge reported it later than it happened.
    Before(Micros),
}

/// The unit of all times of a Timeline. Either has every digit of the bridge's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Microseconds.
    Micros,
    /// Milliseconds, with three decimals.
    Millis,
}

/// The longest step that is told in microseconds.
const MAX_MICROS: Micros = Micros(99_999);

impl TimeUnit {
    /// Returns the unit for a transcript, by its longest step.
    #[must_use]
    pub fn of(log: &Transcript) -> Self {
        if log.longest_step() > MAX_MICROS { Self::Millis } else { Self::Micros }
    }
}

/// Tells the times of entries that follow each other.
#[derive(Debug)]
pub struct BridgeClock<'a> {
    log: &'a Transcript,
    last: Option<Micros>,
}

impl<'a> BridgeClock<'a> {
    /// Creates a clock for the entries from `place` on.
    #[must_use]
    pub fn from_entry(
        entries: &VecDeque<TimelineEntry>,
        place: usize,
        log: &'a Transcript,
    ) -> Self {
        let last = (0..place).rev().find_map(|before| entries.get(before)?.bridge_times(log));
        Self { log, last: last.map(|(_, end)| end) }
    }

    /// Returns the time of the next entry, or `None` if the bridge did not report it.
    pub fn time_of(&mut self, entry: &TimelineEntry) -> Option<RowTime> {
        let (begin, end) = entry.bridge_times(self.log)?;
        Some(self.tell(begin, end))
    }

    /// Returns the time of the next row of the transcript, or `None` if the bridge did not report
    /// it.
    pub fn time_of_row(&mut self, row: &Row) -> Option<RowTime> {
        row.bridge_time().map(|at| self.tell(at, at))
    }

    fn tell(&mut self, begin: Micros, end: Micros) -> RowTime {
        match self.last.replace(end) {
            None => RowTime::First,
            Some(last) => match begin.since(last) {
                Some(after) => RowTime::After(after),
                None => RowTime::Before(Micros(last.0 - begin.0)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::filter::Filter;
    use crate::inspector::listing::Listing;
    use crate::time::at_ms;

    fn times(log: &Transcript, from: usize) -> Vec<Option<RowTime>> {
        let mut listing = Listing::default();
        listing.sync(log, &Filter::default());
        let mut clock = BridgeClock::from_entry(listing.entries(), from, log);
        listing.entries().range(from..).map(|entry| clock.time_of(entry)).collect()
    }

    fn echo(log: &mut Transcript, sent: u64, read: u64) {
        log.sent(at_ms(1.0), b"ping");
        log.wrote(at_ms(1.0), 4, Micros(sent));
        log.read(Micros(read));
        log.received(at_ms(1.0), b"pong");
    }

    #[test]
    fn each_time_counts_from_the_entry_before_whose_time_is_known() {
        let mut log = Transcript::new(at_ms(0.0));
        echo(&mut log, 400, 463);
        log.sent(at_ms(1.0), b"nobody told when");
        echo(&mut log, 460, 500);
        let expected = [
            Some(RowTime::First),
            Some(RowTime::After(Micros(63))),
            None,
            Some(RowTime::Before(Micros(3))),
            Some(RowTime::After(Micros(40))),
        ];
        assert_eq!(times(&log, 0)[..3], expected[..3]);
        assert_eq!(times(&log, 4).last(), expected.last());
        assert!(times(&log, 0).contains(&expected[3]));
    }

    #[test]
    fn what_follows_many_alike_counts_from_the_last_of_them() {
        let mut log = Transcript::new(at_ms(0.0));
        for at_us in 0..30 {
            log.read(Micros(100 + at_us));
            log.received(at_ms(1.0), b"abcd");
        }
        log.note(
            at_ms(1.0),
            crate::transcript::Note::Finished(crate::transcript::Direction::Received),
        );
        log.set_evidence(crate::transcript::TargetEvidence::MeasuredAt(Micros(229)));
        assert_eq!(times(&log, 0), [Some(RowTime::First), Some(RowTime::After(Micros(100)))]);
    }

    #[test]
    fn one_long_step_gives_the_whole_timeline_its_unit() {
        let mut log = Transcript::new(at_ms(0.0));
        echo(&mut log, 400, 463);
        assert_eq!(TimeUnit::of(&log), TimeUnit::Micros);
        echo(&mut log, 100_463, 100_500);
        assert_eq!(TimeUnit::of(&log), TimeUnit::Millis);
    }
}
