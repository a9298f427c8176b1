//! The choice of a fault that the page has as a server.

use echo_core::fault::{FaultGroup, FaultKind};
use page_model::Lang;
use page_model::server::answer::{
    ArgumentView, FaultChoiceView, FaultEvent, NotAsAServer, argument_id, offered,
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::callbacks::text_input;
use crate::components::context::use_lang;
use crate::i18n::{answer as i18n, lab};

/// The id of the choice.
const KIND_ID: &str = "fault-kind";
/// The id of the message about an argument.
const ERROR_ID: &str = "fault-wrong";

/// Properties of [`FaultFields`].
#[derive(PartialEq, Properties)]
pub struct FaultFieldsProps {
    /// The view model.
    pub view: FaultChoiceView,
    /// Receives what the user does.
    pub on: Callback<FaultEvent>,
}

/// Draws the choice of a fault, and the fields for its arguments in a sentence.
#[component]
pub fn FaultFields(FaultFieldsProps { view, on }: &FaultFieldsProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="field fault">
            <label key="label" for={KIND_ID}>{ i18n::fault(lang) }</label>
            { kinds(lang, view.kind, on) }
            { sentence(lang, view, on) }
            if let Some(error) = &view.error {
                <p key="error" id={ERROR_ID} class="hint wrong">{ lab::parse_error(lang, error) }</p>
            }
            { for NotAsAServer::ALL.map(|reason| left_out(lang, reason)) }
        </div>
    }
}

fn kinds(lang: Lang, chosen: FaultKind, on: &Callback<FaultEvent>) -> Html {
    let on = on.clone();
    let onchange = move |change: Event| {
        let name = change.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some(kind) = FaultKind::from_name(&name) {
            on.emit(FaultEvent::KindChosen(kind));
        }
    };
    let option = |kind: FaultKind| {
        let name = kind.spec().name;
        html! {
            <option key={name} value={name} selected={kind == chosen}>
                { lab::title(lang, kind) }
            </option>
        }
    };
    let group = |group: &FaultGroup| {
        let label = lab::group(lang, *group);
        html! { <optgroup key={label} {label}>{ for offered(*group).map(option) }</optgroup> }
    };
    html! {
        <select key="kind" id={KIND_ID} {onchange}>{ for FaultGroup::ALL.iter().map(group) }</select>
    }
}

/// Shows what a server with the fault does, with a field for each argument.
fn sentence(lang: Lang, view: &FaultChoiceView, on: &Callback<FaultEvent>) -> Html {
    let mut texts = lab::card_texts(lang, view.kind).into_iter();
    let before = texts.next();
    let field = |(index, (argument, text)): (usize, (&ArgumentView, String))| {
        html! {
            <span key={format!("{}-{index}", view.kind.spec().name)}>
                { input(lang, argument, index, view.error.is_some(), on) }
                { text }
            </span>
        }
    };
    html! {
        <p key="sentence" class="fault-sentence">
            <span key="before">{ before }</span>
            { for view.fields.iter().zip(texts).enumerate().map(field) }
        </p>
    }
}

fn input(
    lang: Lang,
    view: &ArgumentView,
    index: usize,
    is_wrong: bool,
    on: &Callback<FaultEvent>,
) -> Html {
    let oninput = text_input(on, move |text| FaultEvent::Typed(index, text));
    html! {
        <input
            id={argument_id(index)}
            type={if view.bounds.is_some() { "number" } else { "text" }}
            value={view.text.clone()}
            aria-label={lab::parameter(lang, view.kind)}
            aria-invalid={is_wrong.then_some("true")}
            aria-describedby={is_wrong.then_some(ERROR_ID)}
            min={view.bounds.map(|(min, _)| min.to_string())}
            max={view.bounds.and_then(|(_, max)| max).map(|max| max.to_string())}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            {oninput}
        />
    }
}

fn left_out(lang: Lang, reason: NotAsAServer) -> Html {
    html! { <p key={i18n::left_out(lang, reason)} class="hint">{ i18n::left_out(lang, reason) }</p> }
}
