//! One row of bytes: offset, cells and characters.

use std::rc::Rc;

use page_model::difference::DifferenceKind;
use page_model::inspector::byte_id;
use page_model::inspector::byte_row::{Bracket, ByteRowView, CellHighlight, CellView, GlyphView};
use yew::prelude::*;

use crate::components::context::use_lang;
use crate::components::inspector::direction;
use crate::components::inspector::ids::DESCRIPTION_ID;
use crate::i18n::verdict;

/// What a row of bytes is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A grid in which the arrow keys walk.
    Grid,
    /// A picture of some bytes.
    Preview,
}

/// Properties of [`ByteRow`].
#[derive(PartialEq, Properties)]
pub struct ByteRowProps {
    /// What the row shows.
    pub view: Rc<ByteRowView>,
    /// What the row is part of.
    pub kind: RowKind,
}

/// Draws one row of bytes.
#[component]
pub fn ByteRow(ByteRowProps { view, kind }: &ByteRowProps) -> Html {
    let lang = use_lang();
    let way = direction::name(view.direction);
    let role = |role: &'static str| (*kind == RowKind::Grid).then_some(role);
    let missing = |column: usize| {
        html! {
            <span
                key={column}
                class="cell missing"
                role="gridcell"
                aria-label={verdict::difference(lang, DifferenceKind::Missing)}
            />
        }
    };
    let bytes = view.cells.len();
    html! {
        <div
            role={role("row")}
            aria-rowindex={(*kind == RowKind::Grid).then(|| (view.number + 1).to_string())}
            class={classes!("bytes", way, view.is_wide.then_some("wide"), view.leads.then_some("leads"))}
            data-way={way}
            data-offset={view.offset.to_string()}
        >
            <span class="lead" aria-hidden="true">
                { if view.leads { direction::arrow(view.direction) } else { "" } }
            </span>
            <span class="offset" role={role("rowheader")}>
                { format!("{:01$x}", view.offset, view.digits) }
            </span>
            <span class="cells" role={role("presentation")}>
                { for view.cells.iter().enumerate().map(|(at, cell)| self::cell(view, at, cell, *kind)) }
                { for (bytes..bytes + view.missing).map(missing) }
            </span>
            <span class="text" aria-hidden="true">
                { for view.glyphs.iter().map(|glyph| self::glyph(view, glyph)) }
            </span>
        </div>
    }
}

/// Draws a cell. Its key is its column, so that a row whose bytes change keeps its elements.
fn cell(row: &ByteRowView, column: usize, cell: &CellView, kind: RowKind) -> Html {
    let offset = row.offset + column as u64;
    let is_grid = kind == RowKind::Grid;
    // The style sheet gives the space no room: it parts the bytes where they are copied or read out.
    let hex = format!("{:02x} ", cell.byte);
    html! {
        <span
            key={column}
            id={cell.is_cursor.then(|| byte_id(row.direction, offset))}
            class={classes!(
                "cell",
                cell.difference.map(difference_class),
                cell.highlight.map(highlight_class),
                cell.bracket.map(bracket_class),
            )}
            role={is_grid.then_some("gridcell")}
            tabindex={is_grid.then_some(if cell.is_cursor { "0" } else { "-1" })}
            aria-describedby={cell.is_cursor.then_some(DESCRIPTION_ID)}
            data-column={column.to_string()}
        >
            if let Some(above) = cell.above {
                <span class={classes!("above", span_class(above.places))} aria-hidden="true">
                    { above.character }
                </span>
            }
            { hex }
        </span>
    }
}

/// Draws a character across the columns of its bytes.
fn glyph(row: &ByteRowView, glyph: &GlyphView) -> Html {
    let column = glyph.offset - row.offset;
    html! {
        <span
            key={column}
            class={classes!(
                "glyph",
                span_class(glyph.places),
                glyph.is_stand_in.then_some("stand-in"),
                glyph.is_marked.then_some("marked"),
                glyph.is_changed.then_some("changed"),
            )}
            data-column={column.to_string()}
        >
            { glyph.glyph.map(String::from).unwrap_or_default() }
        </span>
    }
}

/// Returns the class of a byte that differs from what was expected.
pub fn difference_class(difference: DifferenceKind) -> &'static str {
    match difference {
        DifferenceKind::Changed => "changed",
        DifferenceKind::Missing => "missing",
        DifferenceKind::Extra => "surplus",
    }
}

fn highlight_class(highlight: CellHighlight) -> &'static str {
    match highlight {
        CellHighlight::Pointed => "pointed",
        CellHighlight::Counterpart => "twin",
        CellHighlight::Marked => "marked",
    }
}

fn bracket_class(bracket: Bracket) -> &'static str {
    match bracket {
        Bracket::Opens => "opens",
        Bracket::Within => "within",
        Bracket::Closes => "closes",
    }
}

/// Returns the class of what covers so many places, if that is more than one.
pub fn span_class(places: usize) -> Option<&'static str> {
    ["two", "three", "four"].get(places.checked_sub(2)?).copied()
}
