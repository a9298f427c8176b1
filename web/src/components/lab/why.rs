//! After a run to a server of the lab: prediction and ending side by side, and why.

use echo_core::fault::Fault;
use yew::{Callback, Html, html};

use super::predict::{said, sign};
use crate::components::command;
use crate::model::command::lab_server;
use crate::model::lab::ending::Ending;
use crate::model::lab::explain::Explanation;
use crate::model::lab::{LabEvent, Trial};
use crate::model::{Event, Model};
use crate::words::Words;
use crate::words::lab::filled;

/// What there is to say of the latest run, once it is over: who predicted nothing asks for it.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let Some(trial) = model.trial() else { return Html::default() };
    let Some((ending, explanation)) = &trial.over else { return Html::default() };
    let words = model.lang.words();
    if trial.predicted.is_none() && !trial.asked {
        let onclick = emit.reform(|_| Event::Lab(LabEvent::WhyAsked));
        return html! {
            <div key="ask" class="why"><button type="button" {onclick}>{ words.lab.show }</button></div>
        };
    }
    html! {
        <div key="why" class="why">
            { trial.predicted.map(|it| beside(it, *ending, words)).unwrap_or_default() }
            { mixed(explanation, words) }
            <p key="because">{ because(explanation, words) }</p>
            <p key="line" class="line">
                <span>{ words.lab.line }</span>{ " " }<code lang="en">{ explanation.line.code() }</code>
            </p>
        </div>
    }
}

/// Prediction and ending, and in words whether they agree.
fn beside(predicted: Ending, ending: Ending, words: &Words) -> Html {
    let row = |name: &'static str, ending: Ending| {
        html! {
            <div key={name}>
                <dt>{ name }</dt>
                <dd><span aria-hidden="true">{ sign(ending) }{ " " }</span>{ said(ending, words) }</dd>
            </div>
        }
    };
    html! {
        <div key="beside" class="beside">
        <dl key="both">
            { row(words.lab.predicted, predicted) }
            { row(words.lab.happened, ending) }
        </dl>
        <p key="agrees">{ (words.lab.agrees)(predicted == ending) }</p>
        </div>
    }
}

/// What several faults at once were, and which of them decided.
fn mixed(explanation: &Explanation, words: &Words) -> Html {
    let Some((parts, decides)) = &explanation.parts else { return Html::default() };
    let name = |fault: &Fault| html! { <code lang="en">{ fault.to_string() }</code> };
    let listed =
        |(index, part)| html! { <>{ if index > 0 { " + " } else { " " } }{ name(part) }</> };
    html! {
        <p key="mixed" class="mixed">
            { words.lab.mixes }{ for parts.iter().enumerate().map(listed) }
            if let Some(decides) = decides.as_ref().filter(|_| parts.len() > 1) {
                { words.lab.decides }{ " " }{ name(decides) }
            }
        </p>
    }
}

fn because(explanation: &Explanation, words: &Words) -> String {
    let Explanation { number, sent, came, .. } = explanation;
    let marks = [('#', &**number), ('$', &sent.to_string()), ('%', &came.to_string())];
    let mut said = filled((words.lab.why)(explanation.reason), &marks);
    if explanation.cuts_character {
        said.push(' ');
        said += words.lab.cuts_character;
    }
    said
}

/// The command that starts the same server in a terminal; none where nothing listens.
pub fn terminal(trial: &Trial, model: &Model, emit: &Callback<Event>) -> Html {
    if !trial.fault.listens() {
        return Html::default();
    }
    let command = lab_server(&trial.fault.to_string());
    command::view(model.lang.words().lab.in_terminal, &command, model, emit)
}
