//! The expected reply.

use page_model::composer::{ChoicesView, ExpectedHint, ExpectedView, FieldView};
use page_model::expected_reply::ExpectedReplyKind;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::payload_field::{Payload, PayloadField};
use crate::components::callbacks::select_change;
use crate::components::context::Dispatch;
use crate::i18n::{composer, settings as i18n};

/// Shows the choice in the line of the settings, and below it what the chosen one needs.
pub fn expected(
    lang: Lang,
    view: &ExpectedView,
    choices: &ChoicesView,
    dispatch: &Dispatch,
) -> Html {
    let chosen = view.kind();
    let onchange = select_change(dispatch, |name| {
        let kind = ExpectedReplyKind::from_name(&name);
        Event::ExpectedReplyChosen(kind)
    });
    let option = |kind: ExpectedReplyKind| {
        html! {
            <option key={kind.name()} value={kind.name()} selected={kind == chosen}>
                { i18n::expected_reply(lang, kind) }
            </option>
        }
    };
    // The attribute `selected` is what the browser begins with, and the property `value` what it
    // shows after the target has changed the choice.
    html! {
        <>
            <select
                aria-label={i18n::expected(lang)}
                title={i18n::expected_hint(lang)}
                ~value={chosen.name()}
                {onchange}
            >
                { for ExpectedReplyKind::ALL.map(option) }
            </select>
            if let ExpectedView::Bytes { field, hint } = view {
                { expected_bytes(lang, field, hint, choices) }
            }
        </>
    }
}

fn expected_bytes(
    lang: Lang,
    field: &FieldView,
    hint: &ExpectedHint,
    choices: &ChoicesView,
) -> Html {
    let said = match hint {
        ExpectedHint::Mistake(mistake) => composer::mistake(lang, mistake),
        ExpectedHint::Empty => i18n::no_expected_bytes(lang).into(),
        ExpectedHint::TooLong => i18n::long_expected_bytes(lang),
        ExpectedHint::ByteCount(count) => {
            let notation = i18n::notation(lang, choices.notation);
            let ending = i18n::ending_alone(lang, choices.ending);
            format!("{notation} · {ending} · {count} B")
        }
    };
    html! {
        <div class="field">
            <label for={Payload::Expected.id()}>{ i18n::expected_bytes(lang) }</label>
            <PayloadField payload={Payload::Expected} view={field.clone()} />
            <p id={Payload::Expected.hint_id()} class={classes!("hint", field.is_rejected.then_some("wrong"))}>
                { said }
            </p>
        </div>
    }
}
