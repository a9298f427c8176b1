//! What should come back.

use page_model::Lang;
use page_model::composer::{ChoicesView, ComposerEvent, ExpectedView, FieldView, TheseHint};
use page_model::expect::Expect;
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
    let segment = |expect| Segment {
        label: i18n::expect(lang, expect),
        is_chosen: expect == view.choice(),
        onchange: choose(dispatch, ComposerEvent::ExpectChosen(expect)),
    };
    html! {
        <div class="expect">
            { segments("expect", i18n::expected(lang), Expect::ALL.map(segment)) }
            {
                match view {
                    ExpectedView::Same => Html::default(),
                    ExpectedView::These { field, hint } => these(lang, field, hint, choices),
                    ExpectedView::Anything => html! {
                        <p class="hint">{ i18n::anything(lang) }</p>
                    },
                }
            }
        </div>
    }
}

fn these(lang: Lang, field: &FieldView, hint: &TheseHint, choices: &ChoicesView) -> Html {
    let said = match hint {
        TheseHint::Mistake(mistake) => composer::mistake(lang, mistake),
        TheseHint::Empty => i18n::empty_these(lang).into(),
        TheseHint::ByteCount(count) => {
            let notation = i18n::notation(lang, choices.notation);
            let ending = i18n::ending_alone(lang, choices.ending);
            format!("{notation} · {ending} · {count} B")
        }
    };
    html! {
        <div class="field">
            <label for={Payload::Expected.id()}>{ i18n::these(lang) }</label>
            <PayloadField payload={Payload::Expected} view={field.clone()} />
            <p id={Payload::Expected.hint_id()} class={classes!("hint", field.is_rejected.then_some("wrong"))}>
                { said }
            </p>
        </div>
    }
}
