//! Why a run ended as it did: what the server does, what was sent, and what really happened.
//!
//! The ending is that of the real run. Where the server's fault does not account for it, that is
//! what is said.

use std::str::from_utf8;
use std::time::Duration;

use echo_core::fault::{Fault, Greeting};
use echo_core::wire::{Kind, Stage};

use super::super::cause::Cause;
use super::super::talk::Stopper;
use super::super::verdict::Verdict;
use super::ending::Ending;
use super::reason::{Line, Reason};
use super::would::{Leaves, Would};

/// How a run went.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// How it ended.
    pub ending: Ending,
    /// Why it failed, if it did.
    pub cause: Option<Cause>,
    /// Who ended the waiting, if it waited.
    pub stopper: Option<Stopper>,
    /// What was sent.
    pub sent: &'a [u8],
    /// What came of as many bytes.
    pub reply: &'a [u8],
}

/// Why a run ended as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Why, in a word.
    pub reason: Reason,
    /// The line of the client that decides it.
    pub line: Line,
    /// The number in the fault, if it has one: for a greeting its length in bytes.
    pub number: String,
    /// How many bytes were sent.
    pub sent: usize,
    /// How many of them came back.
    pub came: usize,
    /// Whether what came ends inside a character.
    pub cuts_character: bool,
    /// What the fault is made of, where it is several, and which of them decided.
    pub parts: Option<(Vec<Fault>, Option<Fault>)>,
}

impl<'a> Told<'a> {
    /// What there is to tell of a run with this verdict, whose message begins with `message`; none
    /// unless it came to an end.
    #[must_use]
    pub fn of(verdict: &Verdict<'a>, message: &'a [u8]) -> Option<Self> {
        let (talk, cause, stopper) = match verdict {
            Verdict::Same(talk) | Verdict::Different(talk) => (Some(talk), None, None),
            Verdict::CutShort(talk, cause) => (Some(talk), Some(*cause), None),
            Verdict::Stopped(talk, by) => (Some(talk), None, Some(*by)),
            Verdict::NotConnected(cause) => (None, Some(*cause), None),
            _ => return None,
        };
        let ending = Ending::of(verdict)?;
        let (sent, reply) =
            talk.map_or((message, &[][..]), |talk| (talk.exchange.sent(), talk.exchange.reply()));
        Some(Self { ending, cause, stopper, sent, reply })
    }

    /// Whether a server that would do this leads here. A run that is stopped got less than it would
    /// have; so may one that is reset.
    fn follows_from(&self, would: &Would) -> bool {
        let came_so = self.reply == would.reply;
        let begins_so = would.reply.starts_with(self.reply);
        match (self.ending, self.cause) {
            (Ending::Ok | Ending::Unexpected, _) => came_so,
            (Ending::NotReceived, Some(Cause::EarlyEnd)) => came_so && would.leaves == Leaves::Fin,
            (Ending::NotReceived, Some(Cause::Failed(Stage::Read | Stage::Write, Kind::Reset))) => {
                begins_so && would.leaves == Leaves::Rst
            }
            (Ending::NotConnected, Some(Cause::Failed(Stage::Connect, Kind::Refused))) => {
                would.leaves == Leaves::Nothing
            }
            (Ending::Waits, _) => begins_so && self.waits_for(would),
            _ => false,
        }
    }

    fn waits_for(&self, would: &Would) -> bool {
        // What a page takes for five seconds may be a little less for the server.
        const NEARLY: Duration = Duration::from_millis(4_500);
        let is_stopped = self.stopper == Some(Stopper::Person);
        is_stopped || would.falls_silent(self.sent) || would.paused >= NEARLY
    }
}

/// Why a client of a server with this fault ended as it did.
#[must_use]
pub fn explain(fault: &Fault, told: &Told) -> Explanation {
    let would = Would::of(fault, told.sent);
    let follows = told.follows_from(&would);
    let parts = fault.parts();
    let decides = decisive(&parts, told);
    let reason = match &decides {
        _ if !follows => Reason::SomethingElse,
        Some(part) => Reason::of(part, told),
        None if told.ending == Ending::Ok => Reason::NoneSeen,
        None if told.ending == Ending::Waits => Reason::StoppedBefore,
        None => Reason::SomethingElse,
    };
    let is_mix = matches!(fault, Fault::Chaos(_));
    let complete = matches!(told.ending, Ending::Ok | Ending::Unexpected);
    Explanation {
        reason,
        line: Line::of(reason, told),
        number: decides.as_ref().map(number).unwrap_or_default(),
        sent: told.sent.len(),
        came: told.reply.len(),
        cuts_character: !complete && from_utf8(told.sent).is_ok() && from_utf8(told.reply).is_err(),
        parts: is_mix.then(|| (parts, decides.filter(|_| follows))),
    }
}

/// The one of several faults that leads to this ending by itself: the only one, if it is alone.
fn decisive(parts: &[Fault], told: &Told) -> Option<Fault> {
    let leads_here = |part: &&Fault| {
        let would = Would::of(part, told.sent);
        match told.ending {
            // Each of them does, or it would have ended otherwise.
            Ending::Ok => false,
            Ending::Unexpected => would.reply.len() == told.sent.len() && would.reply != told.sent,
            Ending::NotReceived => matches!(would.leaves, Leaves::Fin | Leaves::Rst),
            Ending::NotConnected => would.leaves == Leaves::Nothing,
            Ending::Waits => would.falls_silent(told.sent) || !would.paused.is_zero(),
        }
    };
    match parts {
        [only] => Some(only.clone()),
        _ => parts.iter().find(leads_here).cloned(),
    }
}

fn number(fault: &Fault) -> String {
    match fault {
        Fault::Truncate(n) | Fault::Reset(n) | Fault::Corrupt(n) => n.to_string(),
        Fault::Extra(n) | Fault::Split { size: n, .. } => n.to_string(),
        Fault::Delay(time) => time.to_string(),
        Fault::Banner(greeting) => Greeting::bytes(greeting).len().to_string(),
        _ => String::new(),
    }
}
