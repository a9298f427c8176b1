//! The explanation of a run's outcome by the fault of its server.
//!
//! The outcome is that of the real run. If the fault does not lead to it, the explanation says so.

use std::str::from_utf8;
use std::time::Duration;

use echo_core::fault::{Argument, Fault};
use echo_core::wire::{Kind, Stage};

use super::explanation::{ClientLine, ExplanationKind};
use super::observed_run::ObservedRun;
use super::outcome::Outcome;
use super::simulate::{ConnectionState, Simulation, simulate};
use crate::cause::Cause;
use crate::modes::once::StoppedBy;

/// The explanation of a run's outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The kind of explanation.
    pub kind: ExplanationKind,
    /// The line of the client that decides the outcome.
    pub line: ClientLine,
    /// The first argument of the fault that decided, or its length in bytes if it is a text.
    pub argument: String,
    /// The number of bytes that were sent.
    pub sent: usize,
    /// The number of bytes of the reply, up to the number that was sent.
    pub received: usize,
    /// Whether the reply ends inside a character.
    pub cuts_character: bool,
    /// The faults that were combined, if there are several, and the one that decided.
    pub parts: Option<(Vec<Fault>, Option<Fault>)>,
}

/// Explains the outcome of a run to a server with this fault.
#[must_use]
pub fn explain(fault: &Fault, run: &ObservedRun) -> Explanation {
    let simulation = simulate(fault, run.sent);
    let follows = follows_from(run, &simulation);
    let parts = fault.parts();
    let decides = decisive(&parts, run);
    let kind = match &decides {
        _ if !follows => ExplanationKind::SomethingElse,
        Some(part) => ExplanationKind::of(part, run),
        None if run.outcome == Outcome::Ok => ExplanationKind::NoneSeen,
        None if run.outcome == Outcome::Waits => ExplanationKind::StoppedBefore,
        None => ExplanationKind::SomethingElse,
    };
    let is_mix = matches!(fault, Fault::Chaos(_));
    let complete = matches!(run.outcome, Outcome::Ok | Outcome::Unexpected);
    Explanation {
        kind,
        line: ClientLine::of(kind, run),
        argument: decides.as_ref().map(argument).unwrap_or_default(),
        sent: run.sent.len(),
        received: run.reply.len(),
        cuts_character: !complete && from_utf8(run.sent).is_ok() && from_utf8(run.reply).is_err(),
        parts: is_mix.then(|| (parts, decides.filter(|_| follows))),
    }
}

/// Returns `true` if a server that behaves as simulated leads to what was observed. The reply may be
/// shorter than the simulated one if the run was stopped or the connection was reset.
fn follows_from(run: &ObservedRun, simulation: &Simulation) -> bool {
    let is_same = run.reply == simulation.reply;
    let is_prefix = simulation.reply.starts_with(run.reply);
    match (run.outcome, run.cause) {
        // Without verification the session goes on, and the bytes are echoed.
        (Outcome::Ok, _) if simulation.is_unverified() => run.reply == run.sent,
        (Outcome::Ok | Outcome::Unexpected, _) => is_same,
        (Outcome::NotConnected, Some(Cause::Failed(Stage::Tls, kind))) => {
            simulation.connection == ConnectionState::Insecure(kind)
        }
        (Outcome::NotReceived, Some(Cause::EarlyEnd)) => {
            is_same && simulation.connection == ConnectionState::Finished
        }
        (Outcome::NotReceived, Some(Cause::Failed(Stage::Read | Stage::Write, Kind::Reset))) => {
            is_prefix && simulation.connection == ConnectionState::Reset
        }
        (Outcome::NotConnected, Some(Cause::Failed(Stage::Connect, Kind::Refused))) => {
            simulation.connection == ConnectionState::Refused
        }
        (Outcome::Waits, _) => is_prefix && waits(run, simulation),
        _ => false,
    }
}

fn waits(run: &ObservedRun, simulation: &Simulation) -> bool {
    // The page gives up after five seconds by its own clock, which may be a little less by the
    // server's.
    const NEARLY_GIVEN_UP: Duration = Duration::from_millis(4_500);
    run.stopper == Some(StoppedBy::User)
        || simulation.waits_forever(run.sent)
        || simulation.paused >= NEARLY_GIVEN_UP
}

/// Returns the one of several faults that leads to the observed outcome by itself, or the only one.
fn decisive(parts: &[Fault], run: &ObservedRun) -> Option<Fault> {
    let leads_here = |part: &&Fault| {
        let simulation = simulate(part, run.sent);
        match run.outcome {
            // Every part allows it, so none decides.
            Outcome::Ok => false,
            Outcome::Unexpected => {
                simulation.reply.len() == run.sent.len() && simulation.reply != run.sent
            }
            Outcome::NotReceived => {
                matches!(simulation.connection, ConnectionState::Finished | ConnectionState::Reset)
            }
            Outcome::NotConnected => simulation.connection == ConnectionState::Refused,
            Outcome::Waits => simulation.waits_forever(run.sent) || !simulation.paused.is_zero(),
        }
    };
    match parts {
        [only] => Some(only.clone()),
        _ => parts.iter().find(leads_here).cloned(),
    }
}

/// Returns the first argument of a fault, or the length in bytes if it is a text. It is empty if the
/// fault has no parameter.
fn argument(fault: &Fault) -> String {
    match fault.arguments().first() {
        Some(Argument::Text(greeting)) => greeting.bytes().len().to_string(),
        Some(argument) => argument.to_string(),
        None => String::new(),
    }
}
