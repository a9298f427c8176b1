//! The rows of the Timeline as text, to be copied.

use echo_core::payload::printable;
use page_model::inspector::bridge_clock::{BridgeClock, TimeUnit};
use page_model::inspector::entry::{FoldedRows, TimelineEntry};
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::timeline_view::printed;
use page_model::transcript::{Note, Row, RowContent};
use page_model::{Lang, Model};

use crate::components::inspector::direction;
use crate::i18n::{format, timeline as i18n};

/// How many bytes of a piece are copied.
const MAX_PIECE_BYTES: usize = 1_000;

/// Returns all rows that are listed, a line each, and each row of those that are folded.
pub fn all(model: &Model) -> String {
    let Some(run) = model.record() else { return String::new() };
    let entries = model.inspector.listing().entries();
    let mut clock = BridgeClock::from_entry(entries, 0, run.log);
    let lines = entries.iter().map(|it| entry(&run, it, &mut clock, model.lang));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the rows of the entry that is selected.
pub fn held(model: &Model) -> String {
    let (Some(run), Some(place)) = (model.record(), model.inspector.held_place()) else {
        return String::new();
    };
    let entries = model.inspector.listing().entries();
    let mut clock = BridgeClock::from_entry(entries, place, run.log);
    let held = entries.get(place);
    held.map(|it| entry(&run, it, &mut clock, model.lang)).unwrap_or_default()
}

/// Returns the lines that the Timeline shows of an entry.
pub fn shown_lines(run: &ConnectionRecord, entry: &TimelineEntry, lang: Lang) -> Vec<String> {
    let text = match entry {
        TimelineEntry::Pause(_, ms) => format!("⋮ {}", format::pause(*ms)),
        TimelineEntry::Many(FoldedRows { bytes, wrote, count, .. }) => {
            i18n::folded(lang, bytes.direction, *wrote, *count, bytes.byte_count())
        }
        TimelineEntry::Event { row, .. } => {
            let printed: Vec<_> = printed(entry, run.log).map(|it| format::abridged(it)).collect();
            if !printed.is_empty() {
                return printed;
            }
            match run.log.row(*row).map(|row| (row, &row.content)) {
                Some((_, RowContent::Transferred(piece))) => {
                    let bytes = run.log.bytes_of(piece);
                    printable(&bytes[..bytes.len().min(MAX_PIECE_BYTES)])
                }
                Some((row, _)) => line(run, row, lang),
                None => String::new(),
            }
        }
    };
    vec![text]
}

/// Returns the rows of an entry, each with its time.
fn entry(
    run: &ConnectionRecord,
    entry: &TimelineEntry,
    clock: &mut BridgeClock,
    lang: Lang,
) -> String {
    if let TimelineEntry::Pause(_, ms) = entry {
        return format!("⋮ {}", format::pause(*ms));
    }
    let unit = TimeUnit::of(run.log);
    let rows = (entry.row()..=entry.last_row()).filter_map(|number| run.log.row(number));
    let line = |row: &Row| {
        let time = clock.time_of_row(row).map(|time| i18n::time(unit, time));
        format!("{}\t{}", time.unwrap_or_default(), line(run, row, lang))
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

fn line(run: &ConnectionRecord, row: &Row, lang: Lang) -> String {
    match &row.content {
        RowContent::Note(Note::Printed(line)) => format::abridged(line),
        RowContent::Note(note) => i18n::note(lang, run.role, note),
        RowContent::Written(piece) => i18n::wrote(lang, piece.byte_count()),
        RowContent::Transferred(moved) => {
            let (arrow, count) = (direction::arrow(moved.direction), moved.byte_count());
            let start = format::excerpt(run.log.bytes_of(moved), MAX_PIECE_BYTES, count);
            format!("{arrow} {} B\t{start}", format::grouped(count))
        }
    }
}
