//! What the page says of how it went, or goes.

use crate::bridge::BridgeError;
use crate::cause::Cause;
use crate::difference;
use crate::modes::once::{ExchangeState, Run, RunExchange, RunPhase, StoppedBy};

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

impl Run {
    /// What the verdict's place shows of this run.
    #[must_use]
    pub fn verdict(&self) -> Verdict<'_> {
        match (&self.phase, self.waited) {
            (RunPhase::Connected { exchange, .. }, waited) => exchange.verdict(waited),
            (RunPhase::NotConnected(cause), _) => Verdict::NotConnected(*cause),
            (RunPhase::GivenUp, _) => Verdict::GivenUp,
            (RunPhase::Connecting { .. }, Some(waited)) => Verdict::Connecting(waited),
            (RunPhase::Connecting { .. }, None) => Verdict::Quick,
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
