//! The runs that are over: kept, opened again, compared, repeated, taken elsewhere.

mod event;
pub mod file;
pub mod kept;
pub mod list;
pub mod record;
#[cfg(test)]
mod tests;
mod update;
mod ways;

pub use event::{Place, RunsEffect, RunsEvent};

use crate::run::RunId;
use file::Refusal;
use list::{Entry, EntryId, List, Taken};

/// The runs that are over, and what is shown of them.
#[derive(Debug, Default)]
pub struct Runs {
    /// The runs, newest first.
    pub list: List,
    /// What is shown in place of the latest run.
    pub shown: Shown,
    /// Whether the browser keeps them.
    pub keeping: Keeping,
    /// What came of the last import, until a run follows, or of the last Clear.
    pub news: Option<News>,
    noted: Option<RunId>,
}

/// What stands in the place of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// The latest run.
    #[default]
    Latest,
    /// An earlier one.
    Earlier(EntryId),
    /// An earlier one, to be compared with the next one that is chosen.
    Choosing(EntryId),
    /// Two of them.
    Compared(EntryId, EntryId),
}

/// [`Shown`], with the runs themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Showing<'a> {
    /// The latest run.
    Latest,
    /// An earlier one; whether the one to compare it with is being chosen.
    Earlier(&'a Entry, bool),
    /// Two of them.
    Compared(&'a Entry, &'a Entry),
}

impl Showing<'_> {
    /// Whether this run is one of those that are shown.
    #[must_use]
    pub fn has(self, id: EntryId) -> bool {
        match self {
            Self::Latest => false,
            Self::Earlier(entry, _) => entry.id == id,
            Self::Compared(one, other) => one.id == id || other.id == id,
        }
    }
}

/// Whether the browser keeps the runs across reloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It does, as far as is known.
    #[default]
    Works,
    /// It would not take them.
    Refused,
    /// What it had kept could not be read, and is left as it is until Clear.
    Unread(Refusal),
}

/// What came of an import or of Clear.
#[derive(Debug, PartialEq)]
pub enum News {
    /// A file was taken.
    Imported(Taken),
    /// A file was not taken.
    Refused(Refusal),
    /// These were removed; they can be had again.
    Cleared(Vec<Entry>),
}

impl Runs {
    /// What stands in the place of what happened; the latest run, where what was chosen is gone.
    #[must_use]
    pub fn showing(&self) -> Showing<'_> {
        let get = |id| self.list.get(id);
        let showing = match self.shown {
            Shown::Latest => None,
            Shown::Earlier(id) => get(id).map(|run| Showing::Earlier(run, false)),
            Shown::Choosing(id) => get(id).map(|run| Showing::Earlier(run, true)),
            Shown::Compared(one, other) => {
                get(one).zip(get(other)).map(|(one, other)| Showing::Compared(one, other))
            }
        };
        showing.unwrap_or(Showing::Latest)
    }
}
