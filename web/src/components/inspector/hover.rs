//! From what the pointer or the focus is on to what it stands for.

use page_model::Event;
use page_model::inspector::InspectorEvent;
use page_model::inspector::highlight::Highlight;
use web_sys::{Element, FocusEvent, MouseEvent};
use yew::{Callback, TargetCast, hook};

use super::direction;
use crate::components::callbacks::dispatch_some;
use crate::components::context::Dispatch;
use crate::components::pointing::{Pointing, use_pointing};

/// Finds what an element, or one around it, stands for.
pub type Find = fn(&Element) -> Option<Highlight>;

/// Returns the listeners of a pane that report what the pointer is on.
#[hook]
pub fn use_hover(find: Find) -> Pointing {
    use_pointing(find, |highlight| Event::Inspector(InspectorEvent::Pointed(highlight)))
}

/// Returns a listener that reports what was clicked.
pub fn on_clicked(dispatch: &Dispatch, find: Find) -> Callback<MouseEvent> {
    dispatch_some(dispatch, move |event: MouseEvent| held(event.target_dyn_into(), find))
}

/// Returns a listener that reports what the focus came to.
pub fn on_focused(dispatch: &Dispatch, find: Find) -> Callback<FocusEvent> {
    dispatch_some(dispatch, move |event: FocusEvent| held(event.target_dyn_into(), find))
}

fn held(element: Option<Element>, find: Find) -> Option<Event> {
    find(&element?).map(|highlight| Event::Inspector(InspectorEvent::Held(highlight)))
}

/// Returns the row of the Timeline that contains an element.
pub fn row(element: &Element) -> Option<Highlight> {
    let row = element.closest("[data-row]").ok()??;
    Some(Highlight::Row(row.get_attribute("data-row")?.parse().ok()?))
}

/// Returns the byte that an element shows: its row has the direction and the offset of the first
/// byte, and it has the column.
pub fn byte(element: &Element) -> Option<Highlight> {
    let number = |of: &Element, name| of.get_attribute(name)?.parse::<u64>().ok();
    let cell = element.closest("[data-column]").ok()??;
    let row = cell.closest("[data-offset]").ok()??;
    let direction = direction::from_name(&row.get_attribute("data-way")?)?;
    Some(Highlight::Byte(direction, number(&row, "data-offset")? + number(&cell, "data-column")?))
}
