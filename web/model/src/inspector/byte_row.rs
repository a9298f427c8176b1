//! One row of bytes: its cells, and the characters that they make.

use std::ops::Range;

use echo_core::hexdump::{self, Unit};

use super::compare::Compared;
use super::dump::DumpRow;
use super::highlight::Highlighted;
use crate::difference::DifferenceKind;
use crate::transcript::{Direction, Segment, Transcript};

/// A row of bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct ByteRowView {
    /// The row's number, counted from 0.
    pub number: usize,
    /// Which way the bytes went.
    pub direction: Direction,
    /// Whether a block of one direction begins here.
    pub leads: bool,
    /// The offset of the first byte.
    pub offset: u64,
    /// How many hex digits the offset is written with.
    pub digits: usize,
    /// Whether a row has sixteen places, not eight.
    pub is_wide: bool,
    /// The bytes.
    pub cells: Vec<CellView>,
    /// How many bytes are missing after them.
    pub missing: usize,
    /// The characters that the bytes make.
    pub glyphs: Vec<GlyphRun>,
    /// The columns of the highlighted bytes, the first being 0.
    pub marked: Option<Range<u64>>,
}

/// A byte in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellView {
    /// The byte.
    pub byte: u8,
    /// How it differs from what was expected.
    pub difference: Option<DifferenceKind>,
    /// How it is highlighted.
    pub highlight: Option<CellHighlight>,
    /// Where it stands among the bytes of its character, if that has several.
    pub bracket: Option<Bracket>,
    /// The character that stands above this byte and those that follow it in the row, where there
    /// is room.
    pub above: Option<Spanning>,
    /// Whether the Tab key leads to it.
    pub is_cursor: bool,
}

/// How a byte is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellHighlight {
    /// The pointer is on the byte.
    Pointed,
    /// The byte has the same offset in the other direction as the byte under the pointer.
    Counterpart,
    /// The byte belongs to the character or to the row of the Timeline that is pointed at.
    Marked,
}

/// The position of a byte among those of its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// The first byte.
    Opens,
    /// A byte that is neither the first nor the last.
    Within,
    /// The last byte.
    Closes,
}

/// A character, and how many places it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanning {
    /// The character.
    pub character: char,
    /// How many places: one to four.
    pub places: usize,
}

/// Characters beside the bytes: some of one byte each that look alike, or one of several bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphRun {
    /// How many bytes of this row they have.
    pub places: usize,
    /// What they look like; empty for a character that begins in the row before.
    pub text: String,
    /// Whether it is one character, of several bytes.
    pub is_multibyte: bool,
    /// Whether something else stands for characters that cannot be seen.
    pub is_stand_in: bool,
    /// Whether one of the bytes came otherwise than expected.
    pub is_changed: bool,
}

/// What the rows of a grid have in common.
pub(super) struct RowContext<'a> {
    pub(super) log: &'a Transcript,
    pub(super) compared: Option<&'a Compared<'a>>,
    pub(super) marked: &'a Highlighted,
    /// The byte that the Tab key leads to.
    pub(super) cursor: Option<(Direction, u64)>,
    pub(super) is_wide: bool,
    pub(super) digits: usize,
    /// Whether there is room for characters above their bytes.
    pub(super) has_room_above: bool,
}

impl RowContext<'_> {
    pub(super) fn row(&self, number: usize, row: &DumpRow) -> ByteRowView {
        let bytes = row.bytes.iter();
        let cells: Vec<_> =
            bytes.clone().flat_map(hexdump::Row::cells).map(|it| self.cell(row, &it)).collect();
        ByteRowView {
            number,
            direction: row.direction,
            leads: row.leads,
            offset: row.offset,
            digits: self.digits,
            is_wide: self.is_wide,
            missing: row.places - cells.len(),
            marked: self.marked_columns(row, cells.len()),
            cells,
            glyphs: GlyphRun::joined(
                bytes.flat_map(|it| it.units().map(|unit| self.glyph(row, it, &unit))),
            ),
        }
    }

    fn cell(&self, row: &DumpRow, cell: &hexdump::Cell) -> CellView {
        let offset = row.base + cell.offset as u64;
        CellView {
            byte: cell.byte,
            difference: self.difference(row.direction, offset),
            highlight: CellHighlight::of(self.marked, row.direction, offset),
            bracket: Bracket::of(cell),
            above: row.bytes.filter(|_| self.has_room_above).and_then(|it| above(&it, cell)),
            is_cursor: self.cursor == Some((row.direction, offset)),
        }
    }

    fn glyph(&self, row: &DumpRow, bytes: &hexdump::Row, unit: &Unit) -> GlyphRun {
        let columns = bytes.columns(unit);
        let mut offsets = row.offset + columns.start as u64..row.offset + columns.end as u64;
        let is_changed = |at| self.difference(row.direction, at) == Some(DifferenceKind::Changed);
        // Many a font has no pictures of control characters; the cell tells which one it is.
        let glyph = match (unit.character, unit.glyph()) {
            (Some(character), glyph) if character == glyph => glyph,
            (Some(_), _) => '·',
            (None, _) => '.',
        };
        let begins_here = bytes.offset <= unit.range.start;
        GlyphRun {
            places: columns.len(),
            text: if begins_here { glyph.into() } else { String::new() },
            is_multibyte: unit.range.len() > 1,
            is_stand_in: unit.character != Some(glyph),
            is_changed: offsets.any(is_changed),
        }
    }

    /// Returns the columns of those bytes of a row that are highlighted; the row has `bytes` bytes.
    fn marked_columns(&self, row: &DumpRow, bytes: usize) -> Option<Range<u64>> {
        let mut segments = self.marked.bytes.iter().chain(&self.marked.counterparts);
        let segment = segments.find(|it| it.direction == row.direction)?;
        let column = |offset: u64| offset.saturating_sub(row.offset).min(bytes as u64);
        let columns = column(segment.range.start)..column(segment.range.end);
        (!columns.is_empty()).then_some(columns)
    }

    fn difference(&self, direction: Direction, offset: u64) -> Option<DifferenceKind> {
        self.compared?.difference(self.log, direction, offset)
    }
}

/// Returns the character that stands above its bytes, at the first of them in this row.
fn above(bytes: &hexdump::Row, cell: &hexdump::Cell) -> Option<Spanning> {
    let range = &cell.unit.range;
    let is_first = range.start.max(bytes.offset) == cell.offset;
    let character = cell.unit.character.filter(|_| is_first && range.len() > 1)?;
    Some(Spanning { character, places: bytes.columns(&cell.unit).len() })
}

impl GlyphRun {
    /// Joins what looks alike, so that few elements show it.
    fn joined(glyphs: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut runs: Vec<Self> = vec![];
        for glyph in glyphs {
            match runs.last_mut() {
                Some(run) if run.looks_like(&glyph) => {
                    run.places += glyph.places;
                    run.text += &glyph.text;
                }
                _ => runs.push(glyph),
            }
        }
        runs
    }

    fn looks_like(&self, other: &Self) -> bool {
        let looks = |it: &Self| (it.is_multibyte, it.is_stand_in, it.is_changed);
        !self.is_multibyte && looks(self) == looks(other)
    }
}

impl CellHighlight {
    fn of(marked: &Highlighted, direction: Direction, offset: u64) -> Option<Self> {
        let holds = |it: &Segment| it.holds(direction, offset);
        if marked.byte == Some((direction, offset)) {
            Some(Self::Pointed)
        } else if marked.counterparts.as_ref().is_some_and(holds) {
            Some(Self::Counterpart)
        } else if marked.bytes.as_ref().is_some_and(holds) {
            Some(Self::Marked)
        } else {
            None
        }
    }
}

impl Bracket {
    fn of(cell: &hexdump::Cell) -> Option<Self> {
        let Unit { range, character } = &cell.unit;
        character.filter(|_| range.len() > 1)?;
        Some(match cell.offset {
            at if at == range.start => Self::Opens,
            at if at + 1 == range.end => Self::Closes,
            _ => Self::Within,
        })
    }
}
