//! What the Timeline shows: its filter, the rows that are in view, and what stands under them.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use echo_core::Line;

use super::bridge_clock::{BridgeClock, RowTime, TimeUnit};
use super::entry::TimelineEntry;
use super::filter::Filter;
use super::highlight::Highlighted;
use super::record::ConnectionRecord;
use super::sequence_diagram::{Arrows, PathEnd};
use super::view_context::{ListWindow, TimeOrigin, ViewContext};
use super::window::TIMELINE_ROW_PX;
use super::{Inspector, TimelineExport};
use crate::copy::CopyState;
use crate::format;
use crate::role::Role;
use crate::transcript::{Direction, Note, RowContent, Transcript};

/// How many bytes of a piece its row shows, and in how many characters: a byte that cannot be
/// printed takes several.
const MAX_PIECE: usize = 120;
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
    /// Which end of the connection the page is.
    pub role: Role,
    /// Where the path to the server ended before it, if it did.
    pub end: Option<PathEnd>,
    /// The unit of all times.
    pub unit: TimeUnit,
    /// What the times of the page's clock count from.
    pub time_origin: TimeOrigin,
    /// What stands under the rows.
    pub footer: FooterView,
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
    /// When it happened, by the bridge's clock, if the bridge reported that.
    pub time: Option<RowTime>,
    /// When the page learned of it, in milliseconds of its own clock.
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
    /// The program printed these lines.
    Printed(Vec<Rc<Line>>),
    /// Something else was noted.
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
    /// When the page learned of that, in milliseconds of its own clock.
    pub at_ms: Option<f64>,
    /// Whether bytes moved in the highlighted row, so that there is a [preview](Inspector::preview).
    pub has_preview: bool,
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
        let window = self.timeline.window(total, TIMELINE_ROW_PX);
        let drawn = if is_windowed { window.rows.clone() } else { 0..total };
        let entries = self.listing.entries();
        let mut clock = BridgeClock::from_entry(entries, drawn.start, record.log);
        let row = |place: usize| {
            let time = clock.time_of(entries.get(place)?);
            self.row_view(record.log, place, time, marked.entry == Some(place))
        };
        TimelineView {
            filter: is_windowed.then(|| self.filter.clone()),
            frame: Some(TimelineFrame {
                role: record.role,
                end: record.log.failure().and_then(PathEnd::of),
                unit: TimeUnit::of(record.log),
                time_origin: context.time_origin,
                footer: self.footer_view(record, &marked, context),
            }),
            window: is_windowed.then(|| ListWindow::new(&window, self.timeline.sticks)),
            rows: drawn.filter_map(row).map(Rc::new).collect(),
        }
    }

    fn row_view(
        &self,
        log: &Transcript,
        place: usize,
        time: Option<RowTime>,
        is_marked: bool,
    ) -> Option<RowView> {
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
            time,
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
            at_ms: entry.and_then(|entry| Some(log.row(entry.last_row())?.at_ms)),
            has_preview: entry.is_some_and(|entry| entry.moved(log).is_some()),
            can_step: !record.is_running(),
            export: (log.row_count() > 0).then(|| ExportView {
                copy_all: copied(TimelineExport::Copied),
                is_drawing: self.export == TimelineExport::Drawing,
            }),
            copy_row: self.held_entry().map(|_| copied(TimelineExport::RowCopied)),
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
        let printed: Vec<_> = printed(entry, log).map(Rc::clone).collect();
        // What the program says of an event stands for it: the arrows show the rest.
        if !printed.is_empty() {
            return Some(Self::Printed(printed));
        }
        Some(match &log.row(entry.row())?.content {
            RowContent::Note(note) => Self::Note(note.clone()),
            RowContent::Written(piece) => Self::Wrote(piece.byte_count()),
            RowContent::Transferred(piece) => {
                let (bytes, length) = (log.bytes_of(piece), piece.byte_count());
                let text = format::excerpt(bytes, MAX_PIECE, length);
                let text = format::shortened(text, MAX_PIECE);
                Self::Piece { direction: piece.direction, text }
            }
        })
    }
}

/// Returns the lines that the program printed in an entry.
pub fn printed<'a>(
    entry: &TimelineEntry,
    log: &'a Transcript,
) -> impl Iterator<Item = &'a Rc<Line>> {
    let rows = (entry.row()..=entry.last_row()).filter_map(|number| log.row(number));
    rows.filter_map(|row| match &row.content {
        RowContent::Note(Note::Printed(line)) => Some(line),
        RowContent::Note(_) | RowContent::Transferred(_) | RowContent::Written(_) => None,
    })
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
