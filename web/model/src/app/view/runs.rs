//! The requests and the runs that are over.

use crate::Model;
use crate::loadable::Loadable;
use crate::menu::Menu;
use crate::runs::RunsPart;
use crate::runs::view::{ShownView, View};

impl Model {
    /// Returns whether there is a list of requests and runs to show, as far as its code is loaded.
    #[must_use]
    pub fn has_run_list(&self) -> bool {
        self.runs.is_listed()
    }

    /// Returns how far the code of the list is loaded.
    #[must_use]
    pub fn runs_part(&self) -> Loadable<()> {
        self.runs.loading()
    }

    /// Returns whether the menu of the list is open.
    #[must_use]
    pub fn is_runs_menu_open(&self) -> bool {
        self.menus.is_open(Menu::Runs)
    }

    /// Returns whether finished runs are shown in place of the latest one.
    #[must_use]
    pub fn shows_finished_runs(&self) -> bool {
        self.runs.part().is_some_and(RunsPart::are_shown)
    }

    /// Returns whether the inspector can show the run that is shown in place of the latest one.
    #[must_use]
    pub fn shows_recorded_run(&self) -> bool {
        self.runs.restored().is_some()
    }

    /// Returns the list of runs, once there is something to show.
    #[must_use]
    pub fn runs_view(&self) -> Option<View> {
        self.runs.part()?.state().view(self.is_runs_menu_open())
    }

    /// Returns what is shown in place of the latest run, if anything is.
    #[must_use]
    pub fn shown_runs_view(&self) -> Option<ShownView> {
        self.runs.part()?.state().shown_view(&self.reader())
    }
}
