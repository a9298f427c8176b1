//! The field To, and the choice of a server beside it.

use page_model::composer::{NamedTargetView, TargetHint, TargetView};
use page_model::field::Field;
use page_model::lab::LabEvent;
use page_model::menu::{Menu, MenuEvent};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::{close_menu_on_blur, send_on_enter, text_input};
use crate::components::context::{Dispatch, use_dispatch, use_lang};
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
    let Hint { text, is_error } = hint(lang, &view.hint, lab_hint.as_ref());
    let id = Field::To.element_id();
    let is_echo = matches!(view.hint, TargetHint::Echo(_));
    let is_locked = view.is_locked.then_some("true");
    let choose_echo = dispatch.reform(|_| Event::Lab(LabEvent::EchoChosen));
    let toggle_lab = dispatch.reform(|_| Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    html! {
        <div class="field">
            <div class="label">
                <label for={id}>{ i18n::to(lang) }</label>
                <div class="menu lab chips" onfocusout={close_menu_on_blur(&dispatch)}>
                    <button
                        type="button"
                        aria-disabled={is_locked}
                        aria-pressed={is_echo.to_string()}
                        onclick={choose_echo}
                    >
                        { i18n::echo(lang) }
                    </button>
                    { for view.named.iter().map(|target| named(&dispatch, is_locked, target)) }
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
            <input
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
            <p id="to-hint" class={classes!("hint", is_error.then_some("wrong"))}>{ text }</p>
        </div>
    }
}

/// Draws the button that chooses a target that the bridge has a name for.
fn named(dispatch: &Dispatch, is_locked: Option<&'static str>, target: &NamedTargetView) -> Html {
    let name = target.name.clone();
    let choose = dispatch.reform(move |_| Event::TargetChosen(name.clone()));
    html! {
        <button
            type="button"
            aria-disabled={is_locked}
            aria-pressed={target.is_chosen.to_string()}
            onclick={choose}
        >
            { &target.name }
        </button>
    }
}

fn hint(lang: Lang, hint: &TargetHint, lab: Option<&Hint>) -> Hint {
    let (text, is_error) = match (hint, lab) {
        (TargetHint::Lab, Some(hint)) => return hint.clone(),
        (TargetHint::None, _) | (TargetHint::Lab, None) => ("", false),
        (TargetHint::Empty, _) => (i18n::empty_to(lang), true),
        (TargetHint::Malformed, _) => (i18n::malformed_to(lang), true),
        (TargetHint::Echo(server), _) => (i18n::echo_server(lang, *server), false),
        (TargetHint::Named(address), _) => (&**address, false),
    };
    Hint { text: text.into(), is_error }
}
