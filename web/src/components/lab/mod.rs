//! The lab: the cards of its servers, the prediction above Send, and the explanation after a run. All
//! of it is loaded on demand; the buttons that open the cards belong to the composer.

mod cards;
mod explanation;
mod hint;
mod outcome;
mod prediction;

use echo_core::fault::{Fault, ParseFaultError};
use yew::{Html, html};

use super::command::CommandLine;
use crate::i18n::lab as i18n;
use cards::Cards;
use explanation::Explanation;
use page_model::copy::CopyableText;
use page_model::{Lang, Model};
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
