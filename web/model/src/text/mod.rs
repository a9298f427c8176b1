//! Bytes as text: what was sent and what came, in readable lines.
//!
//! The state is small and always there: [`TextState`], with [`TextEvent`]. Everything else takes the
//! bytes apart and is part of what is loaded on demand:
//!
//! - [`document`]: the turns of a connection, each as text, HTTP split into head and body, JSON laid
//!   out;
//! - [`http`] and [`json`]: how that is found and done;
//! - [`spans`]: bytes as text, what could not be seen escaped;
//! - [`pages`]: long texts in pages, and what is searched for in them;
//! - [`view`]: what is shown.

pub mod document;
pub mod http;
pub mod json;
pub mod pages;
pub mod spans;
#[cfg(test)]
mod tests;
pub mod view;

use crate::command::Command;
use crate::connection::ConnectionId;
use crate::dom::DomCommand;
use crate::memo::Memo;
use crate::runs::list::ListedRunId;
use document::Document;
use pages::{Matches, Piece};
use view::TurnView;

/// The longest text that is searched for, in bytes.
const MAX_QUERY: usize = 200;

/// How text is looked at.
#[derive(Debug, Default)]
pub struct TextState {
    /// What is searched for.
    query: String,
    /// Whether bytes are shown as they came, though they could be laid out.
    is_raw: bool,
    place: Place,
    /// Whose text it is that the place is in.
    shown: Option<Shown>,
    documents: Memo<DocumentKey, Document>,
    pages: Memo<DocumentKey, Vec<Vec<Piece>>>,
    matches: Memo<(DocumentKey, String), Matches>,
    turns: Memo<PageKey, Vec<TurnView>>,
}

/// Whose text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// That of a connection.
    Connection(ConnectionId),
    /// That of a finished run.
    Run(ListedRunId),
}

/// What of a text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// The page on which a reader begins.
    #[default]
    Beginning,
    /// The page of this index.
    Page(usize),
    /// The page with this match of what is searched for, the first being 0.
    Match(usize),
}

/// What a document is made of, and how: as long as this is the same, the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DocumentKey {
    source: Source,
    is_raw: bool,
}

/// What the turns on a page are made of: a document, what is searched for in it, the index of the
/// page, and that of the match that is shown.
type PageKey = (DocumentKey, String, usize, Option<usize>);

/// Where the bytes are from, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// A connection, of which so many bytes were sent and received.
    Connection(ConnectionId, [u64; 2]),
    /// A finished run.
    Run(ListedRunId),
}

/// Something that happened to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextEvent {
    /// The user typed what to search for.
    QueryTyped(String),
    /// The user goes to the match of this index.
    MatchChosen(usize),
    /// The user goes to the page of this index.
    PageChosen(usize),
    /// The user wants the bytes as they came (`true`), or laid out.
    RawChosen(bool),
    /// The user wants bytes saved.
    SavePressed {
        /// The name of the file.
        name: &'static str,
        /// The bytes.
        contents: Vec<u8>,
    },
}

impl TextState {
    /// Notes whose text is shown: a reader begins each at its beginning.
    pub fn sync(&mut self, shown: Option<Shown>) {
        if self.shown != shown {
            (self.shown, self.place) = (shown, Place::Beginning);
        }
    }

    /// Applies an event.
    pub fn update(&mut self, event: TextEvent) -> Option<Command<TextEvent>> {
        match event {
            TextEvent::QueryTyped(mut query) => {
                query.truncate(query.floor_char_boundary(MAX_QUERY));
                self.query = query;
                return Some(self.go_to_match(0));
            }
            TextEvent::MatchChosen(index) => return Some(self.go_to_match(index)),
            TextEvent::PageChosen(index) => self.place = Place::Page(index),
            TextEvent::RawChosen(is_raw) => self.is_raw = is_raw,
            TextEvent::SavePressed { name, contents } => {
                let media_type = "application/octet-stream";
                return Some(Command::SaveFile { name: name.into(), media_type, contents });
            }
        }
        None
    }

    fn go_to_match(&mut self, index: usize) -> Command<TextEvent> {
        self.place = Place::Match(index);
        Command::Dom(DomCommand::ScrollIntoView(vec!["#text .current"]))
    }
}
