//! What was said and heard on a connection that stays.

use echo_core::payload::printable;
use yew::{Html, classes, html};

use crate::model::Model;
use crate::model::how::stay::{State, Stay};
use crate::model::transcript::{Direction, Moved, Note, Row, What};
use crate::words::{Words, format};

/// How many rows are shown, the newest.
const SHOWN: usize = 200;
/// How many bytes of a row are shown.
const SHOWN_BYTES: usize = 256;

/// The log of the latest connection; before the first, an empty place.
pub fn view(model: &Model, clock_step: f64) -> Html {
    let words = model.lang.words();
    let stay = model.how.stay.as_ref();
    html! {
        <section class="timeline" key="transcript">
            { stay.map(|stay| heading(stay, words)).unwrap_or_default() }
            <div key="log" role="log" aria-live="off" aria-label={words.timeline}>
                { for stay.into_iter().flat_map(|stay| rows(stay, words, clock_step)) }
            </div>
        </section>
    }
}

fn heading(stay: &Stay, words: &Words) -> Html {
    let [sent, received] = Direction::BOTH.map(|it| stay.log.bytes(it).end());
    let peer = match &stay.state {
        State::Connected { peer, .. } => format!("{peer} · "),
        _ => String::new(),
    };
    html! {
        <div class="heading" key="heading">
            <h2>{ words.timeline }</h2>
            <span>
                { peer }
                <span class="sent">{ "→ " }{ format::thousands(sent) }{ " B" }</span>{ " " }
                <span class="received">{ "← " }{ format::thousands(received) }{ " B" }</span>
                { " · " }{ words.how.since_connect }
            </span>
            if stay.is_open() && stay.waiting() > 0 {
                <span>{ (words.how.queued)(stay.waiting()) }</span>
            }
        </div>
    }
}

fn rows(stay: &Stay, words: &Words, clock_step: f64) -> Vec<Html> {
    let first = stay.log.total() - stay.log.len().min(SHOWN) as u64;
    let earlier = (first > 0).then(|| {
        html! { <p key="earlier" class="hint">{ (words.how.earlier)(first) }</p> }
    });
    let numbers = first..stay.log.total();
    let row = |number| stay.log.row(number).map(|it| row(number, it, stay, words, clock_step));
    earlier.into_iter().chain(numbers.filter_map(row)).collect()
}

fn row(number: u64, row: &Row, stay: &Stay, words: &Words, clock_step: f64) -> Html {
    html! {
        <div class="row" key={number}>
            <span class="time">{ format::millis(row.at, clock_step) }</span>
            { match &row.what {
                What::Note(it) => html! { <span class="line">{ said(it, words) }</span> },
                What::Moved(moved) => bytes(moved, stay),
            } }
        </div>
    }
}

fn bytes(moved: &Moved, stay: &Stay) -> Html {
    let (direction, sign) = match moved.direction {
        Direction::Sent => ("sent", "→"),
        Direction::Received => ("received", "←"),
    };
    let kept = stay.log.bytes_of(moved);
    let shown = printable(&kept[..kept.len().min(SHOWN_BYTES)]);
    let cut = if (shown.len() as u64) < moved.len() { "…" } else { "" };
    html! {
        <>
            <span key="bytes" class={classes!("line", direction)}><samp>{ shown }{ cut }</samp></span>
            <span key="moved" class={classes!("moved", direction)}>
                { format!("{sign} {} B", moved.len()) }
            </span>
        </>
    }
}

fn said(note: &Note, words: &Words) -> String {
    let how = &words.how;
    match note {
        Note::Printed(line) => line.to_string(),
        Note::Connected(peer) => (how.connected)(&peer.to_string()),
        Note::Finished(Direction::Sent) => how.finish.into(),
        Note::Finished(Direction::Received) => how.target_finished.into(),
        Note::Reset(_) => how.reset.into(),
        Note::Failed(error) => (how.failed)(error),
        Note::Disconnected => how.over.into(),
    }
}
