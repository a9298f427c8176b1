//! Listeners that several components attach to their elements.

use page_model::Event;
use page_model::menu::MenuEvent;
use page_model::time::PageTime;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, HtmlInputElement, KeyboardEvent, Node};
use yew::{Callback, InputEvent, TargetCast};

use super::context::Dispatch;
use crate::platform::browser;

/// Returns a listener that reports an event with the page's time.
pub fn timed<E: 'static>(dispatch: &Dispatch, event: fn(PageTime) -> Event) -> Callback<E> {
    dispatch.reform(move |_| event(browser::now()))
}

/// Returns a listener that reports the text in an `input`.
pub fn text_input(
    dispatch: &Dispatch,
    event: impl Fn(String) -> Event + 'static,
) -> Callback<InputEvent> {
    dispatch.reform(move |input: InputEvent| {
        event(input.target_unchecked_into::<HtmlInputElement>().value())
    })
}

/// Returns a listener that sends at Enter. Shift+Enter keeps its meaning in the field; with Ctrl or
/// ⌘, Enter always sends.
pub fn send_on_enter(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        let always = event.ctrl_key() || event.meta_key();
        if event.key() == "Enter" && !is_composing(&event) && (always || !event.shift_key()) {
            event.prevent_default();
            dispatch.emit(Event::SendPressed { at: browser::now() });
        }
    })
}

/// Returns `true` if an input method is composing, so that Enter picks what it offers. Safari ends
/// the composition before that Enter, and gives it the key code 229 instead.
fn is_composing(event: &KeyboardEvent) -> bool {
    const COMPOSING: u32 = 229;
    event.is_composing() || event.key_code() == COMPOSING
}

/// Returns a listener that closes a menu when the focus moves out of it, so that its panel never
/// hides the focused element.
pub fn close_menu_on_blur(dispatch: &Dispatch) -> Callback<FocusEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        let menu = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let menu = menu.and_then(|it| it.closest(".menu").ok().flatten());
        if let (Some(next), Some(menu)) = (next, menu)
            && !menu.contains(Some(&next))
        {
            dispatch.emit(Event::Menu(MenuEvent::Left));
        }
    })
}
