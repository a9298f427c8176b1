//! A long text in pages, and what is searched for in it.

use std::ops::Range;

use super::document::Document;
use crate::format::find_ignoring_case;

/// How many bytes a page has: a browser lays out as much text at once.
const PAGE_BYTES: usize = 64 * 1024;
/// How many turns a page has at most.
const PAGE_TURNS: usize = 200;
/// How far before the end of a page its last line may end, in bytes.
const LINE_SEARCH: usize = 4 * 1024;
/// The most places that are found; a search ends there.
pub const MAX_MATCHES: usize = 1_000;

/// A piece of a passage, which is on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The index of its turn.
    pub turn: usize,
    /// The index of its passage in the turn.
    pub passage: usize,
    /// Which bytes of what the passage shows.
    pub range: Range<usize>,
}

/// What was searched for, and where it is.
#[derive(Debug, Default)]
pub struct Matches {
    /// The places, in order.
    pub places: Vec<Piece>,
    /// Whether there are more.
    pub has_more: bool,
}

/// Returns the pages of a document: at least one, and each with the pieces that stand on it.
#[must_use]
pub fn pages(document: &Document) -> Vec<Vec<Piece>> {
    let mut pages = vec![Vec::new()];
    let (mut bytes, mut turns) = (0, 0);
    for (turn, it) in document.turns.iter().enumerate() {
        turns += 1;
        for (passage, it) in it.passages.iter().enumerate() {
            let mut start = 0;
            while start < it.shown.len() {
                if bytes >= PAGE_BYTES || turns > PAGE_TURNS {
                    pages.push(Vec::new());
                    (bytes, turns) = (0, 1);
                }
                let end = piece_end(&it.shown, start, PAGE_BYTES - bytes);
                if let Some(page) = pages.last_mut() {
                    page.push(Piece { turn, passage, range: start..end });
                }
                bytes += end - start;
                // A piece ends a little before its page does.
                if end < it.shown.len() {
                    bytes = PAGE_BYTES;
                }
                start = end;
            }
        }
    }
    pages
}

/// Returns where a piece ends that begins at `start` and has room for so many bytes: behind a line
/// if one ends near there, else behind a character.
fn piece_end(bytes: &[u8], start: usize, room: usize) -> usize {
    let end = start + room;
    if end >= bytes.len() {
        return bytes.len();
    }
    let near = end.saturating_sub(LINE_SEARCH).max(start);
    if let Some(line) = bytes[near..end].iter().rposition(|&byte| byte == b'\n') {
        return near + line + 1;
    }
    let is_inside = |end: &usize| bytes[*end] & 0xc0 == 0x80;
    let before = (end.saturating_sub(3).max(start + 1)..=end).rev().find(|end| !is_inside(end));
    before.unwrap_or(end)
}

/// Returns the index of the page on which a place begins.
#[must_use]
pub fn page_of(pages: &[Vec<Piece>], place: &Piece) -> usize {
    let has_it = |piece: &Piece| {
        (piece.turn, piece.passage) == (place.turn, place.passage)
            && piece.range.contains(&place.range.start)
    };
    pages.iter().position(|page| page.iter().any(has_it)).unwrap_or(0)
}

/// Returns where a text stands in a document, whatever the case of its Latin letters.
#[must_use]
pub fn find(document: &Document, query: &str) -> Matches {
    let mut matches = Matches::default();
    if query.is_empty() {
        return matches;
    }
    for (turn, it) in document.turns.iter().enumerate() {
        for (passage, it) in it.passages.iter().enumerate() {
            let mut at = 0;
            while let Some(start) = find_ignoring_case(&it.shown, at, query.as_bytes()) {
                if matches.places.len() == MAX_MATCHES {
                    matches.has_more = true;
                    return matches;
                }
                at = start + query.len();
                matches.places.push(Piece { turn, passage, range: start..at });
            }
        }
    }
    matches
}
