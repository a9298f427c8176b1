//! The runs that are over, and the saved requests: as a list below the composer, and a run opened in
//! place of the latest one.

mod byte_sides;
mod compared;
mod earlier;
mod list;
mod menu;
mod requests;
mod times;

use page_model::Model;
use page_model::runs::view::ShownView;
use page_model::runs::{FinishedRuns, RunsPart};
use yew::prelude::*;

use compared::ComparedRuns;
use earlier::EarlierRun;
use list::RunList;
use menu::RunsMenu;

/// The functions of this region, which is loaded on demand.
pub struct Runs {
    /// Draws the list.
    pub list: fn(&Model) -> Html,
    /// Draws what is shown in place of the latest run: an earlier one, or two of them side by side.
    pub shown: fn(&Model) -> Html,
    /// Draws what the menu of the list contains.
    pub menu: fn(&Model) -> Html,
    /// Creates their state.
    pub state: fn() -> Box<dyn RunsPart>,
}

/// The region.
pub static RUNS: Runs = Runs { list, shown, menu: menu_panel, state };

fn state() -> Box<dyn RunsPart> {
    Box::new(FinishedRuns::default())
}

fn menu_panel(model: &Model) -> Html {
    html! { <RunsMenu has_runs={model.has_run_list()} /> }
}

fn list(model: &Model) -> Html {
    model.runs_view().map(|view| html! { <RunList {view} /> }).unwrap_or_default()
}

fn shown(model: &Model) -> Html {
    match model.shown_runs_view() {
        Some(ShownView::Earlier { run, is_choosing }) => {
            let key = run.summary.id.0;
            html! { <EarlierRun {key} {run} {is_choosing} /> }
        }
        Some(ShownView::Compared(view)) => html! { <ComparedRuns key="compared" {view} /> },
        None => Html::default(),
    }
}
