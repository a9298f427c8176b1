//! What somebody does: to whom, what, Send.

use web_sys::{DragEvent, HtmlInputElement, KeyboardEvent};
use yew::{Callback, Html, InputEvent, TargetCast};

use super::{file, how, message};
use crate::app::Fields;
use crate::browser;
use crate::components::pressed;
use crate::model::{Event, Field, Model};
use crate::tag::tag;

/// The left column.
pub fn view(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let disabled = (model.is_running() || model.how.is_deaf()).then_some("true");
    let onclick = pressed(emit, |at| Event::SendPressed { at });
    let send = tag("button")
        .key("send")
        .class("send")
        .set("type", "button")
        .set("aria-disabled", disabled)
        .onclick(onclick)
        .child(words.send)
        .child(tag("span").class("key").set("aria-hidden", "true").child("⏎"))
        .html();
    let ondragover = Callback::from(|event: DragEvent| file::over(&event));
    let ondrop = {
        let emit = emit.clone();
        Callback::from(move |event: DragEvent| file::dropped(&event, &emit))
    };
    tag("div")
        .class("composer")
        .key("composer")
        .ondragover(ondragover)
        .ondrop(ondrop)
        .child(to(model, fields, emit))
        .child(how::switch(model, emit))
        .child(message::view(model, fields, emit))
        .child(how::buttons(model, send, emit))
        .html()
}

fn to(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let wrong = model.wrong == Some(Field::To);
    let oninput = emit.reform(|event: InputEvent| {
        Event::ToTyped(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    tag("div")
        .class("field")
        .key("to")
        .child(tag("label").set("for", "to").child(words.to))
        .child(
            tag("input")
                .set("id", "to")
                .set("type", "text")
                .node(&fields.to)
                .value(model.target().to_owned())
                .flag("readonly", model.how.is_locked())
                .set("placeholder", "host:port")
                .set("inputmode", "url")
                .set("enterkeyhint", "send")
                .set("autocomplete", "off")
                .set("autocapitalize", "off")
                .set("spellcheck", "false")
                .set("aria-describedby", "to-hint")
                .set("aria-invalid", wrong.then_some("true"))
                .oninput(oninput)
                .onkeydown(keys(emit)),
        )
        .child(tag("p").set("id", "to-hint").class(hint(wrong)).child(if wrong {
            words.empty_to
        } else {
            model.echo_server().map_or("", words.echo_server)
        }))
        .html()
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
