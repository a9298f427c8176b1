//! The tutorial's client: its lines are marked as they run.

use echo_core::Exchange;
use echo_core::lines::TUTORIAL_MESSAGE;

use super::Parts;
use crate::components::copy::copies;
use crate::tag::{Tag, tag};
use page_model::expect::Expect;
use page_model::export::{self, Language};
use page_model::inspector::entry::TimelineEntry;
use page_model::lesson::Step;
use page_model::lesson::code::{CODE, ClientAction, CodeLine, LineHighlight};
use page_model::modes::Mode;

impl Parts<'_> {
    pub(super) fn code(&self, step: Step) -> Option<Tag> {
        (step == Step::Client).then(|| {
            let lit = self.lit();
            let lines = (0..).zip(&CODE).map(|(number, line)| one(number, line, &lit));
            let code = tag("pre")
                .class("lesson-code")
                .set("lang", "en")
                .set("aria-label", self.words.program)
                .set("tabindex", "0")
                .children(lines);
            tag("div").key("program").class("lesson-program").child(code).child(self.copy_program())
        })
    }

    /// What of it has run: up to the row that is replayed, if one is.
    fn lit(&self) -> LineHighlight {
        let model = self.model;
        let up_to = model.inspector.step().and_then(|_| model.inspector.held_entry());
        let run = model.run.as_ref().filter(|_| model.modes.mode == Mode::Once);
        run.map(|run| LineHighlight::of(run, up_to.map(TimelineEntry::last_row)))
            .unwrap_or_default()
    }

    fn copy_program(&self) -> Tag {
        let echo = self.model.bridge.echo().map_or("localhost:8888", |echo| &echo.address);
        let hello = Exchange::new(TUTORIAL_MESSAGE.to_vec());
        let program = export::write(Language::Rust, echo, &hello, Expect::Same);
        let text = program.unwrap_or_default();
        let copy = copies(text, self.words.copy_program, self.model, self.emit);
        copy.key("copy").class("quiet")
    }
}

fn one(number: u32, line: &CodeLine, lit: &LineHighlight) -> Tag {
    let runs = line.action != ClientAction::Nothing;
    let now = runs && lit.current() == Some(line.action);
    let ran = runs && lit.has_run(line.action);
    tag("span")
        .key(number)
        .class(DEPTHS[usize::from(line.indent)])
        .class(ran.then_some("ran"))
        .class(now.then_some("now"))
        .set("aria-current", now.then_some("step"))
        .child(line.text)
        .child("\n")
}

/// How far a line is indented: the page's policy lets no style stand in an attribute.
const DEPTHS: [&str; 2] = ["depth-0", "depth-1"];
