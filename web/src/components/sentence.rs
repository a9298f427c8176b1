//! The sentence of a verdict with its colour and sign, for the verdict and for the runs.

use std::rc::Rc;

use page_model::Lang;
use page_model::verdict::{Sentence, Sign, Tone};
use yew::prelude::*;

use crate::i18n::verdict as i18n;

/// The class of a sentence that does not get the largest type.
const LONG: &str = "long";

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

/// Draws a sentence in the largest type in which it fits into a line.
pub fn large(lang: Lang, sentence: &Sentence) -> Html {
    draw(lang, sentence, |text| is_wide(text).then_some(LONG))
}

/// Draws a sentence in the smaller type.
pub fn small(lang: Lang, sentence: &Sentence) -> Html {
    draw(lang, sentence, |_| Some(LONG))
}

fn draw(lang: Lang, sentence: &Sentence, class: fn(&str) -> Option<&'static str>) -> Html {
    match sentence {
        Sentence::None => Html::default(),
        Sentence::Invitation(invitation) => i18n::invitation(lang, *invitation).into(),
        Sentence::Program(text) => {
            html! { <samp lang="en" class={classes!(class(text))}>{ Rc::clone(text) }</samp> }
        }
        Sentence::Page(statement) => {
            let text = i18n::statement(lang, statement);
            html! { <span class={classes!(class(&text))}>{ text }</span> }
        }
    }
}

/// Returns `true` for a sentence that is too wide for the largest type.
fn is_wide(text: &str) -> bool {
    /// The most Latin letters; others, above all Chinese ones, are taken as twice as wide.
    const WIDEST: usize = 20;
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    width > WIDEST
}
