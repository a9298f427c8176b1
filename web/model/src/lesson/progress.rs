//! The learner's progress, and the form in which it is stored.

use super::step::{BROKEN, Step};
use super::system::System;

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
    /// The steps that the learner marked as done.
    pub(super) by_hand: u8,
    /// The servers with a fault to which a run was completed.
    pub(super) broken: u8,
    /// The system of the terminal, if the learner chose one.
    pub(super) system: Option<System>,
}

impl Progress {
    /// Returns `true` if a step is done.
    #[must_use]
    pub fn is_done(self, step: Step) -> bool {
        self.done & step.bit() != 0
    }

    /// Returns `true` if the learner marked a step as done.
    #[must_use]
    pub fn is_by_hand(self, step: Step) -> bool {
        self.by_hand & step.bit() != 0
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

    /// Returns the form in which the progress is stored: five decimal numbers, separated by spaces.
    pub(super) fn write(self) -> String {
        let system = self.system.map_or(0, |system| system as u8 + 1);
        let Self { last, done, by_hand, broken, .. } = self;
        format!("{last} {done} {by_hand} {broken} {system}")
    }

    /// Parses the stored form. What cannot be parsed counts as no progress.
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
        }
    }
}

/// Returns a mask of the lowest `bits` bits.
fn mask(bits: usize) -> u8 {
    (1 << bits) - 1
}
