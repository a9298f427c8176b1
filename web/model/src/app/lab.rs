//! The lab, as the rest of the page works with it.

use echo_core::fault::{Fault, FaultKind, ParseFaultError};

use super::{Event, Model};
use crate::command::Command;
use crate::connection::{ConnectionId, Security};
use crate::expected_reply::ExpectedReplyKind;
use crate::field::FieldError;
use crate::lab::outcome::Outcome;
use crate::lab::{self, LabEvent, LabRequest, LabRun};
use crate::menu::Menu;
use crate::modes::Mode;

impl Model {
    /// Parses the fault in To. Returns `None` if To does not name a server of the lab.
    #[must_use]
    pub fn fault(&self) -> Option<Result<Fault, ParseFaultError>> {
        lab::fault(self.target())
    }

    /// Returns the kind of fault that To names, even if its arguments are invalid.
    #[must_use]
    pub fn chosen_fault(&self) -> Option<FaultKind> {
        lab::chosen_fault(self.target())
    }

    /// Returns whether an outcome can be predicted: the outcomes are those of a client that is run
    /// once and expects what it sent.
    #[must_use]
    pub fn can_predict(&self) -> bool {
        let is_tutorials =
            self.modes.mode == Mode::Once && self.expected_kind() == ExpectedReplyKind::Same;
        is_tutorials && matches!(self.fault(), Some(Ok(_)))
    }

    /// Returns the outcome that is predicted for the server that To names.
    #[must_use]
    pub fn prediction(&self) -> Option<Outcome> {
        self.lab.prediction(self.target())
    }

    /// Returns what is known of the latest run, if it was to a server of the lab.
    #[must_use]
    pub fn lab_run(&self) -> Option<&LabRun> {
        let run = self.modes.run.as_ref().filter(|_| self.modes.mode == Mode::Once)?;
        self.lab.run(run.id())
    }

    pub(super) fn on_lab(&mut self, event: LabEvent) -> Vec<Command<Event>> {
        let target = self.target().to_owned();
        match self.lab.update(event, &target) {
            Some(LabRequest::SetTarget(target)) => self.set_target(Some(target)),
            Some(LabRequest::UseEchoServer) => self.set_target(None),
            Some(LabRequest::Choose(target)) => {
                self.set_target(Some(target));
                self.menus.open = None;
                return vec![Command::Dom(Menu::Lab.focus())];
            }
            None => {}
        }
        vec![]
    }

    /// Sets To, unless a connection holds it; `None` is the echo server.
    pub(super) fn set_target(&mut self, target: Option<String>) {
        if !self.modes.is_locked() {
            (self.typed_target, self.invalid_field) = (target, None);
            self.expectations.follow_target();
        }
    }

    /// Copies the arguments of the fault in To to the fields of its card, before the cards are shown.
    pub(super) fn fill_in_card(&mut self) {
        if let Some(Ok(fault)) = self.fault() {
            self.lab.fill_in(&fault);
        }
    }

    /// Returns the error in To, or `None` if it is valid.
    pub(super) fn target_error(&self) -> Option<FieldError> {
        lab::target_error(self.target())
    }

    /// Starts to follow a run to the server that To names, if it is one of the lab. What is
    /// predicted is what a client comes to that verifies its server.
    pub(super) fn begin_lab_run(&mut self, id: ConnectionId, security: Security) {
        let fault = self.fault().and_then(Result::ok).filter(|_| self.can_predict());
        let predicted = self.prediction().filter(|_| security != Security::UnverifiedTls);
        self.lab.begin_run(id, fault, predicted);
    }

    /// Explains the outcome of the run that the lab follows, once it is over.
    pub(super) fn end_lab_run(&mut self) {
        self.lab.end_run(self.modes.run.as_ref());
    }
}
