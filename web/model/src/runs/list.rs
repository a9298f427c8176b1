//! A bounded list of runs, newest first.

use super::record::KeptRun;

/// How many runs are kept.
pub const MAX_RUNS: usize = 50;

/// Tells the runs of a list apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryId(pub u64);

/// A run in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which one it is.
    pub id: EntryId,
    /// The run.
    pub record: KeptRun,
}

/// Runs, newest first: at most [`MAX_RUNS`].
#[derive(Debug, Default)]
pub struct List {
    entries: Vec<Entry>,
    last: EntryId,
}

/// How many runs of a file were taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// So many were new.
    pub new: usize,
    /// So many were there already.
    pub known: usize,
    /// So many did not fit.
    pub left_out: usize,
}

impl List {
    /// The runs, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Adds a run; the oldest one makes room for it.
    pub fn add(&mut self, record: KeptRun) {
        self.merge(vec![record]);
    }

    /// Adds those that are not there yet; the oldest of all make room.
    pub fn merge(&mut self, records: Vec<KeptRun>) {
        for record in records {
            if !self.holds(&record) {
                self.insert(record);
            }
        }
        self.entries.truncate(MAX_RUNS);
    }

    /// Adds those that are not there yet, as far as there is room: none that is there makes room.
    pub fn take_in(&mut self, records: Vec<KeptRun>) -> Taken {
        let mut taken = Taken { new: 0, known: 0, left_out: 0 };
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
    pub fn drain(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    fn holds(&self, record: &KeptRun) -> bool {
        self.entries.iter().any(|entry| entry.record == *record)
    }

    fn insert(&mut self, record: KeptRun) {
        self.last.0 += 1;
        let place = self.entries.partition_point(|entry| entry.record.when > record.when);
        self.entries.insert(place, Entry { id: self.last, record });
    }
}
