//! For a class: how one bridge serves a room, and what that opens.

use yew::{Callback, Html};

use crate::components::command;
use crate::tag::tag;
use page_model::class::Class;
use page_model::{Event, Model};

/// The section of the menu.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).menu;
    let lan = model.bridge.info().and_then(|info| info.lan.as_deref());
    let Class { start, address, is_known } = Class::of(&model.origin, lan, words.machine);
    let opens = if start.is_some() { words.everybody_opens } else { words.open_already };
    let address = if is_known {
        command::view(opens, &address, model, emit)
    } else {
        tag("p").child(opens).child(" ").child(tag("strong").child(address)).html()
    };
    let mut section =
        tag("section").key("class").class("class").child(tag("h2").child(words.class));
    for (lead, command) in [words.start, words.start_alone].into_iter().zip(start.iter().flatten())
    {
        section = section.child(command::view(lead, command, model, emit));
    }
    let plain = (!model.origin.starts_with("https:")).then_some(words.plain);
    let may = tag("p").child(words.class_may).child(" ").child(plain);
    section.child(address).child(may).html()
}
