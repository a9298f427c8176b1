//! What the load did.

use std::collections::BTreeMap;

use crate::plan::Ending;

/// How many failures are kept in words.
const MOST_TOLD: usize = 20;

/// What the load did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// How many sessions were opened.
    pub(crate) opened: u64,
    /// How many of each ending went as planned.
    pub(crate) endings: BTreeMap<Ending, u64>,
    /// Bytes of sessions that ended orderly, by the client's count.
    pub(crate) sent: u64,
    pub(crate) received: u64,
    /// Bytes that the targets read, of all sessions.
    pub(crate) read_by_targets: u64,
    /// How many sessions went otherwise than planned, and how, for the first ones.
    pub(crate) failed: u64,
    pub(crate) failures: Vec<String>,
}

impl Tally {
    pub(crate) fn count(&mut self, ending: Ending) {
        *self.endings.entry(ending).or_default() += 1;
    }

    pub(crate) fn add(&mut self, sent: u64, received: u64) {
        self.sent += sent;
        self.received += received;
    }

    pub(crate) fn fail(&mut self, failure: String) {
        self.failed += 1;
        if self.failures.len() < MOST_TOLD {
            self.failures.push(failure);
        }
    }
}
