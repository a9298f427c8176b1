//! What each event does to the finished runs: which of them are shown, and what follows.

use super::event::{RunsAnchor, RunsEvent};
use super::list::{ListedRun, ListedRunId};
use super::part::{RunsContext, RunsPart, RunsRequest};
use super::repeat::repeat;
use super::restored::RestoredConnection;
use super::state::{FinishedRuns, RunSelection, ShownRuns};
use crate::command::Command;
use crate::dom::{DomCommand, Focus};

impl RunsPart for FinishedRuns {
    fn update(&mut self, context: &RunsContext, event: RunsEvent) -> Vec<RunsRequest> {
        match event {
            RunsEvent::StoreFound => self.sync_all(vec![]),
            RunsEvent::Synced(result) => self.on_synced(result),
            RunsEvent::RunStarted => {
                self.selection = RunSelection::Latest;
                self.notice.take_if(|notice| !notice.can_undo());
                vec![]
            }
            RunsEvent::Finished { record, sent, clock } => {
                let record = record.dated(clock);
                self.list.add(&record, sent);
                self.merge(vec![record])
            }
            RunsEvent::Chosen(id) => self.choose(id, context),
            RunsEvent::LatestPressed => self.show_latest(),
            RunsEvent::ComparePressed(id) => {
                self.selection = RunSelection::Choosing(id);
                vec![reveal(RunsAnchor::List)]
            }
            RunsEvent::RepeatPressed { id, at } => {
                let request = self.list.get(id).and_then(|run| repeat(run, at));
                request.into_iter().flat_map(|it| [it, focus(id)]).collect()
            }
            RunsEvent::DeletePressed(id) => self.delete(id),
            RunsEvent::FileRead(file) => self.import(file),
            RunsEvent::ExportPressed => vec![self.export()],
            RunsEvent::ClearPressed => self.clear(),
            RunsEvent::UndoPressed => self.undo(),
            RunsEvent::Requests(event) => self.update_requests(context, event).unwrap_or_default(),
        }
    }

    fn is_listed(&self) -> bool {
        self.has_list()
    }

    fn are_shown(&self) -> bool {
        self.showing() != ShownRuns::Latest
    }

    fn restored(&self) -> Option<&RestoredConnection> {
        self.restored_connection()
    }

    fn state(&self) -> &FinishedRuns {
        self
    }
}

impl FinishedRuns {
    fn choose(&mut self, id: ListedRunId, context: &RunsContext) -> Vec<RunsRequest> {
        self.selection = match self.selection {
            RunSelection::Choosing(first) if first != id => RunSelection::Compared(first, id),
            _ => RunSelection::Earlier(id),
        };
        let restore = |run: &ListedRun| {
            RestoredConnection::of(&run.record, context.connection, context.clock_began)
        };
        let restored = self.list.get(id).and_then(restore);
        self.restored = restored.map(|restored| (id, restored));
        vec![reveal(RunsAnchor::Shown)]
    }

    /// Shows the latest run, and moves the focus to the run in the list that was shown: the button
    /// that had the focus disappears.
    fn show_latest(&mut self) -> Vec<RunsRequest> {
        match std::mem::take(&mut self.selection) {
            RunSelection::Latest => vec![],
            RunSelection::Earlier(id)
            | RunSelection::Choosing(id)
            | RunSelection::Compared(id, _) => vec![focus(id)],
        }
    }
}

/// Puts the focus on a run in the list, without scrolling.
fn focus(id: ListedRunId) -> RunsRequest {
    let id = id.button_id().into();
    dom(DomCommand::Focus(Focus { id, selection: None, scrolls: false }))
}

fn reveal(anchor: RunsAnchor) -> RunsRequest {
    dom(DomCommand::ScrollIntoView(vec![anchor.selector()]))
}

fn dom(command: DomCommand) -> RunsRequest {
    RunsRequest::Command(Command::Dom(command))
}
