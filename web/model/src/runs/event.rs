//! The events of the finished runs.

use super::file::ImportError;
use super::list::ListedRunId;
use super::record::RunRecord;
use crate::command::WallClock;
use crate::dom::Selector;
use crate::time::PageTime;

/// An event of the finished runs.
#[derive(Debug)]
pub enum RunsEvent {
    /// The document in the browser's storage: found when the page opens, or stored by another tab.
    /// `None` if there is none.
    Loaded(Option<String>),
    /// The document in the browser's storage was read, or could not be.
    DocumentRead(Result<Vec<RunRecord>, ImportError>),
    /// Another tab removed the runs from the browser's storage.
    ClearedElsewhere,
    /// A run finished.
    Finished {
        /// Its record, without the date.
        record: Box<RunRecord>,
        /// The date, and the resolution of the page's clock.
        clock: WallClock,
    },
    /// The browser stored the runs (`true`), or refused to.
    Stored(bool),
    /// The user chose a run.
    Chosen(ListedRunId),
    /// The user wants to see the latest run again.
    LatestPressed,
    /// The user wants to compare this run with the one that is chosen next.
    ComparePressed(ListedRunId),
    /// The user wants to repeat a run.
    RepeatPressed {
        /// The run.
        id: ListedRunId,
        /// When, by the page's clock.
        at: PageTime,
    },
    /// The file that the user chose for an import was read, or could not be.
    FileRead(Result<Vec<RunRecord>, ImportError>),
    /// The user wants to export all runs to a file.
    ExportPressed,
    /// The user wants to remove all runs.
    ClearPressed,
    /// The user wants the removed runs back.
    UndoPressed,
}

/// A part of the page that may be out of view on a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsAnchor {
    /// The list of runs.
    List,
    /// The run that is shown, or the two that are compared.
    Shown,
}

impl RunsEvent {
    /// Returns whether the event comes from the menu of the runs, which closes after it.
    #[must_use]
    pub fn is_of_menu(&self) -> bool {
        matches!(self, Self::ExportPressed | Self::ClearPressed | Self::FileRead(_))
    }
}

impl RunsAnchor {
    /// Returns the id of the heading of that part.
    #[must_use]
    pub fn heading_id(self) -> &'static str {
        match self {
            Self::List => "runs",
            Self::Shown => "shown-run",
        }
    }

    /// Returns the CSS selector of the heading.
    #[must_use]
    pub fn selector(self) -> Selector {
        match self {
            Self::List => "#runs",
            Self::Shown => "#shown-run",
        }
    }
}
