//! An earlier run as it was, and two runs side by side.

use std::rc::Rc;

use super::list::ListedRun;
use super::record::{LogLine, RunOutcome, RunRecord};
use super::summary::{PageDuration, Summary, length, progress};
use crate::bounded_bytes::BoundedBytes;
use crate::format;
use crate::modes::Mode;
use crate::modes::once::REPLY_LIMIT_MS;
use crate::pieces::{Piece, pieces};
use crate::verdict::{CauseView, Difference, Expectation, Extra, Reason};

/// An earlier run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierView {
    /// The run in short.
    pub summary: Rc<Summary>,
    /// Whether its message was kept whole, so that it can be run again.
    pub can_repeat: bool,
    /// Why it ended as it did, where the sentence does not say so.
    pub reason: Option<Reason>,
    /// The bytes that came after the reply.
    pub extra: Option<Extra>,
    /// What was sent, and what came back.
    pub bytes: ByteSides,
    /// What the program printed, or what moved first on the connection.
    pub lines: Vec<LineView>,
}

/// A line that the program printed, or a piece that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// When, since the start of the run.
    pub at: PageDuration,
    /// The line, or the beginning of the bytes.
    pub text: String,
    /// The bytes that moved just before.
    pub moved: Option<MovedBytes>,
}

/// So many bytes that moved, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedBytes {
    /// They went out.
    Sent(u64),
    /// They came back.
    Received(u64),
}

/// Two sequences of bytes, what differs between them marked; `None` where there is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteSides(pub [Option<Side>; 2]);

/// One of two sequences of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The surroundings of the first difference.
    pub pieces: Vec<Piece>,
    /// How many bytes were kept and how many there were, if not all were kept.
    pub kept_of: Option<(usize, u64)>,
}

/// Two runs side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedView {
    /// The runs in short.
    pub runs: [Rc<Summary>; 2],
    /// Their replies, if they were kept.
    pub replies: Option<RepliesView>,
}

/// The replies of two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepliesView {
    /// Whether they are the same.
    pub sameness: Sameness,
    /// The bytes.
    pub bytes: ByteSides,
}

/// Whether two replies are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// They are.
    Same,
    /// What was kept of them is.
    SameBeginnings,
    /// They are not.
    Different,
}

impl EarlierView {
    /// Returns what is shown of a run. `origin` is where the page was loaded from.
    pub(super) fn of(run: &ListedRun, origin: &str) -> Self {
        let record = &run.record;
        let count = record.extra.length();
        let line = |line: &LogLine| LineView::of(line, record.clock_us);
        Self {
            summary: Rc::clone(&run.summary),
            can_repeat: record.message.complete().is_some(),
            reason: reason(record, origin),
            extra: (count > 0)
                .then(|| Extra { count, start: format::hex(record.extra.bytes()).into() }),
            bytes: ByteSides::of([&record.message, &record.reply]),
            lines: record.lines.iter().map(line).collect(),
        }
    }
}

impl LineView {
    fn of(line: &LogLine, step_us: u64) -> Self {
        let sent = line.sent.map(MovedBytes::Sent);
        Self {
            at: PageDuration { us: line.at_us, step_us },
            text: line.text.clone(),
            moved: sent.or(line.received.map(MovedBytes::Received)),
        }
    }
}

impl ByteSides {
    /// Compares two sequences. If one is empty, no difference is marked in the other.
    fn of([one, other]: [&BoundedBytes; 2]) -> Self {
        Self([Side::of(one, other), Side::of(other, one)])
    }
}

impl Side {
    fn of(kept: &BoundedBytes, other: &BoundedBytes) -> Option<Self> {
        if kept.is_empty() {
            return None;
        }
        let other = if other.is_empty() { kept } else { other };
        Some(Self {
            pieces: pieces(kept.bytes(), other.bytes()),
            kept_of: kept.complete().is_none().then(|| (kept.bytes().len(), kept.length())),
        })
    }
}

impl ComparedView {
    pub(super) fn of(runs: [&ListedRun; 2]) -> Self {
        Self {
            runs: runs.map(|run| Rc::clone(&run.summary)),
            replies: RepliesView::of(runs.map(|run| &run.record)),
        }
    }
}

impl RepliesView {
    /// Compares the replies of two runs, or returns `None` if one is a load test, which keeps no
    /// reply.
    fn of([one, other]: [&RunRecord; 2]) -> Option<Self> {
        if one.mode == Mode::Load || other.mode == Mode::Load {
            return None;
        }
        let sameness = match (one.reply.complete(), other.reply.complete()) {
            (Some(a), Some(b)) if a == b => Sameness::Same,
            _ if one.reply == other.reply => Sameness::SameBeginnings,
            _ => Sameness::Different,
        };
        Some(Self { sameness, bytes: ByteSides::of([&one.reply, &other.reply]) })
    }
}

/// Returns why a run ended as it did, where its sentence does not say so.
fn reason(run: &RunRecord, origin: &str) -> Option<Reason> {
    let cause = run.cause.map(|cause| CauseView::new(cause, &run.target, origin));
    match run.outcome {
        RunOutcome::Same if run.expected.is_some() => {
            Some(Reason::AsExpected(length(run.expected())))
        }
        RunOutcome::Same => Some(Reason::Unchanged(length(&run.message))),
        RunOutcome::Different => different(run),
        RunOutcome::CutShort => Some(Reason::CutShort { cause, progress: progress(run) }),
        RunOutcome::NotConnected
        | RunOutcome::Received
        | RunOutcome::Broken
        | RunOutcome::Repeated => cause.map(Reason::Failed),
        RunOutcome::TimedOut => Some(Reason::TimeLimit(REPLY_LIMIT_MS / 1_000)),
        RunOutcome::Stopped => Some(Reason::StoppedByUser),
        RunOutcome::GivenUp => None,
        RunOutcome::Finished => Some(Reason::BothFinished),
        RunOutcome::Reset => Some(Reason::ResetByUser),
        RunOutcome::Disconnected => Some(Reason::ClosedByUser),
    }
}

/// Returns the first difference, if it lies in what was kept.
fn different(run: &RunRecord) -> Option<Reason> {
    let expected = run.expected();
    let kept = Difference::first(expected.bytes(), run.reply.bytes())?;
    let difference = Difference { length: length(expected), ..kept };
    let expectation = if run.expected.is_some() { Expectation::Others } else { Expectation::Sent };
    Some(Reason::Different { expectation, difference })
}
