//! How the list of runs and what is stored of it change: additions, removals, imports.

use super::document::{self, Change, Document, Stored};
use super::event::SyncError;
use super::file::{self, ImportError};
use super::list::{ListedRun, ListedRunId};
use super::part::RunsRequest;
use super::record::RunRecord;
use super::state::{FinishedRuns, RunSelection, RunsNotice, StorageStatus};
use super::stored;
use crate::command::Command;
use crate::dom::DomCommand;

/// The id of the button that restores what was removed.
pub const UNDO_BUTTON: &str = "undo";
/// The name of an exported file.
const EXPORT_NAME: &str = "echo-playground-runs.json";

impl FinishedRuns {
    /// Has what is stored changed as the state was, and read.
    pub(super) fn sync(&mut self, change: Change) -> Vec<RunsRequest> {
        self.sync_all(vec![change])
    }

    /// Has these changes made of what is stored, all of them or none, and has it read.
    pub(super) fn sync_all(&mut self, mut changes: Vec<Change>) -> Vec<RunsRequest> {
        let is_current = self.unsynced == 0 && self.storage == StorageStatus::Works;
        let foreseen =
            is_current.then(|| Stored { text: self.stored.clone(), document: self.document() });
        // What the browser refused before is stored, too, if it does not refuse it again.
        if self.storage == StorageStatus::Refused {
            changes.insert(0, Change::Merge(self.document()));
        }
        self.unsynced += 1;
        vec![RunsRequest::Command(stored::sync(changes, foreseen))]
    }

    /// Has what is stored changed, and moves the focus.
    pub(super) fn sync_and_focus(
        &mut self,
        change: Change,
        element: &'static str,
    ) -> Vec<RunsRequest> {
        let mut requests = self.sync(change);
        requests.push(RunsRequest::Command(Command::Dom(DomCommand::focus(element))));
        requests
    }

    /// Stores more runs.
    pub(super) fn merge(&mut self, runs: Vec<RunRecord>) -> Vec<RunsRequest> {
        self.sync(Change::Merge(Document { runs, requests: vec![] }))
    }

    /// Takes what is stored after a change, or notes why it is not.
    pub(super) fn on_synced(&mut self, result: Result<Stored, SyncError>) -> Vec<RunsRequest> {
        self.unsynced = self.unsynced.saturating_sub(1);
        match result {
            Ok(Stored { text, document }) => {
                self.stored = text;
                let before = std::mem::replace(&mut self.storage, StorageStatus::Works);
                if before != StorageStatus::Works && self.document() != document {
                    // What came since could not be stored, or was refused.
                    self.list.merge(document.runs);
                    self.requests.take_in(document.requests);
                    return self.sync(Change::Merge(self.document()));
                }
                // A later answer has what changed since.
                if self.unsynced == 0 {
                    self.list.replace(document.runs);
                    self.requests.saved = document.requests;
                }
            }
            Err(SyncError::Refused) => self.storage = StorageStatus::Refused,
            Err(SyncError::Unread(error)) => self.storage = StorageStatus::Unread(error),
        }
        vec![]
    }

    /// Removes a run, and moves the focus to the button that restores it.
    pub(super) fn delete(&mut self, id: ListedRunId) -> Vec<RunsRequest> {
        let Some(run) = self.list.remove(id) else { return vec![] };
        self.selection = RunSelection::Latest;
        let change = Change::RemoveRuns(vec![run.record.clone()]);
        self.notice = Some(RunsNotice::Removed(vec![run]));
        self.sync_and_focus(change, UNDO_BUTTON)
    }

    /// Adds what is new in a file.
    pub(super) fn import(&mut self, file: Result<Document, ImportError>) -> Vec<RunsRequest> {
        let (notice, changes) = match file {
            Ok(Document { requests, runs }) => {
                let mut summary = self.list.take_in(runs);
                let [new, known, left_out] = self.requests.take_in(requests);
                (summary.new_requests, summary.left_out_requests) = (new, left_out);
                summary.known += known;
                let changes = self.sync(Change::Merge(self.document()));
                (RunsNotice::Imported(summary), changes)
            }
            Err(refusal) => (RunsNotice::Refused(refusal), vec![]),
        };
        self.notice = Some(notice);
        changes
    }

    /// Saves everything as a file.
    pub(super) fn export(&self) -> RunsRequest {
        RunsRequest::Command(Command::SaveFile {
            name: EXPORT_NAME.into(),
            media_type: "application/json",
            contents: file::write(&self.document()).into_bytes(),
        })
    }

    /// Removes all runs, and what could not be read.
    pub(super) fn clear(&mut self) -> Vec<RunsRequest> {
        if !self.list.is_empty() {
            self.selection = RunSelection::Latest;
            self.notice = Some(RunsNotice::Removed(self.list.drain()));
        }
        let before = std::mem::take(&mut self.storage);
        let mut changes = vec![Change::ClearRuns];
        if before != StorageStatus::Works {
            // Requests could not be stored until now.
            changes.push(Change::Merge(self.document()));
        }
        self.sync_all(changes)
    }

    /// Restores what was removed last.
    pub(super) fn undo(&mut self) -> Vec<RunsRequest> {
        match self.notice.take_if(|notice| notice.can_undo()) {
            Some(RunsNotice::Removed(runs)) => {
                let records = runs.iter().map(|run| run.record.clone()).collect();
                for ListedRun { record, attachment, .. } in runs {
                    self.list.add(&record, attachment);
                }
                self.merge(records)
            }
            Some(RunsNotice::RequestRemoved(request)) => {
                document::save(&mut self.requests.saved, request.clone());
                self.sync(Change::SaveRequest(request))
            }
            _ => vec![],
        }
    }
}
