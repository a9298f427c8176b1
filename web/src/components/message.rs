//! The message: its field, one line that says how it is written, and its bytes.

use web_sys::HtmlTextAreaElement;
use yew::{Callback, Html, InputEvent, TargetCast, html};

use super::composer::{hint, keys};
use super::{preview, settings};
use crate::app::Fields;
use crate::model::draft::{DraftEvent, Sample, Written};
use crate::model::{Event, Field, Model};

/// The longest a field grows, in lines.
const MAX_LINES: usize = 8;

/// The message, and what is set for it.
pub fn view(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let message = model.draft.message();
    let wrong = model.wrong == Some(Field::Message);
    let oninput = typed(emit, DraftEvent::Typed);
    html! {
        <div class="field" key="message">
            <div class="label" key="label">
                <label for="message">{ words.message }</label>
                <div class="samples" role="group" aria-label={words.composer.samples}>
                    { for Sample::ALL.map(|it| sample(it, emit)) }
                </div>
            </div>
            <textarea id="message" key="text" ref={&fields.message} rows={rows(message)}
                value={message.text().clone()} enterkeyhint="send" autocomplete="off"
                autocapitalize="off" spellcheck="false" aria-describedby="message-hint"
                aria-invalid={wrong.then_some("true")} {oninput} onkeydown={keys(emit)} />
            <p id="message-hint" key="hint" class={hint(wrong)}>{ said(model, wrong) }</p>
            { message.preview().map(|it| preview::view(&it, words)).unwrap_or_default() }
            { settings::view(model, fields, emit) }
        </div>
    }
}

/// What is wrong with the message, or what there is to say of its last change.
fn said(model: &Model, wrong: bool) -> String {
    let words = model.lang.words();
    match (model.draft.message().reading(), model.draft.note()) {
        (Err(mistake), _) => (words.composer.mistake)(mistake),
        (Ok(_), Some(note)) => (words.composer.note)(note),
        (Ok(_), None) if wrong => words.empty_message.into(),
        (Ok(_), None) => String::new(),
    }
}

fn sample(sample: Sample, emit: &Callback<Event>) -> Html {
    let onclick = emit.reform(move |_| Event::Draft(DraftEvent::SamplePressed(sample)));
    html! { <button key={sample.name()} type="button" {onclick}>{ sample.name() }</button> }
}

/// How many lines a field shows for a text, which may be long.
pub fn rows(written: &Written) -> String {
    written.text().split('\n').take(MAX_LINES).count().to_string()
}

/// What somebody typed in a field, as an event.
pub fn typed(emit: &Callback<Event>, event: fn(String) -> DraftEvent) -> Callback<InputEvent> {
    emit.reform(move |typed: InputEvent| {
        Event::Draft(event(typed.target_unchecked_into::<HtmlTextAreaElement>().value()))
    })
}
