//! How the outcomes of a run are shown.

use page_model::Lang;
use page_model::lab::outcome::Outcome;
use page_model::verdict::Sign;
use yew::prelude::*;

use crate::components::sentence::sign_symbol;
use crate::i18n::lab as i18n;

/// Returns the sign of an outcome, which is the sign of the verdict.
pub fn sign(outcome: Outcome) -> &'static str {
    sign_symbol(match outcome {
        Outcome::Ok => Sign::Ok,
        Outcome::Unexpected => Sign::Different,
        Outcome::NotReceived => Sign::Failed,
        Outcome::NotConnected => Sign::NoConnection,
        Outcome::Waits => Sign::Waiting,
    })
}

/// Draws what the client prints at an outcome, and its translation.
pub fn sentence(lang: Lang, outcome: Outcome) -> Html {
    match outcome.sentence() {
        None => i18n::prints_nothing(lang).into(),
        Some(printed) => html! {
            <>
                <samp lang="en">{ printed }</samp>
                if let Some(translation) = i18n::outcome_translation(lang, outcome) {
                    <small>{ translation }</small>
                }
            </>
        },
    }
}
