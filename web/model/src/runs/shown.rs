//! An earlier run as it was, and two runs side by side.

use std::rc::Rc;

use echo_core::Exchange;

use super::list::ListedRun;
use super::not_kept::{NotKept, not_kept};
use super::record::{LogLine, RunOutcome, RunRecord};
use super::summary::{PageDuration, Summary, length, progress};
use crate::bounded_bytes::BoundedBytes;
use crate::expected_reply::{ExpectedReply, ExpectedReplyKind};
use crate::export::Exports;
use crate::format;
use crate::lab;
use crate::modes::Mode;
use crate::modes::once::REPLY_LIMIT_MS;
use crate::pieces::{Piece, pieces};
use crate::role::Role;
use crate::verdict::{CauseView, Difference, Expectation, Extra, Reason};

/// An earlier run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierView {
    /// The run in short.
    pub summary: Rc<Summary>,
    /// Whether its message, and what was expected, was kept whole, so that it can be run again.
    pub can_repeat: bool,
    /// Why it ended as it did, where the sentence does not say so.
    pub reason: Option<Reason>,
    /// The bytes that came after the reply.
    pub extra: Option<Extra>,
    /// What was sent, and what came back. None are there for a conversation that was recorded, which
    /// the Timeline shows.
    pub bytes: ByteSides,
    /// What the program printed, or what moved first on the connection, if it was not recorded.
    pub lines: Vec<LineView>,
    /// What was not kept, so that it cannot be shown.
    pub not_kept: Vec<NotKept>,
    /// What can be taken along, if it was a message and its reply that were kept whole.
    pub exports: Option<Rc<Exports>>,
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
    /// Returns what is shown of a run. `origin` is where the page was loaded from, and `address` that
    /// of the run's target for a terminal, if that reaches it.
    pub(super) fn of(run: &ListedRun, origin: &str, address: Option<&str>) -> Self {
        let record = &run.record;
        let count = record.extra.length();
        let line = |line: &LogLine| LineView::of(line, record.clock_us);
        let is_recorded = record.recording.is_some();
        let bytes = match record.mode {
            Mode::Interactive if is_recorded => ByteSides([None, None]),
            // A conversation is no echo: nothing in it differs.
            Mode::Interactive => ByteSides([&record.message, &record.reply].map(Side::plain)),
            Mode::Once | Mode::Load => ByteSides::of([&record.message, &record.reply]),
        };
        let lines = record.lines.iter().filter(|_| !is_recorded).map(line).collect();
        Self {
            summary: Rc::clone(&run.summary),
            can_repeat: record.role == Role::Client
                && record.expected_reply().is_some()
                && (record.message.complete().is_some() || run.attachment.is_some()),
            reason: reason(record, origin),
            extra: (count > 0)
                .then(|| Extra { count, start: format::hex(record.extra.bytes()).into() }),
            bytes,
            lines,
            not_kept: not_kept(record),
            exports: exports(record, address).map(Rc::new),
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
    /// Returns a sequence in which nothing is marked.
    fn plain(kept: &BoundedBytes) -> Option<Self> {
        Self::of(kept, &BoundedBytes::default())
    }

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

/// Returns what can be taken along of a run of the tutorial's client.
fn exports(record: &RunRecord, address: Option<&str>) -> Option<Exports> {
    let message = record.message.complete().filter(|_| record.mode == Mode::Once)?.to_vec();
    if lab::fault(&record.target).is_some() {
        return None;
    }
    let (exchange, kind) = match record.expected_reply()? {
        ExpectedReply::Same => (Exchange::new(message), ExpectedReplyKind::Same),
        ExpectedReply::Anything => {
            (Exchange::expecting(message, vec![]), ExpectedReplyKind::Anything)
        }
        ExpectedReply::Bytes(bytes) => {
            (Exchange::expecting(message, bytes), ExpectedReplyKind::Bytes)
        }
    };
    Some(Exports::of(&record.target, address, &exchange, kind))
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
