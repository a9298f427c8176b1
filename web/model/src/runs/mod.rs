//! The finished runs: recorded, stored in the browser, shown again, compared, repeated, exported
//! and imported.

mod event;
pub mod file;
mod from_modes;
pub mod list;
mod listed_run_id;
pub mod record;
pub mod shown;
pub mod summary;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub use event::{RunsAnchor, RunsEvent};
pub use update::focus;

use crate::connection::ConnectionId;
use crate::memo::Memo;
use file::ImportError;
use list::{ImportSummary, ListedRun, ListedRunId, RunList};

/// The finished runs, and which of them are shown.
#[derive(Debug, Default)]
pub struct Runs {
    /// The runs, newest first.
    pub list: RunList,
    /// Which of them are shown in place of the latest run.
    pub selection: RunSelection,
    /// Whether the browser stores them.
    pub storage: StorageStatus,
    /// The result of the last import, until the next run starts, or of the last Clear.
    pub notice: Option<RunsNotice>,
    /// The id of the run that was recorded last; later runs have greater ids.
    recorded: Option<ConnectionId>,
    earlier: Memo<ListedRunId, shown::EarlierView>,
    compared: Memo<(ListedRunId, ListedRunId), shown::ComparedView>,
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
    /// The stored document is being read. It is not overwritten before its runs are in the list.
    Reading {
        /// Whether the list has changed since and is to be stored then.
        has_changes: bool,
    },
    /// It refused to store them.
    Refused,
    /// The stored document could not be read. It is not overwritten until the user presses Clear.
    Unread(ImportError),
}

/// The result of an import or of Clear.
#[derive(Debug, PartialEq)]
pub enum RunsNotice {
    /// A file was imported.
    Imported(ImportSummary),
    /// A file could not be imported.
    Refused(ImportError),
    /// These runs were removed, and can be restored.
    Cleared(Vec<ListedRun>),
}

impl Runs {
    /// Returns whether there is a list to show: runs, or the result of an import or of Clear.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !self.list.is_empty() || self.notice.is_some()
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
