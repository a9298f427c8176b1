//! The first bytes of the Timeline's marked row.

use echo_core::hexdump::Hexdump;
use yew::Html;

use super::grid::Grid;
use super::{Parts, pointing};
use crate::tag::tag;
use page_model::inspector::InspectorEvent;
use page_model::inspector::dump::DumpRow;
use page_model::inspector::record::ConnectionRecord;

/// How many rows are shown.
const ROWS: usize = 2;

impl Parts<'_> {
    pub(super) fn peek(&self, run: &ConnectionRecord) -> Html {
        let listed = self.marked.entry.and_then(|place| self.view.listing().entries().get(place));
        let Some(moved) = listed.and_then(|entry| entry.moved(run.log)) else {
            return Html::default();
        };
        let kept = run.log.bytes(moved.direction);
        let base = moved.range.start.max(kept.start);
        let dump = Hexdump::new(run.log.bytes_of(&moved), self.view.width);
        let rows = (0..dump.len().min(ROWS)).filter_map(|number| {
            let bytes = dump.row(number)?;
            let offset = base + bytes.offset as u64;
            let (leads, places) = (number == 0, bytes.bytes.len());
            let direction = moved.direction;
            Some(DumpRow { direction, leads, offset, base, bytes: Some(bytes), places })
        });
        let grid = Grid::flat(*self, run);
        let more = dump.len() > ROWS;
        tag("div")
            .class("dump")
            .set("aria-hidden", "true")
            .onpointerover(pointing::pointed(self.emit, pointing::byte))
            .onpointerleave(self.on(|_| InspectorEvent::Pointed(None)))
            .children(rows.enumerate().map(|(number, row)| grid.row(number, &row)))
            .child(more.then(|| tag("p").key("more").child("…")))
            .html()
    }
}
