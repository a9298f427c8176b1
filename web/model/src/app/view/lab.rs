//! The view models of the lab.

use crate::Model;
use crate::copy::CopyableText;
use crate::lab::observed_run::ObservedRun;
use crate::lab::{CardGroupView, ExplanationView};

impl Model {
    /// Returns the cards of the lab.
    #[must_use]
    pub fn lab_cards_view(&self) -> Vec<CardGroupView> {
        self.lab.cards_view(self.chosen_fault())
    }

    /// Returns the explanation of the latest run, if that was to a server of the lab and is over.
    #[must_use]
    pub fn lab_explanation_view(&self) -> Option<ExplanationView> {
        let lab_run = self.lab_run().filter(|lab_run| lab_run.outcome.is_some())?;
        let run = self.modes.run.as_ref()?;
        let verdict = run.verdict()?;
        let observed = ObservedRun::of(&verdict, run.message.bytes())?;
        Some(lab_run.explanation_view(&observed))
    }

    /// Returns the command that starts the server of the latest run in a terminal, if that run was
    /// to a server of the lab that listens.
    #[must_use]
    pub fn lab_command_view(&self) -> Option<CopyableText> {
        self.lab_run()?.command_view(&self.reader(), self.copied.as_deref())
    }
}
