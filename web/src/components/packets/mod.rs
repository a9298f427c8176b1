//! The packets of a run, or of a file: a part of its own, whose state comes with it.

use yew::{Callback, Html};

use crate::model::packets::PacketsEvent;
use crate::model::{Effect, Event, Model};
use crate::tag::tag;

/// The view of packets, as the rest of the page knows it: a part that comes later can be called
/// only through what it gives, and so nothing else leads to its code.
pub trait Packets {
    /// Takes in what happened to it.
    fn on(&mut self, model: &Model, event: PacketsEvent) -> Vec<Effect>;

    /// Takes in what the run that is shown has got since; called before each drawing.
    fn keep_up(&mut self, model: &Model);

    /// Whether a file is shown, with a run or without.
    fn has_file(&self) -> bool;

    /// How it looks; `clock_step` is the step of the page's clock, in milliseconds.
    fn view(&self, model: &Model, clock_step: f64, emit: &Callback<Event>) -> Html;
}

/// The part, with nothing in it yet.
pub fn new() -> Box<dyn Packets> {
    Box::new(Workbench)
}

struct Workbench;

impl Packets for Workbench {
    fn on(&mut self, _: &Model, _: PacketsEvent) -> Vec<Effect> {
        vec![]
    }

    fn keep_up(&mut self, _: &Model) {}

    fn has_file(&self) -> bool {
        false
    }

    fn view(&self, _: &Model, _: f64, _: &Callback<Event>) -> Html {
        tag("p").child("…").html()
    }
}
