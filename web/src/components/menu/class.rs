//! For a class: how one bridge serves a room, and what that opens.

use yew::{Callback, Html, html};

use crate::components::command;
use crate::model::class::Class;
use crate::model::{Event, Model};

/// The section of the menu.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().menu;
    let lan = model.bridge.info().and_then(|info| info.lan);
    let Class { start, address, is_known } = Class::of(&model.origin, lan, words.machine);
    let opens = if start.is_some() { words.everybody_opens } else { words.open_already };
    let starts = start.map(|[run, alone]| {
        html! {
            <>
                { command::view(words.start, &run, model, emit) }
                { command::view(words.start_alone, &alone, model, emit) }
            </>
        }
    });
    html! {
        <section key="class" class="class">
            <h2>{ words.class }</h2>
            { starts.unwrap_or_default() }
            if is_known {
                { command::view(opens, &address, model, emit) }
            } else {
                <p>{ opens }{ " " }<strong>{ address }</strong></p>
            }
            <p>{ words.class_may }</p>
        </section>
    }
}
