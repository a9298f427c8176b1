//! What somebody does: to whom, what, Send.

use web_sys::{DragEvent, HtmlInputElement, KeyboardEvent};
use yew::{Callback, Html, InputEvent, TargetCast, html};

use super::{file, how, lab, message};
use crate::app::Fields;
use crate::browser;
use crate::model::{Event, Field, Model};

/// The left column.
pub fn view(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let disabled = (model.is_running() || model.how.is_deaf()).then_some("true");
    let onclick = emit.reform(|_| Event::SendPressed { at: browser::now() });
    let send = html! {
        <button key="send" class="send" type="button" aria-disabled={disabled} {onclick}>
            { words.send }<span class="key" aria-hidden="true">{ "⏎" }</span>
        </button>
    };
    let ondragover = Callback::from(|event: DragEvent| file::over(&event));
    let ondrop = {
        let emit = emit.clone();
        Callback::from(move |event: DragEvent| file::dropped(&event, &emit))
    };
    html! {
        <div class="composer" key="composer" {ondragover} {ondrop}>
            { to(model, fields, emit) }
            { how::switch(model, emit) }
            { message::view(model, fields, emit) }
            { lab::predict(model, emit) }
            { how::buttons(model, send, emit) }
        </div>
    }
}

fn to(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let (said, wrong) = said(model);
    let oninput = emit.reform(|event: InputEvent| {
        Event::ToTyped(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <div class="field" key="to">
            <div class="label" key="label">
                <label for="to">{ words.to }</label>
                { lab::choices(model, emit) }
            </div>
            <input id="to" key="text" type="text" ref={&fields.to} value={model.target().to_owned()}
                readonly={model.how.is_locked()}
                placeholder="host:port" inputmode="url" enterkeyhint="send" autocomplete="off"
                autocapitalize="off" spellcheck="false" aria-describedby="to-hint"
                aria-invalid={wrong.then_some("true")} {oninput} onkeydown={keys(emit)} />
            <p id="to-hint" key="hint" class={hint(wrong)}>{ said }</p>
        </div>
    }
}

/// What is said under To, and whether that is a mistake.
fn said(model: &Model) -> (String, bool) {
    let words = model.lang.words();
    let echo = || model.echo_server().map_or("", words.echo_server);
    match lab::hint(model) {
        Some(hint) => hint,
        None if model.wrong == Some(Field::To) => (words.empty_to.into(), true),
        None => (echo().into(), false),
    }
}

/// The class of what is said under a field.
pub fn hint(wrong: bool) -> &'static str {
    if wrong { "hint wrong" } else { "hint" }
}

/// Enter sends, and Shift+Enter does what it does in a field; with Ctrl or ⌘ it always sends.
pub fn keys(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let always = event.ctrl_key() || event.meta_key();
        if event.key() == "Enter" && !composes(&event) && (always || !event.shift_key()) {
            event.prevent_default();
            emit.emit(Event::SendPressed { at: browser::now() });
        }
    })
}

/// Whether an input method is composing: Enter then picks what it offers. Safari ends the
/// composition before that Enter, and gives it the key code 229 instead.
fn composes(event: &KeyboardEvent) -> bool {
    const COMPOSING: u32 = 229;
    event.is_composing() || event.key_code() == COMPOSING
}
