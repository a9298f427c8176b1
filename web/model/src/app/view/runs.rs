//! The runs that are over.

use crate::Model;
use crate::menu::Menu;
use crate::runs::ShownRuns;
use crate::runs::view::{ShownView, View};

impl Model {
    /// Returns whether there is a list of runs to show.
    #[must_use]
    pub fn has_run_list(&self) -> bool {
        self.runs.is_listed()
    }

    /// Returns whether finished runs are shown in place of the latest one.
    #[must_use]
    pub fn shows_finished_runs(&self) -> bool {
        self.runs.showing() != ShownRuns::Latest
    }

    /// Returns the list of runs, once there is something to show.
    #[must_use]
    pub fn runs_view(&self) -> Option<View> {
        self.runs.view(self.menus.is_open(Menu::Runs))
    }

    /// Returns what is shown in place of the latest run, if anything is.
    #[must_use]
    pub fn shown_runs_view(&self) -> Option<ShownView> {
        self.runs.shown_view(&self.origin)
    }
}
