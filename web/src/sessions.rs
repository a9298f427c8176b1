//! The sessions that are open, one of which effects are for.

use yew::Callback;

use crate::session::Session;
use page_model::connection_trace::TraceLevel;
use page_model::run::RunId;
use page_model::{Event, SessionEvent, Wake};

/// As many sessions as the model has opened: one, or one for each connection of Repeat.
#[derive(Default)]
pub struct Sessions {
    open: Vec<(RunId, Session)>,
    /// The one that is over, but for its last packets.
    lingering: Option<(RunId, Session)>,
    current: RunId,
}

impl Sessions {
    /// From now on effects are for the session of `run`; returns of which they were.
    pub fn turn_to(&mut self, run: RunId) -> RunId {
        std::mem::replace(&mut self.current, run)
    }

    /// Opens a session in place of the current one.
    pub fn open(&mut self, run: RunId, target: &str, watch: TraceLevel, emit: Callback<Event>) {
        self.close();
        self.open.push((run, Session::open(run, target, watch, emit)));
        self.current = run;
    }

    /// Closes the current session, at once or when its last packets were told.
    pub fn close(&mut self) {
        let place = self.open.iter().position(|(run, _)| *run == self.current);
        if let Some((run, session)) = place.map(|place| self.open.remove(place)) {
            self.lingering = session.hang_up().map(|session| (run, session));
        }
    }

    /// What happened in a session may be the last that one lingered for.
    pub fn heard(&mut self, run: RunId, event: &SessionEvent) {
        use SessionEvent::{Closed, Woke};
        let is_last = matches!(event, Closed { .. } | Woke(Wake::Linger));
        self.lingering.take_if(|(lingering, _)| is_last && *lingering == run);
    }

    /// The current session, while it is open.
    pub fn current(&mut self) -> Option<&mut Session> {
        let is_current = |(run, _): &&mut (RunId, _)| *run == self.current;
        self.open.iter_mut().find(is_current).map(|(_, session)| session)
    }
}
