//! What the outcome of a run that is over looks like, and what is said of it.

use echo_core::payload::printable;
use yew::Html;

use crate::model::cause::Cause;
use crate::model::effect::REPLY_LIMIT_MS;
use crate::model::runs::kept::Kept;
use crate::model::runs::record::{KeptRun, Outcome};
use crate::model::{Model, difference};
use crate::tag::tag;
use crate::words::{Words, format};

/// Its colours, and its sign for those who do not see colours.
pub fn tone(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Same => ("good", "✓"),
        Outcome::Different => ("bad", "≠"),
        Outcome::CutShort => ("bad", "✗"),
        Outcome::NotConnected => ("bad", "⊘"),
        Outcome::Received => ("good", "←"),
        Outcome::TimedOut | Outcome::Stopped | Outcome::GivenUp => ("wait", "…"),
    }
}

/// The program's own sentence, or the page's where the program said nothing.
pub fn sentence(run: &KeptRun, words: &Words) -> Html {
    match run.outcome {
        Outcome::TimedOut | Outcome::Stopped => {
            let sentence = (words.still_waiting)(count(&run.reply), count(run.expected()));
            tag("span").class("long").child(sentence).html()
        }
        Outcome::Received => {
            tag("span").class("long").child((words.reply.received)(run.extra.length())).html()
        }
        Outcome::GivenUp => tag("span").class("long").child(words.given_up).html(),
        _ => tag("samp").set("lang", "en").class("long").child(run.sentence()).html(),
    }
}

/// Why it came so, as it was said then.
pub fn because(run: &KeptRun, model: &Model) -> String {
    let words = model.lang.words();
    let cause = |cause: Cause| (words.cause)(cause, &run.target, &model.origin);
    let cause = run.cause.map(cause).unwrap_or_default();
    match run.outcome {
        Outcome::Same if run.expected.is_some() => (words.reply.as_expected)(count(run.expected())),
        Outcome::Same => (words.same)(count(&run.message)),
        Outcome::Different => first_difference(run, words).unwrap_or_default(),
        Outcome::CutShort => {
            format!("{cause} {}", (words.had_come)(count(&run.reply), count(run.expected())))
        }
        Outcome::NotConnected | Outcome::Received => cause,
        Outcome::TimedOut => (words.limit)(REPLY_LIMIT_MS / 1_000),
        Outcome::Stopped => words.stopped.into(),
        Outcome::GivenUp => String::new(),
    }
}

/// How long it took, as far as that is known.
pub fn times(run: &KeptRun, words: &Words) -> String {
    let over_tcp = run.tcp_us.map(|us| (words.over_tcp)(&format::micros(us)));
    let through_browser =
        run.browser_us.map(|us| (words.through_browser)(&clock(us, run.clock_us)));
    over_tcp.into_iter().chain(through_browser).collect::<Vec<_>>().join(" · ")
}

/// A time of the page's clock as it was then.
pub fn clock(us: u64, step_us: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "three digits of it are shown")]
    let ms = |us: u64| us as f64 / 1_000.0;
    format::millis(ms(us), ms(step_us))
}

/// The beginning of a message on one line.
pub fn preview(message: &Kept) -> String {
    const SHOWN: usize = 60;
    let bytes = message.bytes();
    let text = printable(&bytes[..bytes.len().min(SHOWN)]);
    if message.length() > SHOWN as u64 { text + "…" } else { text }
}

fn count(kept: &Kept) -> usize {
    usize::try_from(kept.length()).unwrap_or(usize::MAX)
}

fn first_difference(run: &KeptRun, words: &Words) -> Option<String> {
    let (expected, came) = (run.expected(), run.reply.bytes());
    let first = difference::first(expected.bytes(), came)?;
    let said = if run.expected.is_some() { words.reply.not_as_expected } else { words.different };
    Some(said(first, count(expected), expected.bytes()[first], came[first]))
}
