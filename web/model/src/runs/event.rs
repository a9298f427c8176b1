//! The events of the finished runs.

use super::document::{Document, Stored};
use super::file::ImportError;
use super::list::ListedRunId;
use super::record::RunRecord;
use super::requests::RequestsEvent;
use crate::attachment::Attachment;
use crate::command::WallClock;
use crate::dom::Selector;
use crate::time::PageTime;

/// An event of the finished runs.
#[derive(Debug)]
pub enum RunsEvent {
    /// The browser stores requests and runs: found when the page opens, or changed by another tab.
    StoreFound,
    /// What the browser stores was read, after a change if there was one; or it could not be.
    Synced(Result<Stored, SyncError>),
    /// A run finished.
    Finished {
        /// Its record, without the date.
        record: Box<RunRecord>,
        /// Its message, if the record does not keep all of it, or it is a file.
        sent: Option<Attachment>,
        /// The date, and the resolution of the page's clock.
        clock: WallClock,
    },
    /// The user chose a run.
    Chosen(ListedRunId),
    /// A new run starts.
    RunStarted,
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
    /// The user wants to remove a run.
    DeletePressed(ListedRunId),
    /// The file that the user chose for an import was read, or could not be.
    FileRead(Result<Document, ImportError>),
    /// The user wants to export all requests and runs to a file.
    ExportPressed,
    /// The user wants to remove all runs.
    ClearPressed,
    /// The user wants back what was removed.
    UndoPressed,
    /// Something happened to the saved requests.
    Requests(RequestsEvent),
}

/// Why requests and runs are not stored, or could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncError {
    /// The browser refused to store them.
    Refused,
    /// What is stored could not be read, and was left as it is.
    Unread(ImportError),
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
        matches!(
            self,
            Self::ExportPressed
                | Self::ClearPressed
                | Self::FileRead(_)
                | Self::Requests(RequestsEvent::SavePressed)
        )
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
