//! The field for the expected bytes.

use page_model::Lang;
use page_model::composer::{ChoicesView, ExpectedHint, FieldView};
use yew::prelude::*;

use super::payload_field::{Payload, PayloadField};
use crate::i18n::format::grouped;
use crate::i18n::{composer, settings as i18n};

/// Draws the field for the expected bytes.
pub fn expected_bytes(
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
            format!("{notation} · {ending} · {} B", grouped(*count))
        }
    };
    let is_wrong = field.is_rejected || *hint == ExpectedHint::TooLong;
    html! {
        <div class="field">
            <label for={Payload::Expected.id()}>{ i18n::expected_bytes(lang) }</label>
            <PayloadField payload={Payload::Expected} view={field.clone()} />
            <p id={Payload::Expected.hint_id()} class={classes!("hint", is_wrong.then_some("wrong"))}>
                { said }
            </p>
        </div>
    }
}
