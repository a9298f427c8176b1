//! An earlier run, shown as it was.

use yew::{Callback, Html, classes, html};

use super::bytes::{Side, sides};
use super::{compared, look};
use crate::browser;
use crate::model::runs::list::Entry;
use crate::model::runs::record::{Printed, Record};
use crate::model::runs::{Place, RunsEvent, Showing};
use crate::model::{Event, Model};
use crate::shell::date;
use crate::shell::runs::heading_id;
use crate::words::format;

/// What stands in the place of the latest run, if anything does.
pub fn shown(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    match model.runs.showing() {
        Showing::Latest => None,
        Showing::Earlier(entry, choosing) => Some(earlier(entry, choosing, model, emit)),
        Showing::Compared(one, other) => {
            Some(compared::view(&one.record, &other.record, model, emit))
        }
    }
}

fn earlier(entry: &Entry, choosing: bool, model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let run = &entry.record;
    let (tone, sign) = look::tone(run.outcome);
    html! {
        <section key={entry.id.0} class="earlier" aria-labelledby={heading_id(Place::Shown)}>
            <div key="verdict" class={classes!("verdict", tone)}>
                { head(entry, model, emit) }
                if choosing {
                    <p key="choose" class="choose">{ words.runs.choose }</p>
                }
                <p key="sentence" class="sentence">
                    <span class="sign" aria-hidden="true">{ sign }</span>
                    { look::sentence(run, words) }
                </p>
                <div key="because" class="because">
                    <p key="because">{ look::because(run, model) }</p>
                    <p key="times" class="times">{ look::times(run, words) }</p>
                    { extra(run, model) }
                </div>
                { bytes(run, model) }
                if run.message.whole().is_none() {
                    <p key="kept">{ words.runs.not_whole }</p>
                }
            </div>
            <ol key="lines" class="printed">
                { for run.lines.iter().enumerate().map(|(index, line)| row(index, line, run.clock_us)) }
            </ol>
        </section>
    }
}

/// Which run it is, and what can be done with it.
fn head(entry: &Entry, model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().runs;
    let (id, run) = (entry.id, &entry.record);
    let is_whole = run.message.whole().is_some();
    let repeat =
        emit.reform(move |_| Event::Runs(RunsEvent::RepeatPressed { id, at: browser::now() }));
    let compare = emit.reform(move |_| Event::Runs(RunsEvent::CompareWanted(id)));
    let close = emit.reform(|_| Event::Runs(RunsEvent::LatestWanted));
    html! {
        <div key="head" class="head">
            <h2 id={heading_id(Place::Shown)}>
                { words.earlier }{ " · " }
                <time datetime={date::machine(run.when)}>{ date::local(run.when) }</time>
                { " · " }{ &run.target }
            </h2>
            if is_whole {
                <button key="repeat" type="button" onclick={repeat}>{ words.repeat }</button>
            }
            <button key="compare" type="button" onclick={compare}>{ words.compare }</button>
            <button key="close" type="button" onclick={close}>{ words.close }</button>
        </div>
    }
}

fn bytes(run: &Record, model: &Model) -> Html {
    let words = model.lang.words();
    let sent = Side { name: words.sent, sign: "→", class: "sent", kept: &run.message };
    let received = Side { name: words.received, sign: "←", class: "received", kept: &run.reply };
    sides([sent, received], words)
}

fn extra(run: &Record, model: &Model) -> Html {
    let words = model.lang.words();
    let count = run.extra.length();
    if count == 0 {
        return Html::default();
    }
    let sentence = (words.extra)(count, &format::hex(run.extra.bytes()));
    html! { <p key="extra" class="extra">{ sentence }</p> }
}

fn row(index: usize, line: &Printed, step_us: u64) -> Html {
    let (class, moved) = match (line.sent, line.received) {
        (Some(bytes), _) => ("sent", format!("→ {bytes} B")),
        (_, Some(bytes)) => ("received", format!("← {bytes} B")),
        _ => ("", String::new()),
    };
    html! {
        <li key={index}>
            <span>{ look::clock(line.at_us, step_us) }</span>
            <samp lang="en">{ &line.text }</samp>
            <span {class}>{ moved }</span>
        </li>
    }
}
