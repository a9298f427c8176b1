//! The explanation after a run to a server of the lab, with what was predicted.

use echo_core::fault::Fault;
use page_model::Lang;
use page_model::lab::ExplanationView;
use page_model::lab::outcome::Outcome;
use yew::prelude::*;

use super::outcome::{sentence, sign};
use crate::components::context::use_lang;
use crate::i18n::lab as i18n;

/// Properties of [`Explanation`].
#[derive(PartialEq, Properties)]
pub struct ExplanationProps {
    /// What to show.
    pub view: ExplanationView,
}

/// Draws the explanation of the latest run.
#[component]
pub fn Explanation(ExplanationProps { view }: &ExplanationProps) -> Html {
    let lang = use_lang();
    let ExplanationView { predicted, outcome, explanation, port } = view;
    html! {
        <>
            if let Some(predicted) = predicted {
                <dl class="beside">
                    { row(lang, i18n::predicted(lang), *predicted) }
                    { row(lang, i18n::happened(lang), *outcome) }
                </dl>
            }
            if let Some((faults, decisive)) = &explanation.parts {
                { combined_faults(lang, faults, decisive.as_ref()) }
            }
            <p>{ i18n::explanation(lang, explanation) }</p>
            <p class="line">
                { i18n::decisive_line(lang) }{ " " }{ code(&explanation.line.code(*port)) }
            </p>
        </>
    }
}

/// Draws an outcome after its label.
fn row(lang: Lang, label: &'static str, outcome: Outcome) -> Html {
    html! {
        <div>
            <dt>{ label }</dt>
            <dd>
                <span aria-hidden="true">{ sign(outcome) }{ " " }</span>
                { sentence(lang, outcome) }
            </dd>
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

fn code(text: &str) -> Html {
    html! { <code lang="en">{ text }</code> }
}
