//! What a finished run to a server of the lab looked like to the client.

use super::outcome::Outcome;
use crate::cause::Cause;
use crate::modes::once::StoppedBy;
use crate::verdict::Verdict;

/// A finished run, as far as it has to be explained.
#[derive(Clone, Copy, Debug)]
pub struct ObservedRun<'a> {
    /// The outcome for the tutorial's client.
    pub outcome: Outcome,
    /// Why the run failed, if it did.
    pub cause: Option<Cause>,
    /// Who ended the wait for the reply, if somebody did.
    pub stopper: Option<StoppedBy>,
    /// The bytes that were sent.
    pub sent: &'a [u8],
    /// The reply, up to the number of bytes that were sent.
    pub reply: &'a [u8],
}

impl<'a> ObservedRun<'a> {
    /// Returns what was observed in a run with this verdict, or `None` if it has no outcome: it is
    /// in progress, or was stopped before it had one.
    /// `message` is what was to be sent, if the run never connected.
    #[must_use]
    pub fn of(verdict: &Verdict<'a>, message: &'a [u8]) -> Option<Self> {
        let (outcome, exchange, cause, stopper) = match verdict {
            Verdict::Same(exchange) => (Outcome::Ok, Some(exchange), None, None),
            Verdict::Different(exchange) => (Outcome::Unexpected, Some(exchange), None, None),
            Verdict::CutShort(exchange, cause) => {
                (Outcome::NotReceived, Some(exchange), Some(*cause), None)
            }
            Verdict::Stopped(exchange, by) => (Outcome::Waits, Some(exchange), None, Some(*by)),
            Verdict::NotConnected(cause) => (Outcome::NotConnected, None, Some(*cause), None),
            Verdict::Received(..) | Verdict::Cancelled => return None,
        };
        let exchange = exchange.map(|run| &run.exchange);
        let (sent, reply) = exchange.map_or((message, &[][..]), |it| (it.sent(), it.reply()));
        Some(Self { outcome, cause, stopper, sent, reply })
    }
}
