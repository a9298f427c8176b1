//! How long a good client waited.

use tokio::time::Duration;

/// The 99th percentile of a good client stays below this during each flood.
const GOAL: Duration = Duration::from_millis(50);

/// The times of one good client.
#[derive(Debug, Default)]
pub(crate) struct Latencies {
    answered: Vec<Duration>,
    /// How many attempts failed.
    pub(crate) failed: usize,
}

impl Latencies {
    /// Notes one attempt that took so long, or that is still waiting after so long.
    pub(crate) fn add(&mut self, took: Duration) {
        self.answered.push(took);
    }

    /// How many attempts there were.
    pub(crate) fn len(&self) -> usize {
        self.answered.len() + self.failed
    }

    /// The time that this part of the attempts did not exceed, in percent; `None` where that is
    /// one that failed, or there is none.
    pub(crate) fn percentile(&mut self, percent: usize) -> Option<Duration> {
        self.answered.sort_unstable();
        let rank = (self.len() * percent).div_ceil(100).saturating_sub(1);
        self.answered.get(rank).copied()
    }

    /// The longest time of an attempt that did not fail.
    pub(crate) fn max(&self) -> Option<Duration> {
        self.answered.iter().max().copied()
    }

    /// Whether the goal is met.
    pub(crate) fn meets_goal(&mut self) -> bool {
        self.percentile(99).is_some_and(|p99| p99 < GOAL)
    }
}
