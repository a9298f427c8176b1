//! What can happen to the runs.

use super::file::ImportError;
use super::list::ListedRunId;
use super::record::RunRecord;
use crate::command::WallClock;
use crate::dom::Selector;
use crate::time::PageTime;

/// Something that happened to the runs.
#[derive(Debug)]
pub enum RunsEvent {
    /// What the browser had kept from an earlier visit, or what another tab has it keep now.
    Remembered(Option<String>),
    /// Another tab removed the runs.
    ClearedElsewhere,
    /// A run is over.
    Over {
        /// The run.
        record: Box<RunRecord>,
        /// The date.
        clock: WallClock,
    },
    /// The browser keeps the runs, or would not.
    Kept(bool),
    /// Somebody chose a run.
    Chosen(ListedRunId),
    /// Somebody wants to see the latest run again.
    LatestWanted,
    /// Somebody wants to compare a run with another.
    CompareWanted(ListedRunId),
    /// Somebody wants a run repeated.
    RepeatPressed {
        /// The run.
        id: ListedRunId,
        /// When.
        at: PageTime,
    },
    /// Somebody chose a file with runs.
    FileCame(Result<String, ImportError>),
    /// Somebody wants a file with all runs.
    ExportPressed,
    /// Somebody wants the runs removed.
    ClearPressed,
    /// Somebody wants them again.
    UndoPressed,
}

/// A place that may be out of view on a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsAnchor {
    /// The list of runs.
    List,
    /// What is shown of one run, or of two.
    Shown,
}

impl RunsEvent {
    /// Whether it comes from the menu of the runs, which then has done its work.
    #[must_use]
    pub fn is_of_menu(&self) -> bool {
        matches!(self, Self::ExportPressed | Self::ClearPressed | Self::FileCame(_))
    }
}

impl RunsAnchor {
    /// Returns the id of the heading that stands for what is under it.
    #[must_use]
    pub fn heading_id(self) -> &'static str {
        match self {
            Self::List => "runs",
            Self::Shown => "shown-run",
        }
    }

    /// Returns the selector of the heading.
    #[must_use]
    pub fn selector(self) -> Selector {
        match self {
            Self::List => "#runs",
            Self::Shown => "#shown-run",
        }
    }
}
