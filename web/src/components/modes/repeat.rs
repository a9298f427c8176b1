//! LoadTest: its button, and its verdict.

use echo_core::Line;
use yew::{Callback, Html};

use crate::components::pressed;
use crate::components::shown::{Parts, Shown, page};
use crate::i18n::format;
use crate::tag::{button, group, tag};
use page_model::bridge::Bridge;
use page_model::modes::ModesEvent;
use page_model::modes::load::failure_counts::ExchangeError;
use page_model::modes::load::{LoadTest, LoadTestEnd};
use page_model::modes::once::REPLY_LIMIT_MS;
use page_model::{Event, Model};

/// Start, which is Stop while something is under way.
pub fn start(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let running = model.modes.is_load_test_running();
    let send = pressed(emit, |at| Event::SendPressed { at });
    let stop = pressed(emit, |at| Event::Modes(ModesEvent::StopPressed { at }));
    button()
        .key("start")
        .class("send")
        .onclick(if running { stop } else { send })
        .child(if running {
            words.stop.into()
        } else {
            group()
                .child(words.modes.start)
                .child(tag("span").class("key").set("aria-hidden", "true").child("⏎"))
                .html()
        })
        .html()
}

/// What the verdict's place shows.
pub fn shown(parts: &Parts<'_>) -> Option<Shown> {
    let words = &parts.words.modes;
    match (&parts.model.modes.load, &parts.model.bridge) {
        (Some(repeat), _) if repeat.is_running() => Some(under_way(repeat, parts)),
        (Some(repeat), _) => Some(over(repeat, parts)),
        (None, Bridge::Down(_)) => None,
        (None, _) => {
            let plan = parts.model.modes.settings.plan().ok();
            let idle = (words.repeat_idle)(plan, parts.model.message_len());
            let because = tag("p").class("small").child((words.bounds)()).html();
            Some(Shown { tone: "idle", sentence: idle.into(), because, ..Shown::default() })
        }
    }
}

fn under_way(repeat: &LoadTest, parts: &Parts<'_>) -> Shown {
    let words = &parts.words.modes;
    let seconds = format::tenths_of_seconds(repeat.elapsed());
    let time = match repeat.plan.times {
        Some(_) => format!("{seconds} s"),
        None => (words.of_seconds)(&seconds, repeat.plan.seconds),
    };
    Shown {
        tone: "wait",
        sign: "…",
        sentence: page(&(words.under_way)(repeat.done(), repeat.plan.times)),
        because: group()
            .child(middle(repeat, parts))
            .child(tag("p").key("time").class("counted").child(time))
            .html(),
        next: mishaps(repeat, parts),
    }
}

fn over(repeat: &LoadTest, parts: &Parts<'_>) -> Shown {
    let words = &parts.words.modes;
    let (tone, sign, text) = match (repeat.same, repeat.failures.total()) {
        (0, 0) => ("wait", "…", page(words.none)),
        (same, 0) => ("good", "✓", page(&(words.all_same)(same))),
        (_, others) => {
            let counted = page(&(words.some_not)(repeat.done(), others));
            ("bad", sign(repeat), sole(repeat).unwrap_or(counted))
        }
    };
    let cause = repeat.cause.filter(|_| repeat.same == 0);
    Shown {
        tone,
        sign,
        sentence: text,
        because: group()
            .child(middle(repeat, parts))
            .child(tag("p").key("time").class("counted").child(took(repeat, parts)))
            .child(cause.map(|cause| tag("p").key("cause").child(parts.cause(cause))))
            .html(),
        next: group()
            .child(mishaps(repeat, parts))
            .child(cause.map(|it| parts.next(it)).unwrap_or_default())
            .html(),
    }
}

/// What the program said, where that is all there is: no reply came at all.
fn sole(repeat: &LoadTest) -> Option<Html> {
    match repeat.failures.kinds() {
        [(ExchangeError::Said(line), _)] if repeat.replies() == 0 => {
            Some(tag("samp").set("lang", "en").class("long").child(format::abridged(line)).html())
        }
        _ => None,
    }
}

/// The sign of what went wrong, where it always was the same.
fn sign(repeat: &LoadTest) -> &'static str {
    let all = |is_it: fn(&Line) -> bool| {
        let said = |kind: &ExchangeError| matches!(kind, ExchangeError::Said(line) if is_it(line));
        repeat.failures.kinds().iter().all(|(kind, _)| said(kind))
    };
    if all(|line| matches!(line, Line::Unexpected(_))) {
        "≠"
    } else if all(|line| matches!(line, Line::FailedToConnect(_))) {
        "⊘"
    } else {
        "✗"
    }
}

/// The medians, large enough for the last row.
fn middle(repeat: &LoadTest, parts: &Parts<'_>) -> Html {
    let words = &parts.words.modes;
    let Some(browser) = repeat.browser.percentile(50) else { return Html::default() };
    let browser = format::about_by_page(browser, parts.clock_step);
    tag("dl")
        .key("middle")
        .class("middle")
        .child(repeat.tcp.percentile(50).map(|tcp| {
            tag("div")
                .key("tcp")
                .child(tag("dt").child(words.tcp).child(" p50"))
                .child(tag("dd").child(format::about(tcp)))
        }))
        .child(
            tag("div")
                .key("browser")
                .child(tag("dt").child(words.browser).child(" p50"))
                .child(tag("dd").child(browser)),
        )
        .html()
}

/// Why it ended, and how long it took.
fn took(repeat: &LoadTest, parts: &Parts<'_>) -> String {
    let words = &parts.words.modes;
    let why = match repeat.end {
        Some(LoadTestEnd::Stopped) => words.stopped,
        Some(LoadTestEnd::NoneLeft) => words.none_left,
        Some(LoadTestEnd::TimeUp) if repeat.plan.times.is_some() => words.longest,
        _ => "",
    };
    if repeat.replies() == 0 {
        return why.into();
    }
    let time = (words.took)(&format::seconds(repeat.elapsed()), repeat.rate());
    if why.is_empty() { time } else { format!("{why} {time}") }
}

/// What went wrong, and how often.
fn mishaps(repeat: &LoadTest, parts: &Parts<'_>) -> Html {
    if repeat.failures.total() == 0 {
        return Html::default();
    }
    let words = &parts.words.modes;
    let row = |index: usize, count: u64, text: Html| {
        tag("li").key(index).child(format::thousands(count)).child(" × ").child(text).html()
    };
    let kinds = repeat.failures.kinds().iter().enumerate().map(|(index, (kind, count))| {
        let text = match kind {
            ExchangeError::Said(line) => {
                tag("samp").set("lang", "en").child(format::abridged(line)).html()
            }
            ExchangeError::Overdue => (words.overdue)(REPLY_LIMIT_MS / 1_000).into(),
        };
        row(index, *count, text)
    });
    let others = repeat.failures.others();
    tag("ul")
        .key("mishaps")
        .class("mishaps")
        .children(kinds)
        .child((others > 0).then(|| row(usize::MAX, others, words.something_else.into())))
        .html()
}
