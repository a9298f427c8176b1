//! Stay connected: its buttons, and what is known of the connection.

use yew::{Callback, Html};

use crate::components::pressed;
use crate::components::shown::{Parts, Shown, page};
use crate::tag::{button, group, tag};
use crate::words::format;
use crate::words::how::HowWords;
use page_model::cause::Cause;
use page_model::effect::SLOW_MS;
use page_model::how::HowEvent;
use page_model::how::stay::{End, Ours, State, Stay};
use page_model::transcript::Direction;
use page_model::{Bridge, Event, Model};

/// Send, which connects first where that is needed, and Connect alone.
pub fn buttons(model: &Model, send: Html, emit: &Callback<Event>) -> Html {
    let words = &crate::words::of(model.lang).how;
    let connect = pressed(emit, |at| Event::How(HowEvent::ConnectPressed { at }));
    tag("div")
        .class("buttons")
        .key("buttons")
        .child(send)
        .child(
            (!model.how.is_connected())
                .then(|| button().key("connect").onclick(connect).child(words.connect)),
        )
        .child(model.how.is_full.then(|| {
            tag("p").key("full").class("hint wrong").set("role", "alert").child(words.full)
        }))
        .html()
}

/// What the verdict's place shows.
pub fn shown(parts: &Parts<'_>) -> Option<Shown> {
    let words = &parts.words.how;
    match (&parts.model.how.stay, &parts.model.bridge) {
        (Some(stay), _) => Some(match &stay.state {
            State::Connecting { .. } | State::Asking => connecting(stay, parts),
            State::Connected { ours, they_finished, .. } => {
                connected(stay, *ours, *they_finished, parts)
            }
            State::Over(end) => over(stay, end, parts),
        }),
        (None, Bridge::Down(_)) => None,
        (None, _) => {
            let idle = (words.stay_idle)(parts.model.message_len());
            Some(Shown { tone: "idle", sentence: idle.into(), ..Shown::default() })
        }
    }
}

fn connecting(stay: &Stay, parts: &Parts<'_>) -> Shown {
    if stay.waited < f64::from(SLOW_MS) {
        return Shown { tone: "quick", ..Shown::default() };
    }
    let seconds = format::seconds(stay.waited);
    let stop = pressed(parts.emit, |at| Event::How(HowEvent::DisconnectPressed { at }));
    Shown {
        tone: "wait",
        sign: "…",
        sentence: page(&(parts.words.connecting)(&stay.target)),
        because: tag("p").class("counted").set("aria-hidden", "true").child(seconds).html(),
        next: button().onclick(stop).child(parts.words.stop).html(),
    }
}

fn connected(stay: &Stay, ours: Ours, they_finished: bool, parts: &Parts<'_>) -> Shown {
    let words = &parts.words.how;
    Shown {
        tone: "good",
        sign: "✓",
        sentence: page(&(words.connected)(&stay.target)),
        because: group()
            .child(tag("p").key("who").child(who_may_speak(stay, ours, they_finished, words)))
            .child((stay.waiting() > 0).then(|| {
                tag("p")
                    .key("queued")
                    .class("counted")
                    .set("aria-hidden", "true")
                    .child((words.queued)(stay.waiting()))
            }))
            .html(),
        next: endings(ours, words, parts.emit),
    }
}

fn who_may_speak(stay: &Stay, ours: Ours, they_finished: bool, words: &HowWords) -> String {
    let silent = Direction::BOTH.map(|it| stay.log.bytes(it).end()) == [0, 0];
    match (ours, they_finished) {
        (Ours::Resetting, _) => words.resetting.into(),
        (Ours::Finishing, _) => words.finishing.into(),
        (Ours::Finished, _) => words.we_finished.into(),
        (Ours::Speaking, true) => words.they_finished.into(),
        (Ours::Speaking, false) if silent => words.nothing_said.into(),
        (Ours::Speaking, false) => words.both_speak.into(),
    }
}

/// The ways to end a connection, as nc has them.
fn endings(ours: Ours, words: &HowWords, emit: &Callback<Event>) -> Html {
    let finish = pressed(emit, |at| Event::How(HowEvent::FinishPressed { at }));
    let reset = pressed(emit, |at| Event::How(HowEvent::ResetPressed { at }));
    let disconnect = pressed(emit, |at| Event::How(HowEvent::DisconnectPressed { at }));
    let finished = (ours != Ours::Speaking).then_some("true");
    tag("div")
        .class("endings")
        .set("role", "group")
        .set("aria-label", words.end_it)
        .child(
            button()
                .key("finish")
                .set("aria-disabled", finished)
                .onclick(finish)
                .child(words.finish),
        )
        .child(button().key("reset").onclick(reset).child(words.reset))
        .child(button().key("disconnect").onclick(disconnect).child(words.disconnect))
        .html()
}

fn over(stay: &Stay, end: &End, parts: &Parts<'_>) -> Shown {
    let words = &parts.words.how;
    let unsent = (stay.waiting() > 0).then(|| (words.unsent)(stay.waiting()));
    let because =
        |why: &str| tag("p").child(why.to_owned()).child(" ").child(unsent.clone()).html();
    let failed = |sign, text: String, cause: Cause| Shown {
        tone: "bad",
        sign,
        sentence: page(&text),
        because: because(&parts.cause(cause)),
        next: group().child(parts.next(cause)).child(again(words, parts.emit)).html(),
    };
    let ended = |text: &str, why: &str| Shown {
        tone: "wait",
        sign: "⊘",
        sentence: page(text),
        because: because(why),
        next: again(words, parts.emit),
    };
    match end {
        End::NotConnected(error, cause) => failed("⊘", (words.not_connected)(error), *cause),
        End::Broken(error, cause) => failed("✗", (words.broken)(error), *cause),
        End::GivenUp => ended(parts.words.given_up, ""),
        End::Finished => ended(words.over, words.both_finished),
        End::Reset => ended(words.we_reset, words.we_reset_because),
        End::Disconnected => ended(words.we_disconnected, words.we_disconnected_because),
    }
}

fn again(words: &HowWords, emit: &Callback<Event>) -> Html {
    let connect = pressed(emit, |at| Event::How(HowEvent::ConnectPressed { at }));
    tag("div").class("endings").child(button().onclick(connect).child(words.connect_again)).html()
}
