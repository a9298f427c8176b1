//! What the list of runs shows of one of them.

use std::rc::Rc;

use super::listed_run_id::ListedRunId;
use super::record::{Exchanges, RunOutcome, RunRecord};
use crate::bounded_bytes::BoundedBytes;
use crate::format;
use crate::modes::Mode;
use crate::role::Role;
use crate::verdict::{Progress, Sentence, Sign, Statement, Tone, mark_of_received};

/// The most bytes of a message that its preview shows.
const MAX_PREVIEW: usize = 60;

/// A run in short, for the list and for a table. It is made once for each run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The id of the run.
    pub id: ListedRunId,
    /// The time at which the run finished, in milliseconds since the Unix epoch.
    pub finished_ms: u64,
    /// Which end of the connection the page was.
    pub role: Role,
    /// The mode in which it was run.
    pub mode: Mode,
    /// Its target.
    pub target: String,
    /// The colour of its outcome.
    pub tone: Tone,
    /// The sign of its outcome.
    pub sign: Sign,
    /// What is said of its outcome.
    pub sentence: Sentence,
    /// The beginning of its message, on one line.
    pub message: String,
    /// How long its reply took.
    pub times: RunTimes,
}

/// How long the reply of a run took; the median of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunTimes {
    /// Whether it is the median of many.
    pub are_medians: bool,
    /// Over TCP, in microseconds of the bridge's clock, if that is known.
    pub tcp_us: Option<u64>,
    /// As the browser saw it, if that is known.
    pub browser: Option<PageDuration>,
}

/// A duration by the page's clock, as it was then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageDuration {
    /// The duration, in microseconds.
    pub us: u64,
    /// The step of the clock, in microseconds.
    pub step_us: u64,
}

impl Summary {
    /// Returns what the list shows of a run.
    #[must_use]
    pub fn of(id: ListedRunId, run: &RunRecord) -> Self {
        let (tone, sign) = mark(run);
        Self {
            id,
            finished_ms: run.finished_ms,
            role: run.role,
            mode: run.mode,
            target: run.target.clone(),
            tone,
            sign,
            sentence: sentence(run),
            message: preview(run),
            times: RunTimes {
                are_medians: run.mode == Mode::Load,
                tcp_us: run.tcp_us,
                browser: run.browser_us.map(|us| PageDuration { us, step_us: run.clock_us }),
            },
        }
    }
}

/// Returns the colour and the sign of a run's outcome.
fn mark(run: &RunRecord) -> (Tone, Sign) {
    match run.outcome {
        RunOutcome::Same => (Tone::Good, Sign::Ok),
        RunOutcome::Different => (Tone::Bad, Sign::Different),
        RunOutcome::CutShort | RunOutcome::Broken => (Tone::Bad, Sign::Failed),
        RunOutcome::NotConnected => (Tone::Bad, Sign::NoConnection),
        RunOutcome::Received => mark_of_received(run.cause.is_some(), run.extra.length()),
        RunOutcome::TimedOut | RunOutcome::Stopped | RunOutcome::GivenUp => {
            (Tone::Neutral, Sign::Waiting)
        }
        RunOutcome::Finished | RunOutcome::Reset | RunOutcome::Disconnected => {
            (Tone::Neutral, Sign::NoConnection)
        }
        RunOutcome::Repeated => match run.exchanges.unwrap_or_default() {
            Exchanges { done: 0, .. } => (Tone::Neutral, Sign::Waiting),
            Exchanges { done, same } if done == same => (Tone::Good, Sign::Ok),
            Exchanges { .. } => (Tone::Bad, Sign::Failed),
        },
    }
}

/// Returns what the program said of a run, or what the page says if the program said nothing.
fn sentence(run: &RunRecord) -> Sentence {
    let error = || run.sentence().to_owned();
    Sentence::Page(match run.outcome {
        RunOutcome::TimedOut | RunOutcome::Stopped => Statement::StillWaiting(progress(run)),
        RunOutcome::Received => Statement::Received(run.extra.length()),
        RunOutcome::GivenUp => Statement::GivenUp,
        RunOutcome::Finished => Statement::Finished,
        RunOutcome::Reset => Statement::Reset,
        RunOutcome::Disconnected => Statement::Disconnected,
        RunOutcome::Broken => Statement::Broken { error: error() },
        RunOutcome::NotConnected if run.mode == Mode::Interactive => {
            Statement::NotConnected { error: error() }
        }
        RunOutcome::Repeated => {
            let Exchanges { done, same } = run.exchanges.unwrap_or_default();
            Statement::of_exchanges(done, same)
        }
        RunOutcome::Same
        | RunOutcome::Different
        | RunOutcome::CutShort
        | RunOutcome::NotConnected => return Sentence::Program(Rc::from(run.sentence())),
    })
}

/// Returns how much of the reply had come.
pub(super) fn progress(run: &RunRecord) -> Progress {
    Progress { received: length(&run.reply), expected: length(run.expected()) }
}

/// Returns how many bytes there were.
pub(super) fn length(bytes: &BoundedBytes) -> usize {
    usize::try_from(bytes.length()).unwrap_or(usize::MAX)
}

/// Returns the beginning of the message or, of a conversation, of its messages.
fn preview(run: &RunRecord) -> String {
    let messages: Vec<_> = match run.mode {
        Mode::Interactive => run.lines.iter().filter(|line| line.sent.is_some()).collect(),
        Mode::Once | Mode::Load => vec![],
    };
    if messages.is_empty() {
        return format::excerpt(run.message.bytes(), MAX_PREVIEW, run.message.length());
    }
    let texts: Vec<_> = messages.iter().map(|line| line.text.as_str()).collect();
    format::shortened(texts.join(" · "), MAX_PREVIEW)
}
