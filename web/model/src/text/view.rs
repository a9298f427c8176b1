//! What is shown of a text.

use std::ops::Range;
use std::rc::Rc;

use super::document::{Document, Kept, PassageKind};
use super::pages::{Matches, Piece, find, page_of, pages};
use super::spans::{Found, LineEndings, Span, spans};
use super::{DocumentKey, Place, Source, TextState};
use crate::inspector::record::ConnectionRecord;
use crate::runs::list::ListedRun;
use crate::transcript::Direction;

/// A text.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The turns on the page that is shown, or what of them stands on it.
    pub turns: Rc<Vec<TurnView>>,
    /// Which page is shown, and how many there are.
    pub page: PageView,
    /// What is searched for.
    pub search: SearchView,
    /// Whether the bytes are shown as they came; `None` where they could not be shown otherwise.
    pub is_raw: Option<bool>,
    /// Whether the reader stays at the end while the text grows.
    pub sticks: bool,
    /// The document, of which passages can be copied and saved.
    pub document: DocumentRef,
}

/// Which page is shown, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageView {
    /// The index of the page.
    pub index: usize,
    /// How many pages there are: at least one.
    pub count: usize,
}

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchView {
    /// The text.
    pub query: String,
    /// How often it was found.
    pub count: usize,
    /// Whether there is more of it.
    pub has_more: bool,
    /// The index of the place that is shown, if any was found.
    pub current: Option<usize>,
}

/// Bytes that went one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnView {
    /// The index of the turn in the document.
    pub index: usize,
    /// Which way they went.
    pub direction: Direction,
    /// How many they are, as far as they are kept.
    pub byte_count: usize,
    /// Which of them are kept.
    pub kept: Kept,
    /// How their lines end.
    pub line_endings: Option<LineEndings>,
    /// What is shown of them.
    pub passages: Vec<PassageView>,
}

/// A passage of a turn, or what of it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageView {
    /// The index of the passage in its turn.
    pub index: usize,
    /// What it is.
    pub kind: PassageKind,
    /// Its text.
    pub spans: Vec<Span>,
}

/// A document, which is compared by where it is, and not by its bytes.
#[derive(Clone, Debug)]
pub struct DocumentRef(pub Rc<Document>);

impl PartialEq for DocumentRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl TextState {
    /// Returns what is shown of a connection.
    #[must_use]
    pub fn connection_view(&self, record: &ConnectionRecord) -> View {
        let moved = Direction::BOTH.map(|direction| record.log.bytes(direction).end());
        let key = self.key(Source::Connection(record.id, moved));
        let document = self.documents.get(key, || Document::of_connection(record, self.is_raw));
        self.view(key, document)
    }

    /// Returns what is shown of a finished run.
    #[must_use]
    pub fn run_view(&self, run: &ListedRun) -> View {
        let key = self.key(Source::Run(run.id));
        self.view(key, self.documents.get(key, || Document::of_run(&run.record, self.is_raw)))
    }

    fn key(&self, source: Source) -> DocumentKey {
        DocumentKey { source, is_raw: self.is_raw }
    }

    fn view(&self, key: DocumentKey, document: Rc<Document>) -> View {
        let matches = self.matches.get((key, self.query.clone()), || find(&document, &self.query));
        let pages = self.pages.get(key, || pages(&document));
        let last = pages.len() - 1;
        let (index, current) = match self.place {
            Place::Page(index) => (index.min(last), None),
            Place::Match(index) if !matches.places.is_empty() => {
                let index = index.min(matches.places.len() - 1);
                (page_of(&pages, &matches.places[index]), Some(index))
            }
            Place::Beginning | Place::Match(_) if document.is_conversation => (last, None),
            Place::Beginning | Place::Match(_) => (0, None),
        };
        View {
            turns: self.turns.get((key, self.query.clone(), index, current), || {
                turns(&document, &pages[index], &matches, current)
            }),
            page: PageView { index, count: pages.len() },
            search: SearchView {
                query: self.query.clone(),
                count: matches.places.len(),
                has_more: matches.has_more,
                current,
            },
            is_raw: document.can_be_raw.then_some(self.is_raw),
            sticks: document.is_conversation && current.is_none() && index == last,
            document: DocumentRef(document),
        }
    }
}

/// Returns what stands on a page.
fn turns(
    document: &Document,
    page: &[Piece],
    matches: &Matches,
    current: Option<usize>,
) -> Vec<TurnView> {
    let mut views: Vec<TurnView> = Vec::new();
    for piece in page {
        let turn = &document.turns[piece.turn];
        let passage = &turn.passages[piece.passage];
        let spans = spans(&passage.shown[piece.range.clone()], &found(piece, matches, current));
        let passage = PassageView { index: piece.passage, kind: passage.kind, spans };
        match views.last_mut().filter(|last| last.index == piece.turn) {
            Some(last) => last.passages.push(passage),
            None => views.push(TurnView {
                index: piece.turn,
                direction: turn.direction,
                byte_count: turn.bytes.len(),
                kept: turn.kept,
                line_endings: turn.line_endings,
                passages: vec![passage],
            }),
        }
    }
    views
}

/// Returns what was found in a piece, as offsets in the piece.
fn found(piece: &Piece, matches: &Matches, current: Option<usize>) -> Vec<(Range<usize>, Found)> {
    let key = (piece.turn, piece.passage);
    let first = matches.places.partition_point(|it| {
        (it.turn, it.passage, it.range.end) <= (key.0, key.1, piece.range.start)
    });
    let here = matches.places.iter().enumerate().skip(first);
    here.take_while(|(_, it)| (it.turn, it.passage) == key && it.range.start < piece.range.end)
        .map(|(index, it)| {
            let kind = if current == Some(index) { Found::Current } else { Found::Other };
            let start = it.range.start.max(piece.range.start) - piece.range.start;
            let end = it.range.end.min(piece.range.end) - piece.range.start;
            (start..end, kind)
        })
        .collect()
}
