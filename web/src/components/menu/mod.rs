//! A menu: a button, and the panel that it opens.

mod class;
mod glossary;
mod help;

use page_model::menu::{Menu, MenuEvent};
use page_model::{Event, Model};
use yew::prelude::*;

use super::callbacks::close_menu_on_blur;
use super::context::use_dispatch;
use glossary::Glossary;
use help::Help;

/// The part of the menu `?` and of the explanations that is loaded on demand.
pub struct HelpPart {
    /// Draws the panel of the menu `?` while it is open.
    pub panel: fn(&Model) -> Html,
    /// Draws the explanation of terms while it is open.
    pub glossary: fn(&Model) -> Html,
}

/// The part of the menu `?` that is loaded on demand. Only `lazy` may refer to it.
pub static HELP: HelpPart = HelpPart { panel, glossary };

fn panel(model: &Model) -> Html {
    model.help_view().map(|view| html! { <Help {view} /> }).unwrap_or_default()
}

fn glossary(model: &Model) -> Html {
    model.menus.topic.map(|topic| html! { <Glossary {topic} /> }).unwrap_or_default()
}

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
