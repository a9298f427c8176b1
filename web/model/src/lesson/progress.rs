//! How far a learner has come, and how that is kept.

use super::step::{BROKEN, Step};
use super::system::System;

/// How far a learner has come. A bit for each step, and for each server of [`Step::Break`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The number of the step that was opened last; 0 before the first.
    pub(super) last: u8,
    pub(super) done: u8,
    pub(super) by_hand: u8,
    pub(super) broken: u8,
    /// The system that was chosen, where the browser's is not the one.
    pub(super) system: Option<System>,
}

impl Progress {
    /// Whether a step is done.
    #[must_use]
    pub fn is_done(self, step: Step) -> bool {
        self.done & step.bit() != 0
    }

    /// Whether it was the learner who said so.
    #[must_use]
    pub fn is_by_hand(self, step: Step) -> bool {
        self.by_hand & step.bit() != 0
    }

    /// Whether this server of [`Step::Break`] has been met.
    #[must_use]
    pub fn has_met(self, server: usize) -> bool {
        self.broken & 1 << server != 0
    }

    /// How many of them have been met.
    #[must_use]
    pub fn broken_count(self) -> usize {
        self.broken.count_ones() as usize
    }

    /// Whether every step is done.
    #[must_use]
    pub fn is_whole(self) -> bool {
        Step::ALL.iter().all(|&step| self.is_done(step))
    }

    /// What is kept in the browser: five numbers.
    pub(super) fn write(self) -> String {
        let system = self.system.map_or(0, |system| system as u8 + 1);
        let Self { last, done, by_hand, broken, .. } = self;
        format!("{last} {done} {by_hand} {broken} {system}")
    }

    /// Reads it; what is none is no progress.
    pub(super) fn read(kept: &str) -> Self {
        let mut numbers = kept.split(' ').map_while(|number| number.parse::<u8>().ok());
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

/// So many bits.
fn mask(bits: usize) -> u8 {
    (1 << bits) - 1
}
