//! The runs that are over: as a list below the composer, and opened in place of the latest run.

mod byte_sides;
mod compared;
mod earlier;
mod list;
mod menu;
mod times;

use page_model::Model;
use page_model::runs::file::{self, ImportError};
use page_model::runs::record::RunRecord;
use page_model::runs::view::ShownView;
use yew::prelude::*;

use compared::ComparedRuns;
use earlier::EarlierRun;
use list::RunList;

/// The functions of this region, which is loaded on demand.
pub struct Runs {
    /// Draws the list.
    pub list: fn(&Model) -> Html,
    /// Draws what is shown in place of the latest run: an earlier one, or two of them side by side.
    pub shown: fn(&Model) -> Html,
    /// Reads a document with runs.
    pub read: fn(&str) -> Result<Vec<RunRecord>, ImportError>,
}

/// The region.
pub static RUNS: Runs = Runs { list, shown, read: file::read };

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
