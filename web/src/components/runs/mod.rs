//! The runs that are over: below the composer as a list, and opened in the place of the latest.

mod bytes;
mod compared;
mod earlier;
mod list;
mod look;

use yew::{Callback, Html, html};

use super::link;
use crate::model::{Event, Model};

pub use earlier::shown;

/// The place of the runs, which is empty before the first.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    html! {
        <div class="runs" key="runs">
            { link::view(model, emit) }
            { list::view(model, emit) }
        </div>
    }
}
