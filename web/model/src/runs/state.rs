//! The finished runs and the saved requests: the state that is loaded on demand.

use super::document::Document;
use super::file::ImportError;
use super::list::{ImportSummary, ListedRun, ListedRunId, RunList};
use super::request::Request;
use super::requests::Requests;
use super::restored::RestoredConnection;
use super::shown::{ComparedView, EarlierView};
use crate::memo::Memo;

/// The finished runs, which of them are shown, and the saved requests.
#[derive(Debug, Default)]
pub struct FinishedRuns {
    /// The runs, newest first.
    pub list: RunList,
    /// Which of them are shown in place of the latest run.
    pub selection: RunSelection,
    /// The saved requests.
    pub requests: Requests,
    /// Whether the browser stores runs and requests.
    pub storage: StorageStatus,
    /// The result of the last import, until the next run starts, or of the last removal.
    pub notice: Option<RunsNotice>,
    /// The text that the browser stored when it was asked last.
    pub(super) stored: Option<String>,
    /// The number of changes of what is stored that are not answered yet.
    pub(super) unsynced: usize,
    /// The connection of the run that is shown.
    pub(super) restored: Option<(ListedRunId, RestoredConnection)>,
    pub(super) earlier: Memo<(ListedRunId, bool, bool), EarlierView>,
    pub(super) compared: Memo<(ListedRunId, ListedRunId), ComparedView>,
}

/// Which runs are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunSelection {
    /// The latest run.
    #[default]
    Latest,
    /// An earlier run.
    Earlier(ListedRunId),
    /// An earlier one, to compare with the one that is chosen next.
    Choosing(ListedRunId),
    /// Two runs, which are compared.
    Compared(ListedRunId, ListedRunId),
}

/// The runs that are shown: a resolved [`RunSelection`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShownRuns<'a> {
    /// The latest run.
    Latest,
    /// An earlier run, and whether the one to compare with it is being chosen.
    Earlier(&'a ListedRun, bool),
    /// Two runs, which are compared.
    Compared(&'a ListedRun, &'a ListedRun),
}

impl ShownRuns<'_> {
    /// Returns whether this run of the list is shown.
    #[must_use]
    pub fn has(self, id: ListedRunId) -> bool {
        match self {
            Self::Latest => false,
            Self::Earlier(entry, _) => entry.id == id,
            Self::Compared(one, other) => one.id == id || other.id == id,
        }
    }
}

/// Whether the browser stores the runs across reloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StorageStatus {
    /// It does, or has not been asked to yet.
    #[default]
    Works,
    /// It refused to store them.
    Refused,
    /// The stored document could not be read. It is not overwritten until the user presses Clear.
    Unread(ImportError),
}

/// The result of an import or of a removal.
#[derive(Debug, PartialEq)]
pub enum RunsNotice {
    /// A file was imported.
    Imported(ImportSummary),
    /// A file could not be imported.
    Refused(ImportError),
    /// These runs were removed, and can be restored.
    Removed(Vec<ListedRun>),
    /// This request was removed, and can be restored.
    RequestRemoved(Request),
}

impl RunsNotice {
    /// Returns whether something was removed that can be restored.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        matches!(self, Self::Removed(_) | Self::RequestRemoved(_))
    }
}

impl FinishedRuns {
    /// Returns whether there is something to show: runs or requests, the result of an import or of
    /// a removal, or that what is stored could not be read.
    #[must_use]
    pub fn has_list(&self) -> bool {
        !self.list.is_empty()
            || self.requests.is_shown()
            || self.notice.is_some()
            || matches!(self.storage, StorageStatus::Unread(_))
    }

    /// Returns all requests and runs.
    #[must_use]
    pub fn document(&self) -> Document {
        Document {
            requests: self.requests.saved.clone(),
            runs: self.list.iter().map(|entry| entry.record.clone()).collect(),
        }
    }

    /// Returns the connection of the run that is shown, if one is and its connection was recorded.
    #[must_use]
    pub fn restored_connection(&self) -> Option<&RestoredConnection> {
        let ShownRuns::Earlier(run, _) = self.showing() else { return None };
        self.restored.as_ref().filter(|(id, _)| *id == run.id).map(|(_, restored)| restored)
    }

    /// Returns the runs that are shown: the latest run, if a selected one is not in the list any
    /// more.
    #[must_use]
    pub fn showing(&self) -> ShownRuns<'_> {
        let get = |id| self.list.get(id);
        let shown = match self.selection {
            RunSelection::Latest => None,
            RunSelection::Earlier(id) => get(id).map(|run| ShownRuns::Earlier(run, false)),
            RunSelection::Choosing(id) => get(id).map(|run| ShownRuns::Earlier(run, true)),
            RunSelection::Compared(one, other) => {
                get(one).zip(get(other)).map(|(one, other)| ShownRuns::Compared(one, other))
            }
        };
        shown.unwrap_or(ShownRuns::Latest)
    }
}
