//! The lab: the choice of a server beside To, the prediction above Send, and the explanation after a
//! run. All but the choice is loaded on demand.

mod card;
mod predict;
mod why;

use echo_core::fault::{FaultGroup, FaultKind};
use yew::{Callback, Html};

use super::menu;
use crate::i18n::lab::{self, filled};
use crate::lazy::{self, View};
use crate::tag::{button, group, tag};
use page_model::lab::LabEvent;
use page_model::lab::card::fields;
use page_model::menu::Menu;
use page_model::menu::MenuEvent;
use page_model::{Event, Model};

/// The functions of the lab that are loaded on demand.
pub struct Lab {
    cards: View,
    hint: fn(&Model) -> Option<Hint>,
    predict: View,
    why: View,
    terminal: View,
}

/// The lab.
pub static LAB: Lab =
    Lab { cards, hint: describe, predict: predict::view, why: why::view, terminal: why::terminal };

/// The hint under To, and whether it is an error message.
type Hint = (String, bool);

/// Draws the question above Send, if an outcome can be predicted.
pub fn predict(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    model.can_predict().then(|| shown(|lab| lab.predict, model, emit))
}

/// Draws the explanation of the latest run, once it is over.
pub fn why(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    let over = model.lab_run().is_some_and(|run| run.over.is_some());
    over.then(|| shown(|lab| lab.why, model, emit))
}

/// Draws the command that starts the server of the latest run in a terminal.
pub fn terminal(model: &Model, emit: &Callback<Event>) -> Html {
    shown(|lab| lab.terminal, model, emit)
}

/// Returns the hint under To, if To names a server of the lab and the lab is loaded.
pub fn hint(model: &Model, emit: &Callback<Event>) -> Option<Hint> {
    let _ = model.fault()?;
    (lazy::laboratory(model, emit).ok()?.hint)(model)
}

fn shown(of: fn(&Lab) -> View, model: &Model, emit: &Callback<Event>) -> Html {
    let lab = lazy::laboratory(model, emit);
    lab.map_or_else(|instead| instead, |lab| of(lab)(model, emit))
}

/// Draws the buttons beside the label of To: the echo server, or one with a fault.
pub fn choices(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let (id, open) = (Menu::Lab.button_id(), model.menus.open == Some(Menu::Lab));
    let echo = emit.reform(|_| Event::Lab(LabEvent::EchoChosen));
    let toggle = emit.reform(|_| Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    let locked = model.modes.is_locked().then_some("true");
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
    let words = lab::words(model.lang);
    let cards = |faults: &FaultGroup| {
        let each = faults.kinds().map(|kind: FaultKind| card::view(kind, model, emit));
        group().child(tag("h2").child((words.group)(*faults))).children(each).html()
    };
    tag("div")
        .class("lab-cards")
        .set("role", "group")
        .set("aria-labelledby", Menu::Lab.button_id())
        .child(tag("p").class("lab-real").child(words.real))
        .children(FaultGroup::ALL.iter().map(cards))
        .html()
}

/// Describes the server that To names, or the error in its fault. Returns `None` if it is not one of
/// the lab.
fn describe(model: &Model) -> Option<Hint> {
    let words = lab::words(model.lang);
    Some(match model.fault()? {
        Err(error) => ((words.parse_error)(&error), true),
        Ok(fault) => {
            let mut texts = (words.description)(fault.kind()).split('#');
            let mut description = texts.next().unwrap_or_default().to_owned();
            for (field, text) in fields(&fault).iter().zip(texts) {
                description += field;
                description += text;
            }
            (filled(&description, &[]), false)
        }
    })
}
