//! The lab: a server to choose beside To, a prediction above Send, and why it came so.

mod card;
mod predict;
mod why;

pub use predict::view as predict;
pub use why::{terminal, view as why};

use yew::{Callback, Html};

use super::menu;
use crate::model::lab::LabEvent;
use crate::model::lab::card::{CARDS, Card};
use crate::model::menu::MenuEvent;
use crate::model::{Event, Menu, Model};
use crate::shell::menus::button_id;
use crate::tag::{button, tag};
use crate::words::lab::filled;

/// Beside the label of To: the echo server, or one that misbehaves.
pub fn choices(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().lab;
    let (id, open) = (button_id(Menu::Lab), model.menus.open == Some(Menu::Lab));
    let echo = emit.reform(|_| Event::Lab(LabEvent::EchoChosen));
    let toggle = emit.reform(|_| Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    let locked = model.how.is_locked().then_some("true");
    let echo = button().set("aria-disabled", locked).onclick(echo);
    let opener = button()
        .set("id", id)
        .set("aria-disabled", locked)
        .set("aria-expanded", open.to_string())
        .onclick(toggle);
    let cards = || {
        tag("div")
            .class("lab-cards")
            .set("role", "group")
            .set("aria-labelledby", id)
            .child(tag("p").class("lab-real").child(words.real))
            .children(
                CARDS.iter().enumerate().map(|(place, it)| card::view(place, it, model, emit)),
            )
    };
    tag("div")
        .key("lab")
        .class("menu lab")
        .onfocusout(menu::left_by_focus(emit))
        .child(echo.child(words.echo))
        .child(opener.child(words.misbehaves))
        .child(open.then(cards))
        .html()
}

/// What is said under To: what its server does, or what is wrong with what was typed. None where
/// it is no server of the lab.
pub fn hint(model: &Model) -> Option<(String, bool)> {
    let words = &model.lang.words().lab;
    Some(match model.fault()? {
        Err(mistake) => ((words.mistake)(&mistake), true),
        Ok(fault) => {
            let blanks = crate::model::lab::card::filled(&fault);
            let sentence = words.does[Card::of(&fault)];
            // Each mark has a value of its own.
            let (first, rest) = sentence.split_once('#').unwrap_or((sentence, ""));
            let said = format!("{first}{}{}", blanks[0], filled(rest, &[('#', &blanks[1])]));
            (filled(&said, &[]), false)
        }
    })
}
