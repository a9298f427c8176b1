//! The log: what the program printed, when, and what moved.

use yew::{Html, classes, html};

use crate::model::Model;
use crate::model::run::{Phase, Run};
use crate::model::timeline::{Moved, Row};
use crate::words::{Words, format};

/// The log of the latest run; before the first, an empty place.
pub fn view(model: &Model, clock_step: f64) -> Html {
    let words = model.lang.words();
    let rows = model.run.as_ref().map(|run| run.log.rows()).unwrap_or_default();
    html! {
        <section class="timeline" key="timeline">
            { model.run.as_ref().map(|run| heading(run, words)).unwrap_or_default() }
            <div key="log" role="log" aria-live="off" aria-label={words.timeline}>
                { for rows.iter().enumerate().map(|(index, it)| row(index, it, words, clock_step)) }
            </div>
        </section>
    }
}

fn heading(run: &Run, words: &Words) -> Html {
    let address = match &run.phase {
        Phase::Connected(talk) => format!("{} · ", talk.peer),
        _ => String::new(),
    };
    html! {
        <div class="heading" key="heading">
            <h2>{ words.timeline }</h2>
            <span>{ address }{ words.since_send }</span>
        </div>
    }
}

fn row(index: usize, row: &Row, words: &Words, clock_step: f64) -> Html {
    html! {
        <div class="row" key={index}>
            <span class="time">{ format::millis(row.at, clock_step) }</span>
            <span class="line">
                <samp lang="en">{ format::abridged(&row.line) }</samp>
                if let Some(gloss) = (words.gloss)(&row.line) {
                    <span class="gloss">{ gloss }</span>
                }
            </span>
            { moved(row.moved) }
        </div>
    }
}

fn moved(moved: Moved) -> Html {
    let (direction, text) = match moved {
        Moved::Nothing => return Html::default(),
        Moved::Sent(bytes) => ("sent", format!("→ {bytes} B")),
        Moved::Received(bytes) => ("received", format!("← {bytes} B")),
    };
    html! { <span class={classes!("moved", direction)}>{ text }</span> }
}
