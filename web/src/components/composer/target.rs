//! The field To, and the choice of a server beside it.

use page_model::composer::{TargetHint, TargetView};
use page_model::field::Field;
use page_model::lab::LabEvent;
use page_model::menu::{Menu, MenuEvent};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::{close_menu_on_blur, send_on_enter, text_input};
use crate::components::context::{use_dispatch, use_lang};
use crate::components::lab::Hint;
use crate::i18n::composer as i18n;

/// Properties of [`Target`].
#[derive(PartialEq, Properties)]
pub struct TargetProps {
    /// The view model.
    pub view: TargetView,
    /// What the lab says under the field, once it is loaded.
    pub lab_hint: Option<Hint>,
    /// The servers of the lab, while they are shown.
    pub lab_cards: Html,
}

/// Draws the field To, and the buttons beside it.
#[component]
pub fn Target(TargetProps { view, lab_hint, lab_cards }: &TargetProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let Hint { text, is_error } = hint(lang, view, lab_hint.as_ref());
    let id = Field::To.element_id();
    let is_echo = matches!(view.hint, TargetHint::Echo(_));
    let is_locked = view.is_locked.then_some("true");
    let choose_echo = dispatch.reform(|_| Event::Lab(LabEvent::EchoChosen));
    let toggle_lab = dispatch.reform(|_| Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    html! {
        <div class="field">
            <div key="label" class="label">
                <label for={id}>{ i18n::to(lang) }</label>
                <div class="menu lab chips" onfocusout={close_menu_on_blur(&dispatch)}>
                    { chip(i18n::echo(lang).into(), is_echo, is_locked, choose_echo) }
                    { for view.names.split(' ').skip(1).map(|name| {
                        let to = name.to_owned();
                        let choose = dispatch.reform(move |_| Event::ToTyped(to.clone()));
                        chip(name.to_owned().into(), name == view.text.trim(), is_locked, choose)
                    }) }
                    <button
                        type="button"
                        id={Menu::Lab.button_id()}
                        class={(view.hint == TargetHint::Lab).then_some("on")}
                        aria-disabled={is_locked}
                        aria-expanded={view.is_lab_open.to_string()}
                        onclick={toggle_lab}
                    >
                        { i18n::faulty_server(lang) }
                    </button>
                    { lab_cards.clone() }
                </div>
            </div>
            if view.is_tls {
                <svg key="lock" class="lock" viewBox="0 0 16 16" role="img" aria-label="TLS">
                    <path d="M3 7h1V5a4 4 0 0 1 8 0v2h1v8H3zm3 0h4V5a2 2 0 0 0-4 0z" />
                </svg>
            }
            <input
                key="to"
                {id}
                type="text"
                value={view.text.clone()}
                readonly={view.is_locked}
                placeholder="host:port"
                inputmode="url"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="send"
                aria-describedby="to-hint"
                aria-invalid={is_error.then_some("true")}
                oninput={text_input(&dispatch, Event::ToTyped)}
                onkeydown={send_on_enter(&dispatch)}
            />
            <p key="hint" id="to-hint" class={classes!("hint", is_error.then_some("wrong"))}>{ text }</p>
        </div>
    }
}

/// Draws the button that chooses a target.
fn chip(
    label: AttrValue,
    is_chosen: bool,
    is_locked: Option<&'static str>,
    choose: Callback<MouseEvent>,
) -> Html {
    html! {
        <button
            type="button"
            aria-disabled={is_locked}
            aria-pressed={is_chosen.to_string()}
            onclick={choose}
        >
            { label }
        </button>
    }
}

fn hint(lang: Lang, view: &TargetView, lab: Option<&Hint>) -> Hint {
    let (text, is_error) = match (view.hint, lab) {
        (TargetHint::Lab, Some(hint)) => return hint.clone(),
        (TargetHint::None, _) => (&*view.address, false),
        (TargetHint::Lab, None) => ("", false),
        (TargetHint::Empty, _) => (i18n::empty_to(lang), true),
        (TargetHint::Malformed, _) => (i18n::malformed_to(lang), true),
        (TargetHint::Echo(server), _) => (i18n::echo_server(lang, server), false),
    };
    Hint { text: text.into(), is_error }
}
