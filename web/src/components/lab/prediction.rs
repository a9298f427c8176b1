//! The prediction of an outcome before a run.

use page_model::Event;
use page_model::lab::LabEvent;
use page_model::lab::outcome::Outcome;
use yew::prelude::*;

use super::outcome::{sentence, sign};
use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::lab as i18n;

/// Properties of [`Prediction`].
#[derive(PartialEq, Properties)]
pub struct PredictionProps {
    /// The predicted outcome, if one is predicted.
    pub predicted: Option<Outcome>,
}

/// Draws the outcomes to choose from.
#[component]
pub fn Prediction(PredictionProps { predicted }: &PredictionProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let choice = |outcome: Outcome| {
        let onchange = dispatch.reform(move |_| Event::Lab(LabEvent::Predicted(outcome)));
        let checked = *predicted == Some(outcome);
        html! {
            <label key={sign(outcome)} class="chip">
                <input type="radio" name="predict" {checked} {onchange} />
                <span>{ sentence(lang, outcome) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="predict">
            <legend key="question">{ i18n::prediction(lang) }</legend>
            <div class="chips">{ for Outcome::ALL.map(choice) }</div>
        </fieldset>
    }
}
