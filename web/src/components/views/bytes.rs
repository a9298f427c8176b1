//! Bytes: what was sent and what came, byte by byte.

use yew::{Callback, Html, KeyboardEvent, classes, html};

use super::grid::Grid;
use super::{Parts, pane_id, pointing, text};
use crate::model::Event;
use crate::model::transcript::Direction;
use crate::model::view::compare::Difference;
use crate::model::view::dump::Dump;
use crate::model::view::record::Record;
use crate::model::view::{Move, Tab, ViewEvent};
use crate::words::format;

/// How many rows are drawn all at once; of more, only those in view.
const FEW: usize = 48;
/// How many rows a page down is.
const PAGE: usize = 8;

impl Parts<'_> {
    pub(super) fn bytes(&self, run: &Record) -> Html {
        let dump = self.view.dump(run);
        html! {
            <>
                { self.totals(run) }
                { self.dump(run, &dump) }
                <p key="says" id="says" class="says">{ self.says(run) }</p>
                { self.legend(run) }
            </>
        }
    }

    /// How much went each way, and Follow.
    fn totals(&self, run: &Record) -> Html {
        let follows = self.view.follows;
        let onclick = self.on(move |_| ViewEvent::Followed(!follows));
        html! {
            <div class="totals" key="totals">
                { for Direction::BOTH.map(|direction| self.total(run, direction)) }
                <button key="follow" class="quiet" type="button" aria-pressed={follows.to_string()} {onclick}>
                    { self.words.views.follow }
                </button>
            </div>
        }
    }

    fn total(&self, run: &Record, direction: Direction) -> Html {
        let (words, kept) = (&self.words.views, run.log.bytes(direction));
        let count = (words.moved)(direction, &(words.count)(kept.end()));
        let newest =
            (kept.start > 0).then(|| (words.newest)(&format::size(kept.bytes.len() as u64)));
        html! {
            <span key={pointing::value(direction)} class={pointing::value(direction)}>
                { text::arrow(direction) }{ " " }{ count }{ newest.unwrap_or_default() }
            </span>
        }
    }

    fn dump(&self, run: &Record, dump: &Dump) -> Html {
        let total = dump.len();
        if total == 0 {
            return html! { <p key="none" class="none">{ self.words.views.no_bytes }</p> };
        }
        let few = total <= FEW;
        let window = self.view.bytes.window(total);
        let rows = if few { 0..total } else { window.rows.clone() };
        let grid = Grid::new(*self, run, dump, few);
        let px = |px: f64| (!few).then(|| px.to_string());
        let rows = rows.filter_map(|number| dump.row(number).map(|row| grid.row(number, &row)));
        html! {
            <div key="bytes" id={pane_id(Tab::Bytes)} class={classes!("dump", (!few).then_some("many"))}
                onscroll={pointing::scrolled(self.emit, Tab::Bytes)}
                onpointerover={pointing::pointed(self.emit, pointing::byte)}
                onpointerleave={self.on(|_| ViewEvent::Pointed(None))}
                onfocusin={pointing::focused(self.emit, pointing::byte)}
                onclick={pointing::held(self.emit, pointing::byte)} onkeydown={keys(self.emit)}>
                <div key={if few { "few" } else { "many" }} class="whole" role="grid" aria-label={self.words.views.grid}
                    aria-rowcount={total.to_string()}
                    data-height={px(window.whole)}>
                    <div class="shown" role="rowgroup"
                        data-above={px(window.above)}>
                        { for rows }
                    </div>
                </div>
            </div>
        }
    }

    /// What the marks mean: those that there are.
    fn legend(&self, run: &Record) -> Html {
        let Some(compared) = run.compared() else { return Html::default() };
        let there = |it: &Difference| {
            compared.has(*it, run.log) && !(self.view.follows && *it == Difference::Missing)
        };
        let words = &self.words.views;
        let explained = |difference: Difference| {
            let (class, sample, word) = match difference {
                Difference::Changed => ("changed", "41", words.changed),
                Difference::Missing => ("missing", "", words.missing),
                Difference::Extra => ("surplus", "41", words.extra),
            };
            html! {
                <li key={class}>
                    <span class={classes!("sample", class)} aria-hidden="true">{ sample }</span>{ word }
                </li>
            }
        };
        html! {
            <ul class="legend" key="legend">
                { for Difference::ALL.into_iter().filter(there).map(explained) }
            </ul>
        }
    }
}

/// The keys of a grid, as the ARIA practices have them.
fn keys(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let all = event.ctrl_key() || event.meta_key();
        let to = match event.key().as_str() {
            "ArrowLeft" => Move::Left,
            "ArrowRight" => Move::Right,
            "ArrowUp" => Move::Up(1),
            "ArrowDown" => Move::Down(1),
            "PageUp" => Move::Up(PAGE),
            "PageDown" => Move::Down(PAGE),
            "Home" if all => Move::First,
            "End" if all => Move::Last,
            "Home" => Move::Start,
            "End" => Move::End,
            _ => return,
        };
        event.prevent_default();
        emit.emit(Event::View(ViewEvent::Moved(to)));
    })
}
