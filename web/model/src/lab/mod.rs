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

use echo_core::fault::{Fault, FaultKind, ParseFaultError};
use echo_core::wire::LAB_PREFIX;

use crate::effect::Effect;
use crate::expect::Expect;
use crate::menu::{Menu, MenuEffect};
use crate::modes::Mode;
use crate::run::{Run, RunId};
use crate::{Field, FieldError, Model};
use card::FieldTexts;
use explain::{Explanation, explain};
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
    id: RunId,
    /// The fault of the server.
    pub fault: Fault,
    /// The outcome that was predicted, if any.
    pub predicted: Option<Outcome>,
    /// Whether the explanation was asked for. It is shown without being asked for after a
    /// prediction.
    pub asked: bool,
    /// The outcome and its explanation, once the run is over.
    pub over: Option<(Outcome, Explanation)>,
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
    /// The explanation was asked for.
    ExplanationRequested,
}

impl Default for Lab {
    fn default() -> Self {
        let fields = FaultKind::ALL.iter().map(|kind| card::example_fields(*kind)).collect();
        Self { fields, predicted: None, run: None }
    }
}

impl Lab {
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

impl Model {
    /// Parses the fault in To. Returns `None` if To does not name a server of the lab.
    #[must_use]
    pub fn fault(&self) -> Option<Result<Fault, ParseFaultError>> {
        fault(self.target())
    }

    /// Returns the kind of fault that To names, even if its arguments are invalid.
    #[must_use]
    pub fn chosen_fault(&self) -> Option<FaultKind> {
        let name = self.target().trim().strip_prefix(LAB_PREFIX)?.split(':').next()?;
        FaultKind::from_name(name)
    }

    /// Returns `true` if an outcome can be predicted: the outcomes are those of a client that is run
    /// once and expects what it sent.
    #[must_use]
    pub fn can_predict(&self) -> bool {
        let is_tutorials = self.modes.mode == Mode::Once && self.expect() == Expect::Same;
        is_tutorials && matches!(self.fault(), Some(Ok(_)))
    }

    /// Returns the outcome that is predicted for the server that To names.
    #[must_use]
    pub fn prediction(&self) -> Option<Outcome> {
        let (target, outcome) = self.lab.predicted.as_ref()?;
        (target == self.target().trim()).then_some(*outcome)
    }

    /// Returns the latest run, if it was to a server of the lab.
    #[must_use]
    pub fn lab_run(&self) -> Option<&LabRun> {
        let run = self.run.as_ref().filter(|_| self.modes.mode == Mode::Once)?;
        self.lab.run.as_ref().filter(|lab_run| lab_run.id == run.id)
    }

    /// Handles an event in the lab.
    pub fn on_lab(&mut self, event: LabEvent) -> Vec<Effect> {
        match event {
            LabEvent::FieldChanged { kind, parameter, text } => {
                self.lab.fields_mut(kind)[parameter] = text;
                if self.chosen_fault() == Some(kind) {
                    self.set_target_from_card(kind);
                }
            }
            LabEvent::FaultChosen(kind) => {
                self.set_target_from_card(kind);
                self.menus.open = None;
                return vec![Effect::Menu(MenuEffect::Focus(Menu::Lab))];
            }
            LabEvent::EchoChosen if self.modes.is_locked() => {}
            LabEvent::EchoChosen => (self.typed_target, self.wrong) = (None, None),
            LabEvent::Predicted(outcome) => {
                self.lab.predicted = Some((self.target().trim().to_owned(), outcome));
            }
            LabEvent::ExplanationRequested => {
                if let Some(run) = &mut self.lab.run {
                    run.asked = true;
                }
            }
        }
        vec![]
    }

    fn set_target_from_card(&mut self, kind: FaultKind) {
        if !self.modes.is_locked() {
            self.typed_target = Some(card::target(kind, self.lab.fields(kind)));
            self.wrong = None;
        }
    }

    /// Copies the arguments of the fault in To to the fields of its card, before the cards are shown.
    pub fn fill_in(&mut self) {
        if let Some(Ok(fault)) = self.fault() {
            *self.lab.fields_mut(fault.kind()) = card::fields(&fault);
        }
    }

    /// Returns what is wrong with To, if anything is.
    pub(super) fn wrong_target(&self) -> Option<FieldError> {
        let selection = match self.fault() {
            Some(Err(error)) => Some(in_utf16(self.target(), &error)),
            _ if self.target().trim().is_empty() => None,
            _ => return None,
        };
        Some(FieldError { field: Field::To, selection })
    }

    /// Starts to follow a run to the server that To names, if it is one of the lab.
    pub(super) fn begin_lab_run(&mut self, id: RunId) {
        let fault = self.fault().and_then(Result::ok).filter(|_| self.can_predict());
        let predicted = self.prediction();
        self.lab.run = fault.map(|fault| LabRun { id, fault, predicted, asked: false, over: None });
    }

    /// Explains the outcome of the run, once it is over.
    pub(super) fn end_lab_run(&mut self) {
        let Some(lab_run) = self.lab.run.as_mut().filter(|lab_run| lab_run.over.is_none()) else {
            return;
        };
        let run = self.run.as_ref().filter(|run| run.id == lab_run.id && !run.is_running());
        lab_run.over = run.and_then(|run| explain_run(run, &lab_run.fault));
    }
}

fn explain_run(run: &Run, fault: &Fault) -> Option<(Outcome, Explanation)> {
    let verdict = run.verdict();
    let observed = ObservedRun::of(&verdict, run.message.bytes())?;
    Some((observed.outcome, explain(fault, &observed)))
}

/// Returns the place of an error in what was typed, in UTF-16 code units.
fn in_utf16(typed: &str, error: &ParseFaultError) -> std::ops::Range<u32> {
    let before = typed.len() - typed.trim_start().len();
    let units = |end: usize| {
        let units = typed.get(..before + end).unwrap_or(typed).encode_utf16().count();
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    units(error.range.start)..units(error.range.end)
}
