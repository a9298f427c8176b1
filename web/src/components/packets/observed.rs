//! How values and directions are shown.

use echo_core::packets::End;
use page_model::packets::stream;
use yew::prelude::*;

use crate::components::inspector::direction;

/// Shows a value. One that was made up is marked, and not by its colour alone.
pub(super) fn observed(value: String, is_measured: bool) -> Html {
    html! { <span class={guess(is_measured)}>{ marked(value, is_measured) }</span> }
}

/// Returns a value with a sign before it if it was made up.
pub(super) fn marked(value: String, is_measured: bool) -> String {
    if is_measured { value } else { format!("≈{value}") }
}

/// Returns the class of a value that was made up.
pub(super) fn guess(is_measured: bool) -> Option<&'static str> {
    (!is_measured).then_some("guess")
}

/// Returns the arrow from the client, which stands left, to the server, or back.
pub(super) fn arrow(by: End) -> &'static str {
    direction::arrow(stream::direction(End::Client, by))
}
