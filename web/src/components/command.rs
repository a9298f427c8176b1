//! A command for a terminal, with a button that copies it.

use yew::{Callback, Html};

use crate::model::{Event, Model};
use crate::tag::tag;

/// A command after the words that lead over to it.
pub fn view(lead: &str, command: &str, model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let label = match &model.copied {
        Some((text, true)) if text == command => words.copied,
        Some((text, false)) if text == command => words.not_copied,
        _ => words.copy,
    };
    let text = command.to_owned();
    let onclick = emit.reform(move |_| Event::CopyPressed(text.clone()));
    tag("p")
        .class("command")
        .child(tag("span").child(lead))
        .child(tag("code").set("lang", "en").child(command))
        .child(tag("button").set("type", "button").onclick(onclick).child(label))
        .html()
}
