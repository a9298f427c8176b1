//! What the lab's cards and its explanation show.

use echo_core::fault::{FaultGroup, FaultKind, ParameterKind};

use super::card::bounds;
use super::explain::{Explanation, explain};
use super::observed_run::ObservedRun;
use super::outcome::Outcome;
use super::{Lab, LabRun};
use crate::command::CopiedText;
use crate::copy::CopyableText;
use crate::terminal_command::{Reader, ServerCommand};

/// The cards of one group of faults.
#[derive(Clone, Debug, PartialEq)]
pub struct CardGroupView {
    /// The group.
    pub group: FaultGroup,
    /// The cards of its faults.
    pub cards: Vec<CardView>,
}

/// A card, which offers one kind of fault.
#[derive(Clone, Debug, PartialEq)]
pub struct CardView {
    /// The kind of fault.
    pub kind: FaultKind,
    /// The target that the card sets.
    pub target: String,
    /// Whether To names a server with this kind of fault.
    pub is_chosen: bool,
    /// The fields, one for each parameter.
    pub fields: Vec<FieldView>,
}

/// The field for one parameter of a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// The kind of value that the field takes.
    pub kind: ParameterKind,
    /// What was typed in the field.
    pub text: String,
    /// The lowest number and the highest one, if there is one. `None` for a text.
    pub bounds: Option<(u64, Option<u64>)>,
}

/// The explanation after a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplanationView {
    /// The predicted outcome, if one was predicted.
    pub predicted: Option<Outcome>,
    /// The outcome of the run.
    pub outcome: Outcome,
    /// The explanation of the outcome.
    pub explanation: Explanation,
    /// The port of the server, if the bridge told it.
    pub port: Option<u16>,
}

impl Lab {
    /// Returns the cards. `chosen` is the kind of fault that To names.
    #[must_use]
    pub fn cards_view(&self, chosen: Option<FaultKind>) -> Vec<CardGroupView> {
        let card = |kind| CardView {
            kind,
            target: self.target(kind),
            is_chosen: chosen == Some(kind),
            fields: self.fields_view(kind),
        };
        let group = |group: &FaultGroup| CardGroupView {
            group: *group,
            cards: group.kinds().map(card).collect(),
        };
        FaultGroup::ALL.iter().map(group).collect()
    }

    fn fields_view(&self, kind: FaultKind) -> Vec<FieldView> {
        let parameters = kind.spec().parameters.iter();
        let field = |(parameter, text): (&echo_core::fault::Parameter, &String)| FieldView {
            kind: parameter.kind,
            text: text.clone(),
            bounds: bounds(parameter.kind),
        };
        parameters.zip(self.fields(kind)).map(field).collect()
    }
}

impl LabRun {
    /// Returns the explanation of the run, of which this was observed.
    #[must_use]
    pub fn explanation_view(&self, observed: &ObservedRun) -> ExplanationView {
        ExplanationView {
            predicted: self.predicted,
            outcome: observed.outcome,
            explanation: explain(&self.fault, observed),
            port: self.port,
        }
    }

    /// Returns the command that starts the same server in a terminal, or `None` if the server is one
    /// that does not listen. `last_copied` is as for [`CopyableText::new`].
    #[must_use]
    pub fn command_view(
        &self,
        reader: &Reader<'_>,
        last_copied: Option<&CopiedText>,
    ) -> Option<CopyableText> {
        let fault = self.fault.to_string();
        let command = ServerCommand::Fault { program: reader.program(), fault: &fault };
        self.fault.listens().then(|| CopyableText::new(command.to_string(), last_copied))
    }
}
