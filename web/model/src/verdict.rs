//! The verdicts on what each mode does, and what the page shows of them.

pub(crate) mod context;
mod details;
pub(crate) mod interactive;
pub(crate) mod load;
mod next_step;
pub(crate) mod once;
mod reason;
pub(crate) mod statement;
mod view;

pub use details::ReplyText;
pub use next_step::{FailureCount, FailureKind, NextStep};
pub use reason::{CauseView, Difference, Expectation, Reason};
pub use statement::{Invitation, Progress, Statement};
pub(crate) use view::mark_of_received;
pub use view::{
    ComparedBytes, CopyMenu, Extra, Fact, Notice, Sentence, Sign, Tone, Turn, View, Why,
};

pub use crate::terminal_command::CommandPurpose;

use crate::cause::Cause;
use crate::modes::once::{ExchangeState, Run, RunExchange, RunPhase, StoppedBy};

/// What the view of the verdict keeps, so that it need not be found out after every event.
#[derive(Debug, Default)]
pub(crate) struct VerdictCache {
    pub(crate) details: details::DetailsCache,
    pub(crate) failure_texts: load::FailureTexts,
}

/// The verdict on a run of [`Mode::Once`](crate::modes::Mode::Once): how it came out.
#[derive(Debug)]
pub enum Verdict<'a> {
    /// Exactly the expected bytes were received.
    Same(&'a RunExchange),
    /// As many bytes as expected were received, and they differ.
    Different(&'a RunExchange),
    /// The connection was closed or failed before the reply was complete, for this cause.
    CutShort(&'a RunExchange, Cause),
    /// The page or the user stopped waiting for the reply.
    Stopped(&'a RunExchange, StoppedBy),
    /// Any reply was accepted, and no more is received. The cause says why, if the connection
    /// failed.
    Received(&'a RunExchange, Option<Cause>),
    /// No connection was established, for this cause.
    NotConnected(Cause),
    /// The user pressed Stop before the connection was established.
    Cancelled,
}

impl Run {
    /// Returns the verdict on the run, or `None` while the connection is being established or the
    /// reply is awaited.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict<'_>> {
        match &self.phase {
            RunPhase::Connecting { .. } => None,
            RunPhase::Connected { exchange, .. } => exchange.verdict(),
            RunPhase::NotConnected(cause) => Some(Verdict::NotConnected(*cause)),
            RunPhase::GivenUp => Some(Verdict::Cancelled),
        }
    }
}

impl RunExchange {
    fn verdict(&self) -> Option<Verdict<'_>> {
        Some(match self.state {
            ExchangeState::Awaiting => return None,
            ExchangeState::CutShort(cause) => Verdict::CutShort(self, cause),
            ExchangeState::Stopped(by) => Verdict::Stopped(self, by),
            ExchangeState::Received(cause) => Verdict::Received(self, cause),
            ExchangeState::ReadingOn | ExchangeState::Replied if self.exchange.is_same() => {
                Verdict::Same(self)
            }
            ExchangeState::ReadingOn | ExchangeState::Replied => Verdict::Different(self),
        })
    }
}
