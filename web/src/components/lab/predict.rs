//! The prediction of an outcome before Send.

use yew::{Callback, Html};

use crate::i18n::lab::{self, LabWords};
use crate::tag::{group, tag};
use page_model::lab::LabEvent;
use page_model::lab::outcome::Outcome;
use page_model::{Event, Model};

/// Draws the question and the outcomes to choose from.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = lab::words(model.lang);
    let predicted = model.prediction();
    let choice = |outcome: Outcome| {
        let onchange = emit.reform(move |_| Event::Lab(LabEvent::Predicted(outcome)));
        let radio = tag("input").set("type", "radio").set("name", "predict");
        tag("label")
            .key(sign(outcome))
            .child(radio.checked(predicted == Some(outcome)).onchange(onchange))
            .child(tag("span").child(sentence(outcome, words)))
    };
    tag("fieldset")
        .key("predict")
        .class("predict")
        .child(tag("legend").child(words.predict))
        .children(Outcome::ALL.map(choice))
        .html()
}

/// Returns the sign of an outcome, which is that of the verdict.
pub fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok => "✓",
        Outcome::Unexpected => "≠",
        Outcome::NotReceived => "✗",
        Outcome::NotConnected => "⊘",
        Outcome::Waits => "…",
    }
}

/// Draws what the client prints at an outcome, and its translation.
pub fn sentence(outcome: Outcome, words: &LabWords) -> Html {
    let Some(printed) = outcome.sentence() else { return words.waits.into() };
    let translation = (words.translation)(outcome);
    group()
        .child(tag("samp").set("lang", "en").child(printed))
        .child((!translation.is_empty()).then(|| tag("small").child(translation)))
        .html()
}
