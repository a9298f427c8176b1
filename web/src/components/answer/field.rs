//! The parts of a form: a field with its mistake, and a choice.

use page_model::Lang;
use page_model::server::answer::editor::{RuleView, RulesEvent};
use page_model::server::answer::{MAX_TYPED, RuleField};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::callbacks::text_input;
use crate::i18n::answer as i18n;

/// One of the things that can be chosen: its name, whether it is chosen, and what happens then.
pub struct Choice {
    /// Its name.
    pub label: &'static str,
    /// Whether it is the chosen one.
    pub is_chosen: bool,
    /// What happens when the user chooses it.
    pub event: RulesEvent,
}

/// Shows a choice of a few things, under a name for screen readers or that of the label with `id`.
pub fn select(
    id: Option<String>,
    label: Option<&'static str>,
    choices: Vec<Choice>,
    on: &Callback<RulesEvent>,
) -> Html {
    let events: Vec<_> = choices.iter().map(|choice| choice.event.clone()).collect();
    let on = on.clone();
    let onchange = move |change: Event| {
        let chosen = change.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(event) = usize::try_from(chosen).ok().and_then(|index| events.get(index)) {
            on.emit(event.clone());
        }
    };
    let option = |Choice { label, is_chosen, .. }| {
        html! { <option key={label} value={label} selected={is_chosen}>{ label }</option> }
    };
    html! {
        <select {id} aria-label={label} {onchange}>{ for choices.into_iter().map(option) }</select>
    }
}

/// Shows the field for a pattern.
pub fn line(
    view: &RuleView,
    field: RuleField,
    label: &'static str,
    on: &Callback<RulesEvent>,
) -> Html {
    let is_wrong = view.mistake(field).is_some();
    let id = view.id;
    let oninput = text_input(on, move |text| RulesEvent::Typed(id, field, text));
    html! {
        <input
            id={id.field_id(field)}
            type="text"
            value={view.rule.text(field).to_owned()}
            maxlength={MAX_TYPED.to_string()}
            inputmode={(field == RuleField::Delay).then_some("numeric")}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-label={label}
            aria-invalid={is_wrong.then_some("true")}
            aria-describedby={is_wrong.then(|| hint_id(view, field))}
            {oninput}
        />
    }
}

/// Shows the field for a reply, which can have several lines.
pub fn lines(
    view: &RuleView,
    label: &'static str,
    described_by: String,
    on: &Callback<RulesEvent>,
) -> Html {
    let field = RuleField::Reply;
    let is_wrong = view.mistake(field).is_some();
    let id = view.id;
    let oninput = on.reform(move |input: InputEvent| {
        let text = input.target_unchecked_into::<HtmlTextAreaElement>().value();
        RulesEvent::Typed(id, field, text)
    });
    html! {
        <textarea
            id={id.field_id(field)}
            rows="1"
            value={view.rule.text(field).to_owned()}
            maxlength={MAX_TYPED.to_string()}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-label={label}
            aria-invalid={is_wrong.then_some("true")}
            aria-describedby={described_by}
            {oninput}
        />
    }
}

/// Shows what is wrong in a field.
pub fn mistake(lang: Lang, view: &RuleView, field: RuleField) -> Html {
    let Some(mistake) = view.mistake(field) else { return Html::default() };
    html! {
        <p id={hint_id(view, field)} class="hint wrong">{ i18n::rule_mistake(lang, mistake) }</p>
    }
}

/// Returns the id of the element that says what is wrong in a field.
pub fn hint_id(view: &RuleView, field: RuleField) -> String {
    format!("{}-hint", view.id.field_id(field))
}
