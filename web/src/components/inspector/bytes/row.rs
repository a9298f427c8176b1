//! One row of bytes: offset, cells and characters.

use std::ops::Range;
use std::rc::Rc;

use page_model::difference::DifferenceKind;
use page_model::inspector::byte_id;
use page_model::inspector::byte_row::{Bracket, ByteRowView, CellHighlight, CellView, GlyphRun};
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
    let missing = html! {
        <span
            class="cell missing"
            role="gridcell"
            aria-label={verdict::difference(lang, DifferenceKind::Missing)}
        />
    };
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
                { for std::iter::repeat_n(missing, view.missing) }
            </span>
            <span
                class={classes!("text", view.marked.as_ref().map(|_| "marked"))}
                aria-hidden="true"
                data-columns={if view.is_wide { "16" } else { "8" }}
                ~style={mark_style(view.marked.as_ref())}
            >
                { for view.glyphs.iter().map(glyphs) }
            </span>
        </div>
    }
}

/// Draws a cell. It needs no key: in a row whose bytes change, the cell of each column stays.
fn cell(row: &ByteRowView, column: usize, cell: &CellView, kind: RowKind) -> Html {
    let offset = row.offset + column as u64;
    let is_grid = kind == RowKind::Grid;
    // The style sheet gives the space no room: it parts the bytes where they are copied or read out.
    let hex = format!("{:02x} ", cell.byte);
    html! {
        <span
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

/// Draws characters across the columns of their bytes.
fn glyphs(run: &GlyphRun) -> Html {
    html! {
        <span
            class={classes!(
                "glyph",
                run.is_multibyte.then(|| glyph_class(run.places, run.text.is_empty())),
                run.is_stand_in.then_some("stand-in"),
                run.is_changed.then_some("changed"),
            )}
        >
            { &run.text }
        </span>
    }
}

/// Returns the style that highlights the characters of these columns.
fn mark_style(columns: Option<&Range<u64>>) -> String {
    let style = |it: &Range<u64>| format!("--from: {}; --to: {}", it.start, it.end);
    columns.map(style).unwrap_or_default()
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
fn span_class(places: usize) -> Option<&'static str> {
    ["two", "three", "four"].get(places.checked_sub(2)?).copied()
}

/// Returns the class of a character that has so many places in a row, or its rest, which shows nothing.
pub fn glyph_class(places: usize, is_rest: bool) -> Option<&'static str> {
    span_class(places).or(is_rest.then_some("one"))
}
