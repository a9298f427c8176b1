//! A menu: a button, and a panel that it opens.

mod class;
pub mod help;

use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};
use yew::{Callback, Html};

use crate::tag::{button, group, tag};
use page_model::menu::Menu;
use page_model::menu::MenuEvent;
use page_model::{Event, Model};

/// The button, named `label` and showing `sign`, and while it is open the panel.
pub fn view(
    menu: Menu,
    (sign, label): (&str, &'static str),
    panel: impl FnOnce() -> Html,
    model: &Model,
    emit: &Callback<Event>,
) -> Html {
    panel_button(menu, model.menus.open == Some(menu), (sign, label), panel, emit)
}

/// The same, where it is known whether the menu is open.
pub fn panel_button(
    menu: Menu,
    open: bool,
    (sign, label): (&str, &'static str),
    panel: impl FnOnce() -> Html,
    emit: &Callback<Event>,
) -> Html {
    let id = menu.button_id();
    let tell = emit.reform(Event::Menu);
    let onclick = tell.reform(move |_| MenuEvent::Toggled(menu));
    tag("div")
        .class("menu")
        .key(id)
        .onfocusout(left_by_focus(emit))
        .child(
            button()
                .key("button")
                .set("id", id)
                .set("aria-expanded", open.to_string())
                .set("aria-label", label)
                .onclick(onclick)
                .child(sign.to_owned()),
        )
        .child(open.then(|| {
            group()
                .child(
                    tag("div")
                        .key("elsewhere")
                        .class("elsewhere")
                        .onclick(tell.reform(|_| MenuEvent::Left)),
                )
                .child(
                    tag("div")
                        .key("panel")
                        .class("panel")
                        .set("role", "group")
                        .set("aria-labelledby", id)
                        .child(panel()),
                )
                .html()
        }))
        .html()
}

/// A panel closes when the focus goes on to something outside, so that it never hides it.
pub fn left_by_focus(emit: &Callback<Event>) -> Callback<FocusEvent> {
    let emit = emit.clone();
    Callback::from(move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        let menu = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let menu = menu.and_then(|it| it.closest(".menu").ok().flatten());
        if let (Some(next), Some(menu)) = (next, menu)
            && !menu.contains(Some(&next))
        {
            emit.emit(Event::Menu(MenuEvent::Left));
        }
    })
}
