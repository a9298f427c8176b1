//! The lab: servers with a fault, predictions of a run's outcome, and explanations.
//!
//! A server of the lab is a target like any other, such as `lab/truncate:3`. Each kind of fault has
//! a card, whose fields are the fault's parameters. A prediction belongs to the target for which it
//! was made.

pub mod card;
pub mod explain;
pub mod explanation;
pub mod observed_run;
pub mod outcome;
pub mod simulate;
#[cfg(test)]
mod tests;
mod view;

pub use view::{CardGroupView, CardView, ExplanationView, FieldView};

use std::ops::Range;

use echo_core::fault::{Fault, FaultKind, ParseFaultError};
use echo_core::wire::LAB_PREFIX;

use crate::connection::ConnectionId;
use crate::field::{Field, FieldError, utf16_range};
use crate::modes::once::Run;
use card::FieldTexts;
use observed_run::ObservedRun;
use outcome::Outcome;

/// The state of the lab.
#[derive(Debug)]
pub struct Lab {
    /// The fields of each card, in the order of [`FaultKind::ALL`].
    fields: Vec<FieldTexts>,
    /// The predicted outcome, and the target for which it is predicted.
    predicted: Option<(String, Outcome)>,
    run: Option<LabRun>,
}

/// A run to a server of the lab.
#[derive(Debug)]
pub struct LabRun {
    id: ConnectionId,
    /// The fault of the server.
    pub fault: Fault,
    /// The outcome that was predicted, if any.
    pub predicted: Option<Outcome>,
    /// The port of the server, once the bridge told it.
    pub port: Option<u16>,
    /// The outcome, once the run is over.
    pub outcome: Option<Outcome>,
}

/// An event in the lab.
#[derive(Debug)]
pub enum LabEvent {
    /// The text in a field of a card changed.
    FieldChanged {
        /// The fault of the card.
        kind: FaultKind,
        /// The index of the parameter.
        parameter: usize,
        /// The new text.
        text: String,
    },
    /// A card was chosen.
    FaultChosen(FaultKind),
    /// The echo server was chosen.
    EchoChosen,
    /// An outcome was predicted.
    Predicted(Outcome),
}

/// What the lab asks of the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabRequest {
    /// Put this target into To.
    SetTarget(String),
    /// Put this target into To, and close the cards.
    Choose(String),
    /// Put the echo server into To.
    UseEchoServer,
}

impl Default for Lab {
    fn default() -> Self {
        let fields = FaultKind::ALL.iter().map(|kind| card::example_fields(*kind)).collect();
        Self { fields, predicted: None, run: None }
    }
}

impl Lab {
    /// Handles an event, given what To holds. Returns what it asks of the composer.
    pub fn update(&mut self, event: LabEvent, target: &str) -> Option<LabRequest> {
        match event {
            LabEvent::FieldChanged { kind, parameter, text } => {
                self.fields_mut(kind)[parameter] = text;
                (chosen_fault(target) == Some(kind))
                    .then(|| LabRequest::SetTarget(self.target(kind)))
            }
            LabEvent::FaultChosen(kind) => Some(LabRequest::Choose(self.target(kind))),
            LabEvent::EchoChosen => Some(LabRequest::UseEchoServer),
            LabEvent::Predicted(outcome) => {
                self.predicted = Some((target.trim().to_owned(), outcome));
                None
            }
        }
    }

    /// Returns the outcome that is predicted for the server that a target names.
    #[must_use]
    pub fn prediction(&self, target: &str) -> Option<Outcome> {
        let (predicted, outcome) = self.predicted.as_ref()?;
        (predicted == target.trim()).then_some(*outcome)
    }

    /// Returns what is known of a run, if it was to a server of the lab.
    #[must_use]
    pub fn run(&self, id: ConnectionId) -> Option<&LabRun> {
        self.run.as_ref().filter(|run| run.id == id)
    }

    /// Starts to follow a run to a server with this fault, with the outcome that is predicted for
    /// it; `None` for no server of the lab.
    pub fn begin_run(
        &mut self,
        id: ConnectionId,
        fault: Option<Fault>,
        predicted: Option<Outcome>,
    ) {
        self.run = fault.map(|fault| LabRun { id, fault, predicted, port: None, outcome: None });
    }

    /// Notes the outcome of the run that is followed, once it is over.
    pub fn end_run(&mut self, run: Option<&Run>) {
        if let Some(lab_run) = self.run.as_mut().filter(|lab_run| lab_run.outcome.is_none()) {
            let run = run.filter(|run| run.id() == lab_run.id && !run.is_running());
            lab_run.outcome = run.and_then(|run| {
                let verdict = run.verdict()?;
                ObservedRun::of(&verdict, run.message.bytes()).map(|observed| observed.outcome)
            });
            // It is looked for in a long trace, and told only with the outcome.
            let run = run.filter(|_| lab_run.outcome.is_some());
            lab_run.port = run.and_then(|run| run.trace().dialled_port());
        }
    }

    /// Copies the arguments of a fault to the fields of its card.
    pub fn fill_in(&mut self, fault: &Fault) {
        *self.fields_mut(fault.kind()) = card::fields(fault);
    }

    fn target(&self, kind: FaultKind) -> String {
        card::target(kind, self.fields(kind))
    }

    /// Returns the texts in the fields of a card.
    #[must_use]
    pub fn fields(&self, kind: FaultKind) -> &FieldTexts {
        &self.fields[kind as usize]
    }

    fn fields_mut(&mut self, kind: FaultKind) -> &mut FieldTexts {
        &mut self.fields[kind as usize]
    }
}

/// Parses the fault in a target. Returns `None` if it is not a target of the lab.
#[must_use]
pub fn fault(target: &str) -> Option<Result<Fault, ParseFaultError>> {
    let parsed = target.trim().strip_prefix(LAB_PREFIX)?.parse();
    Some(parsed.map_err(|mut error: ParseFaultError| {
        // The place refers to the whole target.
        let at = LAB_PREFIX.len();
        error.range = error.range.start + at..error.range.end + at;
        error.character += at;
        error
    }))
}

/// Returns the kind of fault that a target names, even if its arguments are invalid.
#[must_use]
pub fn chosen_fault(target: &str) -> Option<FaultKind> {
    let name = target.trim().strip_prefix(LAB_PREFIX)?.split(':').next()?;
    FaultKind::from_name(name)
}

/// Returns what is wrong with a target, if anything is: it is empty, or its fault is invalid.
#[must_use]
pub fn target_error(target: &str) -> Option<FieldError> {
    let selection = match fault(target) {
        Some(Err(error)) => Some(selection(target, &error)),
        _ if target.trim().is_empty() => None,
        _ => return None,
    };
    Some(FieldError { field: Field::To, selection })
}

/// Returns the place of an error in what was typed, in UTF-16 code units.
fn selection(typed: &str, error: &ParseFaultError) -> Range<u32> {
    let before = typed.len() - typed.trim_start().len();
    utf16_range(typed, &(before + error.range.start..before + error.range.end))
}
