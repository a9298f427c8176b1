//! The lab: the choice of a server beside To, the cards, the prediction above Send, and the
//! explanation after a run. All but the choice is loaded on demand.

mod cards;
mod explanation;
mod hint;
mod outcome;
mod prediction;

use echo_core::fault::{Fault, ParseFaultError};
use yew::{Callback, Html, html};

use super::callbacks::close_menu_on_blur;
use super::command::CommandLine;
use crate::i18n::lab as i18n;
use crate::tag::{button, tag};
use cards::Cards;
use explanation::Explanation;
use page_model::copy::CopyableText;
use page_model::lab::LabEvent;
use page_model::menu::Menu;
use page_model::menu::MenuEvent;
use page_model::{Event, Lang, Model};
use prediction::Prediction;

pub use hint::Hint;

/// The part of the lab that is loaded on demand. Each function draws what the model wants shown, or
/// nothing.
pub struct Lab {
    /// Draws the cards.
    pub cards: fn(&Model) -> Html,
    /// Draws the choice of a predicted outcome.
    pub prediction: fn(&Model) -> Html,
    /// Draws the explanation of the latest run.
    pub explanation: fn(&Model) -> Html,
    /// Draws the command that starts the server of the latest run in a terminal.
    pub command: fn(&Model) -> Html,
    /// Returns the hint under To for a fault that was typed.
    pub hint: fn(Lang, &Result<Fault, ParseFaultError>) -> Hint,
}

/// The part of the lab that is loaded on demand. Only `lazy` may refer to it.
pub static LAB: Lab = Lab { cards, prediction, explanation, command, hint: hint::hint };

fn cards(model: &Model) -> Html {
    html! { <Cards groups={model.lab_cards_view()} /> }
}

fn prediction(model: &Model) -> Html {
    html! { <Prediction predicted={model.prediction()} /> }
}

fn explanation(model: &Model) -> Html {
    let view = model.lab_explanation_view();
    view.map(|view| html! { <Explanation {view} /> }).unwrap_or_default()
}

fn command(model: &Model) -> Html {
    let Some(CopyableText { text, state }) = model.lab_command_view() else {
        return Html::default();
    };
    html! { <CommandLine lead={i18n::in_terminal(model.lang)} command={text} {state} /> }
}

/// Draws the buttons beside the label of To: the echo server, or one with a fault. `cards` draws what
/// the latter opens.
pub fn choices(model: &Model, cards: impl FnOnce() -> Html, emit: &Callback<Event>) -> Html {
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
        .onfocusout(close_menu_on_blur(emit))
        .child(echo.child(words.echo))
        .child(opener.child(words.misbehaves))
        .child(open.then(cards))
        .html()
}
