//! The sessions that are open, one of which effects are for.

use yew::Callback;

use crate::model::Event;
use crate::model::run::RunId;
use crate::session::Session;

/// As many sessions as the model has opened: one, or one for each connection of Repeat.
#[derive(Default)]
pub struct Sessions {
    open: Vec<(RunId, Session)>,
    current: RunId,
}

impl Sessions {
    /// From now on effects are for the session of `run`; returns of which they were.
    pub fn turn_to(&mut self, run: RunId) -> RunId {
        std::mem::replace(&mut self.current, run)
    }

    /// Opens a session in place of the current one.
    pub fn open(&mut self, run: RunId, target: &str, emit: Callback<Event>) {
        self.close();
        self.open.push((run, Session::open(run, target, emit)));
        self.current = run;
    }

    /// Closes the current session.
    pub fn close(&mut self) {
        self.open.retain(|(run, _)| *run != self.current);
    }

    /// The current session, while it is open.
    pub fn current(&mut self) -> Option<&mut Session> {
        let is_current = |(run, _): &&mut (RunId, _)| *run == self.current;
        self.open.iter_mut().find(is_current).map(|(_, session)| session)
    }
}
