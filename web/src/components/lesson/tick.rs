//! The tick of something that is done.

use page_model::Lang;
use page_model::lesson::Tick;
use yew::prelude::*;

use crate::i18n::lesson as i18n;

/// The sign of a step that the learner ticked by hand: a pencil.
pub const BY_HAND: &str = "✎";

/// Draws a tick if something is done.
pub fn tick(lang: Lang, is_done: bool) -> Html {
    html! {
        if is_done {
            <span class="lesson-tick" role="img" aria-label={i18n::done(lang)}>{ "✓" }</span>
        }
    }
}

/// Draws the tick of a step: one that the learner ticked by hand has another sign.
pub fn step_tick(lang: Lang, step: Option<Tick>) -> Html {
    match step {
        Some(Tick::ByHand) => html! {
            <span class="lesson-tick hand" role="img" aria-label={i18n::ticked_by_hand(lang)}>
                { BY_HAND }
            </span>
        },
        other => tick(lang, other == Some(Tick::Seen)),
    }
}
