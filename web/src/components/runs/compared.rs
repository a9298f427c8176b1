//! Two runs side by side.

use yew::{Callback, Html, classes, html};

use super::bytes::{Side, sides};
use super::look;
use crate::model::runs::record::Record;
use crate::model::runs::{Place, RunsEvent};
use crate::model::{Event, Model};
use crate::shell::date;
use crate::shell::runs::heading_id;
use crate::words::format;

/// Where there is no time to tell.
const NONE: &str = "—";

/// Both, and where their replies differ.
pub(super) fn view(one: &Record, other: &Record, model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().runs;
    let close = emit.reform(|_| Event::Runs(RunsEvent::LatestWanted));
    html! {
        <section key="compared" class="compared" aria-labelledby={heading_id(Place::Shown)}>
            <div key="head" class="head">
                <h2 id={heading_id(Place::Shown)}>{ words.compared }</h2>
                <button type="button" onclick={close}>{ words.close }</button>
            </div>
            { table([one, other], model) }
            { replies([one, other], model) }
        </section>
    }
}

fn table(runs: [&Record; 2], model: &Model) -> Html {
    let all = model.lang.words();
    let words = &all.runs;
    let browser =
        |run: &Record| run.browser_us.map_or(NONE.into(), |us| look::clock(us, run.clock_us));
    html! {
        <table key="table">
            <thead><tr>
                <td></td>
                { for runs.iter().enumerate().map(|(column, run)| html! {
                    <th key={column} scope="col">{ column + 1 }{ " · " }{ date::local(run.when) }</th>
                }) }
            </tr></thead>
            <tbody>
                { row(words.verdict, runs.map(|run| verdict(run, model))) }
                { row(all.to, runs.map(|run| run.target.as_str().into())) }
                { row(all.message, runs.map(|run| html! { <samp>{ look::preview(&run.message) }</samp> })) }
                { row("TCP", runs.map(|run| run.tcp_us.map_or(NONE.into(), format::micros).into())) }
                { row(words.browser, runs.map(|run| browser(run).into())) }
            </tbody>
        </table>
    }
}

fn row(name: &'static str, cells: [Html; 2]) -> Html {
    html! {
        <tr key={name}>
            <th scope="row">{ name }</th>
            { for cells.into_iter().enumerate().map(|(column, cell)| html! { <td key={column}>{ cell }</td> }) }
        </tr>
    }
}

fn verdict(run: &Record, model: &Model) -> Html {
    let (tone, sign) = look::tone(run.outcome);
    html! {
        <span class={classes!("sign", tone)}>
            { sign }{ " " }{ look::sentence(run, model.lang.words()) }
        </span>
    }
}

fn replies([one, other]: [&Record; 2], model: &Model) -> Html {
    let words = model.lang.words();
    let judged = match (one.reply.whole(), other.reply.whole()) {
        (Some(a), Some(b)) if a == b => words.runs.same_replies,
        _ if one.reply == other.reply => words.runs.same_beginnings,
        _ => words.runs.different_replies,
    };
    html! {
        <div key="replies">
            <p key="judged">{ judged }</p>
            { sides([reply(one, "1"), reply(other, "2")], words) }
        </div>
    }
}

fn reply<'a>(run: &'a Record, name: &'a str) -> Side<'a> {
    Side { name, sign: "←", class: "received", kept: &run.reply }
}
