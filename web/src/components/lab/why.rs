//! The explanation after a run to a server of the lab, beside the prediction.

use yew::{Callback, Html};

use super::predict::{sentence, sign};
use crate::components::command;
use crate::i18n::lab::{self, LabWords, filled};
use crate::tag::{Tag, button, tag};
use page_model::lab::LabEvent;
use page_model::lab::explain::Explanation;
use page_model::lab::outcome::Outcome;
use page_model::terminal_command::lab_server;
use page_model::{Event, Model};

/// Draws the explanation of the latest run, once it is over, or a button that asks for it if nothing
/// was predicted.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let Some(run) = model.lab_run() else { return Html::default() };
    let Some((outcome, explanation)) = &run.over else { return Html::default() };
    let words = lab::words(model.lang);
    let why = tag("div").class("why");
    if run.predicted.is_none() && !run.asked {
        let onclick = emit.reform(|_| Event::Lab(LabEvent::ExplanationRequested));
        let ask = button().onclick(onclick).child(words.show);
        return why.key("ask").child(ask).html();
    }
    let line = tag("p").key("line").class("line").child(words.line).child(" ");
    why.key("why")
        .child(run.predicted.map(|it| beside(it, *outcome, words)))
        .child(mixed(explanation, words))
        .child(tag("p").key("because").child(because(explanation, words)))
        .child(line.child(code(explanation.line.code())))
        .html()
}

fn code(text: &str) -> Tag {
    tag("code").set("lang", "en").child(text)
}

/// Draws prediction and outcome side by side, and whether they agree.
fn beside(predicted: Outcome, outcome: Outcome, words: &LabWords) -> Html {
    let row = |(name, outcome): (&'static str, Outcome)| {
        let sign = tag("span").set("aria-hidden", "true").child(sign(outcome)).child(" ");
        let printed = tag("dd").child(sign).child(sentence(outcome, words));
        tag("div").key(name).child(tag("dt").child(name)).child(printed)
    };
    let rows = [(words.predicted, predicted), (words.happened, outcome)];
    tag("div")
        .key("beside")
        .class("beside")
        .child(tag("dl").children(rows.map(row)))
        .child(tag("p").child((words.agrees)(predicted == outcome)))
        .html()
}

/// Draws the faults that a seed combined, and the one that decided.
fn mixed(explanation: &Explanation, words: &LabWords) -> Html {
    let Some((parts, decides)) = &explanation.parts else { return Html::default() };
    let mut mixed = tag("p").key("mixed").class("mixed").child(words.mixes);
    for (index, part) in parts.iter().enumerate() {
        mixed = mixed.child(if index > 0 { " + " } else { " " }).child(code(&part.to_string()));
    }
    if let Some(decides) = decides.as_ref().filter(|_| parts.len() > 1) {
        mixed = mixed.child(words.decides).child(" ").child(code(&decides.to_string()));
    }
    mixed.html()
}

fn because(explanation: &Explanation, words: &LabWords) -> String {
    let Explanation { number, sent, received, .. } = explanation;
    let marks = [('#', &**number), ('$', &sent.to_string()), ('%', &received.to_string())];
    let mut text = filled((words.why)(explanation.kind), &marks);
    if explanation.cuts_character {
        text.push(' ');
        text += words.cuts_character;
    }
    text
}

/// Draws the command that starts the same server in a terminal, unless nothing listens.
pub fn terminal(model: &Model, emit: &Callback<Event>) -> Html {
    let Some(run) = model.lab_run().filter(|run| run.fault.listens()) else {
        return Html::default();
    };
    let command = lab_server(&run.fault.to_string());
    command::view(lab::words(model.lang).in_terminal, &command, model, emit)
}
