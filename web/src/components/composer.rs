//! What somebody does: to whom, what, Send.

use web_sys::{DragEvent, HtmlInputElement};
use yew::{Callback, Html, InputEvent, TargetCast};

use super::{field, file, lab, message, modes};
use crate::components::pressed;
use crate::lazy;
use crate::platform::files;
use crate::tag::{button, tag};
use page_model::field::Field;
use page_model::{Event, Model};

/// The left column.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let disabled = (model.is_running() || !model.modes.can_send()).then_some("true");
    let onclick = pressed(emit, |at| Event::SendPressed { at });
    let send = button()
        .key("send")
        .class("send")
        .set("aria-disabled", disabled)
        .onclick(onclick)
        .child(words.send)
        .child(tag("span").class("key").set("aria-hidden", "true").child("⏎"))
        .html();
    let ondragover = Callback::from(|event: DragEvent| files::over(&event));
    let ondrop = {
        let emit = emit.clone();
        Callback::from(move |event: DragEvent| file::dropped(&event, &emit))
    };
    tag("div")
        .class("composer")
        .key("composer")
        .ondragover(ondragover)
        .ondrop(ondrop)
        .child(to(model, emit))
        .child(modes::switch(model, emit))
        .child(message::view(model, emit))
        .child(lazy::lab_prediction(model, emit))
        .child(modes::buttons(model, send, emit))
        .html()
}

fn to(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let (said, wrong) = said(model, emit);
    let oninput = emit.reform(|event: InputEvent| {
        Event::ToTyped(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let input = tag("input")
        .key("text")
        .set("id", "to")
        .set("type", "text")
        .node(&yew::NodeRef::default())
        .value(model.target().to_owned())
        .flag("readonly", model.modes.is_locked())
        .set("placeholder", "host:port")
        .set("inputmode", "url");
    tag("div")
        .class("field")
        .key("to")
        .child(
            tag("div")
                .key("label")
                .class("label")
                .child(tag("label").set("for", "to").child(words.to))
                .child(lab::choices(model, || lazy::lab_cards(model, emit), emit)),
        )
        .child(field::sending(input, "to-hint", wrong, oninput, emit))
        .child(tag("p").key("hint").set("id", "to-hint").class(field::hint(wrong)).child(said))
        .html()
}

/// What is said under To, and whether that is a mistake.
fn said(model: &Model, emit: &Callback<Event>) -> (String, bool) {
    let words = crate::i18n::of(model.lang);
    let echo = || model.echo_server().map_or("", words.echo_server);
    match lazy::lab_hint(model, emit) {
        Some(hint) => (hint.text, hint.is_error),
        None if model.wrong == Some(Field::To) => (words.empty_to.into(), true),
        None => (echo().into(), false),
    }
}
