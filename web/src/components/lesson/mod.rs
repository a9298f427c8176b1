//! The lesson: a guide beside the workbench, or a bar above it where there is no room. The guide is a
//! part of its own.

mod code;
mod step;

use yew::{Callback, Html, MouseEvent};

use crate::i18n::lesson::{self, LessonWords, StepWords};
use crate::lazy;
use crate::tag::{Tag, button, group, tag};
use page_model::lesson::TITLE_ID as TITLE;
use page_model::lesson::{LessonEvent, Step};
use page_model::{Event, Model};

/// What the guide is made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    model: &'a Model,
    words: &'static LessonWords,
    emit: &'a Callback<Event>,
}

/// The button that opens the lesson, and leaves it.
pub fn toggle(model: &Model, emit: &Callback<Event>) -> Html {
    let open = model.lesson.step.is_some();
    button()
        .key("lesson")
        .class("lesson-toggle")
        .set("aria-expanded", open.to_string())
        .onclick(emit.reform(|_| Event::Lesson(LessonEvent::Toggled)))
        .child(crate::i18n::of(model.lang).lesson)
        .html()
}

/// The place of the guide, while the lesson is open.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    if model.lesson.step.is_none() {
        return Html::default();
    }
    let guide = lazy::guide(model, emit);
    let shown = guide.map_or_else(|instead| instead, |guide| guide(model, emit));
    tag("section").key("lesson").class("lesson").set("aria-labelledby", TITLE).child(shown).html()
}

/// The guide itself.
pub fn guide(model: &Model, emit: &Callback<Event>) -> Html {
    let parts = Parts { model, words: lesson::words(model.lang), emit };
    let Some(step) = model.lesson.step else { return Html::default() };
    let guide = tag("div")
        .key("guide")
        .set("id", "lesson-guide")
        .class("lesson-guide")
        .class(model.lesson.unfolded.then_some("unfolded"))
        .child(parts.steps(step))
        .child(parts.page(step))
        .child(parts.code(step))
        .child(parts.terminal(step))
        .child(parts.end(step));
    group().child(parts.bar(step)).child(guide).html()
}

impl Parts<'_> {
    fn on<In: 'static>(&self, to: impl Fn(In) -> LessonEvent + 'static) -> Callback<In> {
        self.emit.reform(move |it| Event::Lesson(to(it)))
    }

    fn press(&self, to: fn(u8) -> LessonEvent, which: u8) -> Callback<MouseEvent> {
        self.on(move |_| to(which))
    }

    fn words_of(&self, step: Step) -> &'static StepWords {
        &self.words.each[step as usize]
    }

    /// Where there is little room, all of it in one line.
    fn bar(&self, step: Step) -> Tag {
        let unfolded = self.model.lesson.unfolded;
        let place = format!(
            "{} {}/{}",
            crate::i18n::of(self.model.lang).lesson,
            step.number(),
            Step::ALL.len()
        );
        button()
            .key("bar")
            .class("lesson-bar")
            .set("aria-controls", "lesson-guide")
            .set("aria-expanded", unfolded.to_string())
            .onclick(self.on(|_| LessonEvent::BarPressed))
            .child(tag("span").child(place))
            .child(tag("span").class("lesson-name").child(self.words_of(step).title))
            .child(self.tick(self.model.lesson.progress.is_done(step)))
            .child(hidden(if unfolded { "▴" } else { "▾" }))
    }

    fn steps(&self, now: Step) -> Tag {
        let one = |step: Step| {
            let title = self.words_of(step).title;
            let button = button()
                .set("title", title)
                .set("aria-current", (step == now).then_some("step"))
                .onclick(self.press(chosen, step.number()))
                .child(tag("span").class("heard").child(title))
                .child(hidden(NUMBERS[step as usize]))
                .child(self.tick(self.model.lesson.progress.is_done(step)));
            tag("li").key(title).child(button)
        };
        tag("ol")
            .key("steps")
            .class("lesson-steps")
            .set("aria-label", self.words.steps)
            .children(Step::ALL.map(one))
    }

    /// The tick of what is done.
    fn tick(&self, is_done: bool) -> Option<Tag> {
        let label = self.words.is_done;
        is_done.then(|| {
            tag("span").class("lesson-tick").set("role", "img").set("aria-label", label).child("✓")
        })
    }
}

const NUMBERS: [&str; Step::ALL.len()] = ["1", "2", "3", "4", "5"];

/// Somebody went to the step of this number.
fn chosen(number: u8) -> LessonEvent {
    LessonEvent::Chosen(Step::of(number).unwrap_or(Step::Server))
}

/// What a screen reader hears otherwise, or need not.
fn hidden(text: &'static str) -> Tag {
    tag("span").set("aria-hidden", "true").child(text)
}

/// A button that does not stand out.
fn quiet(label: &'static str) -> Tag {
    button().key(label).class("quiet").child(label)
}
