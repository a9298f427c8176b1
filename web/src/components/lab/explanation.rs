//! The explanation after a run to a server of the lab, beside the prediction.

use echo_core::fault::Fault;
use page_model::lab::explain::Explanation as ExplanationModel;
use page_model::lab::outcome::Outcome;
use page_model::lab::{ExplanationView, LabEvent};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::outcome::{sentence, sign};
use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::lab as i18n;

/// Properties of [`Explanation`].
#[derive(PartialEq, Properties)]
pub struct ExplanationProps {
    /// What to show.
    pub view: ExplanationView,
}

/// Draws the explanation of the latest run, or a button that asks for it if nothing was predicted.
#[component]
pub fn Explanation(ExplanationProps { view }: &ExplanationProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    match view {
        ExplanationView::Offered => {
            let onclick = dispatch.reform(|_| Event::Lab(LabEvent::ExplanationRequested));
            html! {
                <div key="offered" class="why">
                    <button type="button" {onclick}>{ i18n::show_explanation(lang) }</button>
                </div>
            }
        }
        ExplanationView::Shown { predicted, outcome, explanation } => html! {
            <div key="shown" class="why">
                if let Some(predicted) = predicted {
                    { comparison(lang, *predicted, *outcome) }
                }
                if let Some((faults, decisive)) = &explanation.parts {
                    { combined_faults(lang, faults, decisive.as_ref()) }
                }
                <p>{ i18n::explanation(lang, explanation) }</p>
                { decisive_line(lang, explanation) }
            </div>
        },
    }
}

/// Draws the predicted and the real outcome side by side, and whether they agree.
fn comparison(lang: Lang, predicted: Outcome, outcome: Outcome) -> Html {
    let row = |label: &'static str, outcome: Outcome| {
        html! {
            <div>
                <dt>{ label }</dt>
                <dd>
                    <span aria-hidden="true">{ sign(outcome) }{ " " }</span>
                    { sentence(lang, outcome) }
                </dd>
            </div>
        }
    };
    html! {
        <div class="beside">
            <dl>
                { row(i18n::predicted(lang), predicted) }
                { row(i18n::happened(lang), outcome) }
            </dl>
            <p>{ i18n::agreement(lang, predicted == outcome) }</p>
        </div>
    }
}

/// Draws the faults that a seed combined, and the one among several that decided.
fn combined_faults(lang: Lang, faults: &[Fault], decisive: Option<&Fault>) -> Html {
    let fault = |(index, fault): (usize, &Fault)| {
        html! {
            <key={index}>
                { if index > 0 { " + " } else { " " } }
                { code(&fault.to_string()) }
            </>
        }
    };
    html! {
        <p class="mixed">
            { i18n::combined_faults(lang) }
            <>{ for faults.iter().enumerate().map(fault) }</>
            if let Some(decisive) = decisive.filter(|_| faults.len() > 1) {
                { i18n::decisive_fault(lang) }{ " " }{ code(&decisive.to_string()) }
            }
        </p>
    }
}

/// Draws the line of the client that decides the outcome.
fn decisive_line(lang: Lang, explanation: &ExplanationModel) -> Html {
    html! {
        <p class="line">
            { i18n::decisive_line(lang) }{ " " }{ code(explanation.line.code()) }
        </p>
    }
}

fn code(text: &str) -> Html {
    html! { <code lang="en">{ text }</code> }
}
