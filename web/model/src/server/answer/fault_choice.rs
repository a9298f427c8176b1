//! The choice of a fault, with its arguments as they are typed.

use echo_core::Fault;
use echo_core::fault::{FaultGroup, FaultKind, ParameterKind, ParseFaultError};
use echo_core::wire::LAB_PREFIX;

use super::Answer;
use super::faults::not_as_a_server;
use crate::dom::DomCommand;
use crate::lab::card::{self, FieldTexts};

/// A fault that the page has as a server, and the texts in the fields for its arguments.
#[derive(Debug)]
pub struct FaultChoice {
    kind: FaultKind,
    /// The texts for each kind, so that they survive another choice, as in the lab.
    fields: Vec<FieldTexts>,
}

/// What the user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultEvent {
    /// Chose a kind of fault.
    KindChosen(FaultKind),
    /// Typed in the field of the parameter with this index.
    Typed(usize, String),
}

/// What is shown of the choice.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultChoiceView {
    /// The chosen kind.
    pub kind: FaultKind,
    /// The fields for its arguments.
    pub fields: Vec<ArgumentView>,
    /// What is wrong in them.
    pub error: Option<ParseFaultError>,
}

/// The field for one argument.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgumentView {
    /// The kind of value that it takes.
    pub kind: ParameterKind,
    /// What was typed.
    pub text: String,
    /// The lowest number and the highest one, if there is one. `None` for a text.
    pub bounds: Option<(u64, Option<u64>)>,
}

impl Default for FaultChoice {
    fn default() -> Self {
        let fields = FaultKind::ALL.iter().map(|kind| card::example_fields(*kind)).collect();
        Self { kind: FaultKind::Truncate, fields }
    }
}

impl FaultChoice {
    /// Chooses a fault, unless the page cannot have it.
    pub fn fill(&mut self, fault: &Fault) {
        if not_as_a_server(fault.kind()).is_none() {
            self.kind = fault.kind();
            *self.texts() = card::fields(fault);
        }
    }

    /// Applies an event.
    pub fn update(&mut self, event: FaultEvent) {
        match event {
            FaultEvent::KindChosen(kind) if not_as_a_server(kind).is_none() => self.kind = kind,
            FaultEvent::KindChosen(_) => {}
            FaultEvent::Typed(index, text) => {
                if let Some(field) = self.texts().get_mut(index) {
                    *field = text;
                }
            }
        }
    }

    /// Returns the fault.
    ///
    /// # Errors
    /// Returns what is wrong in the arguments.
    pub fn fault(&self) -> Result<Fault, ParseFaultError> {
        let target = card::target(self.kind, &self.fields[self.kind as usize]);
        target.strip_prefix(LAB_PREFIX).unwrap_or_default().parse()
    }

    /// Returns what connections are answered by: with a mistake in the arguments, nothing.
    #[must_use]
    pub fn answer(&self) -> Answer {
        self.fault().map_or(Answer::ByHand, Answer::Fault)
    }

    /// Puts the focus on the first argument, if there is a mistake in them: what keeps the page from
    /// listening.
    #[must_use]
    pub fn reject(&self) -> Option<DomCommand> {
        self.fault().err().map(|_| DomCommand::focus(argument_id(0)))
    }

    /// Returns what is shown.
    #[must_use]
    pub fn view(&self) -> FaultChoiceView {
        let parameters = self.kind.spec().parameters.iter();
        let texts = &self.fields[self.kind as usize];
        let fields = parameters.zip(texts).map(|(parameter, text)| ArgumentView {
            kind: parameter.kind,
            text: text.clone(),
            bounds: card::bounds(parameter.kind),
        });
        FaultChoiceView { kind: self.kind, fields: fields.collect(), error: self.fault().err() }
    }

    fn texts(&mut self) -> &mut FieldTexts {
        &mut self.fields[self.kind as usize]
    }
}

/// Returns the id of the field for the argument with this index.
#[must_use]
pub fn argument_id(index: usize) -> String {
    format!("fault-argument-{index}")
}

/// Returns the kinds of faults of a group that the page can have.
pub fn offered(group: FaultGroup) -> impl Iterator<Item = FaultKind> {
    group.kinds().filter(|kind| not_as_a_server(*kind).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_begins_with_its_example_and_keeps_what_is_typed() {
        let mut choice = FaultChoice::default();
        for group in FaultGroup::ALL {
            for kind in offered(*group) {
                choice.update(FaultEvent::KindChosen(kind));
                assert_eq!(choice.fault(), kind.spec().example.parse());
            }
        }
        choice.update(FaultEvent::KindChosen(FaultKind::Delay));
        choice.update(FaultEvent::Typed(0, "250".into()));
        choice.update(FaultEvent::KindChosen(FaultKind::Upper));
        choice.update(FaultEvent::KindChosen(FaultKind::Delay));
        assert_eq!(choice.fault(), "delay:250ms".parse());
    }

    #[test]
    fn a_mistake_in_an_argument_is_told() {
        let mut choice = FaultChoice::default();
        choice.update(FaultEvent::Typed(0, "many".into()));
        assert!(choice.fault().is_err() && choice.view().error.is_some());
        choice.update(FaultEvent::Typed(9, "no such field".into()));
    }

    #[test]
    fn a_fault_that_the_page_cannot_have_is_not_chosen() {
        let mut choice = FaultChoice::default();
        choice.update(FaultEvent::KindChosen(FaultKind::Refuse));
        choice.fill(&Fault::Refuse);
        assert_eq!(choice.view().kind, FaultKind::Truncate);
        choice.fill(&"split:2:1s".parse().unwrap());
        assert_eq!(choice.fault(), "split:2:1s".parse());
    }
}
