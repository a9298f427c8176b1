//! What is shown of the runs that are over: the list, and what is open in place of the latest run.

use std::rc::Rc;

use super::file::ImportError;
use super::list::{ImportSummary, ListedRun};
use super::requests_view::RequestsView;
use super::shown::{ComparedView, EarlierView};
use super::state::{FinishedRuns, RunsNotice, ShownRuns, StorageStatus};
use super::summary::Summary;
use crate::terminal_command::Reader;

/// The list of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whether the menu of the list is open.
    pub is_menu_open: bool,
    /// The result of the last import or removal.
    pub notice: Option<Notice>,
    /// Whether the browser keeps requests and runs.
    pub storage: StorageStatus,
    /// The saved requests.
    pub requests: RequestsView,
    /// The runs, newest first.
    pub rows: Vec<Row>,
}

/// A run in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The run in short.
    pub summary: Rc<Summary>,
    /// Whether it is one of those that are shown.
    pub is_shown: bool,
}

/// The result of an import or of a removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A file was imported.
    Imported(ImportSummary),
    /// A file was refused.
    Refused(ImportError),
    /// So many runs were removed, and can be restored.
    Removed(usize),
    /// The request of this name was removed, and can be restored.
    RequestRemoved(String),
}

/// What is shown in place of the latest run.
#[derive(Clone, Debug, PartialEq)]
pub enum ShownView {
    /// An earlier run.
    Earlier {
        /// The run.
        run: Rc<EarlierView>,
        /// Whether the run to compare it with is being chosen.
        is_choosing: bool,
    },
    /// Two runs side by side.
    Compared(Rc<ComparedView>),
}

impl FinishedRuns {
    /// Returns the list, once there is something to show or its menu is open.
    #[must_use]
    pub fn view(&self, is_menu_open: bool) -> Option<View> {
        if !self.has_list() && !is_menu_open {
            return None;
        }
        let notice = self.notice.as_ref().map(Notice::of);
        let shown = self.showing();
        let row =
            |run: &ListedRun| Row { summary: Rc::clone(&run.summary), is_shown: shown.has(run.id) };
        let rows = self.list.iter().map(row).collect();
        let (storage, requests) = (self.storage.clone(), self.requests.view());
        Some(View { is_menu_open, notice, storage, requests, rows })
    }

    /// Returns what is shown in place of the latest run, if anything is. `reader` is who reads
    /// the page.
    #[must_use]
    pub fn shown_view(&self, reader: &Reader<'_>) -> Option<ShownView> {
        match self.showing() {
            ShownRuns::Latest => None,
            ShownRuns::Earlier(run, is_choosing) => {
                let address = reader.reach(&run.record.target);
                let key = (run.id, address.is_some(), run.attachment.is_some());
                let view = || EarlierView::of(run, reader.origin, address.as_deref());
                let run = self.earlier.get(key, view);
                Some(ShownView::Earlier { run, is_choosing })
            }
            ShownRuns::Compared(one, other) => {
                let compared =
                    self.compared.get((one.id, other.id), || ComparedView::of([one, other]));
                Some(ShownView::Compared(compared))
            }
        }
    }
}

impl Notice {
    fn of(notice: &RunsNotice) -> Self {
        match notice {
            RunsNotice::Imported(summary) => Self::Imported(*summary),
            RunsNotice::Refused(error) => Self::Refused(error.clone()),
            RunsNotice::Removed(runs) => Self::Removed(runs.len()),
            RunsNotice::RequestRemoved(request) => Self::RequestRemoved(request.name().into()),
        }
    }
}
