//! Listeners that several components attach to their elements.

use page_model::Event;
use page_model::menu::MenuEvent;
use page_model::time::PageTime;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, Node};
use yew::{Callback, InputEvent, TargetCast};

use super::context::Dispatch;
use crate::platform::browser;

/// Returns a listener that reports what `to` makes of an event of the DOM, if anything.
pub fn dispatch_some<E: 'static>(
    dispatch: &Dispatch,
    to: impl Fn(E) -> Option<Event> + 'static,
) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |event| {
        if let Some(event) = to(event) {
            dispatch.emit(event);
        }
    })
}

/// Returns a listener that reports an event with the page's time.
pub fn timed<E: 'static>(dispatch: &Dispatch, event: fn(PageTime) -> Event) -> Callback<E> {
    dispatch.reform(move |_| event(browser::now()))
}

/// Returns a listener that reports the text in an `input`.
pub fn text_input<T: 'static>(
    on: &Callback<T>,
    event: impl Fn(String) -> T + 'static,
) -> Callback<InputEvent> {
    on.reform(move |input: InputEvent| {
        event(input.target_unchecked_into::<HtmlInputElement>().value())
    })
}

/// Returns a listener that reports the value of the chosen option of a `select`.
pub fn select_change(
    dispatch: &Dispatch,
    event: impl Fn(String) -> Event + 'static,
) -> Callback<yew::Event> {
    dispatch.reform(move |change: yew::Event| {
        event(change.target_unchecked_into::<HtmlSelectElement>().value())
    })
}

/// Returns a listener that reports whether a checkbox is checked.
pub fn checkbox_change(
    dispatch: &Dispatch,
    event: impl Fn(bool) -> Event + 'static,
) -> Callback<yew::Event> {
    dispatch.reform(move |change: yew::Event| {
        event(change.target_unchecked_into::<HtmlInputElement>().checked())
    })
}

/// Returns a listener that sends at Enter. Shift+Enter keeps its meaning in the field; with Ctrl or
/// ⌘, Enter always sends.
pub fn send_on_enter(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        let always = event.ctrl_key() || event.meta_key();
        if event.key() != "Enter" || is_composing(&event) || (event.shift_key() && !always) {
            return None;
        }
        event.prevent_default();
        Some(Event::SendPressed { at: browser::now() })
    })
}

/// Returns `true` if an input method is composing, so that Enter picks what it offers. Safari ends
/// the composition before that Enter, and gives it the key code 229 instead.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    const COMPOSING: u32 = 229;
    event.is_composing() || event.key_code() == COMPOSING
}

/// Returns a listener that closes a menu when the focus moves out of it, so that its panel never
/// hides the focused element.
pub fn close_menu_on_blur(dispatch: &Dispatch) -> Callback<FocusEvent> {
    dispatch_some(dispatch, |event: FocusEvent| {
        let next = event.related_target()?.dyn_into::<Node>().ok()?;
        let left = event.target()?.dyn_into::<HtmlElement>().ok()?;
        let menu = left.closest(".menu").ok()??;
        // What is still being loaded cannot take the focus yet.
        let is_there = menu.query_selector(".coming").ok()?.is_none();
        (is_there && !menu.contains(Some(&next))).then_some(Event::Menu(MenuEvent::Left))
    })
}
