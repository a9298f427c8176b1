//! Where to listen, how to answer, and the buttons.

use page_model::field::Field;
use page_model::server::view::{AddressHint, ByHandView, SetupView};
use page_model::server::{AnswerKind, ServerEvent};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::answer::{FaultFields, RuleList};
use crate::components::callbacks::{dispatch_some, is_composing, text_input, timed};
use crate::components::composer::segments::{Segment, segments};
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::{composer, modes, server as i18n};
use crate::platform::browser;

/// The address that is offered first: the default.
const USUAL: &str = "localhost:9000";
/// The address of the tutorial.
const TUTORIAL: &str = "localhost:8888";
/// The id of the text under the field.
const HINT_ID: &str = "listen-on-hint";

/// Properties of [`Setup`].
#[derive(PartialEq, Properties)]
pub struct SetupProps {
    /// The view model.
    pub view: SetupView,
}

/// Draws where to listen, how to answer, and the button that begins or ends it.
#[component]
pub fn Setup(SetupProps { view }: &SetupProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    // The same callbacks each time, so that rules that did not change are not drawn again.
    let on_rules = use_callback(dispatch.clone(), |event, dispatch| {
        dispatch.emit(Event::Server(ServerEvent::Rules(event)));
    });
    let on_fault = use_callback(dispatch.clone(), |event, dispatch| {
        dispatch.emit(Event::Server(ServerEvent::Fault(event)));
    });
    html! {
        <>
            { address(lang, view, &dispatch) }
            { answers(lang, view.answer, &dispatch) }
            if let Some(rules) = &view.rules {
                <RuleList key="rules" view={rules.clone()} on={on_rules} />
            }
            if let Some(fault) = &view.fault {
                <FaultFields key="fault" view={fault.clone()} on={on_fault} />
            }
            { listen(lang, view, &dispatch) }
        </>
    }
}

fn address(lang: Lang, view: &SetupView, dispatch: &Dispatch) -> Html {
    let id = Field::ListenOn.element_id();
    let is_missing = view.hint == AddressHint::Missing;
    let chip = |address: &'static str| {
        let onclick =
            dispatch.reform(move |_| Event::Server(ServerEvent::AddressTyped(address.into())));
        let is_chosen = view.address.trim() == address;
        html! {
            <button
                key={address}
                type="button"
                aria-pressed={is_chosen.to_string()}
                {onclick}
            >
                { address }
            </button>
        }
    };
    html! {
        <div class="field">
            <div class="label">
                <label for={id}>{ i18n::listen_on(lang) }</label>
                if !view.is_listening {
                    <div class="chips" role="group" aria-label={i18n::addresses(lang)}>
                        { for [USUAL, TUTORIAL].map(chip) }
                    </div>
                }
            </div>
            <input
                {id}
                type="text"
                value={view.address.clone()}
                readonly={view.is_listening}
                placeholder="host:port"
                inputmode="url"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="go"
                aria-describedby={HINT_ID}
                aria-invalid={is_missing.then_some("true")}
                oninput={text_input(dispatch, |text| Event::Server(ServerEvent::AddressTyped(text)))}
                onkeydown={listen_on_enter(dispatch)}
            />
            <p id={HINT_ID} class={classes!("hint", is_missing.then_some("wrong"))}>
                { i18n::address_hint(lang, view.hint) }
            </p>
        </div>
    }
}

fn answers(lang: Lang, chosen: AnswerKind, dispatch: &Dispatch) -> Html {
    let segment = |kind: AnswerKind| Segment {
        label: i18n::answer(lang, kind),
        is_chosen: kind == chosen,
        onchange: dispatch.reform(move |_| Event::Server(ServerEvent::AnswerChosen(kind))),
    };
    segments("answer", i18n::answer_with(lang), AnswerKind::ALL.map(segment))
}

/// Draws Listen, which is Stop listening meanwhile: whoever pressed it keeps the focus on it. While
/// the user answers by hand, Send is the button that stands out.
fn listen(lang: Lang, view: &SetupView, dispatch: &Dispatch) -> Html {
    let onclick = if view.is_listening {
        timed(dispatch, |at| Event::Server(ServerEvent::StopPressed { at }))
    } else {
        timed(dispatch, |at| Event::Server(ServerEvent::ListenPressed { at }))
    };
    let stands_out = !view.is_listening || view.by_hand.is_none();
    html! {
        <button
            key="listen"
            type="button"
            class={if stands_out { "send" } else { "wide" }}
            {onclick}
        >
            { if view.is_listening { i18n::stop(lang) } else { i18n::listen(lang) } }
        </button>
    }
}

/// Properties of [`Send`].
#[derive(PartialEq, Properties)]
pub struct SendProps {
    /// The view model.
    pub view: ByHandView,
}

/// Draws the button that sends a message to the selected connection.
#[component]
pub fn Send(SendProps { view }: &SendProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onclick = timed(&dispatch, |at| Event::SendPressed { at });
    html! {
        <div class="buttons">
            <button
                type="button"
                class="send"
                aria-disabled={(!view.can_send).then_some("true")}
                {onclick}
            >
                { composer::send(lang) }
                <span class="key" aria-hidden="true">{ "⏎" }</span>
            </button>
            if view.is_full {
                <p class="hint wrong" role="alert">{ modes::full(lang) }</p>
            }
        </div>
    }
}

/// Returns a listener that listens at Enter.
fn listen_on_enter(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        if event.key() != "Enter" || is_composing(&event) {
            return None;
        }
        event.prevent_default();
        Some(Event::Server(ServerEvent::ListenPressed { at: browser::now() }))
    })
}
