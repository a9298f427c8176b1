//! Listeners that several components attach to their elements.

use page_model::Event;
use page_model::menu::MenuEvent;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};
use yew::Callback;

use super::context::Dispatch;

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
