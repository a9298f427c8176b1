//! The rows of the Timeline as text, to be copied.

use echo_core::payload::printable;
use page_model::inspector::entry::{FoldedRows, TimelineEntry};
use page_model::inspector::record::ConnectionRecord;
use page_model::transcript::{Note, Row, RowContent};
use page_model::{Lang, Model};

use crate::components::inspector::direction;
use crate::i18n::{format, timeline as i18n};

/// How many bytes of a piece are copied.
const MAX_PIECE_BYTES: usize = 1_000;

/// Returns all rows that are listed, a line each, and each row of those that are folded. `clock_step`
/// is the step of the page's clock, in milliseconds.
pub fn all(model: &Model, clock_step: f64) -> String {
    let Some(run) = model.record() else { return String::new() };
    let entries = model.inspector.listing().entries().iter();
    let lines: Vec<_> = entries.map(|it| entry(&run, it, clock_step, model.lang)).collect();
    lines.join("\n")
}

/// Returns the rows of the entry that is selected.
pub fn held(model: &Model, clock_step: f64) -> String {
    let (record, held) = (model.record(), model.inspector.held_entry());
    let text = record.zip(held).map(|(run, it)| entry(&run, it, clock_step, model.lang));
    text.unwrap_or_default()
}

/// Returns the time, and the one line that the Timeline shows of an entry.
pub fn shown_line(
    run: &ConnectionRecord,
    entry: &TimelineEntry,
    clock_step: f64,
    lang: Lang,
) -> (String, String) {
    if let TimelineEntry::Pause(_, ms) = entry {
        return ("⋮".into(), format::pause(*ms));
    }
    let Some(row) = run.log.row(entry.last_row()) else { return (String::new(), String::new()) };
    let text = match (entry, &row.content) {
        (TimelineEntry::Many(FoldedRows { bytes, wrote, count, .. }), _) => {
            i18n::folded(lang, bytes.direction, *wrote, *count, bytes.byte_count())
        }
        (_, RowContent::Transferred(piece)) => {
            let bytes = run.log.bytes_of(piece);
            printable(&bytes[..bytes.len().min(MAX_PIECE_BYTES)])
        }
        _ => line(run, row, lang),
    };
    (format::millis(row.at_ms, clock_step), text)
}

fn entry(run: &ConnectionRecord, entry: &TimelineEntry, clock_step: f64, lang: Lang) -> String {
    if let TimelineEntry::Pause(_, ms) = entry {
        return format!("⋮ {}", format::pause(*ms));
    }
    let rows = (entry.row()..=entry.last_row()).filter_map(|number| run.log.row(number));
    let line = |row: &Row| {
        format!("{}\t{}", format::millis(row.at_ms, clock_step), self::line(run, row, lang))
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

fn line(run: &ConnectionRecord, row: &Row, lang: Lang) -> String {
    match &row.content {
        RowContent::Note(Note::Printed(line)) => format::abridged(line),
        RowContent::Note(note) => i18n::note(lang, note),
        RowContent::Written(piece) => i18n::wrote(lang, piece.byte_count()),
        RowContent::Transferred(moved) => {
            let (arrow, count) = (direction::arrow(moved.direction), moved.byte_count());
            let start = format::excerpt(run.log.bytes_of(moved), MAX_PIECE_BYTES, count);
            format!("{arrow} {count} B\t{start}")
        }
    }
}
