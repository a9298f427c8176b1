//! The lab: servers that misbehave on demand, what one predicts of them, and why it came so.
//!
//! A server of the lab is a target like any other, `lab/truncate:3`. Cards offer them, filled in;
//! a prediction belongs to the target that it was made for.

pub mod card;
pub mod ending;
pub mod explain;
pub mod reason;
#[cfg(test)]
mod tests;
pub mod would;

use echo_core::fault::{Fault, Mistake};
use echo_core::wire::LAB_PREFIX;

use super::effect::Effect;
use super::expect::Expect;
use super::how::Way;
use super::menu::{Menu, MenuEffect};
use super::run::{Run, RunId};
use super::{Field, Model, Wrong};
use card::{CARDS, Card, Filled, MANY};
use ending::Ending;
use explain::{Explanation, Told, explain};

/// What is set in the lab.
#[derive(Debug)]
pub struct Lab {
    /// What stands in the blanks of each card.
    pub filled: [Filled; MANY],
    /// What is predicted, and of which target.
    predicted: Option<(String, Ending)>,
    trial: Option<Trial>,
}

/// A run to a server of the lab.
#[derive(Debug)]
pub struct Trial {
    run: RunId,
    /// What the server does.
    pub fault: Fault,
    /// What was predicted, if anything was.
    pub predicted: Option<Ending>,
    /// Whether one wants to know why, who predicted nothing.
    pub asked: bool,
    /// How it ended, and why: once it is over.
    pub over: Option<(Ending, Explanation)>,
}

/// Something that happened in the lab.
#[derive(Debug)]
pub enum LabEvent {
    /// Somebody filled in a blank.
    Filled {
        /// Of which card.
        card: usize,
        /// Which one.
        blank: usize,
        /// With what.
        text: String,
    },
    /// Somebody chose a card.
    Chosen(usize),
    /// Somebody chose the echo server.
    EchoChosen,
    /// Somebody predicts this.
    Predicted(Ending),
    /// Somebody wants to know why.
    WhyAsked,
}

impl Default for Lab {
    fn default() -> Self {
        Self { filled: CARDS.each_ref().map(Card::filled), predicted: None, trial: None }
    }
}

/// The fault that a target names; none where it is no target of the lab.
#[must_use]
pub fn fault(target: &str) -> Option<Result<Fault, Mistake>> {
    let parsed = target.trim().strip_prefix(LAB_PREFIX)?.parse();
    Some(parsed.map_err(|mut mistake: Mistake| {
        // The place is told in the whole of what was typed.
        let at = LAB_PREFIX.len();
        mistake.range = mistake.range.start + at..mistake.range.end + at;
        mistake.character += at;
        mistake
    }))
}

impl Model {
    /// The fault of the server that To names; none where that is none of the lab.
    #[must_use]
    pub fn fault(&self) -> Option<Result<Fault, Mistake>> {
        fault(self.target())
    }

    /// The card of the server that To names, even with a mistake behind the name.
    #[must_use]
    pub fn chosen_card(&self) -> Option<usize> {
        let name = self.target().trim().strip_prefix(LAB_PREFIX)?.split(':').next();
        CARDS.iter().position(|card| Some(card.name) == name)
    }

    /// Whether there is something to predict: the endings are those of a client that is run once
    /// and expects what it sent.
    #[must_use]
    pub fn can_predict(&self) -> bool {
        let is_tutorials = self.how.way == Way::Once && self.expect() == Expect::Same;
        is_tutorials && matches!(self.fault(), Some(Ok(_)))
    }

    /// What is predicted of the server that To names.
    #[must_use]
    pub fn prediction(&self) -> Option<Ending> {
        let (target, ending) = self.lab.predicted.as_ref()?;
        (target == self.target().trim()).then_some(*ending)
    }

    /// The latest run, if it was to a server of the lab.
    #[must_use]
    pub fn trial(&self) -> Option<&Trial> {
        let run = self.run.as_ref().filter(|_| self.how.way == Way::Once)?;
        self.lab.trial.as_ref().filter(|trial| trial.run == run.id)
    }

    /// Takes in what happened in the lab.
    pub fn on_lab(&mut self, event: LabEvent) -> Vec<Effect> {
        match event {
            LabEvent::Filled { card, blank, text } => {
                self.lab.filled[card][blank] = text;
                if self.chosen_card() == Some(card) {
                    self.talk_to(card);
                }
            }
            LabEvent::Chosen(card) => {
                self.talk_to(card);
                self.menus.open = None;
                return vec![Effect::Menu(MenuEffect::Focus(Menu::Lab))];
            }
            LabEvent::EchoChosen if self.how.is_locked() => {}
            LabEvent::EchoChosen => (self.typed_target, self.wrong) = (None, None),
            LabEvent::Predicted(ending) => {
                self.lab.predicted = Some((self.target().trim().to_owned(), ending));
            }
            LabEvent::WhyAsked => {
                if let Some(trial) = &mut self.lab.trial {
                    trial.asked = true;
                }
            }
        }
        vec![]
    }

    fn talk_to(&mut self, card: usize) {
        if !self.how.is_locked() {
            self.typed_target = Some(CARDS[card].target(&self.lab.filled[card]));
            self.wrong = None;
        }
    }

    /// The cards are looked at: that of the server in To is filled in as it is there.
    pub fn fill_in(&mut self) {
        if let Some(Ok(fault)) = self.fault() {
            self.lab.filled[Card::of(&fault)] = card::filled(&fault);
        }
    }

    /// What is wrong with To, if anything is.
    pub(super) fn wrong_target(&self) -> Option<Wrong> {
        let selection = match self.fault() {
            Some(Err(mistake)) => Some(in_utf16(self.target(), &mistake)),
            _ if self.target().trim().is_empty() => None,
            _ => return None,
        };
        Some(Wrong { field: Field::To, selection })
    }

    /// A run begins, to whatever To names.
    pub(super) fn begin_trial(&mut self, run: RunId) {
        let fault = self.fault().and_then(Result::ok).filter(|_| self.can_predict());
        let predicted = self.prediction();
        self.lab.trial =
            fault.map(|fault| Trial { run, fault, predicted, asked: false, over: None });
    }

    /// Looks why the run ended as it did, once it has.
    pub(super) fn end_trial(&mut self) {
        let Some(trial) = self.lab.trial.as_mut().filter(|trial| trial.over.is_none()) else {
            return;
        };
        let run = self.run.as_ref().filter(|run| run.id == trial.run && !run.is_running());
        trial.over = run.and_then(|run| why(run, &trial.fault));
    }
}

fn why(run: &Run, fault: &Fault) -> Option<(Ending, Explanation)> {
    let verdict = run.verdict();
    let told = Told::of(&verdict, run.message.bytes())?;
    Some((told.ending, explain(fault, &told)))
}

/// The place of a mistake in what was typed, in UTF-16 units.
fn in_utf16(typed: &str, mistake: &Mistake) -> std::ops::Range<u32> {
    let before = typed.len() - typed.trim_start().len();
    let units = |end: usize| {
        let units = typed.get(..before + end).unwrap_or(typed).encode_utf16().count();
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    units(mistake.range.start)..units(mistake.range.end)
}
