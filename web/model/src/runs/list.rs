//! A bounded list of runs, newest first.

use std::rc::Rc;

pub use super::listed_run_id::ListedRunId;
use super::record::RunRecord;
use super::summary::Summary;
use crate::attachment::Attachment;

/// The most runs in a list.
pub const MAX_RUNS: usize = 50;
/// The most runs in a list of which an attachment is kept: the newest of those that have one.
pub const MAX_ATTACHMENTS: usize = 4;

/// A run in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedRun {
    /// The run's id in the list.
    pub id: ListedRunId,
    /// The record of the run.
    pub record: RunRecord,
    /// The message, if the record does not keep all of it, or it was a file. It is not stored, and
    /// kept of [`MAX_ATTACHMENTS`] runs.
    pub attachment: Option<Attachment>,
    /// The run in short.
    pub summary: Rc<Summary>,
}

/// At most [`MAX_RUNS`] runs, newest first.
#[derive(Debug, Default)]
pub struct RunList {
    entries: Vec<ListedRun>,
    /// The id that was given last.
    last: ListedRunId,
}

/// How many runs and requests of a file were imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// The number of runs that were added.
    pub new: usize,
    /// The number of runs and requests that were there already.
    pub known: usize,
    /// The number of runs for which there was no room.
    pub left_out: usize,
    /// The number of requests that were added.
    pub new_requests: usize,
    /// The number of requests for which there was no room.
    pub left_out_requests: usize,
}

impl RunList {
    /// Returns the runs, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &ListedRun> {
        self.entries.iter()
    }

    /// Returns whether there are no runs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the run with this id, or `None` if it is not in the list any more.
    #[must_use]
    pub fn get(&self, id: ListedRunId) -> Option<&ListedRun> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Adds a run, unless it is in the list already, and its message, if the record does not keep all
    /// of it. If the list is full, the oldest run is removed.
    pub fn add(&mut self, record: &RunRecord, attachment: Option<Attachment>) {
        self.merge(vec![record.clone()]);
        if attachment.is_some() {
            if let Some(added) = self.entries.iter_mut().find(|entry| entry.record == *record) {
                added.attachment = attachment;
            }
            let attachments = self.entries.iter_mut().map(|entry| &mut entry.attachment);
            let kept = attachments.filter(|attachment| attachment.is_some());
            kept.skip(MAX_ATTACHMENTS).for_each(|surplus| *surplus = None);
        }
    }

    /// Adds those runs that are not in the list yet. If the list is too long then, the oldest runs
    /// are removed.
    pub fn merge(&mut self, records: Vec<RunRecord>) {
        for record in records {
            if !self.contains(&record) {
                self.insert(record);
            }
        }
        self.entries.truncate(MAX_RUNS);
    }

    /// Adds those runs that are not in the list yet, as long as there is room. Never removes a run.
    pub fn take_in(&mut self, records: Vec<RunRecord>) -> ImportSummary {
        let mut summary = ImportSummary::default();
        for record in records {
            if self.contains(&record) {
                summary.known += 1;
            } else if self.entries.len() < MAX_RUNS {
                self.insert(record);
                summary.new += 1;
            } else {
                summary.left_out += 1;
            }
        }
        summary
    }

    /// Makes these runs the list. A run that is in the list already keeps its id.
    pub fn replace(&mut self, records: Vec<RunRecord>) {
        self.entries.retain(|entry| records.contains(&entry.record));
        self.merge(records);
    }

    /// Removes and returns a run, if it is in the list.
    pub fn remove(&mut self, id: ListedRunId) -> Option<ListedRun> {
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        Some(self.entries.remove(place))
    }

    /// Removes and returns all runs.
    pub fn drain(&mut self) -> Vec<ListedRun> {
        std::mem::take(&mut self.entries)
    }

    fn contains(&self, record: &RunRecord) -> bool {
        self.entries.iter().any(|entry| entry.record == *record)
    }

    fn insert(&mut self, record: RunRecord) {
        self.last.0 += 1;
        let place =
            self.entries.partition_point(|entry| entry.record.finished_ms > record.finished_ms);
        let summary = Rc::new(Summary::of(self.last, &record));
        let (id, attachment) = (self.last, None);
        self.entries.insert(place, ListedRun { id, record, attachment, summary });
    }
}
