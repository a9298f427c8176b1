//! What the page says of how it went, or goes.

pub(crate) mod context;
mod details;
pub(crate) mod interactive;
pub(crate) mod load;
mod next_step;
pub(crate) mod once;
mod reason;
pub(crate) mod statement;
mod view;

pub use details::{Exports, ReplyText};
pub use next_step::{CommandPurpose, FailureCount, FailureKind, NextStep};
pub use reason::{CauseView, Difference, Expectation, Reason};
pub use statement::{Invitation, Progress, Statement};
pub use view::{Extra, Fact, Sentence, Sign, Tone, Turn, View};

use crate::bridge::{Bridge, BridgeError};
use crate::cause::Cause;
use crate::run::{Phase, Run};
use crate::run_exchange::{ExchangeState, RunExchange, StoppedBy};
use crate::{Model, difference};

/// What the view of the verdict keeps, so that it need not be found out after every event.
#[derive(Debug, Default)]
pub(crate) struct VerdictCache {
    pub(crate) details: details::DetailsCache,
    pub(crate) failure_texts: load::FailureTexts,
}

/// What the verdict's place shows.
#[derive(Debug)]
pub enum Verdict<'a> {
    /// Nothing has been sent yet: so many bytes would be.
    Idle(usize),
    /// Nothing can be sent: the bridge is not there.
    NoBridge(BridgeError),
    /// A run goes too fast to say anything about it yet.
    Quick,
    /// The target is being reached, for so many milliseconds now.
    Connecting(f64),
    /// The reply is awaited, for so many milliseconds now.
    Waiting(&'a RunExchange, f64),
    /// Exactly the bytes expected came back.
    Same(&'a RunExchange),
    /// As many bytes came back, but others.
    Different(&'a RunExchange),
    /// The connection ended or failed before enough bytes came.
    CutShort(&'a RunExchange, Cause),
    /// The waiting was ended.
    Stopped(&'a RunExchange, StoppedBy),
    /// Anything was to come; this has come, and the connection failed if there is a cause.
    Received(&'a RunExchange, Option<Cause>),
    /// There was no connection.
    NotConnected(Cause),
    /// Somebody pressed Stop before there was a connection.
    GivenUp,
}

impl Model {
    /// What the verdict's place shows.
    #[must_use]
    pub fn verdict(&self) -> Verdict<'_> {
        match (&self.run, &self.bridge) {
            (Some(run), _) => run.verdict(),
            (None, Bridge::Down(why)) => Verdict::NoBridge(*why),
            (None, _) => Verdict::Idle(self.composer.message().count()),
        }
    }

    /// Whether what a failed run lacked, a bridge, is there again.
    #[must_use]
    pub fn is_bridge_back(&self, cause: Cause) -> bool {
        context::is_bridge_back(&self.bridge, cause)
    }
}

impl Run {
    /// What the verdict's place shows of this run.
    #[must_use]
    pub fn verdict(&self) -> Verdict<'_> {
        match (&self.phase, self.waited) {
            (Phase::Connected(talk), waited) => talk.verdict(waited),
            (Phase::NotConnected(cause), _) => Verdict::NotConnected(*cause),
            (Phase::GivenUp, _) => Verdict::GivenUp,
            (Phase::Connecting { .. } | Phase::Asking, Some(waited)) => Verdict::Connecting(waited),
            (Phase::Connecting { .. } | Phase::Asking, None) => Verdict::Quick,
        }
    }
}

impl RunExchange {
    fn verdict(&self, waited: Option<f64>) -> Verdict<'_> {
        let differs = || difference::first(self.exchange.expected(), self.exchange.reply());
        match self.state {
            ExchangeState::Awaiting => {
                waited.map_or(Verdict::Quick, |ms| Verdict::Waiting(self, ms))
            }
            ExchangeState::CutShort(cause) => Verdict::CutShort(self, cause),
            ExchangeState::Stopped(by) => Verdict::Stopped(self, by),
            ExchangeState::Received(cause) => Verdict::Received(self, cause),
            ExchangeState::ReadingOn | ExchangeState::Replied if differs().is_some() => {
                Verdict::Different(self)
            }
            ExchangeState::ReadingOn | ExchangeState::Replied => Verdict::Same(self),
        }
    }
}
