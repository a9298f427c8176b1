//! The lab: a server to choose beside To, a prediction above Send, and why it came so. All of it but
//! the choice is a part of its own.

mod card;
mod predict;
mod why;

use yew::{Callback, Html};

use super::menu;
use crate::model::lab::LabEvent;
use crate::model::lab::card::{CARDS, Card};
use crate::model::menu::MenuEvent;
use crate::model::{Event, Menu, Model};
use crate::parts::{self, View};
use crate::shell::menus::button_id;
use crate::tag::{button, tag};
use crate::words::lab::{self, filled};

/// What the lab says and shows.
pub struct Lab {
    cards: View,
    hint: fn(&Model) -> Option<Hint>,
    predict: View,
    why: View,
    terminal: View,
}

/// The part.
pub static LAB: Lab =
    Lab { cards, hint: says, predict: predict::view, why: why::view, terminal: why::terminal };

/// What is said under To, and whether it is of something wrong.
type Hint = (String, bool);

/// The question above Send, where there is something to predict.
pub fn predict(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    model.can_predict().then(|| shown(|lab| lab.predict, model, emit))
}

/// What there is to say of the latest run, once it is over.
pub fn why(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    let over = model.trial().is_some_and(|trial| trial.over.is_some());
    over.then(|| shown(|lab| lab.why, model, emit))
}

/// The command that starts the server of the latest run in a terminal.
pub fn terminal(model: &Model, emit: &Callback<Event>) -> Html {
    shown(|lab| lab.terminal, model, emit)
}

/// What is said under To, where it is a server of the lab, as soon as that can be said.
pub fn hint(model: &Model, emit: &Callback<Event>) -> Option<Hint> {
    let _ = model.fault()?;
    (parts::laboratory(model, emit).ok()?.hint)(model)
}

fn shown(of: fn(&Lab) -> View, model: &Model, emit: &Callback<Event>) -> Html {
    let lab = parts::laboratory(model, emit);
    lab.map_or_else(|instead| instead, |lab| of(lab)(model, emit))
}

/// Beside the label of To: the echo server, or one that misbehaves.
pub fn choices(model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
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
    tag("div")
        .key("lab")
        .class("menu lab")
        .onfocusout(menu::left_by_focus(emit))
        .child(echo.child(words.echo))
        .child(opener.child(words.misbehaves))
        .child(open.then(|| shown(|lab| lab.cards, model, emit)))
        .html()
}

fn cards(model: &Model, emit: &Callback<Event>) -> Html {
    let card = |(place, it)| card::view(place, it, model, emit);
    tag("div")
        .class("lab-cards")
        .set("role", "group")
        .set("aria-labelledby", button_id(Menu::Lab))
        .child(tag("p").class("lab-real").child(lab::words(model.lang).real))
        .children(CARDS.iter().enumerate().map(card))
        .html()
}

/// What the server at To does, or what is wrong with what was typed; none where it is none of the lab's.
fn says(model: &Model) -> Option<Hint> {
    let words = lab::words(model.lang);
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
