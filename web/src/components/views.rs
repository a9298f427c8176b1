//! What happened, in views: one is seen, tabs lead to the others.

mod byte;
mod bytes;
mod entry;
mod grid;
mod peek;
mod pointing;
pub mod text;
mod timeline;

use yew::{Callback, Html, KeyboardEvent};

use crate::model::how::Way;
use crate::model::view::mark::Marked;
use crate::model::view::record::Record;
use crate::model::view::{Step, Tab, View, ViewEvent};
use crate::model::{Event, Model};
use crate::tag::{button, tag};
use crate::words::Words;

/// What the views are made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    model: &'a Model,
    view: &'a View,
    marked: &'a Marked,
    words: &'static Words,
    clock_step: f64,
    emit: &'a Callback<Event>,
}

/// The views of the latest run; before the first, an empty place.
pub fn view(model: &Model, clock_step: f64, emit: &Callback<Event>) -> Html {
    let (view, words) = (&model.view, model.lang.words());
    let marked = model.record().map(|run| view.marked(run.log)).unwrap_or_default();
    let parts = Parts { model, view, marked: &marked, words, clock_step, emit };
    tag("section")
        .class("views")
        .key("views")
        .child(model.record().map(|run| parts.heading(&run)).unwrap_or_default())
        .child(parts.panel())
        .html()
}

impl Parts<'_> {
    fn on<In: 'static>(&self, to: impl Fn(In) -> ViewEvent + 'static) -> Callback<In> {
        self.emit.reform(move |it| Event::View(to(it)))
    }

    fn name(&self, tab: Tab) -> &'static str {
        match tab {
            Tab::Timeline => self.words.timeline,
            Tab::Bytes => self.words.views.bytes,
        }
    }

    fn heading(&self, run: &Record) -> Html {
        let emit = self.emit.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowLeft" => Step::Back,
                "ArrowRight" => Step::On,
                _ => return,
            };
            event.prevent_default();
            emit.emit(Event::View(ViewEvent::TabWalked(step)));
        });
        tag("div")
            .class("heading")
            .key("heading")
            .child(
                tag("div")
                    .key("tabs")
                    .class("tabs")
                    .set("role", "tablist")
                    .set("aria-label", self.words.views.views)
                    .onkeydown(onkeydown)
                    .children(Tab::ALL.map(|tab| self.tab(tab))),
            )
            .child(self.caption(run))
            .html()
    }

    fn tab(&self, tab: Tab) -> Html {
        let chosen = self.view.tab == tab;
        let onclick = self.on(move |_| ViewEvent::TabChosen(tab));
        button()
            .key(tab_id(tab))
            .set("id", tab_id(tab))
            .set("role", "tab")
            .set("aria-selected", chosen.to_string())
            .set("aria-controls", "view")
            .set("tabindex", if chosen { "0" } else { "-1" })
            .onclick(onclick)
            .child(self.name(tab))
            .html()
    }

    /// With whom, and what the times mean; while a run is replayed, that it is.
    fn caption(&self, run: &Record) -> Html {
        let words = &self.words.views;
        if let Some((at, of)) = self.view.step() {
            let text = format!("{} · {}", (words.step)(at, of), words.replay);
            return tag("span").key("caption").class("replay").child(text).html();
        }
        let address = run.peer.map_or_else(|| run.target.to_owned(), ToString::to_string);
        let since = (self.view.tab == Tab::Timeline).then(|| format!(" · {}", self.since()));
        tag("span").key("caption").child(address).child(since.unwrap_or_default()).html()
    }

    fn since(&self) -> &'static str {
        match self.model.how.way {
            Way::Stay => self.words.how.since_connect,
            Way::Once | Way::Repeat => self.words.since_send,
        }
    }

    fn panel(&self) -> Html {
        let (tab, record) = (self.view.tab, self.model.record());
        let run = record.as_ref();
        let role = run.map(|_| "tabpanel");
        let labelled = run.map(|_| tab_id(tab));
        let shown = match tab {
            Tab::Timeline => self.timeline(run),
            Tab::Bytes => run.map(|run| self.bytes(run)).unwrap_or_default(),
        };
        tag("div")
            .key("view")
            .set("id", "view")
            .class("view")
            .set("role", role)
            .set("aria-labelledby", labelled)
            .child(shown)
            .html()
    }
}

/// The element of a view's tab.
pub fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "tab-timeline",
        Tab::Bytes => "tab-bytes",
    }
}

/// The element of a view that scrolls.
pub fn pane_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "timeline",
        Tab::Bytes => "bytes",
    }
}

pub use byte::byte_id;
pub use pointing::place;
