//! The button of the load test.

use yew::{Callback, Html};

use crate::components::pressed;
use crate::tag::{button, group, tag};
use page_model::modes::ModesEvent;
use page_model::{Event, Model};

/// Start, which is Stop while something is under way.
pub fn start(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let running = model.modes.is_load_test_running();
    let send = pressed(emit, |at| Event::SendPressed { at });
    let stop = pressed(emit, |at| Event::Modes(ModesEvent::StopPressed { at }));
    button()
        .key("start")
        .class("send")
        .onclick(if running { stop } else { send })
        .child(if running {
            words.stop.into()
        } else {
            group()
                .child(words.modes.start)
                .child(tag("span").class("key").set("aria-hidden", "true").child("⏎"))
                .html()
        })
        .html()
}
