//! Two runs side by side.

use yew::{Callback, Html};

use super::bytes::{Side, sides};
use super::look;
use crate::components::pressed;
use crate::platform::date;
use crate::tag::{button, tag};
use page_model::modes::Mode;
use page_model::runs::record::RunRecord;
use page_model::runs::{RunsAnchor, RunsEvent};
use page_model::{Event, Model};

/// Where there is no time to tell.
const NONE: &str = "—";

/// Both, and where their replies differ.
pub(super) fn view(
    one: &RunRecord,
    other: &RunRecord,
    model: &Model,
    emit: &Callback<Event>,
) -> Html {
    let words = &crate::i18n::of(model.lang).runs;
    let close = pressed(emit, |_| Event::Runs(RunsEvent::LatestWanted));
    tag("section")
        .key("compared")
        .class("compared")
        .set("aria-labelledby", RunsAnchor::Shown.heading_id())
        .child(
            tag("div")
                .key("head")
                .class("head")
                .child(tag("h2").set("id", RunsAnchor::Shown.heading_id()).child(words.compared))
                .child(button().onclick(close).child(words.close)),
        )
        .child(table([one, other], model))
        .child(replies([one, other], model))
        .html()
}

fn table(runs: [&RunRecord; 2], model: &Model) -> Html {
    let all = crate::i18n::of(model.lang);
    let words = &all.runs;
    let time = |time: Option<String>| Html::from(time.unwrap_or(NONE.into()));
    tag("table")
        .key("table")
        .child(tag("thead").child(tag("tr").child(tag("td")).children(
            runs.iter().enumerate().map(|(column, run)| {
                tag("th")
                    .key(column)
                    .set("scope", "col")
                    .child((column + 1).to_string())
                    .child(" · ")
                    .child(date::local(run.when))
                    .html()
            }),
        )))
        .child(
            tag("tbody")
                .child(row(words.verdict, runs.map(|run| verdict(run, model))))
                .child(row(all.modes.how, runs.map(|run| (all.modes.mode)(run.how).into())))
                .child(row(all.to, runs.map(|run| run.target.as_str().into())))
                .child(row(
                    all.message,
                    runs.map(|run| tag("samp").child(look::preview(&run.message)).html()),
                ))
                .child(row("TCP", runs.map(|run| time(look::tcp(run)))))
                .child(row(words.browser, runs.map(|run| time(look::browser(run))))),
        )
        .html()
}

fn row(name: &'static str, cells: [Html; 2]) -> Html {
    tag("tr")
        .key(name)
        .child(tag("th").set("scope", "row").child(name))
        .children(
            cells
                .into_iter()
                .enumerate()
                .map(|(column, cell)| tag("td").key(column).child(cell).html()),
        )
        .html()
}

fn verdict(run: &RunRecord, model: &Model) -> Html {
    let (tone, sign) = look::tone(run);
    tag("span")
        .class("sign")
        .class(tone)
        .child(sign)
        .child(" ")
        .child(look::sentence(run, crate::i18n::of(model.lang)))
        .html()
}

fn replies([one, other]: [&RunRecord; 2], model: &Model) -> Html {
    // Of a repetition no reply is kept.
    if one.how == Mode::Load || other.how == Mode::Load {
        return Html::default();
    }
    let words = crate::i18n::of(model.lang);
    let judged = match (one.reply.whole(), other.reply.whole()) {
        (Some(a), Some(b)) if a == b => words.runs.same_replies,
        _ if one.reply == other.reply => words.runs.same_beginnings,
        _ => words.runs.different_replies,
    };
    tag("div")
        .key("replies")
        .child(tag("p").key("judged").child(judged))
        .child(sides([reply(one, "1"), reply(other, "2")], words))
        .html()
}

fn reply<'a>(run: &'a RunRecord, name: &'a str) -> Side<'a> {
    Side { name, sign: "←", class: "received", kept: &run.reply }
}
