//! The Timeline's rows as text, to be copied.

use echo_core::payload::printable;

use crate::i18n::{Words, format};
use page_model::Model;
use page_model::inspector::entry::{FoldedRows, TimelineEntry};
use page_model::inspector::record::ConnectionRecord;
use page_model::transcript::{Direction, Note, Row, What};

/// How many bytes of a piece are copied.
const COPIED: usize = 1_000;

/// All rows that are listed, a line each, and each row of those that are folded.
pub fn all(model: &Model, clock_step: f64) -> String {
    let words = crate::i18n::of(model.lang);
    let Some(run) = model.record() else { return String::new() };
    let entries = model.inspector.listing().entries().iter();
    let lines: Vec<_> = entries.map(|it| entry(&run, it, clock_step, words)).collect();
    lines.join("\n")
}

/// When, and the one line that the Timeline shows of an entry.
pub(super) fn shown_line(
    run: &ConnectionRecord,
    entry: &TimelineEntry,
    clock_step: f64,
    words: &Words,
) -> (String, String) {
    let number = match entry {
        TimelineEntry::Pause(_, ms) => return ("⋮".into(), format::pause(*ms)),
        TimelineEntry::One(row) => *row,
        TimelineEntry::Told(row) => row + 1,
        TimelineEntry::Many(fold) => fold.last,
    };
    let Some(row) = run.log.row(number) else { return (String::new(), String::new()) };
    let said = match (entry, &row.what) {
        (TimelineEntry::Many(FoldedRows { bytes, wrote, count, .. }), _) => {
            (words.views.many)(bytes.direction, *wrote, *count, &format::size(bytes.len()))
        }
        (_, What::Moved(piece)) => {
            let bytes = run.log.bytes_of(piece);
            printable(&bytes[..bytes.len().min(COPIED)])
        }
        _ => line(run, row, words),
    };
    (format::millis(row.at, clock_step), said)
}

/// The rows of one entry.
pub(super) fn entry(
    run: &ConnectionRecord,
    entry: &TimelineEntry,
    clock_step: f64,
    words: &Words,
) -> String {
    let rows = match entry {
        TimelineEntry::Pause(_, ms) => return format!("⋮ {}", format::pause(*ms)),
        TimelineEntry::One(row) => *row..row + 1,
        TimelineEntry::Told(row) => *row..row + 2,
        TimelineEntry::Many(fold) => fold.first..fold.last + 1,
    };
    let lines: Vec<_> = rows
        .filter_map(|number| run.log.row(number))
        .map(|row| {
            let time = format::millis(row.at, clock_step);
            format!("{time}\t{}", line(run, row, words))
        })
        .collect();
    lines.join("\n")
}

fn line(run: &ConnectionRecord, row: &Row, words: &Words) -> String {
    match &row.what {
        What::Note(Note::Printed(line)) => format::abridged(line),
        What::Note(note) => (words.views.note)(note),
        What::Wrote(piece) => (words.views.wrote)(&format::size(piece.len())),
        What::Moved(moved) => {
            let bytes = run.log.bytes_of(moved);
            let start = printable(&bytes[..bytes.len().min(COPIED)]);
            let cut = if moved.len() > COPIED as u64 { "…" } else { "" };
            format!("{} {} B\t{start}{cut}", arrow(moved.direction), moved.len())
        }
    }
}

/// Which way that is.
pub fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "→",
        Direction::Received => "←",
    }
}
