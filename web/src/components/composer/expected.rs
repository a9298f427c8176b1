//! The expected reply.

use page_model::composer::ExpectedView;
use page_model::expected_reply::ExpectedReplyKind;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::select_change;
use crate::components::context::Dispatch;
use crate::i18n::settings as i18n;

/// Shows the choice in the line of settings, and below it `bytes`, if these are expected.
pub fn expected(lang: Lang, view: &ExpectedView, bytes: &Html, dispatch: &Dispatch) -> Html {
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
            { bytes.clone() }
        </>
    }
}
