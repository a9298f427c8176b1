//! The message: its field, one line that says how it is written, and its bytes.

use web_sys::HtmlTextAreaElement;
use yew::{Callback, Html, InputEvent, TargetCast};

use super::{field, preview, settings};
use crate::tag::{button, tag};
use page_model::composer::{ComposerEvent, PayloadText, Sample};
use page_model::field::Field;
use page_model::{Event, Model};

/// The longest a field grows, in lines.
const MAX_LINES: usize = 8;

/// The message, and what is set for it.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let message = model.composer.message();
    let wrong = model.wrong == Some(Field::Message);
    let oninput = typed(emit, ComposerEvent::Typed);
    let area = tag("textarea")
        .set("id", "message")
        .key("text")
        .node(&yew::NodeRef::default())
        .set("rows", rows(message))
        .value(message.text().clone());
    tag("div")
        .class("field")
        .key("message")
        .child(
            tag("div")
                .class("label")
                .key("label")
                .child(tag("label").set("for", "message").child(words.message))
                .child(
                    tag("div")
                        .class("samples")
                        .set("role", "group")
                        .set("aria-label", words.composer.samples)
                        .children(Sample::ALL.map(|it| sample(it, emit))),
                ),
        )
        .child(field::sending(area, "message-hint", wrong, oninput, emit))
        .child(
            tag("p")
                .set("id", "message-hint")
                .key("hint")
                .class(field::hint(wrong))
                .child(said(model, wrong)),
        )
        .child(message.preview().map(|it| preview::view(&it, words)).unwrap_or_default())
        .child(settings::view(model, emit))
        .html()
}

/// What is wrong with the message, or what there is to say of its last change.
fn said(model: &Model, wrong: bool) -> String {
    let words = crate::i18n::of(model.lang);
    match (model.composer.message().reading(), model.composer.note()) {
        (Err(mistake), _) => (words.composer.mistake)(mistake),
        (Ok(_), Some(note)) => (words.composer.note)(note),
        (Ok(_), None) if wrong => words.empty_message.into(),
        (Ok(_), None) => String::new(),
    }
}

fn sample(sample: Sample, emit: &Callback<Event>) -> Html {
    let onclick = emit.reform(move |_| Event::Composer(ComposerEvent::SamplePressed(sample)));
    button().key(sample.name()).onclick(onclick).child(sample.name()).html()
}

/// How many lines a field shows for a text, which may be long.
pub fn rows(written: &PayloadText) -> String {
    written.text().split('\n').take(MAX_LINES).count().to_string()
}

/// What somebody typed in a field, as an event.
pub fn typed(emit: &Callback<Event>, event: fn(String) -> ComposerEvent) -> Callback<InputEvent> {
    emit.reform(move |typed: InputEvent| {
        Event::Composer(event(typed.target_unchecked_into::<HtmlTextAreaElement>().value()))
    })
}
