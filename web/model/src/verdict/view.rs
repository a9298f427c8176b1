//! What the verdict shows: its tone, one sentence, why, and what to do next.

use std::rc::Rc;

use super::context::PageContext;
use super::details::ReplyText;
use super::next_step::NextStep;
use super::reason::{Expectation, Reason};
use super::statement::{Invitation, Statement};
use crate::bridge::BridgeError;
use crate::cause::{Cause, FailedRun};
use crate::diagnosis::Diagnosis;
use crate::difference::Comparison;
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
    /// Whether the predicted outcome came, if one was predicted.
    pub is_as_predicted: Option<bool>,
    /// What is always in sight: the reason, how long it took, and what came.
    pub facts: Vec<Fact>,
    /// The bytes that were expected beside those that came.
    pub bytes: Option<ComparedBytes>,
    /// What the user has to do, or may do at once.
    pub next_steps: Vec<NextStep>,
    /// What is shown on request.
    pub why: Why,
    /// The menu with what can be copied of the run (`Model::exports`).
    pub copy_menu: CopyMenu,
    /// Whether the verdict is that of an earlier run, and not on what the page is set up to do, or
    /// shows, now.
    pub is_previous: bool,
    /// What happened since the run: the bridge went away.
    pub notice: Option<Notice>,
}

/// The menu with what can be copied of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopyMenu {
    /// There is none, since there is nothing to copy.
    #[default]
    Absent,
    /// It is closed.
    Closed,
    /// It is open.
    Open,
}

/// What a verdict shows when it is asked why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Whether it is shown.
    pub is_open: bool,
    /// Whether the lab explains the outcome.
    pub has_explanation: bool,
    /// What led to the outcome, and what was measured besides.
    pub facts: Vec<Fact>,
    /// The command for a terminal, if there is one.
    pub next_steps: Vec<NextStep>,
}

/// The bytes that were expected beside those that came.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedBytes {
    /// What was expected.
    pub expectation: Expectation,
    /// The bytes.
    pub comparison: Rc<Comparison>,
}

/// What happened since a run, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What happened.
    pub statement: Statement,
    /// What to do about it.
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
    /// How long the reply took: over TCP, or as the page measured it if the bridge did not.
    Times(ReplyTimes),
    /// How long the reply took as the page measured it, in milliseconds.
    BrowserTime(f64),
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

    /// Returns the view of a run that is over, with the notice that there is no bridge now, unless
    /// the view itself says what to do about that.
    pub(crate) fn with_notice(self, error: BridgeError, page: PageContext<'_>) -> Self {
        let View { sentence, next_steps, .. } = Self::no_bridge(error, page);
        let is_told = next_steps.iter().any(|step| self.next_steps.contains(step));
        let notice = match sentence {
            Sentence::Page(statement) if !is_told => Some(Notice { statement, next_steps }),
            _ => None,
        };
        Self { notice, ..self }
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

impl Why {
    /// Returns whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.has_explanation && self.facts.is_empty() && self.next_steps.is_empty()
    }
}
