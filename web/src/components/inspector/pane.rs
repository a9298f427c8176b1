//! A pane in which a long list scrolls: only the rows in view are drawn, in a space as high as all of
//! them.

use page_model::Event;
use page_model::inspector::view::ListWindow;
use page_model::inspector::window::Scroll;
use page_model::inspector::{InspectorEvent, Tab};
use web_sys::Element;
use yew::prelude::*;
use yew::virtual_dom::Key;

use crate::components::context::use_dispatch;
use crate::i18n::format;
use crate::platform::height::HeightObserver;

/// How near to its bottom a pane counts as being there, in pixels.
const NEAR_PX: f64 = 4.0;

/// What a pane's element is given.
pub struct Pane {
    /// The reference to the element.
    pub node_ref: NodeRef,
    /// The listener that reports where the pane's reader is.
    pub onscroll: Callback<yew::Event>,
}

/// Reports how high a pane is and where its reader is, now and whenever that changes, and keeps one
/// that sticks at its bottom.
#[hook]
pub fn use_pane(tab: Tab, window: Option<ListWindow>) -> Pane {
    let (node_ref, dispatch) = (use_node_ref(), use_dispatch());
    let bottom = use_mut_ref(|| 0);
    let onscroll = dispatch.reform({
        let bottom = bottom.clone();
        move |event: yew::Event| {
            let pane = event.target_unchecked_into::<Element>();
            Event::Inspector(InspectorEvent::Scrolled(tab, place(&pane, *bottom.borrow())))
        }
    });
    let pane = node_ref.clone();
    use_effect_with(window.is_some(), move |is_windowed| {
        let element = pane.cast::<Element>().filter(|_| *is_windowed);
        let observer = element.and_then(|element| {
            HeightObserver::new(&element, move |height| {
                dispatch.emit(Event::Inspector(InspectorEvent::Resized(tab, height)));
            })
        });
        move || drop(observer)
    });
    let pane = node_ref.clone();
    use_effect_with(window, move |window| {
        let Some(pane) = pane.cast::<Element>() else { return };
        let mut bottom = bottom.borrow_mut();
        if !window.is_some_and(|window| window.sticks) {
            *bottom = 0;
        } else if !was_left(&pane, *bottom) {
            pane.set_scroll_top(pane.scroll_height());
            *bottom = pane.scroll_top();
        }
    });
    Pane { node_ref, onscroll }
}

/// Returns where the reader of a pane is that was last kept at its bottom so many pixels down, or 0
/// if it was not. The event that tells of that may come only after more rows were drawn; a reader
/// who has not scrolled up since is still at the bottom.
fn place(pane: &Element, bottom: i32) -> Scroll {
    let (top, height) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
    let is_near = top + height + NEAR_PX >= f64::from(pane.scroll_height());
    Scroll { top, height, sticks: is_near || bottom > 0 && !was_left(pane, bottom) }
}

/// Returns the style of the space that is as high as all rows. It is set as a property: the page's
/// policy forbids styles in attributes.
pub fn height_style(window: Option<ListWindow>) -> String {
    window.map(|it| format!("height: {}px", format::pixels(it.height))).unwrap_or_default()
}

/// Returns the style of what holds the drawn rows.
pub fn offset_style(window: Option<ListWindow>) -> String {
    let style = |it: ListWindow| format!("transform: translateY({}px)", format::pixels(it.above));
    window.map(style).unwrap_or_default()
}

/// Returns the key of the row that has the index `drawn` among the drawn ones: its slot in a long
/// list, so that a row that leaves the view gives its elements to one that comes into view, and `own`
/// in one that is drawn whole.
pub fn row_key(window: Option<ListWindow>, drawn: usize, own: impl Into<Key>) -> Key {
    window.map_or_else(|| own.into(), |window| window.slot(drawn).into())
}

/// Returns whether the reader has just scrolled up from the bottom, which was so many pixels down:
/// an effect may come before the event that tells of it. A list that became shorter scrolls up by
/// itself.
fn was_left(pane: &Element, bottom: i32) -> bool {
    let lowest = pane.scroll_height() - pane.client_height();
    pane.scroll_top() + 1 < bottom.min(lowest)
}
