//! What can happen to the runs, and what is done for them.

use super::file::ImportError;
use super::list::ListedRunId;
use super::record::RunRecord;

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
        /// The date, in milliseconds since 1970.
        when: f64,
        /// The step of the page's clock, in milliseconds.
        clock_step: f64,
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
        /// When, by the page's clock.
        at: f64,
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

/// What is to be done for the runs.
#[derive(Clone, Debug, PartialEq)]
pub enum RunsEffect {
    /// Say when this run was over.
    Date(Box<RunRecord>),
    /// Keep this for the next visit.
    Keep(String),
    /// Keep nothing for the next visit.
    Forget,
    /// Give this to the person as a file.
    Download(String),
    /// Scroll this into view, once it is there.
    Reveal(RunsAnchor),
    /// Put the focus on this run in the list, without scrolling.
    Focus(ListedRunId),
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
    pub(super) fn is_of_menu(&self) -> bool {
        matches!(self, Self::ExportPressed | Self::ClearPressed | Self::FileCame(_))
    }
}
