//! Bytes: what was sent and what came, byte by byte.

use yew::Html;

use super::grid::Grid;
use super::{Parts, pane_id, pointing, text};
use crate::i18n::format;
use crate::tag::{button, group, tag};
use page_model::Event;
use page_model::inspector::compare::ByteDifference;
use page_model::inspector::dump::Dump;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::{InspectorEvent, Tab};
use page_model::transcript::Direction;

/// How many rows are drawn all at once; of more, only those in view.
const FEW: usize = 48;

impl Parts<'_> {
    pub(super) fn bytes(&self, run: &ConnectionRecord) -> Html {
        let dump = self.view.dump(run);
        group()
            .child(self.totals(run))
            .child(self.dump(run, &dump))
            .child(tag("p").key("says").set("id", "says").class("says").child(self.says(run)))
            .child(self.legend(run))
            .html()
    }

    /// How much went each way, and Follow.
    fn totals(&self, run: &ConnectionRecord) -> Html {
        let follows = self.view.follows;
        let onclick = self.on(move |_| InspectorEvent::Followed(!follows));
        tag("div")
            .class("totals")
            .key("totals")
            .children(Direction::BOTH.map(|direction| self.total(run, direction)))
            .child(
                button()
                    .key("follow")
                    .class("quiet")
                    .set("aria-pressed", follows.to_string())
                    .onclick(onclick)
                    .child(self.words.views.follow),
            )
            .html()
    }

    fn total(&self, run: &ConnectionRecord, direction: Direction) -> Html {
        let (words, kept) = (&self.words.views, run.log.bytes(direction));
        let count = (words.moved)(direction, &(words.count)(kept.end()));
        let newest =
            (kept.start > 0).then(|| (words.newest)(&format::size(kept.bytes.len() as u64)));
        tag("span")
            .key(pointing::value(direction))
            .class(pointing::value(direction))
            .child(text::arrow(direction))
            .child(" ")
            .child(count)
            .child(newest.unwrap_or_default())
            .html()
    }

    fn dump(&self, run: &ConnectionRecord, dump: &Dump) -> Html {
        let total = dump.len();
        if total == 0 {
            return tag("p").key("none").class("none").child(self.words.views.no_bytes).html();
        }
        let few = total <= FEW;
        let window = self.view.bytes.window(total);
        let rows = if few { 0..total } else { window.rows.clone() };
        let grid = Grid::new(*self, run, dump, few);
        let px = |px: f64| (!few).then(|| format::pixels(px));
        let rows = rows.filter_map(|number| dump.row(number).map(|row| grid.row(number, &row)));
        tag("div")
            .key("bytes")
            .set("id", pane_id(Tab::Bytes))
            .class("dump")
            .class((!few).then_some("many"))
            .onscroll(pointing::scrolled(self.emit, Tab::Bytes))
            .onpointerover(pointing::pointed(self.emit, pointing::byte))
            .onpointerleave(self.on(|_| InspectorEvent::Pointed(None)))
            .onfocusin(pointing::focused(self.emit, pointing::byte))
            .onclick(pointing::held(self.emit, pointing::byte))
            .onkeydown(pointing::moves(self.emit, |to| Event::Inspector(InspectorEvent::Moved(to))))
            .child(
                tag("div")
                    .key(if few { "few" } else { "many" })
                    .class("whole")
                    .set("role", "grid")
                    .set("aria-label", self.words.views.grid)
                    .set("aria-rowcount", total.to_string())
                    .set("data-height", px(window.whole))
                    .child(
                        tag("div")
                            .class("shown")
                            .set("role", "rowgroup")
                            .set("data-above", px(window.above))
                            .children(rows),
                    ),
            )
            .html()
    }

    /// What the marks mean: those that there are.
    fn legend(&self, run: &ConnectionRecord) -> Html {
        let Some(compared) = run.compared() else { return Html::default() };
        let there = |it: &ByteDifference| {
            compared.has(*it, run.log) && !(self.view.follows && *it == ByteDifference::Missing)
        };
        let words = &self.words.views;
        let explained = |difference: ByteDifference| {
            let (class, sample, word) = match difference {
                ByteDifference::Changed => ("changed", "41", words.changed),
                ByteDifference::Missing => ("missing", "", words.missing),
                ByteDifference::Extra => ("surplus", "41", words.extra),
            };
            tag("li")
                .key(class)
                .child(
                    tag("span")
                        .class("sample")
                        .class(class)
                        .set("aria-hidden", "true")
                        .child(sample),
                )
                .child(word)
                .html()
        };
        tag("ul")
            .class("legend")
            .key("legend")
            .children(ByteDifference::ALL.into_iter().filter(there).map(explained))
            .html()
    }
}
