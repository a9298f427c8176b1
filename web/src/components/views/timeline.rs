//! The Timeline: rows of what happened, in order of time.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Event as DomEvent, Html, InputEvent, KeyboardEvent, TargetCast, classes, html,
};

use super::{Parts, pane_id, pointing, text};
use crate::model::Event;
use crate::model::transcript::Direction;
use crate::model::view::entry::Entry;
use crate::model::view::record::Record;
use crate::model::view::window::Window;
use crate::model::view::{Step, Tab, ViewEvent};

impl Parts<'_> {
    pub(super) fn timeline(&self, run: Option<&Record>) -> Html {
        html! {
            <>
                { run.filter(|_| self.view.has_many()).map(|_| self.sieve()).unwrap_or_default() }
                { self.log(run) }
                { run.map(|run| self.under_log(run)).unwrap_or_default() }
            </>
        }
    }

    fn log(&self, run: Option<&Record>) -> Html {
        let entries = self.view.listing().entries();
        let class = classes!("log", self.view.has_many().then_some("many"));
        let over = pointing::pointed(self.emit, pointing::row);
        let leave = self.on(|_| ViewEvent::Pointed(None));
        let click = pointing::held(self.emit, pointing::row);
        let scrolled = pointing::scrolled(self.emit, Tab::Timeline);
        let tabindex = run.map(|_| "0");
        html! {
            <div key="log" id={pane_id(Tab::Timeline)} role="log" aria-live="off" {class} {tabindex}
                aria-label={self.words.timeline} onkeydown={keys(self.emit)} onscroll={scrolled}
                onpointerover={over} onpointerleave={leave} onclick={click}>
                if let Some(run) = run {
                    if self.view.has_many() {
                        { self.in_view(run, &self.view.timeline.window(entries.len())) }
                    } else {
                        { for (0..entries.len()).map(|place| self.entry(run, place)) }
                    }
                }
            </div>
        }
    }

    /// The rows in view, in a space as high as all of them.
    fn in_view(&self, run: &Record, window: &Window) -> Html {
        html! {
            <div class="whole" data-height={window.whole.to_string()}>
                <div class="shown" data-above={window.above.to_string()}>
                    { for window.rows.clone().map(|place| self.entry(run, place)) }
                </div>
            </div>
        }
    }

    /// What the rows are sieved by.
    fn sieve(&self) -> Html {
        let words = &self.words.views;
        let filter = &self.view.filter;
        let oninput = self.on(|event: InputEvent| {
            ViewEvent::Sought(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let onchange = self.on(|event: DomEvent| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            ViewEvent::DirectionChosen(pointing::direction(&value))
        });
        let choice = |direction: Option<Direction>, text: &str| {
            let value = direction.map_or("", pointing::value);
            html! { <option key={value} {value} selected={filter.direction == direction}>{ text }</option> }
        };
        html! {
            <div class="sieve" key="sieve">
                <input key="text" type="search" aria-label={words.filter} placeholder={words.filter}
                    autocomplete="off" spellcheck="false" value={filter.text.clone()} {oninput} />
                <select key="direction" aria-label={words.direction} {onchange}>
                    { choice(None, words.both) }
                    { choice(Some(Direction::Sent), words.only_sent) }
                    { choice(Some(Direction::Received), words.only_received) }
                </select>
            </div>
        }
    }

    /// What there is to say of the rows, the bytes of the marked one, and Copy.
    fn under_log(&self, run: &Record) -> Html {
        let words = &self.words.views;
        let nothing_found = self.view.filter.is_set() && self.view.listing().entries().is_empty();
        html! {
            <div class="under" key="under">
                if nothing_found {
                    <p key="none">{ words.none }</p>
                }
                if run.log.dropped() > 0 {
                    <p key="dropped">{ (words.dropped)(run.log.dropped()) }</p>
                }
                <div key="peek" class="peek">{ self.peek(run) }</div>
                <div key="copy" class="copies">
                    if !run.is_running() {
                        { self.step(words.step_back, "←", Step::Back) }
                        { self.step(words.step_on, "→", Step::On) }
                    }
                    if run.log.len() > 0 {
                        { self.copy_all() }
                    }
                    { self.view.held_entry().map(|it| self.copy_row(run, it)).unwrap_or_default() }
                </div>
            </div>
        }
    }

    /// What the arrow keys do, for those who have none at hand.
    fn step(&self, name: &'static str, sign: &'static str, step: Step) -> Html {
        let onclick = self.on(move |_| ViewEvent::Stepped(step));
        html! {
            <button key={sign} class="quiet" type="button" aria-label={name} title={name} {onclick}>
                { sign }
            </button>
        }
    }

    fn copy_all(&self) -> Html {
        let copied = self.model.copied.as_ref().filter(|_| self.view.copied_all);
        let label = self.copied(copied.map(|(_, ok)| *ok), self.words.views.copy_all);
        let onclick = self.on(|_| ViewEvent::CopyAllPressed);
        html! { <button key="all" class="quiet" type="button" {onclick}>{ label }</button> }
    }

    fn copy_row(&self, run: &Record, entry: &Entry) -> Html {
        let text = text::entry(run, entry, self.clock_step, self.words);
        let copied = self.model.copied.as_ref().filter(|(copied, _)| *copied == text);
        let label = self.copied(copied.map(|(_, ok)| *ok), self.words.views.copy_row);
        let onclick = self.emit.reform(move |_| Event::CopyPressed(text.clone()));
        html! { <button key="row" class="quiet" type="button" {onclick}>{ label }</button> }
    }

    /// What a button says once it has copied, or could not; before, what it copies.
    fn copied(&self, ok: Option<bool>, before: &'static str) -> &'static str {
        match ok {
            Some(true) => self.words.copied,
            Some(false) => self.words.not_copied,
            None => before,
        }
    }
}

/// ← and → step, Escape lets go.
fn keys(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            _ if event.alt_key() || event.ctrl_key() || event.meta_key() => return,
            "ArrowLeft" => ViewEvent::Stepped(Step::Back),
            "ArrowRight" => ViewEvent::Stepped(Step::On),
            "Escape" => ViewEvent::Released,
            _ => return,
        };
        event.prevent_default();
        emit.emit(Event::View(step));
    })
}
