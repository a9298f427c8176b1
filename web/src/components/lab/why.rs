//! After a run to a server of the lab: prediction and ending side by side, and why.

use yew::{Callback, Html};

use super::predict::{said, sign};
use crate::components::command;
use crate::model::command::lab_server;
use crate::model::lab::LabEvent;
use crate::model::lab::ending::Ending;
use crate::model::lab::explain::Explanation;
use crate::model::{Event, Model};
use crate::tag::{Tag, button, tag};
use crate::words::lab::{self, LabWords, filled};

/// What there is to say of the latest run, once it is over: who predicted nothing asks for it.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let Some(trial) = model.trial() else { return Html::default() };
    let Some((ending, explanation)) = &trial.over else { return Html::default() };
    let words = lab::words(model.lang);
    let why = tag("div").class("why");
    if trial.predicted.is_none() && !trial.asked {
        let onclick = emit.reform(|_| Event::Lab(LabEvent::WhyAsked));
        let ask = button().onclick(onclick).child(words.show);
        return why.key("ask").child(ask).html();
    }
    let line = tag("p").key("line").class("line").child(words.line).child(" ");
    why.key("why")
        .child(trial.predicted.map(|it| beside(it, *ending, words)))
        .child(mixed(explanation, words))
        .child(tag("p").key("because").child(because(explanation, words)))
        .child(line.child(code(explanation.line.code())))
        .html()
}

fn code(text: &str) -> Tag {
    tag("code").set("lang", "en").child(text)
}

/// Prediction and ending, and in words whether they agree.
fn beside(predicted: Ending, ending: Ending, words: &LabWords) -> Html {
    let row = |(name, ending): (&'static str, Ending)| {
        let sign = tag("span").set("aria-hidden", "true").child(sign(ending)).child(" ");
        let said = tag("dd").child(sign).child(said(ending, words));
        tag("div").key(name).child(tag("dt").child(name)).child(said)
    };
    let rows = [(words.predicted, predicted), (words.happened, ending)];
    tag("div")
        .key("beside")
        .class("beside")
        .child(tag("dl").children(rows.map(row)))
        .child(tag("p").child((words.agrees)(predicted == ending)))
        .html()
}

/// What several faults at once were, and which of them decided.
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
    let Explanation { number, sent, came, .. } = explanation;
    let marks = [('#', &**number), ('$', &sent.to_string()), ('%', &came.to_string())];
    let mut said = filled((words.why)(explanation.reason), &marks);
    if explanation.cuts_character {
        said.push(' ');
        said += words.cuts_character;
    }
    said
}

/// The command that starts the same server in a terminal; none where nothing listens.
pub fn terminal(model: &Model, emit: &Callback<Event>) -> Html {
    let Some(trial) = model.trial().filter(|trial| trial.fault.listens()) else {
        return Html::default();
    };
    let command = lab_server(&trial.fault.to_string());
    command::view(lab::words(model.lang).in_terminal, &command, model, emit)
}
