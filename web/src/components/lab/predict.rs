//! What one predicts before Send: one of the endings, or none.

use yew::{Callback, Html, html};

use crate::model::lab::LabEvent;
use crate::model::lab::ending::Ending;
use crate::model::{Event, Model};
use crate::words::Words;

/// The question, where there is something to predict.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    if !model.can_predict() {
        return Html::default();
    }
    let words = model.lang.words();
    let predicted = model.prediction();
    let choice = |ending: Ending| {
        let onchange = emit.reform(move |_| Event::Lab(LabEvent::Predicted(ending)));
        html! {
            <label key={sign(ending)}>
                <input type="radio" name="predict" checked={predicted == Some(ending)} {onchange} />
                <span>{ said(ending, words) }</span>
            </label>
        }
    };
    html! {
        <fieldset key="predict" class="predict">
            <legend>{ words.lab.predict }</legend>
            { for Ending::ALL.map(choice) }
        </fieldset>
    }
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
pub fn said(ending: Ending, words: &Words) -> Html {
    let Some(sentence) = ending.sentence() else { return words.lab.waits.into() };
    let gloss = (words.lab.gloss)(ending);
    html! {
        <>
            <samp lang="en">{ sentence }</samp>
            if !gloss.is_empty() {
                <small>{ gloss }</small>
            }
        </>
    }
}
