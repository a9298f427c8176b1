//! The learner's progress, and the form in which it is stored (`docs/formats.md`).

use super::step::{BROKEN, Step};
use super::system::System;

/// How a step came to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// The page observed what the step is about.
    Seen,
    /// The learner ticked the step by hand.
    ByHand,
}

/// The learner's progress.
///
/// `done` and `by_hand` have a bit for each [`Step`], `broken` one for each server of
/// [`Step::Break`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The number of the step that was opened last, or 0 if none was.
    pub(super) last: u8,
    /// The steps that are done.
    pub(super) done: u8,
    /// Those of them that the learner ticked by hand.
    pub(super) by_hand: u8,
    /// The servers with a fault to which a run was completed.
    pub(super) broken: u8,
    /// The system of the terminal, if the learner chose one.
    pub(super) system: Option<System>,
    /// Whether the learner has no terminal.
    pub(super) is_without_terminal: bool,
}

impl Progress {
    /// Returns `true` if a step is done.
    #[must_use]
    pub fn is_done(self, step: Step) -> bool {
        self.done & step.bit() != 0
    }

    /// Returns how a step came to be done, or `None` if it is not done.
    #[must_use]
    pub fn tick(self, step: Step) -> Option<Tick> {
        let is_by_hand = self.by_hand & step.bit() != 0;
        self.is_done(step).then_some(if is_by_hand { Tick::ByHand } else { Tick::Seen })
    }

    /// Marks a step as done, or as not done. The tick replaces the one that was there.
    pub(super) fn set_tick(&mut self, step: Step, tick: Option<Tick>) {
        self.done = with_bit(self.done, step.bit(), tick.is_some());
        self.by_hand = with_bit(self.by_hand, step.bit(), tick == Some(Tick::ByHand));
    }

    /// Returns `true` if a run to the server with this index in [`BROKEN`] was completed.
    #[must_use]
    pub fn has_met(self, server: usize) -> bool {
        self.broken & 1 << server != 0
    }

    /// Returns the number of servers with a fault to which a run was completed.
    #[must_use]
    pub fn broken_count(self) -> usize {
        self.broken.count_ones() as usize
    }

    /// Returns `true` if every step is done.
    #[must_use]
    pub fn is_complete(self) -> bool {
        Step::ALL.iter().all(|&step| self.is_done(step))
    }

    /// Returns the form in which the progress is stored: six decimal numbers, separated by spaces.
    pub(super) fn write(self) -> String {
        let system = self.system.map_or(0, |system| system as u8 + 1);
        let Self { last, done, by_hand, broken, .. } = self;
        let without_terminal = u8::from(self.is_without_terminal);
        format!("{last} {done} {by_hand} {broken} {system} {without_terminal}")
    }

    /// Parses the stored form. What is missing, or cannot be parsed, counts as 0.
    pub(super) fn read(stored: &str) -> Self {
        let mut numbers = stored.split(' ').map_while(|number| number.parse::<u8>().ok());
        let mut next = || numbers.next().unwrap_or_default();
        let (last, done, by_hand, broken, system) = (next(), next(), next(), next(), next());
        Self {
            last,
            done: done & mask(Step::ALL.len()),
            by_hand: by_hand & done & mask(Step::ALL.len()),
            broken: broken & mask(BROKEN.len()),
            system: System::ALL.get(usize::from(system).wrapping_sub(1)).copied(),
            is_without_terminal: next() == 1,
        }
    }
}

/// Returns `bits` with `bit` set, or cleared.
fn with_bit(bits: u8, bit: u8, is_set: bool) -> u8 {
    if is_set { bits | bit } else { bits & !bit }
}

/// Returns a mask of the lowest `bits` bits.
fn mask(bits: usize) -> u8 {
    (1 << bits) - 1
}
