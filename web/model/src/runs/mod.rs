//! The runs that are over: kept, opened again, compared, repeated, taken elsewhere.

mod event;
pub mod file;
mod from_modes;
pub mod list;
pub mod record;
pub mod shown;
pub mod summary;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub use event::{RunsAnchor, RunsEffect, RunsEvent};

use crate::memo::Memo;
use crate::run::RunId;
use file::ImportError;
use list::{ImportSummary, ListedRun, ListedRunId, RunList};

/// The runs that are over, and what is shown of them.
#[derive(Debug, Default)]
pub struct Runs {
    /// The runs, newest first.
    pub list: RunList,
    /// What is shown in place of the latest run.
    pub shown: RunSelection,
    /// Whether the browser keeps them.
    pub keeping: StorageStatus,
    /// What came of the last import, until a run follows, or of the last Clear.
    pub news: Option<RunsNotice>,
    noted: Option<RunId>,
    earlier: Memo<ListedRunId, shown::EarlierView>,
    compared: Memo<(ListedRunId, ListedRunId), shown::ComparedView>,
}

/// What stands in the place of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunSelection {
    /// The latest run.
    #[default]
    Latest,
    /// An earlier one.
    Earlier(ListedRunId),
    /// An earlier one, to be compared with the next one that is chosen.
    Choosing(ListedRunId),
    /// Two of them.
    Compared(ListedRunId, ListedRunId),
}

/// [`RunSelection`], with the runs themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShownRuns<'a> {
    /// The latest run.
    Latest,
    /// An earlier one; whether the one to compare it with is being chosen.
    Earlier(&'a ListedRun, bool),
    /// Two of them.
    Compared(&'a ListedRun, &'a ListedRun),
}

impl ShownRuns<'_> {
    /// Whether this run is one of those that are shown.
    #[must_use]
    pub fn has(self, id: ListedRunId) -> bool {
        match self {
            Self::Latest => false,
            Self::Earlier(entry, _) => entry.id == id,
            Self::Compared(one, other) => one.id == id || other.id == id,
        }
    }
}

/// Whether the browser keeps the runs across reloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StorageStatus {
    /// It does, as far as is known.
    #[default]
    Works,
    /// It would not take them.
    Refused,
    /// What it had kept could not be read, and is left as it is until Clear.
    Unread(ImportError),
}

/// What came of an import or of Clear.
#[derive(Debug, PartialEq)]
pub enum RunsNotice {
    /// A file was taken.
    Imported(ImportSummary),
    /// A file was not taken.
    Refused(ImportError),
    /// These were removed; they can be had again.
    Cleared(Vec<ListedRun>),
}

impl Runs {
    /// What stands in the place of what happened; the latest run, where what was chosen is gone.
    #[must_use]
    pub fn showing(&self) -> ShownRuns<'_> {
        let get = |id| self.list.get(id);
        let showing = match self.shown {
            RunSelection::Latest => None,
            RunSelection::Earlier(id) => get(id).map(|run| ShownRuns::Earlier(run, false)),
            RunSelection::Choosing(id) => get(id).map(|run| ShownRuns::Earlier(run, true)),
            RunSelection::Compared(one, other) => {
                get(one).zip(get(other)).map(|(one, other)| ShownRuns::Compared(one, other))
            }
        };
        showing.unwrap_or(ShownRuns::Latest)
    }
}
