//! The runs that are over: below the composer as a list, and opened in the place of the latest.

mod bytes;
mod compared;
mod earlier;
mod list;
mod look;

use yew::{Callback, Html};

use super::link;
use crate::tag::tag;
use page_model::{Event, Model};

pub use earlier::shown;

/// The place of the runs, which is empty before the first.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    tag("div")
        .class("runs")
        .key("runs")
        .child(link::view(model, emit))
        .child(list::view(model, emit))
        .html()
}
