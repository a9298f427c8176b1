//! How one talks: the switch, and what each way but Once shows.

mod chart;
mod repeat;
mod results;
mod settings;
mod stay;

use yew::{Callback, Html};

use super::shown::{Parts, Shown};
use crate::browser;
use crate::tag::tag;
use page_model::how::{HowEvent, Way};
use page_model::{Event, Model};

/// The switch between the ways, and the settings of the one that is chosen.
pub fn switch(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::words::of(model.lang).how;
    let locked = model.how.is_locked();
    tag("div")
        .class("how")
        .key("how")
        .child(
            tag("div")
                .key("switch")
                .class("switch")
                .set("role", "radiogroup")
                .set("aria-label", words.how)
                .set("aria-describedby", locked.then_some("how-hint"))
                .children(Way::ALL.map(|way| choice(way, model, emit))),
        )
        .child(locked.then(|| {
            tag("p")
                .key("hint")
                .set("id", "how-hint")
                .class("hint")
                .child((words.locked)(model.how.way))
        }))
        .child((model.how.way == Way::Repeat).then(|| settings::view(model, emit)))
        .html()
}

fn choice(way: Way, model: &Model, emit: &Callback<Event>) -> Html {
    let chosen = model.how.way == way;
    let onchange = emit.reform(move |_| Event::How(HowEvent::Chosen { at: browser::now(), way }));
    let name = (crate::words::of(model.lang).how.way)(way);
    tag("label")
        .key(name)
        .child(
            tag("input")
                .set("type", "radio")
                .set("name", "how")
                .checked(chosen)
                .flag("disabled", model.how.is_locked() && !chosen)
                .onchange(onchange),
        )
        .child(tag("span").child(name))
        .html()
}

/// The button that starts what the chosen way does; `send` is the one that sends.
pub fn buttons(model: &Model, send: Html, emit: &Callback<Event>) -> Html {
    match model.how.way {
        Way::Once => send,
        Way::Stay => stay::buttons(model, send, emit),
        Way::Repeat => repeat::start(model, emit),
    }
}

/// What the verdict's place shows, where the way that is chosen has a say in it.
pub fn shown(parts: &Parts<'_>) -> Option<Shown> {
    match parts.model.how.way {
        Way::Once => None,
        Way::Stay => stay::shown(parts),
        Way::Repeat => repeat::shown(parts),
    }
}

/// What happened, in more than a sentence, where it is not the program's log.
pub fn happened(model: &Model, clock_step: f64) -> Option<Html> {
    match model.how.way {
        Way::Once | Way::Stay => None,
        Way::Repeat => Some(results::view(model, clock_step)),
    }
}
