//! What is kept of a run that is over.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bounded_bytes::BoundedBytes;
use crate::cause::Cause;
use crate::command::WallClock;
use crate::modes::Mode;
use crate::modes::once::{Run, RunExchange, StoppedBy};
use crate::transcript::{Direction, Note, Transcript, What};
use crate::verdict::Verdict;

/// The longest text of a line that is kept, in characters.
const MAX_TEXT: usize = 1_000;
/// The longest target that is kept, in bytes: a name of 253 and a port.
const MAX_TARGET: usize = 300;
/// How many lines are kept; a run of [`Mode::Once`] prints five at most.
pub(super) const MAX_LINES: usize = 16;
/// The last moment that a browser's calendar knows, in milliseconds since 1970.
const LAST_MOMENT: u64 = 8_640_000_000_000_000;
/// What the program prints last, always.
const TERMINATED: &str = "Terminated.";

/// A run that is over, as it stands in a file of runs. Times are whole microseconds, so that they
/// are read as they were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// When it was over, in milliseconds since 1970 (UTC).
    pub when: u64,
    /// How it was run.
    pub how: Mode,
    /// The target, as `host:port` where that was known.
    pub target: String,
    /// What was sent: of a repetition, in each exchange.
    pub message: BoundedBytes,
    /// What should come back, where that was not the same: nothing, where anything might come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<BoundedBytes>,
    /// What came back and was waited for.
    pub reply: BoundedBytes,
    /// What came after that.
    #[serde(default, skip_serializing_if = "BoundedBytes::is_empty")]
    pub extra: BoundedBytes,
    /// How it ended.
    pub outcome: RunOutcome,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// How long the reply took over TCP, by the bridge's clock: of a repetition, the median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tcp_us: Option<u64>,
    /// How long it took as the browser saw it: of a repetition, the median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_us: Option<u64>,
    /// The step of the page's clock, which tells how many digits of its times are true.
    pub clock_us: u64,
    /// What the program printed; of a connection that stayed, what moved first.
    pub lines: Vec<LogLine>,
    /// How many exchanges there were, in a repetition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchanges: Option<Exchanges>,
}

/// How many exchanges a repetition made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Counts")]
pub struct Exchanges {
    /// So many are over.
    pub done: u64,
    /// So many of them brought the message back unchanged.
    pub same: u64,
}

/// [`Exchanges`] that nobody has checked yet.
#[derive(Deserialize)]
struct Counts {
    done: u64,
    same: u64,
}

/// More exchanges brought the message back than there were.
#[derive(Debug, Error)]
#[error("{same} exchanges of {done} cannot be the same")]
struct TooManySame {
    done: u64,
    same: u64,
}

impl TryFrom<Counts> for Exchanges {
    type Error = TooManySame;

    fn try_from(Counts { done, same }: Counts) -> Result<Self, TooManySame> {
        if same <= done { Ok(Self { done, same }) } else { Err(TooManySame { done, same }) }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// Exactly the bytes sent came back.
    Same,
    /// As many bytes came back, but others.
    Different,
    /// Something came, where anything might.
    Received,
    /// The connection ended or failed before enough bytes came.
    CutShort,
    /// The page waited no longer.
    TimedOut,
    /// Somebody waited no longer.
    Stopped,
    /// There was no connection.
    NotConnected,
    /// Somebody stopped it before there was a connection.
    GivenUp,
    /// A connection that stayed was finished by both sides.
    Finished,
    /// It failed.
    Broken,
    /// We broke it off.
    Reset,
    /// We ended it.
    Disconnected,
    /// A repetition ended, however it went.
    Repeated,
}

/// A line that the program printed, and what moved just before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When, since Send or Connect was pressed, by the page's clock.
    pub at_us: u64,
    /// The line, or the beginning of the bytes that moved.
    pub text: String,
    /// So many bytes went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<u64>,
    /// So many bytes came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<u64>,
}

impl RunRecord {
    /// A run of which nothing more is known.
    pub(super) fn new(how: Mode, target: &str, outcome: RunOutcome) -> Self {
        Self {
            when: 0,
            how,
            target: target[..target.floor_char_boundary(MAX_TARGET)].to_owned(),
            message: BoundedBytes::default(),
            expected: None,
            reply: BoundedBytes::default(),
            extra: BoundedBytes::default(),
            outcome,
            cause: None,
            tcp_us: None,
            browser_us: None,
            clock_us: 0,
            lines: Vec::new(),
            exchanges: None,
        }
    }

    /// What to keep of `run`, if it is over; the date and the clock's step are not known here.
    #[must_use]
    pub fn of(run: &Run) -> Option<Self> {
        let verdict = run.verdict();
        let talk = run.exchange();
        let reply = |talk: &RunExchange| BoundedBytes::of(talk.exchange.reply());
        let times = talk.and_then(RunExchange::times);
        let (extra, extra_length) = talk.map(|talk| talk.exchange.extra()).unwrap_or_default();
        Some(Self {
            message: run.message.clone(),
            expected: run.expected.clone(),
            reply: talk.map(reply).unwrap_or_default(),
            extra: BoundedBytes::beginning(extra, extra_length),
            cause: cause(&verdict),
            tcp_us: times.and_then(|times| times.tcp).map(|took| took.0),
            browser_us: times.map(|times| micros(times.browser_ms)),
            lines: LogLine::all(&run.log),
            ..Self::new(Mode::Once, &run.target, RunOutcome::of(&verdict)?)
        })
    }

    /// Returns this record with its date.
    #[must_use]
    pub fn dated(self, clock: WallClock) -> Self {
        let when = whole(clock.date_ms).min(LAST_MOMENT);
        Self { when, clock_us: micros(clock.clock_step_ms), ..self }
    }

    /// What should have come back.
    #[must_use]
    pub fn expected(&self) -> &BoundedBytes {
        self.expected.as_ref().unwrap_or(&self.message)
    }

    /// What the program said of how it went: its last line but `Terminated.`.
    #[must_use]
    pub fn sentence(&self) -> &str {
        let last = self.lines.iter().rev().find(|line| line.text != TERMINATED);
        last.map_or("", |line| &line.text)
    }

    /// Whether it keeps to the bounds of what this page keeps.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let fits = |line: &LogLine| line.text.chars().count() <= MAX_TEXT + 1;
        self.when <= LAST_MOMENT
            && self.target.len() <= MAX_TARGET
            && self.lines.len() <= MAX_LINES
            && self.lines.iter().all(fits)
    }
}

impl RunOutcome {
    fn of(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::Same(_) => Some(Self::Same),
            Verdict::Different(_) => Some(Self::Different),
            Verdict::CutShort(..) => Some(Self::CutShort),
            Verdict::Received(..) => Some(Self::Received),
            Verdict::Stopped(_, StoppedBy::Limit) => Some(Self::TimedOut),
            Verdict::Stopped(_, StoppedBy::Person) => Some(Self::Stopped),
            Verdict::NotConnected(_) => Some(Self::NotConnected),
            Verdict::GivenUp => Some(Self::GivenUp),
            Verdict::Idle(_)
            | Verdict::NoBridge(_)
            | Verdict::Quick
            | Verdict::Connecting(_)
            | Verdict::Waiting(..) => None,
        }
    }
}

fn cause(verdict: &Verdict) -> Option<Cause> {
    match verdict {
        Verdict::CutShort(_, cause) | Verdict::NotConnected(cause) => Some(*cause),
        Verdict::Received(_, cause) => *cause,
        _ => None,
    }
}

impl LogLine {
    /// A line of this moment, in milliseconds since the start.
    pub(super) fn new(at: f64, text: String, sent: Option<u64>, received: Option<u64>) -> Self {
        Self { at_us: micros(at), text: abridged(text), sent, received }
    }

    /// The lines of a run, each with what moved before it and after the one before.
    fn all(log: &Transcript) -> Vec<Self> {
        let (mut lines, mut moved) = (Vec::new(), [0; 2]);
        for row in log.rows() {
            match &row.what {
                What::Moved(piece) => {
                    moved[usize::from(piece.direction == Direction::Received)] +=
                        piece.range.end - piece.range.start;
                }
                What::Note(Note::Printed(line)) if lines.len() < MAX_LINES => {
                    let [sent, received] =
                        std::mem::take(&mut moved).map(|it| (it > 0).then_some(it));
                    lines.push(Self::new(row.at, line.to_string(), sent, received));
                }
                What::Note(_) | What::Wrote(_) => {}
            }
        }
        lines
    }
}

fn abridged(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn micros(ms: f64) -> u64 {
    whole(ms * 1_000.0)
}

/// The nearest whole number; a clock that stands still, whose step is infinite, gives the greatest.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}
