//! The packets of a run, or of a file: a part of its own, whose state comes with it.

mod conversation;
mod file;
mod hear;
mod kernel;
mod list;
mod octets;
mod opened;
mod source;
mod value;

use echo_core::packets::{Capture, End};
use yew::{Callback, Html};

use crate::components::views;
use crate::i18n::packets::{PacketWords, words};
use crate::tag::{Tag, tag};
use page_model::command::Command;
use page_model::inspector::InspectorEvent;
use page_model::inspector::highlight::Highlighted;
use page_model::packets::{self as model_packets, PacketsContext, PacketsEvent, stream};
use page_model::runs::RunsEvent;
use page_model::{Event, Model};

/// The view of packets, as the rest of the page knows it: a part that comes later can be called
/// only through what it gives, and so nothing else leads to its code.
pub trait Packets {
    /// Takes in what happened to it; what that means for other views goes to `emit`.
    fn on(
        &mut self,
        model: &Model,
        event: PacketsEvent,
        emit: &Callback<Event>,
    ) -> Vec<Command<Event>>;

    /// Takes in what the run that is shown has got since; called before each drawing.
    fn keep_up(&mut self, model: &Model);

    /// Whether there is something to see without a run: a file, or why it was not opened.
    fn has_file(&self) -> bool;

    /// How it looks.
    fn view(&self, model: &Model, emit: &Callback<Event>) -> Html;
}

/// The part, with nothing in it yet.
pub fn new() -> Box<dyn Packets> {
    Box::new(Workbench::default())
}

#[derive(Default)]
struct Workbench(model_packets::Packets);

impl Packets for Workbench {
    fn on(
        &mut self,
        model: &Model,
        event: PacketsEvent,
        emit: &Callback<Event>,
    ) -> Vec<Command<Event>> {
        if matches!(event, PacketsEvent::FileCame { .. }) {
            // An earlier run makes room for it.
            emit.emit(Event::Runs(RunsEvent::LatestWanted));
        }
        let scene = PacketsContext::of(model);
        let before = self.0.marks(&scene);
        let effects = page_model::command::map_all(self.0.on(&scene, event), Event::Packets);
        let [pointed, held] = self.0.marks(&scene);
        if pointed != before[0] {
            emit.emit(Event::Inspector(InspectorEvent::Pointed(pointed)));
        }
        if held != before[1] {
            emit.emit(Event::Inspector(
                held.map_or(InspectorEvent::Released, InspectorEvent::Held),
            ));
        }
        effects
    }

    fn keep_up(&mut self, model: &Model) {
        self.0.keep_up(&PacketsContext::of(model));
    }

    fn has_file(&self) -> bool {
        self.0.has_file()
    }

    fn view(&self, model: &Model, emit: &Callback<Event>) -> Html {
        let marked = model.record().map(|run| model.inspector.marked(run.log));
        let marked = &marked.filter(|_| self.0.file().is_none()).unwrap_or_default();
        let (state, scene, words) = (&self.0, PacketsContext::of(model), words(model.lang));
        Parts { model, state, scene, marked, words, emit }.view()
    }
}

/// What the view is made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    model: &'a Model,
    state: &'a model_packets::Packets,
    scene: PacketsContext<'a>,
    /// What of the run's bytes is marked, here or in another view.
    marked: &'a Highlighted,
    words: &'static PacketWords,
    emit: &'a Callback<Event>,
}

impl Parts<'_> {
    fn view(&self) -> Html {
        let capture = self.state.capture(&self.scene);
        tag("div")
            .class("packets")
            .onpointerover(hear::pointed(self.emit))
            .onpointerleave(self.on(|_| PacketsEvent::Pointed(None)))
            .onclick(hear::held(self.emit))
            .child(self.source(capture))
            .child(capture.map(|capture| self.list(capture)))
            .child(self.state.look(&self.scene).map(|look| self.opened(&look)))
            .child(match self.state.file() {
                Some(file) => self.conversation(file.conversation()),
                None => self.kernel(),
            })
            .html()
    }

    fn on<In: 'static>(&self, to: impl Fn(In) -> PacketsEvent + 'static) -> Callback<In> {
        self.emit.reform(move |it| Event::Packets(to(it)))
    }
}

/// A value, marked where it was made up: not by its colour alone.
fn told(value: &str, is_measured: bool) -> Tag {
    let value_tag = tag("span");
    if is_measured {
        value_tag.child(value)
    } else {
        value_tag.class("guess").child(format!("≈{value}"))
    }
}

/// The class of what this end sent: its direction's colour.
fn way(by: End) -> &'static str {
    views::value(stream::direction(by))
}

/// From the client, which stands left, to the server, or back.
fn arrow(by: End) -> &'static str {
    views::arrow(stream::direction(by))
}

/// Whether anything of these packets was inferred.
fn has_guesses(capture: &Capture) -> bool {
    use echo_core::packets::Origin;
    capture.packets().iter().any(|packet| packet.origin != Origin::Measured)
}
