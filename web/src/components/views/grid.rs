//! One row of bytes: offset, cells, text.

use std::ops::Range;

use echo_core::hexdump::{Cell, Unit};
use yew::Html;

use super::{Parts, byte_id, pointing, text};
use crate::tag::tag;
use page_model::inspector::compare::{ByteDifference, Compared};
use page_model::inspector::dump::{Dump, DumpRow};
use page_model::inspector::highlight::Highlighted;
use page_model::inspector::record::ConnectionRecord;
use page_model::transcript::Direction;

/// What the rows of a grid have in common.
pub(super) struct Grid<'a> {
    parts: Parts<'a>,
    run: &'a ConnectionRecord<'a>,
    compared: Option<Compared<'a>>,
    marked: &'a Highlighted,
    cursor: Option<(Direction, u64)>,
    /// How many places a row has.
    width: usize,
    /// How many digits an offset has, so that all rows align.
    digits: usize,
    /// Whether there is room for what stands above the bytes.
    roomy: bool,
    /// Whether it is a picture of bytes alone, not a grid to walk in.
    flat: bool,
}

impl<'a> Grid<'a> {
    pub(super) fn new(
        parts: Parts<'a>,
        run: &'a ConnectionRecord<'a>,
        dump: &Dump,
        roomy: bool,
    ) -> Self {
        Self {
            parts,
            run,
            compared: run.compared(),
            marked: parts.marked,
            cursor: parts.view.cursor(dump),
            width: dump.width() as usize,
            digits: dump.digits(),
            roomy,
            flat: false,
        }
    }

    /// A picture of bytes, not a grid to walk in.
    pub(super) fn flat(parts: Parts<'a>, run: &'a ConnectionRecord<'a>) -> Self {
        let (compared, marked) = (run.compared(), parts.marked);
        let width = parts.view.width as usize;
        let (cursor, digits) = (None, 4);
        Self { parts, run, compared, marked, cursor, width, digits, roomy: true, flat: true }
    }

    pub(super) fn row(&self, number: usize, row: &DumpRow) -> Html {
        let way = pointing::value(row.direction);
        let wide = (self.width > 8).then_some("wide");
        let cells: Vec<Cell> = row.bytes.iter().flat_map(echo_core::hexdump::Row::cells).collect();
        tag("div")
            .key(number)
            .set("role", self.role("row"))
            .set("aria-rowindex", self.walked((number + 1).to_string()))
            .class("bytes")
            .class(way)
            .class(wide)
            .class(row.leads.then_some("leads"))
            .child(
                tag("span")
                    .key("lead")
                    .class("lead")
                    .set("aria-hidden", "true")
                    .child(if row.leads { text::arrow(row.direction) } else { "" }),
            )
            .child(
                tag("span")
                    .key("offset")
                    .class("offset")
                    .set("role", self.role("rowheader"))
                    .child(format!("{:01$x}", row.offset, self.digits)),
            )
            .child(
                tag("span")
                    .key("cells")
                    .class("cells")
                    .set("role", self.role("presentation"))
                    .children(cells.iter().map(|cell| self.cell(row, cell)))
                    .children((cells.len()..row.places).map(|column| self.missing(row, column))),
            )
            .child(
                tag("span").key("text").class("text").set("aria-hidden", "true").children(
                    row.bytes
                        .iter()
                        .flat_map(echo_core::hexdump::Row::units)
                        .map(|unit| self.glyph(row, &unit)),
                ),
            )
            .html()
    }

    fn role(&self, role: &'static str) -> Option<&'static str> {
        (!self.flat).then_some(role)
    }

    fn walked(&self, value: String) -> Option<String> {
        (!self.flat).then_some(value)
    }

    fn difference(&self, direction: Direction, offset: u64) -> Option<ByteDifference> {
        self.compared?.difference(self.run.log, direction, offset)
    }

    fn cell(&self, row: &DumpRow, cell: &Cell) -> Html {
        let offset = row.base + cell.offset as u64;
        let here = (row.direction, offset);
        let above = self.above(row, cell);
        tag("span")
            .key(offset)
            .set("id", self.walked(byte_id(row.direction, offset)))
            .class("cell")
            .class(self.difference(row.direction, offset).map(difference_class))
            .class(self.mark_class(row.direction, offset))
            .class(bracket(cell))
            .set("role", self.role("gridcell"))
            .set("tabindex", self.role(if self.cursor == Some(here) { "0" } else { "-1" }))
            .set("aria-describedby", (self.cursor == Some(here)).then_some("says"))
            .set("data-way", pointing::value(row.direction))
            .set("data-byte", offset.to_string())
            .child(above)
            .child(format!("{:02x}", cell.byte))
            .html()
    }

    /// The character over its bytes, at the first of them in this row.
    fn above(&self, row: &DumpRow, cell: &Cell) -> Html {
        let here = row.bytes.map(|it| it.columns(&cell.unit)).unwrap_or_default();
        let first = cell.unit.range.start.max(row.bytes.map_or(0, |it| it.offset)) == cell.offset;
        let several = cell.unit.range.len() > 1;
        let Some(character) = cell.unit.character.filter(|_| self.roomy && first && several) else {
            return Html::default();
        };
        tag("span")
            .class("above")
            .class(span_class(here.len()))
            .set("aria-hidden", "true")
            .child(character.to_string())
            .html()
    }

    /// What a character looks like, over the places of its bytes.
    fn glyph(&self, row: &DumpRow, unit: &Unit) -> Html {
        let columns = row.bytes.map(|it| it.columns(unit)).unwrap_or_default();
        let begins = row.bytes.is_some_and(|it| it.offset <= unit.range.start);
        let first = row.offset + columns.start as u64;
        let of_it = row.offset + columns.start as u64..row.offset + columns.end as u64;
        let changed = of_it
            .clone()
            .any(|at| self.difference(row.direction, at) == Some(ByteDifference::Changed));
        let marked = of_it.into_iter().any(|at| self.marked.holds(row.direction, at));
        // Many a font has no pictures of control characters; the cell tells which one it is.
        let glyph = match (unit.character, unit.glyph()) {
            (Some(character), glyph) if character == glyph => glyph,
            (Some(_), _) => '·',
            (None, _) => '.',
        };
        tag("span")
            .key(first)
            .class("glyph")
            .class(span_class(columns.len()))
            .class((unit.character != Some(glyph)).then_some("stand-in"))
            .class(marked.then_some("marked"))
            .class(changed.then_some("changed"))
            .set("data-way", pointing::value(row.direction))
            .set("data-byte", first.to_string())
            .child(if begins { String::from(glyph) } else { String::new() })
            .html()
    }

    fn missing(&self, row: &DumpRow, column: usize) -> Html {
        let label = self.parts.words.views.missing;
        tag("span")
            .key(row.offset + column as u64)
            .class("cell missing")
            .set("role", "gridcell")
            .set("aria-label", label)
            .html()
    }

    fn mark_class(&self, direction: Direction, offset: u64) -> Option<&'static str> {
        let here = (direction, offset);
        let twin =
            |(way, range): &(Direction, Range<u64>)| *way == direction && range.contains(&offset);
        match self.marked {
            marked if marked.byte == Some(here) => Some("pointed"),
            marked if marked.counterparts.as_ref().is_some_and(twin) => Some("twin"),
            marked if marked.holds(direction, offset) => Some("marked"),
            _ => None,
        }
    }
}

fn difference_class(difference: ByteDifference) -> &'static str {
    match difference {
        ByteDifference::Changed => "changed",
        ByteDifference::Missing => "missing",
        ByteDifference::Extra => "surplus",
    }
}

/// How many places something covers.
pub fn span_class(places: usize) -> Option<&'static str> {
    ["one", "two", "three", "four"].get(places.checked_sub(1)?).copied()
}

/// Where a byte stands in its character's bracket.
fn bracket(cell: &Cell) -> Option<&'static str> {
    let Unit { range, character } = &cell.unit;
    character.filter(|_| range.len() > 1)?;
    Some(match cell.offset {
        at if at == range.start => "opens",
        at if at + 1 == range.end => "closes",
        _ => "within",
    })
}
