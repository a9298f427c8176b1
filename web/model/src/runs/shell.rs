//! What is always there of the finished runs: the state as far as its code is loaded, and the events
//! that wait for it.

use super::event::RunsEvent;
use super::part::{RunsContext, RunsPart, RunsRequest};
use super::record::RunRecord;
use super::restored::RestoredConnection;
use crate::attachment::Attachment;
use crate::command::Command;
use crate::connection::ConnectionId;
use crate::loadable::{LoadError, Loadable};

/// The most events that wait: as many as there are runs in the list.
const MAX_WAITING: usize = 50;

/// The finished runs, as the root of the model holds them.
#[derive(Debug, Default)]
pub struct Runs {
    part: Loadable<Box<dyn RunsPart>>,
    /// The events that happened before the code was loaded. The oldest make room.
    waiting: Vec<RunsEvent>,
    /// The message of the latest run, if its record does not keep all of it, or it is a file.
    sent: Option<(ConnectionId, Attachment)>,
    /// The id of the run that was recorded last; later runs have greater ids.
    recorded: Option<ConnectionId>,
}

impl Runs {
    /// Takes the message of a run that begins, if its record does not keep all of it, or it is a file.
    pub fn take_sent(&mut self, id: ConnectionId, message: Option<Attachment>) {
        self.sent = message.map(|message| (id, message));
    }

    /// Records a finished run, if `record` gives one and it is newer than those that were recorded.
    pub fn record_finished_run(
        &mut self,
        id: ConnectionId,
        record: impl FnOnce() -> Option<RunRecord>,
    ) -> Option<Command<RunsEvent>> {
        if self.recorded >= Some(id) {
            return None;
        }
        let record = Box::new(record()?);
        self.recorded = Some(id);
        let sent = self.sent.take_if(|(sent, _)| *sent == id).map(|(_, message)| message);
        let finished = move |clock| RunsEvent::Finished { record, sent, clock };
        Some(Command::ReadClock(Box::new(finished)))
    }

    /// Applies an event. Until the code is loaded, events wait for it.
    pub fn update(&mut self, context: &RunsContext, event: RunsEvent) -> Vec<RunsRequest> {
        if let Some(part) = self.part.loaded_mut() {
            return part.update(context, event);
        }
        if self.waiting.len() == MAX_WAITING {
            self.waiting.remove(0);
        }
        self.waiting.push(event);
        vec![]
    }

    /// Returns whether the code is to be loaded now, because it is needed or events wait for it. Then
    /// it counts as loading until [`on_loaded`](Self::on_loaded) is called.
    pub fn start_loading(&mut self, is_needed: bool) -> bool {
        self.part.start_loading(is_needed || !self.waiting.is_empty())
    }

    /// Takes the state, or notes that its code could not be loaded, and applies the events that
    /// waited.
    pub fn on_loaded(
        &mut self,
        context: &RunsContext,
        result: Result<Box<dyn RunsPart>, LoadError>,
    ) -> Vec<RunsRequest> {
        self.part = result.into();
        let Some(part) = self.part.loaded_mut() else { return vec![] };
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting.flat_map(|event| part.update(context, event)).collect()
    }

    /// Lets the code be loaded again after that has failed.
    pub fn retry(&mut self) {
        self.part.retry();
    }

    /// Returns how far the code is loaded.
    #[must_use]
    pub fn loading(&self) -> Loadable<()> {
        self.part.as_ref().map(|_| ())
    }

    /// Returns the state, if its code is loaded.
    #[must_use]
    pub fn part(&self) -> Option<&dyn RunsPart> {
        self.part.loaded().map(|part| &**part)
    }

    /// Returns whether there is something to list, or would be if the code for it could be loaded.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        match &self.part {
            Loadable::Loaded(part) => part.is_listed(),
            Loadable::Failed => !self.waiting.is_empty(),
            Loadable::NotLoaded | Loadable::Loading => false,
        }
    }

    /// Returns the connection of the run that is shown, if one is and its connection was recorded.
    #[must_use]
    pub fn restored(&self) -> Option<&RestoredConnection> {
        self.part.loaded()?.restored()
    }
}
