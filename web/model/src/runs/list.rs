//! A bounded list of runs, newest first.

use std::rc::Rc;

use super::record::RunRecord;
use super::summary::Summary;

/// How many runs are kept.
pub const MAX_RUNS: usize = 50;

/// Tells the runs of a list apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListedRunId(pub u64);

/// A run in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedRun {
    /// Which one it is.
    pub id: ListedRunId,
    /// The run.
    pub record: RunRecord,
    /// The run in short.
    pub summary: Rc<Summary>,
}

/// Runs, newest first: at most [`MAX_RUNS`].
#[derive(Debug, Default)]
pub struct RunList {
    entries: Vec<ListedRun>,
    last: ListedRunId,
}

/// How many runs of a file were taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportSummary {
    /// So many were new.
    pub new: usize,
    /// So many were there already.
    pub known: usize,
    /// So many did not fit.
    pub left_out: usize,
}

impl RunList {
    /// The runs, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &ListedRun> {
        self.entries.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: ListedRunId) -> Option<&ListedRun> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Adds a run; the oldest one makes room for it.
    pub fn add(&mut self, record: RunRecord) {
        self.merge(vec![record]);
    }

    /// Adds those that are not there yet; the oldest of all make room.
    pub fn merge(&mut self, records: Vec<RunRecord>) {
        for record in records {
            if !self.holds(&record) {
                self.insert(record);
            }
        }
        self.entries.truncate(MAX_RUNS);
    }

    /// Adds those that are not there yet, as far as there is room: none that is there makes room.
    pub fn take_in(&mut self, records: Vec<RunRecord>) -> ImportSummary {
        let mut taken = ImportSummary { new: 0, known: 0, left_out: 0 };
        for record in records {
            if self.holds(&record) {
                taken.known += 1;
            } else if self.entries.len() < MAX_RUNS {
                self.insert(record);
                taken.new += 1;
            } else {
                taken.left_out += 1;
            }
        }
        taken
    }

    /// Takes all of them out.
    pub fn drain(&mut self) -> Vec<ListedRun> {
        std::mem::take(&mut self.entries)
    }

    fn holds(&self, record: &RunRecord) -> bool {
        self.entries.iter().any(|entry| entry.record == *record)
    }

    fn insert(&mut self, record: RunRecord) {
        self.last.0 += 1;
        let place = self.entries.partition_point(|entry| entry.record.when > record.when);
        let summary = Rc::new(Summary::of(self.last, &record));
        self.entries.insert(place, ListedRun { id: self.last, record, summary });
    }
}
