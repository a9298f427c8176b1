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
    /// Returns what was observed in a run with this verdict, or `None` if the run has no outcome.
    /// `message` is what was to be sent, if the run never connected.
    #[must_use]
    pub fn of(verdict: &Verdict<'a>, message: &'a [u8]) -> Option<Self> {
        let (talk, cause, stopper) = match verdict {
            Verdict::Same(talk) | Verdict::Different(talk) => (Some(talk), None, None),
            Verdict::CutShort(talk, cause) => (Some(talk), Some(*cause), None),
            Verdict::Stopped(talk, by) => (Some(talk), None, Some(*by)),
            Verdict::NotConnected(cause) => (None, Some(*cause), None),
            Verdict::Received(..) | Verdict::Cancelled => return None,
        };
        let outcome = Outcome::of(verdict)?;
        let (sent, reply) =
            talk.map_or((message, &[][..]), |talk| (talk.exchange.sent(), talk.exchange.reply()));
        Some(Self { outcome, cause, stopper, sent, reply })
    }
}
