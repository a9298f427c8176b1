//! How the runs change.

use super::file::{self, ImportError};
use super::list::ListedRunId;
use super::record::RunRecord;
use super::{RunSelection, Runs, RunsAnchor, RunsEvent, RunsNotice, StorageStatus};
use crate::command::{Command, StorageKey};
use crate::connection::ConnectionId;
use crate::dom::{DomCommand, Focus};

/// The name of an exported file.
const EXPORT_NAME: &str = "echo-playground-runs.json";

impl Runs {
    /// Shows the latest run again: a new one starts.
    pub fn clear_shown_run(&mut self) {
        self.selection = RunSelection::Latest;
        self.notice.take_if(|notice| !matches!(notice, RunsNotice::Cleared(_)));
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
        Some(Command::ReadClock(Box::new(move |clock| RunsEvent::Finished { record, clock })))
    }

    /// Applies an event. What [`RunsEvent::RepeatPressed`] means is up to the root, which can send.
    pub fn update(&mut self, event: RunsEvent) -> Option<Command<RunsEvent>> {
        match event {
            RunsEvent::Loaded(document) => return document.map(|document| self.read(document)),
            RunsEvent::DocumentRead(result) => return self.merge_document(result),
            RunsEvent::ClearedElsewhere => self.clear(),
            RunsEvent::Finished { record, clock } => {
                self.list.add(record.dated(clock));
                return self.keep();
            }
            RunsEvent::Stored(ok) => {
                self.storage = if ok { StorageStatus::Works } else { StorageStatus::Refused };
            }
            RunsEvent::Chosen(id) => {
                self.choose(id);
                return Some(reveal(RunsAnchor::Shown));
            }
            RunsEvent::LatestPressed => return self.show_latest(),
            RunsEvent::ComparePressed(id) => {
                self.selection = RunSelection::Choosing(id);
                return Some(reveal(RunsAnchor::List));
            }
            RunsEvent::FileRead(file) => return self.import(file),
            RunsEvent::ExportPressed => return Some(self.export()),
            RunsEvent::ClearPressed => {
                self.clear();
                self.storage = StorageStatus::Works;
                return Some(store(None));
            }
            RunsEvent::UndoPressed => return self.undo(),
            RunsEvent::RepeatPressed { .. } => {}
        }
        None
    }

    fn read(&mut self, document: String) -> Command<RunsEvent> {
        if self.storage == StorageStatus::Works {
            self.storage = StorageStatus::Reading { has_changes: false };
        }
        Command::ReadRuns(document)
    }

    fn merge_document(
        &mut self,
        result: Result<Vec<RunRecord>, ImportError>,
    ) -> Option<Command<RunsEvent>> {
        match result {
            Ok(records) => self.list.merge(records),
            Err(error) => {
                self.storage = StorageStatus::Unread(error);
                return None;
            }
        }
        let StorageStatus::Reading { has_changes } = self.storage else { return None };
        self.storage = StorageStatus::Works;
        has_changes.then(|| store(Some(self.document())))
    }

    fn choose(&mut self, id: ListedRunId) {
        self.selection = match self.selection {
            RunSelection::Choosing(first) if first != id => RunSelection::Compared(first, id),
            _ => RunSelection::Earlier(id),
        };
    }

    /// Shows the latest run, and moves the focus to the run in the list that was shown: the button
    /// that had the focus disappears.
    fn show_latest(&mut self) -> Option<Command<RunsEvent>> {
        match std::mem::take(&mut self.selection) {
            RunSelection::Latest => None,
            RunSelection::Earlier(id)
            | RunSelection::Choosing(id)
            | RunSelection::Compared(id, _) => Some(focus(id)),
        }
    }

    fn import(&mut self, file: Result<Vec<RunRecord>, ImportError>) -> Option<Command<RunsEvent>> {
        match file {
            Ok(records) => {
                self.notice = Some(RunsNotice::Imported(self.list.take_in(records)));
                self.keep()
            }
            Err(refusal) => {
                self.notice = Some(RunsNotice::Refused(refusal));
                None
            }
        }
    }

    fn clear(&mut self) {
        if self.list.is_empty() {
            return;
        }
        self.selection = RunSelection::Latest;
        self.notice = Some(RunsNotice::Cleared(self.list.drain()));
    }

    fn undo(&mut self) -> Option<Command<RunsEvent>> {
        let Some(RunsNotice::Cleared(entries)) = self.notice.take() else { return None };
        self.list.merge(entries.into_iter().map(|entry| entry.record).collect());
        self.keep()
    }

    /// Stores the list. What was not read, or could not be, is not written over.
    fn keep(&mut self) -> Option<Command<RunsEvent>> {
        match &mut self.storage {
            StorageStatus::Unread(_) => None,
            StorageStatus::Reading { has_changes } => {
                *has_changes = true;
                None
            }
            StorageStatus::Works | StorageStatus::Refused => Some(store(Some(self.document()))),
        }
    }

    fn document(&self) -> String {
        file::write(self.list.iter().map(|entry| &entry.record))
    }

    fn export(&self) -> Command<RunsEvent> {
        Command::SaveFile {
            name: EXPORT_NAME.into(),
            media_type: "application/json",
            contents: self.document().into_bytes(),
        }
    }
}

/// Puts the focus on a run in the list, without scrolling.
#[must_use]
pub fn focus(id: ListedRunId) -> Command<RunsEvent> {
    let id = id.button_id().into();
    Command::Dom(DomCommand::Focus(Focus { id, selection: None, scrolls: false }))
}

fn reveal(anchor: RunsAnchor) -> Command<RunsEvent> {
    Command::Dom(DomCommand::ScrollIntoView(vec![anchor.selector()]))
}

fn store(value: Option<String>) -> Command<RunsEvent> {
    let reply = Some(Box::new(RunsEvent::Stored) as _);
    Command::Store { key: StorageKey::Runs, value, reply }
}
