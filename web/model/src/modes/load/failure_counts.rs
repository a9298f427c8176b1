//! Counts the errors of a load test by their kind.

use echo_core::Line;

/// The most kinds of errors that are counted separately. Further kinds are counted together.
const MAX_KINDS: usize = 6;

/// Why an exchange of a load test failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// It failed with this line, which the tutorial's client would print.
    Said(Line),
    /// The reply was not complete in time.
    Overdue,
}

/// The number of failed exchanges, by error.
#[derive(Debug, Default)]
pub struct FailureCounts {
    kinds: Vec<(ExchangeError, u64)>,
    others: u64,
}

impl FailureCounts {
    /// Counts a failed exchange.
    pub fn count(&mut self, error: ExchangeError) {
        match self.kinds.iter().position(|(kind, _)| *kind == error) {
            Some(index) => self.kinds[index].1 += 1,
            None if self.kinds.len() < MAX_KINDS => self.kinds.push((error, 1)),
            None => self.others += 1,
        }
    }

    /// Returns the errors that are counted separately, each with its number of exchanges, in the
    /// order in which they first occurred.
    #[must_use]
    pub fn kinds(&self) -> &[(ExchangeError, u64)] {
        &self.kinds
    }

    /// Returns the number of exchanges that failed with any other error.
    #[must_use]
    pub fn others(&self) -> u64 {
        self.others
    }

    /// Returns the number of failed exchanges.
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
        let mut counts = FailureCounts::default();
        for number in [0, 1, 0, 2, 3, 4, 5, 6, 7, 0] {
            counts.count(ExchangeError::Said(Line::Connected(number)));
        }
        assert_eq!(counts.kinds()[0], (ExchangeError::Said(Line::Connected(0)), 3));
        assert_eq!((counts.kinds().len(), counts.others(), counts.total()), (MAX_KINDS, 2, 10));
    }
}
