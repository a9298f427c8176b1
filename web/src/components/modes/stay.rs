//! Stay connected: its buttons, and what is known of the connection.

use yew::{Callback, Html};

use crate::components::pressed;
use crate::components::shown::{Parts, Shown, page};
use crate::i18n::format;
use crate::i18n::modes::ModesWords;
use crate::tag::{button, group, tag};
use page_model::bridge::Bridge;
use page_model::cause::Cause;
use page_model::modes::ModesEvent;
use page_model::modes::interactive::{Interactive, InteractiveEnd, InteractiveState, WriteHalf};
use page_model::modes::once::SLOW_MS;
use page_model::transcript::Direction;
use page_model::{Event, Model};

/// Send, which connects first where that is needed, and Connect alone.
pub fn buttons(model: &Model, send: Html, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let connect = pressed(emit, |at| Event::ConnectPressed { at });
    tag("div")
        .class("buttons")
        .key("buttons")
        .child(send)
        .child(
            (!model.modes.is_connected())
                .then(|| button().key("connect").onclick(connect).child(words.connect)),
        )
        .child(model.modes.is_full.then(|| {
            tag("p").key("full").class("hint wrong").set("role", "alert").child(words.full)
        }))
        .html()
}

/// What the verdict's place shows.
pub fn shown(parts: &Parts<'_>) -> Option<Shown> {
    let words = &parts.words.modes;
    match (&parts.model.modes.interactive, &parts.model.bridge) {
        (Some(stay), _) => Some(match &stay.state {
            InteractiveState::Connecting => connecting(stay, parts),
            InteractiveState::Connected { write_half, peer_closed, .. } => {
                connected(stay, *write_half, *peer_closed, parts)
            }
            InteractiveState::Over(end) => over(stay, end, parts),
        }),
        (None, Bridge::Down(_)) => None,
        (None, _) => {
            let idle = (words.stay_idle)(parts.model.message_len());
            Some(Shown { tone: "idle", sentence: idle.into(), ..Shown::default() })
        }
    }
}

fn connecting(stay: &Interactive, parts: &Parts<'_>) -> Shown {
    if stay.waited < f64::from(SLOW_MS) {
        return Shown { tone: "quick", ..Shown::default() };
    }
    let seconds = format::seconds(stay.waited);
    let stop = pressed(parts.emit, |at| Event::Modes(ModesEvent::DisconnectPressed { at }));
    Shown {
        tone: "wait",
        sign: "…",
        sentence: page(&(parts.words.connecting)(&stay.target)),
        because: tag("p").class("counted").set("aria-hidden", "true").child(seconds).html(),
        next: button().onclick(stop).child(parts.words.stop).html(),
    }
}

fn connected(
    stay: &Interactive,
    write_half: WriteHalf,
    peer_closed: bool,
    parts: &Parts<'_>,
) -> Shown {
    let words = &parts.words.modes;
    Shown {
        tone: "good",
        sign: "✓",
        sentence: page(&(words.connected)(&stay.target)),
        because: group()
            .child(tag("p").key("who").child(who_may_speak(stay, write_half, peer_closed, words)))
            .child((stay.waiting_bytes() > 0).then(|| {
                tag("p")
                    .key("queued")
                    .class("counted")
                    .set("aria-hidden", "true")
                    .child((words.queued)(stay.waiting_bytes()))
            }))
            .html(),
        next: endings(write_half, words, parts.emit),
    }
}

fn who_may_speak(
    stay: &Interactive,
    write_half: WriteHalf,
    peer_closed: bool,
    words: &ModesWords,
) -> String {
    let silent = Direction::BOTH.map(|it| stay.log.bytes(it).end()) == [0, 0];
    match (write_half, peer_closed) {
        (WriteHalf::Resetting, _) => words.resetting.into(),
        (WriteHalf::Finishing, _) => words.finishing.into(),
        (WriteHalf::Finished, _) => words.we_finished.into(),
        (WriteHalf::Open, true) => words.peer_closed.into(),
        (WriteHalf::Open, false) if silent => words.nothing_said.into(),
        (WriteHalf::Open, false) => words.both_speak.into(),
    }
}

/// The ways to end a connection, as nc has them.
fn endings(write_half: WriteHalf, words: &ModesWords, emit: &Callback<Event>) -> Html {
    let finish = pressed(emit, |at| Event::Modes(ModesEvent::FinishPressed { at }));
    let reset = pressed(emit, |at| Event::Modes(ModesEvent::ResetPressed { at }));
    let disconnect = pressed(emit, |at| Event::Modes(ModesEvent::DisconnectPressed { at }));
    let finished = (write_half != WriteHalf::Open).then_some("true");
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

fn over(stay: &Interactive, end: &InteractiveEnd, parts: &Parts<'_>) -> Shown {
    let words = &parts.words.modes;
    let unsent = (stay.waiting_bytes() > 0).then(|| (words.unsent)(stay.waiting_bytes()));
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
        InteractiveEnd::NotConnected(error, cause) => {
            failed("⊘", (words.not_connected)(error), *cause)
        }
        InteractiveEnd::Broken(error, cause) => failed("✗", (words.broken)(error), *cause),
        InteractiveEnd::GivenUp => ended(parts.words.given_up, ""),
        InteractiveEnd::Finished => ended(words.over, words.both_finished),
        InteractiveEnd::Reset => ended(words.we_reset, words.we_reset_because),
        InteractiveEnd::Disconnected => ended(words.we_disconnected, words.we_disconnected_because),
    }
}

fn again(words: &ModesWords, emit: &Callback<Event>) -> Html {
    let connect = pressed(emit, |at| Event::ConnectPressed { at });
    tag("div").class("endings").child(button().onclick(connect).child(words.connect_again)).html()
}
