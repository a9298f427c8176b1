//! What the outcome of a run that is over looks like, and what is said of it.

use echo_core::payload::printable;
use yew::Html;

use crate::tag::tag;
use crate::words::how::HowWords;
use crate::words::{Words, format};
use page_model::cause::Cause;
use page_model::effect::REPLY_LIMIT_MS;
use page_model::how::Way;
use page_model::runs::kept::Kept;
use page_model::runs::record::{Exchanges, KeptRun, Outcome};
use page_model::{Model, difference};

/// Its colours, and its sign for those who do not see colours.
pub fn tone(run: &KeptRun) -> (&'static str, &'static str) {
    match run.outcome {
        Outcome::Same => ("good", "✓"),
        Outcome::Different => ("bad", "≠"),
        Outcome::CutShort | Outcome::Broken => ("bad", "✗"),
        Outcome::NotConnected => ("bad", "⊘"),
        Outcome::Received => ("good", "←"),
        Outcome::TimedOut | Outcome::Stopped | Outcome::GivenUp => ("wait", "…"),
        Outcome::Finished | Outcome::Reset | Outcome::Disconnected => ("wait", "⊘"),
        Outcome::Repeated => match run.exchanges.unwrap_or_default() {
            Exchanges { done: 0, .. } => ("wait", "…"),
            Exchanges { done, same } if done == same => ("good", "✓"),
            Exchanges { .. } => ("bad", "✗"),
        },
    }
}

/// The program's own sentence, or the page's where the program said nothing.
pub fn sentence(run: &KeptRun, words: &Words) -> Html {
    let how = &words.how;
    let sentence = match run.outcome {
        Outcome::TimedOut | Outcome::Stopped => {
            (words.still_waiting)(count(&run.reply), count(run.expected()))
        }
        Outcome::Received => (words.reply.received)(run.extra.length()),
        Outcome::GivenUp => words.given_up.into(),
        Outcome::Finished => how.over.into(),
        Outcome::Reset => how.we_reset.into(),
        Outcome::Disconnected => how.we_disconnected.into(),
        Outcome::Broken => (how.broken)(run.sentence()),
        Outcome::NotConnected if run.how == Way::Stay => (how.not_connected)(run.sentence()),
        Outcome::Repeated => exchanges(run.exchanges.unwrap_or_default(), how),
        _ => return tag("samp").set("lang", "en").class("long").child(run.sentence()).html(),
    };
    tag("span").class("long").child(sentence).html()
}

fn exchanges(Exchanges { done, same }: Exchanges, words: &HowWords) -> String {
    match done - same {
        _ if done == 0 => words.none.into(),
        0 => (words.all_same)(done),
        others => (words.some_not)(done, others),
    }
}

/// Why it came so, as it was said then.
pub fn because(run: &KeptRun, model: &Model) -> String {
    let words = crate::words::of(model.lang);
    let cause = |cause: Cause| (words.cause)(cause, &run.target, &model.origin);
    let cause = run.cause.map(cause).unwrap_or_default();
    match run.outcome {
        Outcome::Same if run.expected.is_some() => (words.reply.as_expected)(count(run.expected())),
        Outcome::Same => (words.same)(count(&run.message)),
        Outcome::Different => first_difference(run, words).unwrap_or_default(),
        Outcome::CutShort => {
            format!("{cause} {}", (words.had_come)(count(&run.reply), count(run.expected())))
        }
        Outcome::NotConnected | Outcome::Received | Outcome::Broken | Outcome::Repeated => cause,
        Outcome::TimedOut => (words.limit)(REPLY_LIMIT_MS / 1_000),
        Outcome::Stopped => words.stopped.into(),
        Outcome::GivenUp => String::new(),
        Outcome::Finished => words.how.both_finished.into(),
        Outcome::Reset => words.how.we_reset_because.into(),
        Outcome::Disconnected => words.how.we_disconnected_because.into(),
    }
}

/// How long it took, as far as that is known.
pub fn times(run: &KeptRun, words: &Words) -> String {
    let over_tcp = tcp(run).map(|time| (words.over_tcp)(&time));
    let through_browser = browser(run).map(|time| (words.through_browser)(&time));
    over_tcp.into_iter().chain(through_browser).collect::<Vec<_>>().join(" · ")
}

/// How long the reply took over TCP.
pub fn tcp(run: &KeptRun) -> Option<String> {
    run.tcp_us.map(|us| middle(run, format::micros(us)))
}

/// How long it took as the browser saw it.
pub fn browser(run: &KeptRun) -> Option<String> {
    run.browser_us.map(|us| middle(run, clock(us, run.clock_us)))
}

/// A time, which of many exchanges is the median.
fn middle(run: &KeptRun, time: String) -> String {
    if run.how == Way::Repeat { format!("p50 {time}") } else { time }
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
