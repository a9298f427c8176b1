//! What the fields have in common that somebody types in.

use web_sys::KeyboardEvent;
use yew::{Callback, InputEvent};

use crate::platform::browser;
use crate::tag::Tag;
use page_model::Event;

/// A field whose text the browser leaves as it was typed.
pub fn verbatim(field: Tag) -> Tag {
    field.set("autocomplete", "off").set("autocapitalize", "off").set("spellcheck", "false")
}

/// Such a field that is described by the element `hint`, which says what is wrong if anything is,
/// and from which Enter sends.
pub fn sending(
    field: Tag,
    hint: &'static str,
    wrong: bool,
    oninput: Callback<InputEvent>,
    emit: &Callback<Event>,
) -> Tag {
    verbatim(field)
        .set("enterkeyhint", "send")
        .set("aria-describedby", hint)
        .set("aria-invalid", wrong.then_some("true"))
        .oninput(oninput)
        .onkeydown(keys(emit))
}

/// The class of what is said under a field.
pub fn hint(wrong: bool) -> &'static str {
    if wrong { "hint wrong" } else { "hint" }
}

/// Enter sends, and Shift+Enter does what it does in a field; with Ctrl or ⌘ it always sends.
fn keys(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
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
