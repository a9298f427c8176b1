//! Buttons that copy a text, and say for a while that they did.

use yew::Callback;

use crate::tag::{Tag, button};
use page_model::{Event, Model};

/// A button that says `before` until it is pressed.
pub fn copies(text: String, before: &'static str, model: &Model, emit: &Callback<Event>) -> Tag {
    let said = label(&text, before, model);
    button().onclick(emit.reform(move |_| Event::CopyPressed(text.clone()))).child(said)
}

/// What it says: once `text` is copied, or could not be, that.
pub fn label(text: &str, before: &'static str, model: &Model) -> &'static str {
    let words = crate::i18n::of(model.lang);
    match &model.copied {
        Some(it) if it.text == text && it.is_copied => words.copied,
        Some(it) if it.text == text => words.not_copied,
        _ => before,
    }
}
