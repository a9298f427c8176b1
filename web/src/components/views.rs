//! What happened, in views: one is seen, tabs lead to the others.

mod byte;
mod bytes;
mod entry;
mod grid;
mod peek;
pub mod picture;
mod pointing;
mod sequence_diagram;
pub mod text;
mod timeline;

use yew::{Callback, Html, KeyboardEvent};

use crate::i18n::Words;
use crate::tag::{button, tag};
use page_model::inspector::highlight::Highlighted;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::{Inspector, InspectorEvent, StepTo, Tab};
use page_model::modes::Mode;
use page_model::{Event, Model};

/// What the views are made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    model: &'a Model,
    view: &'a Inspector,
    marked: &'a Highlighted,
    words: &'static Words,
    clock_step: f64,
    emit: &'a Callback<Event>,
    packets: Packets<'a>,
}

/// The view of packets, which is a part of its own.
#[derive(Clone, Copy)]
pub struct Packets<'a> {
    /// Whether it shows a file, for which no run is needed.
    pub has_file: bool,
    /// What it shows.
    pub view: &'a dyn Fn() -> Html,
}

/// The views of the latest run; before the first, an empty place.
pub fn view(model: &Model, clock_step: f64, emit: &Callback<Event>, packets: Packets<'_>) -> Html {
    let (view, words) = (&model.inspector, crate::i18n::of(model.lang));
    let marked = model.record().map(|run| view.marked(run.log)).unwrap_or_default();
    let parts = Parts { model, view, marked: &marked, words, clock_step, emit, packets };
    tag("section")
        .class("views")
        .key("views")
        .child(parts.heading(model.record().as_ref()))
        .child(parts.panel())
        .html()
}

impl Parts<'_> {
    fn on<In: 'static>(&self, to: impl Fn(In) -> InspectorEvent + 'static) -> Callback<In> {
        self.emit.reform(move |it| Event::Inspector(to(it)))
    }

    fn name(&self, tab: Tab) -> &'static str {
        match tab {
            Tab::Timeline => self.words.timeline,
            Tab::Bytes => self.words.views.bytes,
            Tab::Packets => self.words.views.packets,
        }
    }

    /// The views that have something to show.
    fn tabs(&self, run: Option<&ConnectionRecord>) -> &'static [Tab] {
        match run {
            Some(_) => &Tab::ALL,
            None if self.packets.has_file => &[Tab::Packets],
            None => &[],
        }
    }

    fn heading(&self, run: Option<&ConnectionRecord>) -> Option<Html> {
        let tabs = self.tabs(run);
        if tabs.is_empty() {
            return None;
        }
        let emit = self.emit.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowLeft" => StepTo::Previous,
                "ArrowRight" => StepTo::Next,
                _ => return,
            };
            event.prevent_default();
            emit.emit(Event::Inspector(InspectorEvent::TabWalked(step)));
        });
        let heading = tag("div")
            .class("heading")
            .key("heading")
            .child(
                tag("div")
                    .key("tabs")
                    .class("tabs")
                    .set("role", "tablist")
                    .set("aria-label", self.words.views.views)
                    .onkeydown(onkeydown)
                    .children(tabs.iter().map(|tab| self.tab(*tab))),
            )
            .child(run.map(|run| self.caption(run)))
            .html();
        Some(heading)
    }

    fn tab(&self, tab: Tab) -> Html {
        let chosen = self.view.tab == tab;
        let onclick = self.on(move |_| InspectorEvent::TabChosen(tab));
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
    fn caption(&self, run: &ConnectionRecord) -> Html {
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
        match self.model.modes.mode {
            Mode::Interactive => self.words.modes.since_connect,
            Mode::Once | Mode::Load => self.words.since_send,
        }
    }

    fn panel(&self) -> Html {
        let (tab, record) = (self.view.tab, self.model.record());
        let run = record.as_ref();
        let has_tabs = !self.tabs(run).is_empty();
        let role = has_tabs.then_some("tabpanel");
        let labelled = has_tabs.then(|| tab_id(tab));
        let shown = match tab {
            Tab::Timeline => self.timeline(run),
            Tab::Bytes => run.map(|run| self.bytes(run)).unwrap_or_default(),
            Tab::Packets if has_tabs => (self.packets.view)(),
            Tab::Packets => Html::default(),
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
        Tab::Packets => "tab-packets",
    }
}

/// The element of a view that scrolls.
pub fn pane_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Timeline => "timeline",
        Tab::Bytes => "bytes",
        Tab::Packets => "packets",
    }
}

pub use byte::byte_id;
pub use grid::span_class;
pub use pointing::{moves, place, value};
pub use text::arrow;
