//! What the verdict shows: its tone, one sentence, why, and what to do next.

use std::rc::Rc;

use super::context::PageContext;
use super::details::ReplyText;
use super::next_step::NextStep;
use super::reason::Reason;
use super::statement::{Invitation, Statement};
use crate::bridge::BridgeError;
use crate::cause::{Cause, FailedRun};
use crate::diagnosis::Diagnosis;
use crate::modes::load::LoadTestEnd;
use crate::modes::reply_timer::ReplyTimes;

/// The verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Whether a run is under way.
    pub is_busy: bool,
    /// Its colour.
    pub tone: Tone,
    /// Its sign, for those who do not see colours.
    pub sign: Option<Sign>,
    /// The sentence that cannot be missed.
    pub sentence: Sentence,
    /// Why it is so, how long it took, and what came.
    pub facts: Vec<Fact>,
    /// What the user may do next.
    pub next_steps: Vec<NextStep>,
}

/// How a verdict is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing has happened yet.
    #[default]
    Idle,
    /// A run has just begun.
    Quick,
    /// Something is awaited, or ended without success or failure.
    Neutral,
    /// All is well.
    Good,
    /// Something went wrong.
    Bad,
}

/// A sign that says the same as the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Something is awaited, or was.
    Waiting,
    /// What was expected came.
    Ok,
    /// Other bytes came.
    Different,
    /// The connection failed.
    Failed,
    /// There is no connection.
    NoConnection,
    /// Something came, where anything might.
    Received,
}

/// The sentence of a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sentence {
    /// There is nothing to say yet.
    #[default]
    None,
    /// What to do first.
    Invitation(Invitation),
    /// What the tutorial's client printed.
    Program(Rc<str>),
    /// What the page says, where the client says nothing.
    Page(Statement),
}

/// Why a verdict is what it is, how long it took, or what came.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// How long something has been awaited, in milliseconds.
    Waited(f64),
    /// Why it came so.
    Reason(Reason),
    /// What is likely behind it.
    Diagnosis(Diagnosis),
    /// How long the reply took.
    Times(ReplyTimes),
    /// Bytes came that the client did not wait for.
    Extra(Extra),
    /// What came, where anything might.
    Reply(Rc<ReplyText>),
    /// Who may still send on the connection.
    Turn(Turn),
    /// So many bytes wait to be sent.
    Queued(usize),
    /// How a connection ended.
    End {
        /// Why, unless the sentence says so.
        reason: Option<Reason>,
        /// How many bytes were never sent.
        unsent: usize,
    },
    /// The bounds of a load test.
    LoadBounds,
    /// How long half of the exchanges took at most, in microseconds.
    Medians {
        /// Over TCP, if the bridge reported it.
        tcp_us: Option<u64>,
        /// As the page sees it.
        browser_us: u64,
    },
    /// How long a load test has been running.
    LoadElapsed {
        /// How long it has been, in milliseconds.
        elapsed_ms: f64,
        /// How many seconds are planned, if it ends by the clock.
        planned_s: Option<u32>,
    },
    /// How a load test ended, and how long it took.
    LoadEnd {
        /// What ended it, if that is worth saying.
        end: Option<LoadTestEnd>,
        /// How long it took in milliseconds and how many replies came in a second, if any came.
        took: Option<(f64, u64)>,
    },
}

/// The bytes that came after those that the client waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// How many there were.
    pub count: u64,
    /// The first of them, in hexadecimal.
    pub start: Rc<str>,
}

/// Who may still send on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Both sides, and neither has sent anything.
    NobodyHasSent,
    /// Both sides.
    Both,
    /// The page sends what waits, and then FIN.
    Finishing,
    /// The server alone: the page sent FIN.
    Server,
    /// The page alone: the server sent FIN.
    Page,
    /// Neither: the page sends RST.
    Resetting,
}

/// Returns the colour and the sign of a run that accepted any reply, of which `count` bytes came.
pub(crate) fn mark_of_received(has_failed: bool, count: u64) -> (Tone, Sign) {
    match count {
        _ if has_failed => (Tone::Bad, Sign::Failed),
        0 => (Tone::Neutral, Sign::Waiting),
        _ => (Tone::Good, Sign::Received),
    }
}

impl View {
    /// Returns what is shown before anything has happened.
    pub(crate) fn idle(invitation: Invitation) -> Self {
        let is_load_test = matches!(invitation, Invitation::Start { .. });
        Self {
            sentence: Sentence::Invitation(invitation),
            facts: is_load_test.then_some(Fact::LoadBounds).into_iter().collect(),
            ..Self::default()
        }
    }

    /// Returns what is shown if nothing can be sent.
    pub(crate) fn no_bridge(error: BridgeError, page: PageContext<'_>) -> Self {
        let (statement, cause) = match error {
            BridgeError::NotThere => (Statement::NoBridge, Cause::NoBridge),
            BridgeError::Refused => (
                Statement::PageRefused { origin: page.reader.origin.to_owned() },
                Cause::PageRefused,
            ),
        };
        // No remedy of these two names a target.
        let next_steps = page.remedies(cause, &FailedRun { target: "", error: "" });
        Self { sign: Some(Sign::NoConnection), next_steps, ..Self::waiting(statement) }
    }

    /// Returns what is shown of a run that has just begun, and may be over at once.
    pub(super) fn quick() -> Self {
        Self { tone: Tone::Quick, ..Self::default() }
    }

    /// Returns what is shown while something is awaited, or once it is awaited no longer.
    pub(super) fn waiting(statement: Statement) -> Self {
        Self {
            tone: Tone::Neutral,
            sign: Some(Sign::Waiting),
            sentence: Sentence::Page(statement),
            ..Self::default()
        }
    }
}
