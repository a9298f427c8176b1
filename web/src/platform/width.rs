//! Watches how many bytes of a hex dump fit into a row of the window.

use echo_core::hexdump::Width;
use page_model::Event;
use page_model::inspector::InspectorEvent;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{MediaQueryList, MediaQueryListEvent};
use yew::Callback;

use super::browser;

/// The media query for windows in which a row of sixteen bytes fits: in a page of one column, or in
/// the right one of two.
const WIDE: &str = "(min-width: 640px) and (max-width: 799px), (min-width: 850px)";

/// Watches the window's width until it is dropped.
pub struct WidthWatcher {
    query: MediaQueryList,
    _on_change: Closure<dyn FnMut(MediaQueryListEvent)>,
}

impl WidthWatcher {
    /// Reports to `dispatch` how many bytes fit side by side, now and whenever that changes.
    pub fn new(dispatch: Callback<Event>) -> Option<Self> {
        let query = browser::media(WIDE)?;
        dispatch.emit(fits(query.matches()));
        let on_change = Closure::<dyn FnMut(_)>::new(move |event: MediaQueryListEvent| {
            dispatch.emit(fits(event.matches()));
        });
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        Some(Self { query, _on_change: on_change })
    }
}

impl Drop for WidthWatcher {
    fn drop(&mut self) {
        self.query.set_onchange(None);
    }
}

fn fits(is_wide: bool) -> Event {
    let width = if is_wide { Width::Sixteen } else { Width::Eight };
    Event::Inspector(InspectorEvent::WidthChanged(width))
}
