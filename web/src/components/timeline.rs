//! The log: what the program printed, when, and what moved.

use echo_core::Line;
use yew::{Html, classes, html};

use crate::model::Model;
use crate::model::run::{Phase, Run};
use crate::model::transcript::{Direction, Moved};
use crate::words::{Words, format};

/// The log of the latest run; before the first, an empty place.
pub fn view(model: &Model, clock_step: f64) -> Html {
    let words = model.lang.words();
    html! {
        <section class="timeline" key="timeline">
            { model.run.as_ref().map(|run| heading(run, words)).unwrap_or_default() }
            <div key="log" role="log" aria-live="off" aria-label={words.timeline}>
                { for model.run.iter().flat_map(|run| rows(run, words, clock_step)) }
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

/// The program's lines, each with the bytes that moved just before it.
fn rows(run: &Run, words: &Words, clock_step: f64) -> Vec<Html> {
    let mut last = None;
    let mut shown = Vec::new();
    for (index, it) in run.log.rows().enumerate() {
        match it.line() {
            Some(line) => shown.push(row(index, it.at, line, last.take(), words, clock_step)),
            None => last = it.moved(),
        }
    }
    shown
}

fn row(
    index: usize,
    at: f64,
    line: &Line,
    bytes: Option<&Moved>,
    words: &Words,
    clock_step: f64,
) -> Html {
    html! {
        <div class="row" key={index}>
            <span class="time">{ format::millis(at, clock_step) }</span>
            <span class="line">
                <samp lang="en">{ format::abridged(line) }</samp>
                if let Some(gloss) = (words.gloss)(line) {
                    <span class="gloss">{ gloss }</span>
                }
            </span>
            { bytes.map(moved).unwrap_or_default() }
        </div>
    }
}

fn moved(moved: &Moved) -> Html {
    let (direction, sign) = match moved.direction {
        Direction::Sent => ("sent", "→"),
        Direction::Received => ("received", "←"),
    };
    html! { <span class={classes!("moved", direction)}>{ format!("{sign} {} B", moved.len()) }</span> }
}
