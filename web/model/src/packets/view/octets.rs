//! The bytes of the selected packet.

use echo_core::hexdump::{Hexdump, Row, Unit};
use echo_core::packets::layers::field_at;

use crate::inspector::highlight::Highlighted;
use crate::packets::detail::{PacketDetail, WIDTH};
use crate::packets::stream;
use crate::transcript::Direction;

/// How many rows stay in sight while the fields beside them are scrolled.
const MAX_SHORT_ROWS: usize = 12;

/// The bytes of the selected packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OctetsView {
    /// The rows of bytes.
    pub rows: Vec<OctetRow>,
    /// The offset of the byte that is marked by itself.
    pub active: Option<usize>,
    /// Whether there are few rows.
    pub is_short: bool,
    /// How many more bytes there are that are not shown.
    pub hidden: usize,
}

/// A row of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OctetRow {
    /// The offset of its first byte in the frame.
    pub offset: usize,
    /// Which way the packet went, as the page sees it.
    pub direction: Direction,
    /// The bytes.
    pub octets: Vec<Octet>,
    /// The characters of the bytes.
    pub glyphs: Vec<OctetGlyph>,
}

/// A byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Octet {
    /// Its offset in the frame.
    pub offset: usize,
    /// The byte itself.
    pub value: u8,
    /// Whether it is marked.
    pub mark: Option<OctetMark>,
    /// Whether it belongs to a header.
    pub is_header: bool,
    /// Whether it was measured, and not made up.
    pub is_measured: bool,
}

/// How a byte is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OctetMark {
    /// The byte is highlighted by itself.
    Active,
    /// The byte is highlighted along with others.
    Marked,
}

/// A character over the places of its bytes in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OctetGlyph {
    /// The offset of the first of its bytes in this row.
    pub offset: usize,
    /// How many of its bytes stand in this row.
    pub columns: usize,
    /// The character, or `None` if it stands at the end of the row before.
    pub glyph: Option<char>,
    /// Whether another character stands for it.
    pub is_stand_in: bool,
    /// Whether it belongs to a header.
    pub is_header: bool,
    /// Whether it is marked.
    pub is_marked: bool,
}

impl OctetsView {
    pub(super) fn of(detail: &PacketDetail, highlighted: &Highlighted) -> Self {
        let octets = detail.octets();
        let dump = Hexdump::new(octets, WIDTH);
        let marks = Marks::new(detail, highlighted);
        let rows = (0..dump.len()).filter_map(|number| dump.row(number));
        Self {
            rows: rows.map(|row| OctetRow::of(detail, &marks, &row)).collect(),
            active: detail.octet(),
            is_short: dump.len() <= MAX_SHORT_ROWS,
            hidden: detail.row.packet.frame.bytes.len() - octets.len(),
        }
    }
}

impl OctetRow {
    fn of(detail: &PacketDetail, marks: &Marks, row: &Row) -> Self {
        let payload = &detail.row.packet.payload;
        let octets = (row.offset..).zip(row.bytes).map(|(offset, value)| Octet {
            offset,
            value: *value,
            mark: marks.of(offset),
            is_header: !payload.contains(&offset),
            is_measured: field_at(&detail.layers, offset).is_none_or(|field| field.measured),
        });
        let end = row.offset + row.bytes.len();
        let units = row.units().flat_map(|unit| apart_in_headers(unit, payload.start));
        let units = units.filter(|it| it.range.end > row.offset && it.range.start < end);
        let glyphs = units.map(|unit| {
            let columns = row.columns(&unit);
            let offset = row.offset + columns.start;
            let (glyph, is_itself) = match unit.character {
                Some(character) if character == unit.glyph() => (character, true),
                _ => ('.', false),
            };
            OctetGlyph {
                offset,
                columns: columns.len(),
                glyph: (row.offset <= unit.range.start).then_some(glyph),
                is_stand_in: !is_itself,
                is_header: !payload.contains(&offset),
                is_marked: marks.of(offset).is_some(),
            }
        });
        Self {
            offset: row.offset,
            direction: stream::direction(detail.near, detail.row.by),
            octets: octets.collect(),
            glyphs: glyphs.collect(),
        }
    }
}

/// Which bytes of the packet are marked.
struct Marks<'a> {
    detail: &'a PacketDetail<'a>,
    active: Option<usize>,
    marked: std::ops::Range<usize>,
    /// What is highlighted in all views, if that marks single bytes here.
    highlighted: Option<&'a Highlighted>,
}

impl<'a> Marks<'a> {
    fn new(detail: &'a PacketDetail, highlighted: &'a Highlighted) -> Self {
        // That all of the packet's payload is highlighted is shown by its row in the list.
        let is_whole = stream::payload_segment(detail.near, &detail.row) == highlighted.bytes;
        Self {
            detail,
            active: detail.octet(),
            marked: detail.marked(),
            highlighted: (detail.spot.is_none() && !is_whole).then_some(highlighted),
        }
    }

    fn of(&self, offset: usize) -> Option<OctetMark> {
        if self.active == Some(offset) {
            Some(OctetMark::Active)
        } else if self.marked.contains(&offset) || self.is_highlighted(offset) {
            Some(OctetMark::Marked)
        } else {
            None
        }
    }

    fn is_highlighted(&self, offset: usize) -> bool {
        self.highlighted.is_some_and(|highlighted| {
            stream::stream_offset(self.detail.near, &self.detail.row, offset)
                .is_some_and(|(direction, offset)| highlighted.holds(direction, offset))
        })
    }
}

/// Splits a character of several bytes that begins in a header: headers have numbers, not
/// characters.
fn apart_in_headers(unit: Unit, payload: usize) -> Vec<Unit> {
    if unit.range.start >= payload || unit.range.len() == 1 {
        return vec![unit];
    }
    unit.range.map(|at| Unit { range: at..at + 1, character: None }).collect()
}
