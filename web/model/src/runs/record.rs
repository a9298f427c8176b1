//! The record of a finished run.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::recording::Recording;
use crate::bounded_bytes::BoundedBytes;
use crate::cause::Cause;
use crate::command::WallClock;
use crate::expected_reply::ExpectedReply;
use crate::format;
use crate::modes::Mode;
use crate::modes::once::{Run, RunExchange, StoppedBy};
use crate::role::Role;
use crate::setup::MAX_TARGET;
use crate::time::Micros;
use crate::transcript::{Note, RowContent, Transcript};
use crate::verdict::Verdict;

/// The longest text of a line, in characters. Longer ones are truncated.
const MAX_TEXT: usize = 1_000;
/// The most lines of a run. One of [`Mode::Once`] prints at most five.
pub(super) const MAX_LINES: usize = 16;
/// The latest time that JavaScript's `Date` represents, in milliseconds since the Unix epoch
/// (ECMA-262, "Time Values and Time Range").
const MAX_DATE_MS: u64 = 8_640_000_000_000_000;
/// The last line that the tutorial's client prints, whatever happened before.
const TERMINATED: &str = "Terminated.";

/// A finished run, as it is stored in a file. Times are integers, so that reading gives exactly
/// what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// When the run finished, in milliseconds since the Unix epoch.
    #[serde(rename = "when")]
    pub finished_ms: u64,
    /// The mode in which it was run.
    #[serde(rename = "how")]
    pub mode: Mode,
    /// Which end of the connection the page was. As a server, the mode is [`Mode::Interactive`], and
    /// `target` is where the page listened: so do older pages, which do not know the role, read it.
    #[serde(default, skip_serializing_if = "is_client")]
    pub role: Role,
    /// The target, as `host:port` where that was known; at most 300 bytes.
    pub target: String,
    /// The message of the run, or of each exchange of a load test. For an interactive connection,
    /// all bytes that were sent.
    pub message: BoundedBytes,
    /// The expected reply, or `None` if that was the message. It is empty if any reply was
    /// accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<BoundedBytes>,
    /// The reply, up to the length of the expected one. For an interactive connection, all bytes
    /// that were received; for a load test, nothing.
    pub reply: BoundedBytes,
    /// The bytes that were received after the reply. If any reply was accepted, all of them.
    #[serde(default, skip_serializing_if = "BoundedBytes::is_empty")]
    pub extra: BoundedBytes,
    /// How the run ended.
    pub outcome: RunOutcome,
    /// Why it failed, or `None` if it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The time that the reply took over TCP, by the bridge's clock, in microseconds; the median
    /// for a load test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tcp_us: Option<u64>,
    /// The time that the reply took as the browser measured it, in microseconds; the median for a
    /// load test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_us: Option<u64>,
    /// The resolution of the page's clock, in microseconds: its times are no more accurate than
    /// that.
    pub clock_us: u64,
    /// The lines that the tutorial's client printed. For an interactive connection, the first
    /// pieces of bytes that were sent or received, and the error if it failed.
    pub lines: Vec<LogLine>,
    /// The number of exchanges of a load test, or `None` for other modes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchanges: Option<Exchanges>,
    /// What happened on the connection, or `None` if that was not kept: load tests have many
    /// connections, version 1 of the format had no place for it, the message was longer than what
    /// is kept of it, or the transcript had lost its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Recording>,
}

/// The number of exchanges of a load test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedExchanges")]
pub struct Exchanges {
    /// The number of finished exchanges.
    pub done: u64,
    /// The number of those that brought the message back unchanged.
    pub same: u64,
}

/// The deserialized form of [`Exchanges`], before validation.
#[derive(Deserialize)]
struct UncheckedExchanges {
    done: u64,
    same: u64,
}

/// The error for more unchanged exchanges than there were exchanges.
#[derive(Debug, Error)]
#[error("{same} exchanges of {done} cannot be the same")]
struct TooManySame {
    done: u64,
    same: u64,
}

impl TryFrom<UncheckedExchanges> for Exchanges {
    type Error = TooManySame;

    fn try_from(
        UncheckedExchanges { done, same }: UncheckedExchanges,
    ) -> Result<Self, TooManySame> {
        if same <= done { Ok(Self { done, same }) } else { Err(TooManySame { done, same }) }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// Exactly the expected bytes were received.
    Same,
    /// As many bytes as expected were received, and they differ.
    Different,
    /// Any reply was accepted, and the connection was closed or idle in the end, or failed.
    Received,
    /// The connection was closed or failed before the reply was complete.
    CutShort,
    /// The reply was not complete within the page's time limit.
    TimedOut,
    /// The user stopped the wait for the reply.
    Stopped,
    /// No connection was established.
    NotConnected,
    /// The user stopped the run before a connection was established.
    GivenUp,
    /// Both sides of an interactive connection finished (FIN).
    Finished,
    /// The interactive connection failed.
    Broken,
    /// The user reset the interactive connection (RST).
    Reset,
    /// The user closed the interactive connection.
    Disconnected,
    /// A load test ended, with whatever result.
    Repeated,
}

/// A line of a run: what the tutorial's client printed, or a piece of bytes of an interactive
/// connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// The time since Send or Connect was pressed, by the page's clock, in microseconds.
    pub at_us: u64,
    /// The line, or the first bytes of the piece as text; at most 1000 characters, and `…` where it
    /// was truncated.
    pub text: String,
    /// The number of bytes that were sent since the previous line, or in this piece; `None` for
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<u64>,
    /// The number of bytes that were received since the previous line, or in this piece; `None` for
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<u64>,
}

impl RunRecord {
    /// Returns the beginning of all bytes that were received.
    pub(crate) fn received(&self) -> Vec<u8> {
        match self.reply.complete() {
            Some(reply) => [reply, self.extra.bytes()].concat(),
            None => self.reply.bytes().to_vec(),
        }
    }

    /// Returns the expected reply, or `None` if its bytes were not kept whole.
    pub(super) fn expected_reply(&self) -> Option<ExpectedReply> {
        Some(match &self.expected {
            None => ExpectedReply::Same,
            Some(any) if any.is_empty() => ExpectedReply::Anything,
            Some(bytes) => ExpectedReply::Bytes(bytes.complete()?.to_vec()),
        })
    }

    /// Creates a record with only these values. The target is truncated if it is too long.
    pub(super) fn new(mode: Mode, target: &str, outcome: RunOutcome) -> Self {
        Self {
            finished_ms: 0,
            mode,
            role: Role::Client,
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
            recording: None,
        }
    }

    /// Creates the record of a run, or returns `None` while it is in progress.
    /// [`dated`](Self::dated) adds the date.
    #[must_use]
    pub fn of(run: &Run) -> Option<Self> {
        let verdict = run.verdict()?;
        let exchange = run.exchange();
        let reply = |it: &RunExchange| BoundedBytes::copy_of(it.exchange.reply());
        let times = exchange.and_then(RunExchange::times);
        let (extra, extra_length) = exchange.map(|it| it.exchange.extra()).unwrap_or_default();
        Some(Self {
            message: run.message.clone(),
            expected: run.expected.clone(),
            reply: exchange.map(reply).unwrap_or_default(),
            extra: BoundedBytes::prefix_of(extra, extra_length),
            cause: cause_of(&verdict),
            tcp_us: times.and_then(|times| times.tcp).map(|took| took.0),
            browser_us: times.map(|times| Micros::from_ms(times.browser_ms).0),
            lines: LogLine::printed(&run.log),
            // What the program printed quotes the message.
            recording: run.message.complete().and_then(|_| Recording::of(&run.log, run.trace())),
            ..Self::new(Mode::Once, &run.target, RunOutcome::of(&verdict))
        })
    }

    /// Sets the date, and the resolution of the page's clock.
    #[must_use]
    pub fn dated(self, clock: WallClock) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates"
        )]
        let date_ms = clock.date_ms.round() as u64;
        Self {
            finished_ms: date_ms.min(MAX_DATE_MS),
            // A clock that never advances has the resolution infinity, which gives the greatest
            // number.
            clock_us: Micros::from_ms(clock.clock_step_ms).0,
            ..self
        }
    }

    /// Returns the expected reply, which may be the message.
    #[must_use]
    pub fn expected(&self) -> &BoundedBytes {
        self.expected.as_ref().unwrap_or(&self.message)
    }

    /// Returns the line that says how the run went: the last one other than `Terminated.`. It is
    /// empty if there are no lines.
    #[must_use]
    pub fn sentence(&self) -> &str {
        let last = self.lines.iter().rev().find(|line| line.text != TERMINATED);
        last.map_or("", |line| &line.text)
    }

    /// Returns whether the record is within the limits of those that the page itself creates.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let fits = |line: &LogLine| line.text.chars().count() <= MAX_TEXT + 1;
        self.finished_ms <= MAX_DATE_MS
            && self.target.len() <= MAX_TARGET
            && self.lines.len() <= MAX_LINES
            && self.lines.iter().all(fits)
            && self.recording.as_ref().is_none_or(Recording::is_bounded)
    }
}

impl RunOutcome {
    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Same(_) => Self::Same,
            Verdict::Different(_) => Self::Different,
            Verdict::CutShort(..) => Self::CutShort,
            Verdict::Received(..) => Self::Received,
            Verdict::Stopped(_, StoppedBy::Limit) => Self::TimedOut,
            Verdict::Stopped(_, StoppedBy::User) => Self::Stopped,
            Verdict::NotConnected(_) => Self::NotConnected,
            Verdict::Cancelled => Self::GivenUp,
        }
    }
}

fn cause_of(verdict: &Verdict) -> Option<Cause> {
    match verdict {
        Verdict::CutShort(_, cause) | Verdict::NotConnected(cause) => Some(*cause),
        Verdict::Received(_, cause) => *cause,
        _ => None,
    }
}

impl LogLine {
    /// Creates a line. `at` is its time in milliseconds since the start of the run.
    pub(super) fn new(at: f64, text: String, sent: Option<u64>, received: Option<u64>) -> Self {
        Self {
            at_us: Micros::from_ms(at).0,
            text: format::shortened(text, MAX_TEXT),
            sent,
            received,
        }
    }

    /// Returns the lines that a run printed, each with the number of bytes that were sent and
    /// received since the previous one.
    fn printed(log: &Transcript) -> Vec<Self> {
        let (mut lines, mut moved) = (Vec::new(), [0; 2]);
        for row in log.rows() {
            match &row.content {
                RowContent::Transferred(piece) => {
                    moved[piece.direction as usize] += piece.byte_count();
                }
                RowContent::Note(Note::Printed(line)) if lines.len() < MAX_LINES => {
                    let [sent, received] =
                        std::mem::take(&mut moved).map(|it| (it > 0).then_some(it));
                    lines.push(Self::new(row.at_ms, line.to_string(), sent, received));
                }
                RowContent::Note(_) | RowContent::Written(_) => {}
            }
        }
        lines
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_client(role: &Role) -> bool {
    *role == Role::Client
}
