//! The lesson: a guide beside the workbench, or a bar above it where there is no room. The guide is
//! loaded on demand; the region around it and the button in the header are not.

mod guide;
mod program;
mod region;
mod status;
mod step;
mod terminal;
mod tick;
mod toggle;

use page_model::{Event, Model};
use yew::{Callback, Html, html};

use guide::Guide;

pub use region::LessonRegion;
pub use toggle::LessonToggle;

/// Draws the guide. Only `lazy` may refer to this.
pub fn draw(model: &Model) -> Html {
    model.lesson_view().map(|view| html! { <Guide {view} /> }).unwrap_or_default()
}

/// Draws the button that opens the lesson.
pub fn toggle(model: &Model, _: &Callback<Event>) -> Html {
    html! { <LessonToggle key="lesson" is_open={model.lesson.step.is_some()} /> }
}
