//! What each event does to the saved requests.

use super::changes::UNDO_BUTTON;
use super::document::Change;
use super::part::{RunsContext, RunsRequest};
use super::requests::{RequestsEvent, SAVE_BUTTON};
use super::state::{FinishedRuns, RunsNotice};
use crate::command::Command;
use crate::dom::DomCommand;

impl FinishedRuns {
    /// Applies an event of the saved requests. Returns `None` if nothing follows.
    pub(super) fn update_requests(
        &mut self,
        context: &RunsContext,
        event: RequestsEvent,
    ) -> Option<Vec<RunsRequest>> {
        let requests = &mut self.requests;
        match event {
            RequestsEvent::SavePressed => Some(vec![dom(requests.open_form(&context.setup))]),
            RequestsEvent::RenamePressed(name) => Some(vec![dom(requests.open_rename(name))]),
            RequestsEvent::NameTyped(name) => {
                let form = requests.form.as_mut()?;
                (form.name, form.error) = (name, None);
                None
            }
            RequestsEvent::Submitted => {
                let change = requests.submit(&context.setup)?;
                Some(self.sync_and_focus(change, SAVE_BUTTON))
            }
            RequestsEvent::Cancelled => {
                requests.form = None;
                Some(vec![dom(DomCommand::focus(SAVE_BUTTON))])
            }
            RequestsEvent::Opened(name) => {
                let setup = requests.get(&name)?.setup().clone();
                (requests.opened, requests.form) = (Some(name), None);
                Some(vec![RunsRequest::SetUp(setup)])
            }
            RequestsEvent::DeletePressed(name) => {
                let request = requests.get(&name)?.clone();
                requests.saved.retain(|it| it.name() != name);
                requests.form = None;
                self.notice = Some(RunsNotice::RequestRemoved(request));
                Some(self.sync_and_focus(Change::RemoveRequest(name), UNDO_BUTTON))
            }
        }
    }
}

fn dom(command: DomCommand) -> RunsRequest {
    RunsRequest::Command(Command::Dom(command))
}
