//! The sessions that are open, and what those that have ended left in the totals.
//!
//! - [`entry`]: one session, as operators see it; [`stop`]: ending one from outside.
//!
//! Opening, ending and counting take place under one lock, so that at any time as many sessions
//! were opened as have ended and are open.

mod entry;
mod stop;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use echo_core::wire::Stage;

use crate::relay::{Counters, Ending, Side};
use crate::wire_name::wire_name;
pub(crate) use entry::{Entry, Identity, Phase, View};
pub(crate) use stop::StopReason;

/// The label of a session whose task was dropped before its end, as after a panic.
const ABORTED: &str = "aborted";

/// All sessions that have one of the `--max-sessions` permits.
#[derive(Debug)]
pub(crate) struct OpenSessions(Mutex<State>);

#[derive(Debug)]
struct State {
    open: BTreeMap<u64, Arc<Entry>>,
    opened: u64,
    /// How many ended, by the label of their ending.
    closed: BTreeMap<String, u64>,
    /// What those that ended had counted.
    past: Traffic,
    /// Why all sessions are to end, those that are opened from now on among them.
    stopping: Option<StopReason>,
}

/// What sessions counted while they ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traffic {
    /// Bytes that were written to targets.
    pub(crate) sent: u64,
    /// Bytes that were read from targets.
    pub(crate) received: u64,
    /// How often relays stopped reading from each [`Side`].
    pub(crate) paused: [u64; 2],
}

impl Traffic {
    fn add(&mut self, counters: &Counters) {
        self.sent += counters.sent();
        self.received += counters.received();
        for side in Side::ALL {
            self.paused[side as usize] += counters.paused(side);
        }
    }
}

/// All counts at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) opened: u64,
    /// By the label of the ending; the labels are always the same ones.
    pub(crate) closed: BTreeMap<String, u64>,
    pub(crate) active: usize,
    pub(crate) traffic: Traffic,
}

impl OpenSessions {
    pub(crate) fn new() -> Self {
        let endings = ["finished", "client_closed", "client_reset", "client_vanished", ABORTED];
        let labels =
            endings.map(str::to_owned).into_iter().chain(Stage::ALL.map(|s| wire_name(&s)));
        let closed = labels.map(|label| (label, 0)).collect();
        Self(Mutex::new(State {
            open: BTreeMap::new(),
            opened: 0,
            closed,
            past: Traffic::default(),
            stopping: None,
        }))
    }

    /// Adds a session that begins, until its registration ends.
    pub(crate) fn register(self: &Arc<Self>, identity: Identity<'_>) -> Registration {
        let entry = Arc::new(Entry::new(identity));
        let mut state = self.lock();
        state.opened += 1;
        state.open.insert(entry.id(), entry.clone());
        if let Some(reason) = state.stopping {
            entry.stop(reason);
        }
        Registration { sessions: self.clone(), entry, label: ABORTED.into() }
    }

    /// Returns all counts as they are together at this moment.
    pub(crate) fn counts(&self) -> Counts {
        let state = self.lock();
        let mut traffic = state.past;
        state.open.values().for_each(|entry| traffic.add(entry.counters()));
        Counts {
            opened: state.opened,
            closed: state.closed.clone(),
            active: state.open.len(),
            traffic,
        }
    }

    /// Returns what operators are told of each session, the oldest first.
    pub(crate) fn views(&self) -> Vec<View> {
        self.entries().iter().map(|entry| entry.view()).collect()
    }

    /// Ends the session with this id. Returns whether there is one.
    pub(crate) fn stop(&self, id: u64, reason: StopReason) -> bool {
        let entry = self.lock().open.get(&id).cloned();
        entry.inspect(|entry| entry.stop(reason)).is_some()
    }

    /// Ends all sessions, and those that are still opened.
    pub(crate) fn stop_all(&self, reason: StopReason) {
        let mut state = self.lock();
        state.stopping = Some(reason);
        state.open.values().for_each(|entry| entry.stop(reason));
    }

    /// Returns the sessions that nobody has told to end yet, and that have not ended by themselves
    /// either, the oldest first.
    pub(crate) fn running(&self) -> Vec<Arc<Entry>> {
        let mut entries = self.entries();
        entries.retain(|entry| entry.is_running());
        entries
    }

    /// Returns whether all sessions have ended, but for their last messages and Close.
    pub(crate) fn are_closing(&self) -> bool {
        self.lock().open.values().all(|entry| entry.is_closing())
    }

    fn entries(&self) -> Vec<Arc<Entry>> {
        self.lock().open.values().cloned().collect()
    }

    fn end(&self, entry: &Entry, label: String) {
        let mut state = self.lock();
        if state.open.remove(&entry.id()).is_some() {
            state.past.add(entry.counters());
            *state.closed.entry(label).or_default() += 1;
        }
    }

    /// Locks the state. Nothing panics halfway through a change, so a poisoned lock guards a
    /// consistent state.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session's place among the [`OpenSessions`]. Dropping it counts the session as ended.
#[derive(Debug)]
pub(crate) struct Registration {
    sessions: Arc<OpenSessions>,
    entry: Arc<Entry>,
    /// The label of the session's ending.
    label: String,
}

impl Registration {
    /// Returns what is told of the session.
    pub(crate) fn entry(&self) -> &Arc<Entry> {
        &self.entry
    }

    /// Records how the session ended, while its last messages and Close are on their way.
    pub(crate) fn set_ending(&mut self, ending: &Ending) {
        self.entry.set_phase(Phase::Closing);
        self.label = label(ending);
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.sessions.end(&self.entry, std::mem::take(&mut self.label));
    }
}

/// Returns the label of an ending. A failure has the name of its stage.
fn label(ending: &Ending) -> String {
    match ending {
        Ending::Finished { .. } => "finished".into(),
        Ending::ClientClosed => "client_closed".into(),
        Ending::ClientReset => "client_reset".into(),
        Ending::ClientVanished(_) => "client_vanished".into(),
        Ending::Failed(failure) => wire_name(&failure.stage),
    }
}
