//! What the Bytes view shows: the rows that are in view, each byte with all that is to be seen of
//! it, and what is said of one of them.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use echo_core::hexdump::{self, Hexdump, Unit, Width};

use super::byte_row::{ByteRowView, RowContext};
use super::dump::DumpRow;
use super::highlight::Highlighted;
use super::record::ConnectionRecord;
use super::view_context::ListWindow;
use super::window::ROW_PX;
use super::{BytesMode, Inspector};
use crate::difference::DifferenceKind;
use crate::transcript::{Direction, Transcript};

/// How many rows are drawn all at once; of more, only those in view.
const MAX_UNWINDOWED_ROWS: usize = 48;
/// How many rows of a piece stand under the Timeline.
const PREVIEW_ROWS: usize = 2;
/// The least number of hex digits of an offset.
const MIN_DIGITS: usize = 4;

/// The Bytes view.
#[derive(Clone, Debug, PartialEq)]
pub struct BytesView {
    /// How many bytes went each way: first those sent, then those received.
    pub totals: [DirectionTotal; 2],
    /// How the bytes are shown.
    pub mode: BytesMode,
    /// The bytes in rows, if there are any, and they are not shown as text.
    pub grid: Option<GridView>,
    /// The byte that is pointed at or has the focus.
    pub described: Option<ByteDescription>,
    /// What the marks on bytes mean: those that there are; `None` where nothing is compared.
    pub legend: Option<Vec<DifferenceKind>>,
}

/// How many bytes went one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectionTotal {
    /// Which way.
    pub direction: Direction,
    /// How many bytes.
    pub bytes: u64,
    /// Which of them are kept.
    pub kept: KeptBytes,
}

/// Which of the bytes that went one way are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptBytes {
    /// All.
    All,
    /// The first ones, so many.
    First(u64),
    /// The newest ones, so many.
    Newest(u64),
}

/// The bytes in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct GridView {
    /// How many rows there are in all.
    pub row_count: usize,
    /// Which part of them is drawn; `None` while they are few and all of them are.
    pub window: Option<ListWindow>,
    /// The rows that are drawn.
    pub rows: Vec<Rc<ByteRowView>>,
}

/// What is said of a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteDescription {
    /// Which way it went.
    pub direction: Direction,
    /// The byte.
    pub byte: u8,
    /// What it stands for.
    pub meaning: ByteMeaning,
    /// Its place among the bytes of its direction, counted from 1.
    pub position: u64,
    /// How many bytes of its direction there are.
    pub total: u64,
}

/// What a byte stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByteMeaning {
    /// A control character, or the space, with its English name.
    Named(&'static str),
    /// A character of one byte.
    Character(char),
    /// One byte of several that make a character.
    Part {
        /// Which of them, counted from 1.
        index: usize,
        /// How many there are.
        total: usize,
        /// What the character looks like.
        glyph: char,
    },
    /// No character.
    Invalid,
}

/// The first bytes of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Their rows.
    pub rows: Vec<Rc<ByteRowView>>,
    /// Whether there are more of them.
    pub has_more: bool,
}

impl Inspector {
    /// Returns what the Bytes view shows of a record.
    #[must_use]
    pub fn bytes_view(&self, record: &ConnectionRecord) -> BytesView {
        let (log, marked) = (record.log, self.marked(record.log));
        let described = marked.byte.and_then(|(way, offset)| ByteDescription::of(log, way, offset));
        let is_text = self.bytes_mode == BytesMode::Text;
        BytesView {
            totals: Direction::BOTH.map(|direction| DirectionTotal::of(log, direction)),
            mode: self.bytes_mode,
            grid: if is_text { None } else { self.grid_view(record, &marked) },
            described: described.filter(|_| !is_text),
            legend: if is_text { None } else { self.legend(record) },
        }
    }

    fn grid_view(&self, record: &ConnectionRecord, marked: &Highlighted) -> Option<GridView> {
        let dump = self.dump(record);
        if dump.is_empty() {
            return None;
        }
        let row_count = dump.len();
        let is_windowed = row_count > MAX_UNWINDOWED_ROWS;
        let window = self.bytes.window(row_count, ROW_PX);
        let drawn = if is_windowed { window.rows.clone() } else { 0..row_count };
        let compared = record.compared();
        let context = RowContext {
            log: record.log,
            compared: compared.as_ref(),
            marked,
            cursor: self.cursor(&dump),
            is_wide: dump.width() == Width::Sixteen,
            digits: dump.digits(),
            has_room_above: !is_windowed,
        };
        let row = |number: usize| Some(Rc::new(context.row(number, &dump.row(number)?)));
        Some(GridView {
            row_count,
            window: is_windowed.then(|| ListWindow::new(&window, self.bytes.sticks)),
            rows: drawn.filter_map(row).collect(),
        })
    }

    fn legend(&self, record: &ConnectionRecord) -> Option<Vec<DifferenceKind>> {
        let compared = record.compared()?;
        let is_shown = |difference: &DifferenceKind| match difference {
            DifferenceKind::Changed => self.changes.has_changed(record.log),
            // A byte that did not come has no place in the order in which bytes went.
            DifferenceKind::Missing => !self.follows() && compared.has_missing(record.log),
            DifferenceKind::Extra => compared.has_extra(record.log),
        };
        Some(DifferenceKind::ALL.into_iter().filter(is_shown).collect())
    }

    /// Returns the first bytes that moved in the highlighted row of the Timeline.
    #[must_use]
    pub fn preview(&self, record: &ConnectionRecord) -> Option<Preview> {
        let marked = self.marked(record.log);
        let entry = self.listing.entries().get(marked.entry?)?;
        let moved = entry.moved(record.log)?;
        let kept = record.log.bytes(moved.direction);
        let base = moved.range.start.max(kept.start);
        let dump = Hexdump::new(record.log.bytes_of(&moved), self.width);
        let compared = record.compared();
        let context = RowContext {
            log: record.log,
            compared: compared.as_ref(),
            marked: &marked,
            cursor: None,
            is_wide: self.width == Width::Sixteen,
            digits: MIN_DIGITS,
            has_room_above: true,
        };
        let row = |number: usize| {
            let bytes = dump.row(number)?;
            let offset = base + bytes.offset as u64;
            let (leads, places) = (number == 0, bytes.bytes.len());
            let direction = moved.direction;
            let row = DumpRow { direction, leads, offset, base, bytes: Some(bytes), places };
            Some(Rc::new(context.row(number, &row)))
        };
        Some(Preview {
            rows: (0..PREVIEW_ROWS).filter_map(row).collect(),
            has_more: dump.len() > PREVIEW_ROWS,
        })
    }
}

impl DirectionTotal {
    fn of(log: &Transcript, direction: Direction) -> Self {
        let (kept, bytes) = (log.bytes(direction), log.moved(direction));
        let count = kept.bytes.len() as u64;
        let kept = match kept.start {
            _ if count == bytes => KeptBytes::All,
            0 => KeptBytes::First(count),
            _ => KeptBytes::Newest(count),
        };
        Self { direction, bytes, kept }
    }
}

impl ByteDescription {
    fn of(log: &Transcript, direction: Direction, offset: u64) -> Option<Self> {
        let kept = log.bytes(direction);
        let index = kept.index(offset)?;
        let byte = kept.bytes[index];
        let unit = Unit::at(kept.bytes, index)?;
        let meaning = match (hexdump::name(byte), unit.character) {
            (Some(name), _) => ByteMeaning::Named(name),
            (None, None) => ByteMeaning::Invalid,
            (None, Some(_)) if unit.range.len() > 1 => ByteMeaning::Part {
                index: index - unit.range.start + 1,
                total: unit.range.len(),
                glyph: unit.glyph(),
            },
            (None, Some(_)) => ByteMeaning::Character(unit.glyph()),
        };
        Some(Self { direction, byte, meaning, position: offset + 1, total: kept.end() })
    }
}
