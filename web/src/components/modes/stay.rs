//! The buttons of the interactive mode.

use yew::{Callback, Html};

use crate::components::pressed;
use crate::tag::{button, tag};
use page_model::modes::ModesEvent;
use page_model::{Event, Model};

/// Send, which connects first where that is needed, and Connect alone.
pub fn buttons(model: &Model, send: Html, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let connect = pressed(emit, |at| Event::ConnectPressed { at });
    tag("div")
        .class("buttons")
        .key("buttons")
        .child(send)
        .child(
            (!model.modes.is_connected())
                .then(|| button().key("connect").onclick(connect).child(words.connect)),
        )
        .child(model.modes.is_full.then(|| {
            tag("p").key("full").class("hint wrong").set("role", "alert").child(words.full)
        }))
        .html()
}
