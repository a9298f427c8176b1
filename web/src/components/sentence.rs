//! The sentence of a verdict with its colour and sign, for the verdict and for the runs.

use std::rc::Rc;

use page_model::Lang;
use page_model::verdict::{Sentence, Sign, Tone};
use yew::prelude::*;

use crate::i18n::verdict as i18n;

/// Returns the class of a tone.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Idle => "idle",
        Tone::Quick => "quick",
        Tone::Neutral => "wait",
        Tone::Good => "good",
        Tone::Bad => "bad",
    }
}

/// Returns the character of a sign.
pub fn sign_symbol(sign: Sign) -> &'static str {
    match sign {
        Sign::Waiting => "…",
        Sign::Ok => "✓",
        Sign::Different => "≠",
        Sign::Failed => "✗",
        Sign::NoConnection => "⊘",
        Sign::Received => "←",
    }
}

/// Draws a sentence.
pub fn draw(lang: Lang, sentence: &Sentence) -> Html {
    match sentence {
        Sentence::None => Html::default(),
        Sentence::Invitation(invitation) => i18n::invitation(lang, *invitation).into(),
        Sentence::Program(text) => {
            html! { <samp lang="en">{ Rc::clone(text) }</samp> }
        }
        Sentence::Page(statement) => {
            html! { <span>{ i18n::statement(lang, statement) }</span> }
        }
    }
}
