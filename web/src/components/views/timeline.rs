//! The Timeline: rows of what happened, in order of time.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event as DomEvent, Html, InputEvent, KeyboardEvent, TargetCast};

use super::{Parts, pane_id, pointing, text};
use crate::components::copy::{self, copies};
use crate::i18n::format;
use crate::lazy;
use crate::tag::{button, group, tag};
use page_model::Event;
use page_model::inspector::entry::TimelineEntry;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::window::Window;
use page_model::inspector::{InspectorEvent, StepTo, Tab, TimelineExport};
use page_model::transcript::Direction;

impl Parts<'_> {
    pub(super) fn timeline(&self, run: Option<&ConnectionRecord>) -> Html {
        group()
            .child(run.filter(|_| self.view.has_many()).map(|_| self.sieve()).unwrap_or_default())
            .child(run.map(|run| self.heads(run)))
            .child(self.log(run))
            .child(run.map(|run| self.under_log(run)).unwrap_or_default())
            .html()
    }

    fn log(&self, run: Option<&ConnectionRecord>) -> Html {
        let entries = self.view.listing().entries();
        let over = pointing::pointed(self.emit, pointing::row);
        let leave = self.on(|_| InspectorEvent::Pointed(None));
        let click = pointing::held(self.emit, pointing::row);
        let scrolled = pointing::scrolled(self.emit, Tab::Timeline);
        let tabindex = run.map(|_| "0");
        tag("div")
            .key("log")
            .set("id", pane_id(Tab::Timeline))
            .set("role", "log")
            .set("aria-live", "off")
            .class("log")
            .class(self.view.has_many().then_some("many"))
            .set("tabindex", tabindex)
            .set("aria-label", self.words.timeline)
            .onkeydown(keys(self.emit))
            .onscroll(scrolled)
            .onpointerover(over)
            .onpointerleave(leave)
            .onclick(click)
            .child(run.map(|run| {
                if self.view.has_many() {
                    self.in_view(run, &self.view.timeline.window(entries.len()))
                } else {
                    group().children((0..entries.len()).map(|place| self.entry(run, place))).html()
                }
            }))
            .html()
    }

    /// The rows in view, in a space as high as all of them.
    fn in_view(&self, run: &ConnectionRecord, window: &Window) -> Html {
        tag("div")
            .class("whole")
            .set("data-height", format::pixels(window.whole))
            .child(
                tag("div")
                    .class("shown")
                    .set("data-above", format::pixels(window.above))
                    .children(window.rows.clone().map(|place| self.entry(run, place))),
            )
            .html()
    }

    /// What the rows are sieved by.
    fn sieve(&self) -> Html {
        let words = &self.words.views;
        let filter = &self.view.filter;
        let oninput = self.on(|event: InputEvent| {
            InspectorEvent::Sought(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let onchange = self.on(|event: DomEvent| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            InspectorEvent::DirectionChosen(pointing::direction(&value))
        });
        let choice = |direction: Option<Direction>, text: &str| {
            let value = direction.map_or("", pointing::value);
            tag("option")
                .key(value)
                .set("value", value)
                .flag("selected", filter.direction == direction)
                .child(text)
                .html()
        };
        tag("div")
            .class("sieve")
            .key("sieve")
            .child(
                tag("input")
                    .key("text")
                    .set("type", "search")
                    .set("aria-label", words.filter)
                    .set("placeholder", words.filter)
                    .set("autocomplete", "off")
                    .set("spellcheck", "false")
                    .value(filter.text.clone())
                    .oninput(oninput),
            )
            .child(
                tag("select")
                    .key("direction")
                    .set("aria-label", words.direction)
                    .onchange(onchange)
                    .child(choice(None, words.both))
                    .child(choice(Some(Direction::Sent), words.only_sent))
                    .child(choice(Some(Direction::Received), words.only_received)),
            )
            .html()
    }

    /// What there is to say of the rows, the bytes of the marked one, and Copy.
    fn under_log(&self, run: &ConnectionRecord) -> Html {
        let words = &self.words.views;
        let nothing_found = self.view.filter.is_set() && self.view.listing().entries().is_empty();
        tag("div")
            .class("under")
            .key("under")
            .child(nothing_found.then(|| tag("p").key("none").child(words.none)))
            .child(
                (run.log.dropped() > 0)
                    .then(|| tag("p").key("dropped").child((words.dropped)(run.log.dropped()))),
            )
            .child(self.passed(run))
            .child(tag("div").key("peek").class("peek").child(self.peek(run)))
            .child(
                tag("div")
                    .key("copy")
                    .class("copies")
                    .child(self.stepper(run))
                    .child((run.log.len() > 0).then(|| self.copy_all()))
                    .child((run.log.len() > 0).then(|| self.picture()))
                    .child(
                        self.view.held_entry().map(|it| self.copy_row(run, it)).unwrap_or_default(),
                    ),
            )
            .html()
    }

    /// What the arrow keys do, for those who have none at hand.
    fn stepper(&self, run: &ConnectionRecord) -> Option<Html> {
        let words = &self.words.views;
        let stepping = |name: &'static str, step: StepTo| {
            button()
                .key(name)
                .class("quiet")
                .onclick(self.on(move |_| InspectorEvent::Stepped(step)))
                .child(name)
        };
        (!run.is_running()).then(|| {
            group()
                .child(stepping(words.step_back, StepTo::Previous))
                .child(stepping(words.step_on, StepTo::Next))
                .html()
        })
    }

    fn copy_all(&self) -> Html {
        let before = self.words.views.copy_all;
        let copied =
            self.model.copied.as_ref().filter(|_| self.view.taking == TimelineExport::Copied);
        let label = copied.map_or(before, |copied| copy::label(&copied.text, before, self.model));
        let onclick = self.on(|_| InspectorEvent::CopyAllPressed);
        button().key("all").class("quiet").onclick(onclick).child(label).html()
    }

    /// Saves the Timeline as a picture, or tells how far that has come.
    fn picture(&self) -> Html {
        if self.view.taking == TimelineExport::Drawn {
            return lazy::picture(self.emit).err().unwrap_or_default();
        }
        let onclick = self.on(|_| InspectorEvent::PicturePressed);
        let label = self.words.views.save_picture;
        button().key("picture").class("quiet").onclick(onclick).child(label).html()
    }

    fn copy_row(&self, run: &ConnectionRecord, entry: &TimelineEntry) -> Html {
        let text = text::entry(run, entry, self.clock_step, self.words);
        let row = copies(text, self.words.views.copy_row, self.model, self.emit);
        row.key("row").class("quiet").html()
    }
}

/// ← and → step, Escape lets go.
fn keys(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            _ if event.alt_key() || event.ctrl_key() || event.meta_key() => return,
            "ArrowLeft" => InspectorEvent::Stepped(StepTo::Previous),
            "ArrowRight" => InspectorEvent::Stepped(StepTo::Next),
            "Escape" => InspectorEvent::Released,
            _ => return,
        };
        event.prevent_default();
        emit.emit(Event::Inspector(step));
    })
}
