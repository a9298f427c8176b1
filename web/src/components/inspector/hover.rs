//! From what the pointer or the focus is on to what it stands for.

use std::str::FromStr;

use page_model::Event;
use page_model::inspector::InspectorEvent;
use page_model::inspector::highlight::Highlight;
use web_sys::{Element, FocusEvent, MouseEvent};
use yew::{Callback, TargetCast, hook};

use super::direction;
use crate::components::callbacks::dispatch_some;
use crate::components::context::Dispatch;
use crate::components::pointing::{Pointing, use_pointing};

/// Finds what the pointer is on.
pub type Find = fn(&MouseEvent) -> Option<Highlight>;

/// Returns the listeners of a pane that report what the pointer is on.
#[hook]
pub fn use_hover(find: Find) -> Pointing {
    use_pointing(find, |highlight| Event::Inspector(InspectorEvent::Pointed(highlight)))
}

/// Returns a listener that reports what was clicked.
pub fn on_clicked(dispatch: &Dispatch, find: Find) -> Callback<MouseEvent> {
    dispatch_some(dispatch, move |event: MouseEvent| find(&event).map(held))
}

/// Returns a listener that reports which byte the focus came to.
pub fn on_byte_focused(dispatch: &Dispatch) -> Callback<FocusEvent> {
    dispatch_some(dispatch, |event: FocusEvent| cell(&event.target_dyn_into()?).map(held))
}

fn held(highlight: Highlight) -> Event {
    Event::Inspector(InspectorEvent::Held(highlight))
}

/// Returns the row of the Timeline that the pointer is on.
pub fn row(event: &MouseEvent) -> Option<Highlight> {
    let row = event.target_dyn_into::<Element>()?.closest("[data-row]").ok()??;
    Some(Highlight::Row(row.get_attribute("data-row")?.parse().ok()?))
}

/// Returns the byte that the pointer is on: on its cell or on its character.
pub fn byte(event: &MouseEvent) -> Option<Highlight> {
    let element = event.target_dyn_into::<Element>()?;
    cell(&element).or_else(|| character(&element, f64::from(event.client_x())))
}

/// Returns the byte whose cell an element is, or is in.
fn cell(element: &Element) -> Option<Highlight> {
    let cell = element.closest("[data-column]").ok()??;
    byte_of_row(&cell, number(&cell, "data-column")?)
}

/// Returns the byte whose character an element shows at `x` pixels from the left of the viewport.
/// Characters share elements, and stand in columns of the same width.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn character(element: &Element, x: f64) -> Option<Highlight> {
    let shown = element.closest(".glyph").ok()??;
    let row = shown.closest("[data-columns]").ok()??;
    let (bounds, columns) = (row.get_bounding_client_rect(), number::<u32>(&row, "data-columns")?);
    let part = (x - bounds.left()) / bounds.width();
    byte_of_row(&row, (part * f64::from(columns)) as u64)
}

/// Returns the byte in this column of the row that an element is in.
fn byte_of_row(element: &Element, column: u64) -> Option<Highlight> {
    let row = element.closest("[data-offset]").ok()??;
    let direction = direction::from_name(&row.get_attribute("data-way")?)?;
    Some(Highlight::Byte(direction, number::<u64>(&row, "data-offset")? + column))
}

fn number<T: FromStr>(of: &Element, name: &str) -> Option<T> {
    of.get_attribute(name)?.parse().ok()
}
