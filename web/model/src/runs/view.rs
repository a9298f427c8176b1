//! What is shown of the runs that are over: the list, and what is open in place of the latest run.

use std::rc::Rc;

use super::file::ImportError;
use super::list::{ImportSummary, ListedRun};
use super::shown::{ComparedView, EarlierView};
use super::summary::Summary;
use super::{Runs, RunsNotice, ShownRuns, StorageStatus};

/// The list of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whether the menu of the list is open.
    pub is_menu_open: bool,
    /// The result of the last import or removal.
    pub notice: Option<Notice>,
    /// Whether the browser keeps the runs.
    pub storage: StorageStatus,
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
    Cleared(usize),
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

impl Runs {
    /// Returns the list, once there is something to show. `is_menu_open` is passed through.
    #[must_use]
    pub fn view(&self, is_menu_open: bool) -> Option<View> {
        if !self.is_listed() {
            return None;
        }
        let notice = self.notice.as_ref().map(Notice::of);
        let shown = self.showing();
        let row =
            |run: &ListedRun| Row { summary: Rc::clone(&run.summary), is_shown: shown.has(run.id) };
        let rows = self.list.iter().map(row).collect();
        Some(View { is_menu_open, notice, storage: self.storage.clone(), rows })
    }

    /// Returns what is shown in place of the latest run, if anything is. `origin` is where the page
    /// was loaded from.
    #[must_use]
    pub fn shown_view(&self, origin: &str) -> Option<ShownView> {
        match self.showing() {
            ShownRuns::Latest => None,
            ShownRuns::Earlier(run, is_choosing) => {
                let run = self.earlier.get(run.id, || EarlierView::of(run, origin));
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
            RunsNotice::Cleared(runs) => Self::Cleared(runs.len()),
        }
    }
}
