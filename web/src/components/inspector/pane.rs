//! A pane in which a long list scrolls: only the rows in view are drawn, in a space as high as all of
//! them.

use page_model::Event;
use page_model::inspector::view::ListWindow;
use page_model::inspector::window::Scroll;
use page_model::inspector::{InspectorEvent, Tab};
use web_sys::Element;
use yew::prelude::*;

use crate::components::context::use_dispatch;
use crate::i18n::format;
use crate::platform::height::HeightObserver;

/// How near to its bottom a pane counts as being there, in pixels.
const NEAR_PX: f64 = 4.0;

/// Reports how high a pane is, now and whenever that changes, and keeps one that sticks at its
/// bottom. Returns the reference to be given to the pane's element.
#[hook]
pub fn use_pane(tab: Tab, window: Option<ListWindow>) -> NodeRef {
    let (node_ref, dispatch) = (use_node_ref(), use_dispatch());
    let bottom = use_mut_ref(|| 0);
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
    node_ref
}

/// Returns a listener that reports where the reader of a pane is.
pub fn on_scrolled(dispatch: &Callback<Event>, tab: Tab) -> Callback<yew::Event> {
    dispatch.reform(move |event: yew::Event| {
        let pane = event.target_unchecked_into::<Element>();
        Event::Inspector(InspectorEvent::Scrolled(tab, place(&pane)))
    })
}

/// Returns where the reader of a pane is.
pub fn place(pane: &Element) -> Scroll {
    let (top, height) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
    let sticks = top + height + NEAR_PX >= f64::from(pane.scroll_height());
    Scroll { top, height, sticks }
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

/// Returns whether the reader has just scrolled up from the bottom, which was so many pixels down:
/// an effect may come before the event that tells of it. A list that became shorter scrolls up by
/// itself.
fn was_left(pane: &Element, bottom: i32) -> bool {
    let lowest = pane.scroll_height() - pane.client_height();
    pane.scroll_top() + 1 < bottom.min(lowest)
}
