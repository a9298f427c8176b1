//! What the browser stores: it is changed in one go, so that tabs do not lose what others stored.

use super::document::{Change, Document, Stored};
use super::event::{RunsEvent, SyncError};
use super::file::{self, ImportError};
use crate::command::{Command, StorageKey, StoredChange};

/// Applies changes to what is stored by then, all of them or none, and reports what is stored after
/// that in [`RunsEvent::Synced`]. `foreseen` is the text that is probably stored, and what is stored
/// after the change if it is: reading takes long.
pub(super) fn sync(changes: Vec<Change>, foreseen: Option<Stored>) -> Command<RunsEvent> {
    let change = move |text: Option<String>| {
        let is_change = !changes.is_empty();
        let document = match foreseen.filter(|it| it.text == text) {
            Some(Stored { document, .. }) => Ok(document),
            None => changed(text.as_deref(), changes),
        };
        match document {
            Ok(document) => replace(text, document, is_change),
            Err(error) => StoredChange {
                value: None,
                reply: Box::new(|_| RunsEvent::Synced(Err(SyncError::Unread(error)))),
            },
        }
    };
    Command::ChangeStored { key: StorageKey::Runs, change: Box::new(change) }
}

/// Stores a document in the place of a text, if it `is_changed`.
fn replace(text: Option<String>, document: Document, is_changed: bool) -> StoredChange<RunsEvent> {
    let written = is_changed.then(|| (!document.is_empty()).then(|| file::write(&document)));
    let text = written.clone().unwrap_or(text);
    let reply = Box::new(|is_stored: bool| {
        let stored = is_stored.then_some(Stored { text, document });
        RunsEvent::Synced(stored.ok_or(SyncError::Refused))
    });
    StoredChange { value: written, reply }
}

/// Returns the document that is stored after these changes. `stored` is the text that is stored.
///
/// Returns an error if that cannot be read: it is not overwritten then. Only where
/// [`Change::ClearRuns`] is among the changes there is no error.
fn changed(stored: Option<&str>, changes: Vec<Change>) -> Result<Document, ImportError> {
    let read = stored.map_or_else(|| Ok(Document::default()), file::read);
    let mut document =
        if changes.contains(&Change::ClearRuns) { read.unwrap_or_default() } else { read? };
    for change in changes {
        document.apply(change);
    }
    Ok(document)
}
