//! What went wrong, and how often.

use echo_core::Line;

/// How many ways to go wrong are told apart; more are only counted.
const MAX_KINDS: usize = 6;

/// How an exchange went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// The tutorial's client would say so.
    Said(Line),
    /// No whole reply came in time.
    Overdue,
}

/// How often what went wrong.
#[derive(Debug, Default)]
pub struct FailureCounts {
    kinds: Vec<(ExchangeError, u64)>,
    others: u64,
}

impl FailureCounts {
    /// Counts one.
    pub fn count(&mut self, mishap: ExchangeError) {
        match self.kinds.iter().position(|(kind, _)| *kind == mishap) {
            Some(index) => self.kinds[index].1 += 1,
            None if self.kinds.len() < MAX_KINDS => self.kinds.push((mishap, 1)),
            None => self.others += 1,
        }
    }

    /// Those that are told apart, in the order in which they came.
    #[must_use]
    pub fn kinds(&self) -> &[(ExchangeError, u64)] {
        &self.kinds
    }

    /// How many went wrong in still other ways.
    #[must_use]
    pub fn others(&self) -> u64 {
        self.others
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.others + self.kinds.iter().map(|(_, count)| count).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_are_counted_together_and_too_many_kinds_are_only_counted() {
        let mut tally = FailureCounts::default();
        for number in [0, 1, 0, 2, 3, 4, 5, 6, 7, 0] {
            tally.count(ExchangeError::Said(Line::Connected(number)));
        }
        assert_eq!(tally.kinds()[0], (ExchangeError::Said(Line::Connected(0)), 3));
        assert_eq!((tally.kinds().len(), tally.others(), tally.total()), (MAX_KINDS, 2, 10));
    }
}
