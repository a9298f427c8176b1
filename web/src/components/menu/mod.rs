//! A menu: a button, and the panel that it opens.

mod class;
pub mod help;

use page_model::Event;
use page_model::menu::{Menu, MenuEvent};
use yew::prelude::*;

use super::callbacks::close_menu_on_blur;
use super::context::use_dispatch;

/// Properties of [`MenuButton`].
#[derive(PartialEq, Properties)]
pub struct MenuButtonProps {
    /// The menu.
    pub menu: Menu,
    /// Whether the panel is open.
    pub is_open: bool,
    /// What the button shows.
    pub sign: &'static str,
    /// The accessible name of the button.
    pub label: &'static str,
    /// What the panel contains.
    pub children: Html,
}

/// Draws the button, and its panel while that is open.
#[component]
pub fn MenuButton(props: &MenuButtonProps) -> Html {
    let dispatch = use_dispatch();
    let (menu, id) = (props.menu, props.menu.button_id());
    let onclick = dispatch.reform(move |_| Event::Menu(MenuEvent::Toggled(menu)));
    let leave = dispatch.reform(|_| Event::Menu(MenuEvent::Left));
    html! {
        <div class="menu" onfocusout={close_menu_on_blur(&dispatch)}>
            <button
                type="button"
                {id}
                aria-expanded={props.is_open.to_string()}
                aria-label={props.label}
                {onclick}
            >
                { props.sign }
            </button>
            if props.is_open {
                <div class="elsewhere" onclick={leave}></div>
                <div class="panel" role="group" aria-labelledby={id}>{ props.children.clone() }</div>
            }
        </div>
    }
}
