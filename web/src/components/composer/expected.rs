//! The expected reply.

use page_model::Lang;
use page_model::composer::{ChoicesView, ComposerEvent, ExpectedHint, ExpectedView, FieldView};
use page_model::expected_reply::ExpectedReplyKind;
use yew::prelude::*;

use super::payload_field::{Payload, PayloadField};
use super::segments::{Segment, choose, segments};
use crate::components::context::Dispatch;
use crate::i18n::{composer, settings as i18n};

/// Shows the choice, and what the chosen one needs.
pub fn expected(
    lang: Lang,
    view: &ExpectedView,
    choices: &ChoicesView,
    dispatch: &Dispatch,
) -> Html {
    let segment = |kind| Segment {
        label: i18n::expected_reply(lang, kind),
        is_chosen: kind == view.kind(),
        onchange: choose(dispatch, ComposerEvent::ExpectedReplyChosen(kind)),
    };
    html! {
        <div class="expect">
            { segments("expect", i18n::expected(lang), ExpectedReplyKind::ALL.map(segment)) }
            {
                match view {
                    ExpectedView::Same => Html::default(),
                    ExpectedView::Bytes { field, hint } => expected_bytes(lang, field, hint, choices),
                    ExpectedView::Anything => html! {
                        <p class="hint">{ i18n::anything(lang) }</p>
                    },
                }
            }
        </div>
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
