//! The runs that are over: as a list below the composer, and opened in place of the latest run.

mod byte_sides;
mod compared;
mod earlier;
mod list;
mod menu;
mod times;

pub use list::RunList;

use page_model::runs::view::ShownView;
use yew::prelude::*;

use compared::ComparedRuns;
use earlier::EarlierRun;

/// Draws what is shown in place of the latest run: an earlier one, or two of them side by side.
pub fn shown(view: ShownView) -> Html {
    match view {
        ShownView::Earlier { run, is_choosing } => {
            let key = run.summary.id.0;
            html! { <EarlierRun {key} {run} {is_choosing} /> }
        }
        ShownView::Compared(view) => html! { <ComparedRuns key="compared" {view} /> },
    }
}
