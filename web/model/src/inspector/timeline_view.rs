//! What the Timeline shows: its filter, the rows that are in view, and what stands under them.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use super::bytes_view::Preview;
use super::entry::TimelineEntry;
use super::filter::Filter;
use super::highlight::Highlighted;
use super::record::ConnectionRecord;
use super::sequence_diagram::Arrows;
use super::view_context::{ListWindow, ViewContext};
use super::{Inspector, TimelineExport};
use crate::copy::CopyState;
use crate::format;
use crate::transcript::{Direction, Note, RowContent, TargetEvidence, Transcript};

/// How many bytes of a piece its row shows.
const MAX_PIECE_BYTES: usize = 120;
/// How many characters of a piece stand over its arrow.
const MAX_QUOTED_CHARS: usize = 10;

/// The Timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineView {
    /// What the rows are filtered by; `None` while there are too few of them.
    pub filter: Option<Filter>,
    /// What stands around the rows; `None` before the first run.
    pub frame: Option<TimelineFrame>,
    /// Which part of the rows is drawn; `None` while they are few and all of them are.
    pub window: Option<ListWindow>,
    /// The rows that are drawn.
    pub rows: Vec<Rc<RowView>>,
}

/// What stands around the rows of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineFrame {
    /// Where the way to the server ends before it.
    pub route_break: Option<RouteBreak>,
    /// What stands under the rows.
    pub footer: Rc<FooterView>,
}

/// Where the way to the server ends before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteBreak {
    /// The page does not reach the bridge.
    BeforeBridge,
    /// The bridge does not reach the server.
    BeforeServer,
}

/// A row of the Timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum RowView {
    /// Nothing happened for a while.
    Pause {
        /// The number of the row that follows.
        before: u64,
        /// How long, in milliseconds.
        ms: f64,
    },
    /// Something happened.
    Event(EventRow),
}

/// A row in which something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The number of its first row in the transcript.
    pub number: u64,
    /// When it happened, in milliseconds of the page's clock.
    pub at_ms: f64,
    /// What happened.
    pub line: LineView,
    /// What passed between page, bridge and server.
    pub arrows: Arrows,
    /// The beginning of the bytes that moved, which stands over their arrow.
    pub quote: Option<String>,
    /// Whether it is highlighted.
    pub highlight: RowHighlight,
}

/// What happened in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum LineView {
    /// The program printed a line, or something else was noted.
    Note(Note),
    /// Bytes moved between the page and the bridge.
    Piece {
        /// Which way.
        direction: Direction,
        /// The first of them, those that are not printable escaped.
        text: String,
    },
    /// The bridge wrote so many bytes, cut otherwise than the page sent them.
    Wrote(u64),
    /// Many pieces went one way, one after the other.
    Folded {
        /// Which way.
        direction: Direction,
        /// Whether they are the bridge's writes.
        is_write: bool,
        /// How many pieces.
        count: u64,
        /// How many bytes they have in all.
        bytes: u64,
    },
}

/// How a row is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHighlight {
    /// The row is not highlighted.
    None,
    /// The pointer is on it or on its bytes, or the user selected it.
    Marked,
    /// The row is the replayed event.
    Step,
}

/// What stands under the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct FooterView {
    /// Whether no row matches the filter.
    pub has_no_match: bool,
    /// How many of the oldest rows are no longer kept.
    pub dropped_rows: u64,
    /// What passed in the highlighted row.
    pub arrows: Arrows,
    /// The first bytes that moved in the highlighted row.
    pub preview: Option<Preview>,
    /// Whether the run is over, so that it can be replayed step by step.
    pub can_step: bool,
    /// What can be done with all rows, if there are any.
    pub export: Option<ExportView>,
    /// What the button says that copies the selected row, if one is selected.
    pub copy_row: Option<CopyState>,
}

/// What can be done with all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// What the button says that copies them.
    pub copy_all: CopyState,
    /// Whether they are being drawn as a picture.
    pub is_drawing: bool,
}

impl Inspector {
    pub(super) fn timeline_view(
        &self,
        record: Option<&ConnectionRecord>,
        context: ViewContext,
    ) -> TimelineView {
        let Some(record) = record else {
            return TimelineView { filter: None, frame: None, window: None, rows: vec![] };
        };
        let marked = self.marked(record.log);
        let (total, is_windowed) = (self.listing.entries().len(), self.has_many());
        let window = self.timeline.window(total);
        let drawn = if is_windowed { window.rows.clone() } else { 0..total };
        let row = |place: usize| self.row_view(record.log, place, marked.entry == Some(place));
        TimelineView {
            filter: is_windowed.then(|| self.filter.clone()),
            frame: Some(TimelineFrame {
                route_break: RouteBreak::of(record.log),
                footer: Rc::new(self.footer_view(record, &marked, context)),
            }),
            window: is_windowed.then(|| ListWindow::new(&window, self.timeline.sticks)),
            rows: drawn.filter_map(row).map(Rc::new).collect(),
        }
    }

    fn row_view(&self, log: &Transcript, place: usize, is_marked: bool) -> Option<RowView> {
        let entry = self.listing.entries().get(place)?;
        if let TimelineEntry::Pause(before, ms) = *entry {
            return Some(RowView::Pause { before, ms });
        }
        let highlight = match is_marked {
            false => RowHighlight::None,
            true if self.replays => RowHighlight::Step,
            true => RowHighlight::Marked,
        };
        Some(RowView::Event(EventRow {
            number: entry.row(),
            at_ms: log.row(entry.last_row())?.at_ms,
            line: LineView::of(entry, log)?,
            arrows: Arrows::of(entry, log),
            quote: quote(entry, log),
            highlight,
        }))
    }

    fn footer_view(
        &self,
        record: &ConnectionRecord,
        marked: &Highlighted,
        context: ViewContext,
    ) -> FooterView {
        let (log, entries) = (record.log, self.listing.entries());
        let entry = marked.entry.and_then(|place| entries.get(place));
        let copied =
            |what: TimelineExport| CopyState::from(context.copied.filter(|_| self.export == what));
        FooterView {
            has_no_match: self.filter.is_set() && entries.is_empty(),
            dropped_rows: log.dropped(),
            arrows: entry.map(|entry| Arrows::of(entry, log)).unwrap_or_default(),
            preview: entry.and_then(|entry| self.preview(record, entry, marked)),
            can_step: !record.is_running(),
            export: (log.row_count() > 0).then(|| ExportView {
                copy_all: copied(TimelineExport::Copied),
                is_drawing: self.export == TimelineExport::Drawing,
            }),
            copy_row: self.held_entry().map(|_| copied(TimelineExport::RowCopied)),
        }
    }
}

impl RouteBreak {
    fn of(log: &Transcript) -> Option<Self> {
        match log.broken() {
            TargetEvidence::NoBridge => Some(Self::BeforeBridge),
            TargetEvidence::NoTarget => Some(Self::BeforeServer),
            _ => None,
        }
    }
}

impl LineView {
    fn of(entry: &TimelineEntry, log: &Transcript) -> Option<Self> {
        if let TimelineEntry::Many(fold) = entry {
            let (count, bytes) = (fold.count, fold.bytes.byte_count());
            let direction = fold.bytes.direction;
            return Some(Self::Folded { direction, is_write: fold.wrote, count, bytes });
        }
        // A line of the program that shares the row of its bytes stands for them.
        Some(match &log.row(entry.last_row())?.content {
            RowContent::Note(note) => Self::Note(note.clone()),
            RowContent::Written(piece) => Self::Wrote(piece.byte_count()),
            RowContent::Transferred(piece) => {
                let (bytes, length) = (log.bytes_of(piece), piece.byte_count());
                let text = format::excerpt(bytes, MAX_PIECE_BYTES, length);
                Self::Piece { direction: piece.direction, text }
            }
        })
    }
}

/// Returns the beginning of the bytes that moved in an entry, short enough to stand over its arrow.
#[must_use]
pub fn quote(entry: &TimelineEntry, log: &Transcript) -> Option<String> {
    /// No character has more bytes.
    const MAX_CHAR_BYTES: usize = 4;
    const MAX_BYTES: usize = MAX_CHAR_BYTES * MAX_QUOTED_CHARS;
    let moved = entry.moved(log).filter(|_| !matches!(entry, TimelineEntry::Many(_)))?;
    let text = format::excerpt(log.bytes_of(&moved), MAX_BYTES, moved.byte_count());
    Some(format::shortened(text, MAX_QUOTED_CHARS))
}
