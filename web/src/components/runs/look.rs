//! What the outcome of a run that is over looks like, and what is said of it.

use echo_core::payload::printable;
use yew::Html;

use crate::i18n::modes::ModesWords;
use crate::i18n::{Words, format};
use crate::tag::tag;
use page_model::bounded_bytes::BoundedBytes;
use page_model::cause::Cause;
use page_model::modes::Mode;
use page_model::modes::once::REPLY_LIMIT_MS;
use page_model::runs::record::{Exchanges, RunOutcome, RunRecord};
use page_model::{Model, difference};

/// Its colours, and its sign for those who do not see colours.
pub fn tone(run: &RunRecord) -> (&'static str, &'static str) {
    match run.outcome {
        RunOutcome::Same => ("good", "✓"),
        RunOutcome::Different => ("bad", "≠"),
        RunOutcome::CutShort | RunOutcome::Broken => ("bad", "✗"),
        RunOutcome::NotConnected => ("bad", "⊘"),
        RunOutcome::Received => ("good", "←"),
        RunOutcome::TimedOut | RunOutcome::Stopped | RunOutcome::GivenUp => ("wait", "…"),
        RunOutcome::Finished | RunOutcome::Reset | RunOutcome::Disconnected => ("wait", "⊘"),
        RunOutcome::Repeated => match run.exchanges.unwrap_or_default() {
            Exchanges { done: 0, .. } => ("wait", "…"),
            Exchanges { done, same } if done == same => ("good", "✓"),
            Exchanges { .. } => ("bad", "✗"),
        },
    }
}

/// The program's own sentence, or the page's where the program said nothing.
pub fn sentence(run: &RunRecord, words: &Words) -> Html {
    let how = &words.modes;
    let sentence = match run.outcome {
        RunOutcome::TimedOut | RunOutcome::Stopped => {
            (words.still_waiting)(count(&run.reply), count(run.expected()))
        }
        RunOutcome::Received => (words.reply.received)(run.extra.length()),
        RunOutcome::GivenUp => words.given_up.into(),
        RunOutcome::Finished => how.over.into(),
        RunOutcome::Reset => how.we_reset.into(),
        RunOutcome::Disconnected => how.we_disconnected.into(),
        RunOutcome::Broken => (how.broken)(run.sentence()),
        RunOutcome::NotConnected if run.how == Mode::Interactive => {
            (how.not_connected)(run.sentence())
        }
        RunOutcome::Repeated => exchanges(run.exchanges.unwrap_or_default(), how),
        _ => return tag("samp").set("lang", "en").class("long").child(run.sentence()).html(),
    };
    tag("span").class("long").child(sentence).html()
}

fn exchanges(Exchanges { done, same }: Exchanges, words: &ModesWords) -> String {
    match done - same {
        _ if done == 0 => words.none.into(),
        0 => (words.all_same)(done),
        others => (words.some_not)(done, others),
    }
}

/// Why it came so, as it was said then.
pub fn because(run: &RunRecord, model: &Model) -> String {
    let words = crate::i18n::of(model.lang);
    let cause = |cause: Cause| (words.cause)(cause, &run.target, &model.origin);
    let cause = run.cause.map(cause).unwrap_or_default();
    match run.outcome {
        RunOutcome::Same if run.expected.is_some() => {
            (words.reply.as_expected)(count(run.expected()))
        }
        RunOutcome::Same => (words.same)(count(&run.message)),
        RunOutcome::Different => first_difference(run, words).unwrap_or_default(),
        RunOutcome::CutShort => {
            format!("{cause} {}", (words.had_come)(count(&run.reply), count(run.expected())))
        }
        RunOutcome::NotConnected
        | RunOutcome::Received
        | RunOutcome::Broken
        | RunOutcome::Repeated => cause,
        RunOutcome::TimedOut => (words.limit)(REPLY_LIMIT_MS / 1_000),
        RunOutcome::Stopped => words.stopped.into(),
        RunOutcome::GivenUp => String::new(),
        RunOutcome::Finished => words.modes.both_finished.into(),
        RunOutcome::Reset => words.modes.we_reset_because.into(),
        RunOutcome::Disconnected => words.modes.we_disconnected_because.into(),
    }
}

/// How long it took, as far as that is known.
pub fn times(run: &RunRecord, words: &Words) -> String {
    let over_tcp = tcp(run).map(|time| (words.over_tcp)(&time));
    let through_browser = browser(run).map(|time| (words.through_browser)(&time));
    over_tcp.into_iter().chain(through_browser).collect::<Vec<_>>().join(" · ")
}

/// How long the reply took over TCP.
pub fn tcp(run: &RunRecord) -> Option<String> {
    run.tcp_us.map(|us| middle(run, format::micros(us)))
}

/// How long it took as the browser saw it.
pub fn browser(run: &RunRecord) -> Option<String> {
    run.browser_us.map(|us| middle(run, clock(us, run.clock_us)))
}

/// A time, which of many exchanges is the median.
fn middle(run: &RunRecord, time: String) -> String {
    if run.how == Mode::Load { format!("p50 {time}") } else { time }
}

/// A time of the page's clock as it was then.
pub fn clock(us: u64, step_us: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "three digits of it are shown")]
    let ms = |us: u64| us as f64 / 1_000.0;
    format::millis(ms(us), ms(step_us))
}

/// The beginning of a message on one line.
pub fn preview(message: &BoundedBytes) -> String {
    const SHOWN: usize = 60;
    let bytes = message.bytes();
    let text = printable(&bytes[..bytes.len().min(SHOWN)]);
    if message.length() > SHOWN as u64 { text + "…" } else { text }
}

fn count(kept: &BoundedBytes) -> usize {
    usize::try_from(kept.length()).unwrap_or(usize::MAX)
}

fn first_difference(run: &RunRecord, words: &Words) -> Option<String> {
    let (expected, came) = (run.expected(), run.reply.bytes());
    let first = difference::first(expected.bytes(), came)?;
    let said = if run.expected.is_some() { words.reply.not_as_expected } else { words.different };
    Some(said(first, count(expected), expected.bytes()[first], came[first]))
}
