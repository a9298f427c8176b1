//! The button that copies a link, and what was not understood of the one that was opened.

use yew::{Callback, Html};

use super::copy;
use crate::components::pressed;
use crate::tag::{button, group, tag};
use page_model::link::{InvalidValue, LinkEvent};
use page_model::setup::Setup;
use page_model::{Event, Model};

/// Both, each once there is a reason for it: a page as one finds it needs no link.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let has_reason = model.modes.run.is_some() || model.setup() != Setup::default();
    tag("div")
        .key("link")
        .class("link")
        .child(has_reason.then(|| copying(model, emit)))
        .children(model.opened.bad.iter().enumerate().map(|(index, bad)| told(index, bad, model)))
        .html()
}

fn copying(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let link = model.link();
    let before = words.link.copy;
    let label = link.as_ref().map_or(before, |link| copy::label(link, before, model));
    let onclick = pressed(emit, |_| Event::Link(LinkEvent::CopyPressed));
    group()
        .child(
            button()
                .key("copy")
                .onclick(onclick)
                .set("aria-disabled", link.is_none().then_some("true"))
                .child(label),
        )
        .child(link.is_none().then(|| tag("p").key("long").child(words.link.too_long)))
        .html()
}

fn told(index: usize, bad: &InvalidValue, model: &Model) -> Html {
    let told = (crate::i18n::of(model.lang).link.bad)(bad.key, &bad.value);
    tag("p").key(index).class("bad").child(told).html()
}
