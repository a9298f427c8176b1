//! A step: what it is about, what to do here and in a terminal, and how it is.

use echo_core::wire::EchoServer;
use web_sys::HtmlSelectElement;
use yew::{Event as DomEvent, TargetCast};

use super::{Parts, chosen, hidden, quiet};
use crate::components::command;
use crate::tag::{Tag, button, tag};
use page_model::lesson::TITLE_ID as TITLE;
use page_model::lesson::release::PortRelease;
use page_model::lesson::{BROKEN, LessonEvent, Step, StepStatus, System};

impl Parts<'_> {
    pub(super) fn page(&self, step: Step) -> Tag {
        let words = self.words_of(step);
        let title = tag("h2").set("id", TITLE).set("tabindex", "-1").child(words.title);
        tag("div")
            .key("page")
            .class("lesson-page")
            .child(title)
            .child(tag("p").child(words.about))
            .child(tag("h3").child(self.words.here))
            .child(tag("p").child(words.here))
            .child((step == Step::Break).then(|| self.servers()))
            .child(self.fields(step))
    }

    /// The server that is chosen among those that misbehave.
    fn chosen(&self) -> Option<usize> {
        BROKEN.iter().position(|target| *target == self.model.target())
    }

    fn servers(&self) -> Tag {
        let chosen = self.chosen();
        let one = |(server, target): (u8, &'static str)| {
            let index = usize::from(server);
            let pressed = self.press(|it| LessonEvent::SetPressed(it.into()), server);
            let button = button()
                .set("aria-pressed", (chosen == Some(index)).to_string())
                .onclick(pressed)
                .child(tag("code").set("lang", "en").child(target))
                .child(tag("span").child(self.words.broken[index]))
                .child(self.tick(self.model.lesson.progress.has_met(index)));
            tag("li").key(target).child(button)
        };
        tag("ul").key("servers").class("lesson-servers").children((0..).zip(BROKEN).map(one))
    }

    /// The fields are as the step sets them, or can be set again.
    fn fields(&self, step: Step) -> Tag {
        let setup = self.model.setup();
        let is_set = (0..BROKEN.len()).any(|choice| step.setup(choice) == setup);
        let locked = !is_set && self.model.modes.is_locked();
        let set = self.on(|_| LessonEvent::SetPressed(0));
        let restore = self.on(|_| LessonEvent::RestorePressed);
        tag("div")
            .key("fields")
            .class("lesson-fields")
            .child(locked.then(|| tag("p").child(self.words.locked)))
            .child((!is_set).then(|| quiet(self.words.set).onclick(set)))
            .child(self.model.lesson.has_own().then(|| quiet(self.words.restore).onclick(restore)))
    }

    pub(super) fn terminal(&self, step: Step) -> Tag {
        let system = self.model.lesson.system();
        let echo = self.model.bridge.echo().map_or("localhost:8888", |echo| &echo.address);
        let command = system.command(step, echo, self.chosen().unwrap_or(0));
        let is_own = self.model.bridge.info().is_some_and(|info| info.echo == EchoServer::Own);
        let offers =
            step == Step::Server && is_own && self.model.lesson.release != PortRelease::Asked;
        let wanted = self.on(|_| LessonEvent::OwnServerWanted);
        let head = tag("div")
            .class("lesson-head")
            .child(tag("h3").child(self.words.in_terminal))
            .child(self.systems(system));
        let note = tag("p").class("lesson-note").child((self.words.note)(step, system));
        tag("div")
            .key("terminal")
            .class("lesson-terminal")
            .child(head)
            .child(command::view("", &command, self.model, self.emit))
            .child(note)
            .child(offers.then(|| quiet((self.words.own_server)(system)).onclick(wanted)))
    }

    fn systems(&self, chosen: System) -> Tag {
        let onchange = self.on(|event: DomEvent| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let system = System::ALL.into_iter().find(|system| system.name() == value);
            LessonEvent::SystemChosen(system.unwrap_or_default())
        });
        let one = |system: System| {
            let name = system.name();
            let option = tag("option").key(name).set("value", name);
            option.flag("selected", system == chosen).child(name)
        };
        tag("select")
            .set("aria-label", self.words.system)
            .onchange(onchange)
            .children(System::ALL.map(one))
    }

    pub(super) fn end(&self, step: Step) -> Tag {
        let (back, next) = (self.words.back, self.words.next);
        let way = tag("div")
            .class("lesson-way")
            .child(self.to(step.back(), back))
            .child(self.to(step.next(), next));
        tag("div").key("end").class("lesson-end").child(self.said(step)).child(way)
    }

    /// How it is; told to those who do not see it as it changes.
    fn said(&self, step: Step) -> Tag {
        let (said, progress) = (self.model.step_status(step), self.model.lesson.progress);
        let (tone, sign) = match said {
            _ if progress.is_done(step) => ("good", "✓"),
            StepStatus::Refused(_) | StepStatus::NoBridge => ("bad", "✗"),
            _ => ("wait", "○"),
        };
        let text = tag("span").child((self.words.said)(said));
        let saw = self.on(|_| LessonEvent::SawHello);
        let finished = progress.is_whole() && step == Step::Bytes;
        tag("div")
            .set("aria-live", "polite")
            .child(tag("p").class("lesson-said").class(tone).child(hidden(sign)).child(text))
            .child((said == StepStatus::Unseen).then(|| quiet(self.words.saw).onclick(saw)))
            .child(finished.then(|| tag("p").child(self.words.finished)))
    }

    /// To the step before, or to the next.
    fn to(&self, step: Option<Step>, label: &'static str) -> Tag {
        match step {
            Some(step) => quiet(label).onclick(self.press(chosen, step.number())),
            None => tag("span").key(label),
        }
    }
}
