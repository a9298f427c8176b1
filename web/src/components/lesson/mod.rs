//! The lesson: a guide beside the workbench, or a bar above it where there is no room. The guide is
//! loaded on demand; the region around it and the button in the header are not.

mod bar;
mod guide;
mod no_terminal;
mod program;
mod region;
mod status;
mod step;
mod terminal;
mod tick;
mod toggle;

use page_model::Model;
use yew::{Html, html};

use guide::Guide;

pub use region::LessonRegion;
pub use toggle::LessonToggle;

/// Draws the guide. Only `lazy` may refer to this.
pub fn draw(model: &Model) -> Html {
    model.lesson_view().map(|view| html! { <Guide {view} /> }).unwrap_or_default()
}
