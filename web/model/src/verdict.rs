//! The verdict on a run of [`Mode::Once`](crate::modes::Mode::Once).

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

use crate::bridge::BridgeError;
use crate::cause::Cause;
use crate::modes::once::{ExchangeState, Run, RunExchange, RunPhase, StoppedBy};

/// What the view of the verdict keeps, so that it need not be found out after every event.
#[derive(Debug, Default)]
pub(crate) struct VerdictCache {
    pub(crate) details: details::DetailsCache,
    pub(crate) failure_texts: load::FailureTexts,
}

/// The verdict that the page shows on a run, in progress or finished.
#[derive(Debug)]
pub enum Verdict<'a> {
    /// There is no run yet. The message has this many bytes.
    Idle(usize),
    /// There is no run yet, and none is possible without the bridge.
    NoBridge(BridgeError),
    /// The run has taken less than [`SLOW_MS`](crate::modes::once::SLOW_MS): nothing is shown, so
    /// that a quick run does not flicker.
    JustStarted,
    /// The connection is being established, for this many milliseconds so far.
    Connecting(f64),
    /// The reply is awaited, for this many milliseconds since the start of the run.
    Waiting(&'a RunExchange, f64),
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
    /// Returns the verdict on the run.
    #[must_use]
    pub fn verdict(&self) -> Verdict<'_> {
        match (&self.phase, self.waited_ms) {
            (RunPhase::Connected { exchange, .. }, waited) => exchange.verdict(waited),
            (RunPhase::NotConnected(cause), _) => Verdict::NotConnected(*cause),
            (RunPhase::GivenUp, _) => Verdict::Cancelled,
            (RunPhase::Connecting { .. }, Some(waited)) => Verdict::Connecting(waited),
            (RunPhase::Connecting { .. }, None) => Verdict::JustStarted,
        }
    }
}

impl RunExchange {
    fn verdict(&self, waited: Option<f64>) -> Verdict<'_> {
        match self.state {
            ExchangeState::Awaiting => {
                waited.map_or(Verdict::JustStarted, |ms| Verdict::Waiting(self, ms))
            }
            ExchangeState::CutShort(cause) => Verdict::CutShort(self, cause),
            ExchangeState::Stopped(by) => Verdict::Stopped(self, by),
            ExchangeState::Received(cause) => Verdict::Received(self, cause),
            ExchangeState::ReadingOn | ExchangeState::Replied if self.exchange.is_same() => {
                Verdict::Same(self)
            }
            ExchangeState::ReadingOn | ExchangeState::Replied => Verdict::Different(self),
        }
    }
}
