//! One row of the Timeline.

use echo_core::payload::printable;
use yew::Html;

use super::{Parts, pointing, sequence_diagram, text};
use crate::i18n::format;
use crate::tag::{Tag, group, tag};
use page_model::inspector::entry::{FoldedRows, TimelineEntry};
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::sequence_diagram::Arrows;
use page_model::transcript::{Moved, Note, Row, What};

/// How many bytes of a piece its row shows.
const SHOWN: usize = 120;

impl Parts<'_> {
    pub(super) fn entry(&self, run: &ConnectionRecord, place: usize) -> Html {
        let entry = &self.view.listing().entries()[place];
        match entry {
            TimelineEntry::Pause(before, ms) => self.pause(*before, *ms),
            TimelineEntry::One(row) | TimelineEntry::Told(row) => self.one(run, place, *row, entry),
            TimelineEntry::Many(fold) => self.many(run, place, fold),
        }
    }

    fn one(
        &self,
        run: &ConnectionRecord,
        place: usize,
        number: u64,
        entry: &TimelineEntry,
    ) -> Html {
        let told =
            matches!(entry, TimelineEntry::Told(_)).then(|| run.log.row(number + 1)).flatten();
        let Some(row) = run.log.row(number) else { return Html::default() };
        let line = match told.map_or(&row.what, |told| &told.what) {
            What::Note(note) => self.note(note),
            What::Moved(piece) => start(run.log.bytes_of(piece), piece),
            What::Wrote(piece) => self.wrote(piece),
        };
        self.row(run, place, told.unwrap_or(row), line)
    }

    fn many(&self, run: &ConnectionRecord, place: usize, fold: &FoldedRows) -> Html {
        let Some(last) = run.log.row(fold.last) else { return Html::default() };
        let way = fold.bytes.direction;
        let size = format::size(fold.bytes.len());
        let words = (self.words.views.many)(way, fold.wrote, fold.count, &size);
        let line = tag("span").class(pointing::value(way)).child(words).html();
        self.row(run, place, last, line)
    }

    fn row(&self, run: &ConnectionRecord, place: usize, row: &Row, line: Html) -> Html {
        let entry = &self.view.listing().entries()[place];
        let (number, arrows) = (entry.row(), Arrows::of(entry, run.log));
        let said = sequence_diagram::said(entry, run.log);
        let marked = self.marked.entry == Some(place);
        let current = (marked && self.view.replays).then_some("step");
        tag("div")
            .key(number)
            .class("row")
            .class(marked.then_some("marked"))
            .set("data-row", number.to_string())
            .set("aria-current", current)
            .child(tag("span").class("time").child(format::millis(row.at, self.clock_step)))
            .child(tag("span").class("line").child(line))
            .child(moved(&arrows))
            .child(self.sequence_diagram(&arrows, said.as_deref()))
            .html()
    }

    /// What the bridge wrote: its bytes stand in the rows in which the page sent them.
    fn wrote(&self, piece: &Moved) -> Html {
        let said = (self.words.views.wrote)(&format::size(piece.len()));
        tag("span").class("noted").child(said).html()
    }

    fn pause(&self, before: u64, ms: f64) -> Html {
        tag("div")
            .key(format!("pause-{before}"))
            .class("row pause")
            .child(tag("span").class("time").child("⋮"))
            .child(tag("span").class("line").child(format::pause(ms)))
            .child(self.sequence_diagram(&Arrows::default(), None))
            .html()
    }

    fn note(&self, said: &Note) -> Html {
        let Note::Printed(line) = said else {
            return tag("span").class("noted").child((self.words.views.note)(said)).html();
        };
        group()
            .child(tag("samp").set("lang", "en").child(format::abridged(line)))
            .child(
                (self.words.translation)(line)
                    .map(|translation| tag("span").class("translation").child(translation)),
            )
            .html()
    }
}

/// The start of a piece.
fn start(bytes: &[u8], moved: &Moved) -> Html {
    let mut text = printable(&bytes[..bytes.len().min(SHOWN)]);
    if moved.len() > SHOWN as u64 {
        text.push('…');
    }
    tag("samp").class("data").class(pointing::value(moved.direction)).child(text).html()
}

/// The arrows of a row in three words, where there is no room to draw them.
fn moved(arrows: &Arrows) -> Option<Tag> {
    let arrow = arrows.target.or(arrows.page)?;
    let text = format!("{} {}", text::arrow(arrow.way), sequence_diagram::on_tcp(&arrow));
    Some(tag("span").class("moved").class(pointing::value(arrow.way)).child(text))
}
