//! How one talks: the switch, and the settings and buttons of each mode.

mod repeat;
mod settings;
mod stay;

use yew::{Callback, Html};

use crate::platform::browser;
use crate::tag::tag;
use page_model::modes::{Mode, ModesEvent};
use page_model::{Event, Model};

/// The switch between the ways, and the settings of the one that is chosen.
pub fn switch(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let locked = model.modes.is_locked();
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
                .children(Mode::ALL.map(|mode| choice(mode, model, emit))),
        )
        .child(locked.then(|| {
            tag("p")
                .key("hint")
                .set("id", "how-hint")
                .class("hint")
                .child((words.locked)(model.modes.mode))
        }))
        .child((model.modes.mode == Mode::Load).then(|| settings::view(model, emit)))
        .html()
}

fn choice(mode: Mode, model: &Model, emit: &Callback<Event>) -> Html {
    let chosen = model.modes.mode == mode;
    let onchange =
        emit.reform(move |_| Event::Modes(ModesEvent::Chosen { at: browser::now(), mode }));
    let name = (crate::i18n::of(model.lang).modes.mode)(mode);
    tag("label")
        .key(name)
        .child(
            tag("input")
                .set("type", "radio")
                .set("name", "how")
                .checked(chosen)
                .flag("disabled", model.modes.is_locked() && !chosen)
                .onchange(onchange),
        )
        .child(tag("span").child(name))
        .html()
}

/// The button that starts what the chosen mode does; `send` is the one that sends.
pub fn buttons(model: &Model, send: Html, emit: &Callback<Event>) -> Html {
    match model.modes.mode {
        Mode::Once => send,
        Mode::Interactive => stay::buttons(model, send, emit),
        Mode::Load => repeat::start(model, emit),
    }
}
