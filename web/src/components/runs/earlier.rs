//! An earlier run, shown as it was.

use yew::{Callback, Html};

use super::bytes::{Side, sides};
use super::{compared, look};
use crate::components::pressed;
use crate::i18n::format;
use crate::platform::browser;
use crate::platform::date;
use crate::tag::{button, tag};
use page_model::runs::list::ListedRun;
use page_model::runs::record::{LogLine, RunRecord};
use page_model::runs::{RunsAnchor, RunsEvent, ShownRuns};
use page_model::{Event, Model};

/// What stands in the place of the latest run, if anything does.
pub fn shown(model: &Model, emit: &Callback<Event>) -> Option<Html> {
    match model.runs.showing() {
        ShownRuns::Latest => None,
        ShownRuns::Earlier(entry, choosing) => Some(earlier(entry, choosing, model, emit)),
        ShownRuns::Compared(one, other) => {
            Some(compared::view(&one.record, &other.record, model, emit))
        }
    }
}

fn earlier(entry: &ListedRun, choosing: bool, model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let run = &entry.record;
    let (tone, sign) = look::tone(run);
    tag("section")
        .key(entry.id.0)
        .class("earlier")
        .set("aria-labelledby", RunsAnchor::Shown.heading_id())
        .child(
            tag("div")
                .key("verdict")
                .class("verdict")
                .class(tone)
                .child(head(entry, model, emit))
                .child(
                    choosing
                        .then(|| tag("p").key("choose").class("choose").child(words.runs.choose)),
                )
                .child(
                    tag("p")
                        .key("sentence")
                        .class("sentence")
                        .child(tag("span").class("sign").set("aria-hidden", "true").child(sign))
                        .child(look::sentence(run, words)),
                )
                .child(
                    tag("div")
                        .key("because")
                        .class("because")
                        .child(tag("p").key("because").child(look::because(run, model)))
                        .child(tag("p").key("times").class("times").child(look::times(run, words)))
                        .child(extra(run, model)),
                )
                .child(bytes(run, model))
                .child(
                    run.message
                        .whole()
                        .is_none()
                        .then(|| tag("p").key("kept").child(words.runs.not_whole)),
                ),
        )
        .child(tag("ol").key("lines").class("printed").children(
            run.lines.iter().enumerate().map(|(index, line)| row(index, line, run.clock_us)),
        ))
        .html()
}

/// Which run it is, and what can be done with it.
fn head(entry: &ListedRun, model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).runs;
    let (id, run) = (entry.id, &entry.record);
    let is_whole = run.message.whole().is_some();
    let repeat =
        emit.reform(move |_| Event::Runs(RunsEvent::RepeatPressed { id, at: browser::now() }));
    let compare = emit.reform(move |_| Event::Runs(RunsEvent::CompareWanted(id)));
    let close = pressed(emit, |_| Event::Runs(RunsEvent::LatestWanted));
    tag("div")
        .key("head")
        .class("head")
        .child(
            tag("h2")
                .set("id", RunsAnchor::Shown.heading_id())
                .child(words.earlier)
                .child(" · ")
                .child(
                    tag("time")
                        .set("datetime", date::machine(run.when))
                        .child(date::local(run.when)),
                )
                .child(" · ")
                .child(&run.target),
        )
        .child(is_whole.then(|| button().key("repeat").onclick(repeat).child(words.repeat)))
        .child(button().key("compare").onclick(compare).child(words.compare))
        .child(button().key("close").onclick(close).child(words.close))
        .html()
}

fn bytes(run: &RunRecord, model: &Model) -> Html {
    let words = crate::i18n::of(model.lang);
    let sent = Side { name: words.sent, sign: "→", class: "sent", kept: &run.message };
    let received = Side { name: words.received, sign: "←", class: "received", kept: &run.reply };
    sides([sent, received], words)
}

fn extra(run: &RunRecord, model: &Model) -> Html {
    let words = crate::i18n::of(model.lang);
    let count = run.extra.length();
    if count == 0 {
        return Html::default();
    }
    let sentence = (words.extra)(count, &format::hex(run.extra.bytes()));
    tag("p").key("extra").class("extra").child(sentence).html()
}

fn row(index: usize, line: &LogLine, step_us: u64) -> Html {
    let (class, moved) = match (line.sent, line.received) {
        (Some(bytes), _) => ("sent", format!("→ {bytes} B")),
        (_, Some(bytes)) => ("received", format!("← {bytes} B")),
        _ => ("", String::new()),
    };
    tag("li")
        .key(index)
        .child(tag("span").child(look::clock(line.at_us, step_us)))
        .child(tag("samp").set("lang", "en").child(&line.text))
        .child(tag("span").class(class).child(moved))
        .html()
}
