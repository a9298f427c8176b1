//! What one predicts before Send: one of the endings, or none.

use yew::{Callback, Html};

use crate::model::lab::LabEvent;
use crate::model::lab::ending::Ending;
use crate::model::{Event, Model};
use crate::tag::{group, tag};
use crate::words::lab::{self, LabWords};

/// The question.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = lab::words(model.lang);
    let predicted = model.prediction();
    let choice = |ending: Ending| {
        let onchange = emit.reform(move |_| Event::Lab(LabEvent::Predicted(ending)));
        let radio = tag("input").set("type", "radio").set("name", "predict");
        tag("label")
            .key(sign(ending))
            .child(radio.checked(predicted == Some(ending)).onchange(onchange))
            .child(tag("span").child(said(ending, words)))
    };
    tag("fieldset")
        .key("predict")
        .class("predict")
        .child(tag("legend").child(words.predict))
        .children(Ending::ALL.map(choice))
        .html()
}

/// The sign of an ending, the same as in the verdict's place.
pub fn sign(ending: Ending) -> &'static str {
    match ending {
        Ending::Ok => "✓",
        Ending::Unexpected => "≠",
        Ending::NotReceived => "✗",
        Ending::NotConnected => "⊘",
        Ending::Waits => "…",
    }
}

/// An ending in the program's words, and what they mean.
pub fn said(ending: Ending, words: &LabWords) -> Html {
    let Some(sentence) = ending.sentence() else { return words.waits.into() };
    let gloss = (words.gloss)(ending);
    group()
        .child(tag("samp").set("lang", "en").child(sentence))
        .child((!gloss.is_empty()).then(|| tag("small").child(gloss)))
        .html()
}
