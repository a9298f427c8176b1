//! The lesson: a guide beside the workbench, or a bar above it where there is no room.

mod code;
mod step;

use yew::{Callback, Html, classes, html};

use crate::model::lesson::{LessonEvent, Step};
use crate::model::{Event, Model};
use crate::shell::lesson::TITLE;
use crate::words::lesson::LessonWords;

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
    html! {
        <button key="lesson" class="lesson-toggle" type="button" aria-expanded={open.to_string()}
            onclick={emit.reform(|_| Event::Lesson(LessonEvent::Toggled))}>
            { model.lang.words().lesson.lesson }
        </button>
    }
}

/// The guide, while the lesson is open.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().lesson;
    let parts = Parts { model, words, emit };
    let Some(step) = model.lesson.step else { return Html::default() };
    html! {
        <section key="lesson" class="lesson" aria-labelledby={TITLE}>
            { parts.bar(step) }
            <div key="guide" id="lesson-guide"
                class={classes!("lesson-guide", model.lesson.unfolded.then_some("unfolded"))}>
                { parts.steps(step) }
                { parts.step(step) }
            </div>
        </section>
    }
}

impl Parts<'_> {
    fn on<In: 'static>(&self, to: impl Fn(In) -> LessonEvent + 'static) -> Callback<In> {
        self.emit.reform(move |it| Event::Lesson(to(it)))
    }

    fn button(&self, label: &'static str, to: impl Fn() -> LessonEvent + 'static) -> Html {
        let onclick = self.on(move |_| to());
        html! { <button key={label} class="quiet" type="button" {onclick}>{ label }</button> }
    }

    /// Where there is little room, all of it in one line.
    fn bar(&self, step: Step) -> Html {
        let unfolded = self.model.lesson.unfolded;
        html! {
            <button key="bar" class="lesson-bar" type="button" aria-controls="lesson-guide"
                aria-expanded={unfolded.to_string()} onclick={self.on(|_| LessonEvent::BarPressed)}>
                <span key="place">
                    { format!("{} {}/{}", self.words.lesson, step.number(), Step::ALL.len()) }
                </span>
                <span key="title" class="lesson-name">{ self.words.each[step as usize].title }</span>
                { self.sign(step) }
                <span key="fold" aria-hidden="true">{ if unfolded { "▴" } else { "▾" } }</span>
            </button>
        }
    }

    fn steps(&self, now: Step) -> Html {
        let one = |step: Step| {
            let current = (step == now).then_some("step");
            let title = self.words.each[step as usize].title;
            html! {
                <li key={step.number()}>
                    <button type="button" {title} aria-current={current}
                        onclick={self.on(move |_| LessonEvent::Chosen(step))}>
                        <span class="heard">{ title }</span>
                        <span aria-hidden="true">{ step.number() }</span>
                        { self.sign(step) }
                    </button>
                </li>
            }
        };
        html! {
            <ol key="steps" class="lesson-steps" aria-label={self.words.steps}>
                { for Step::ALL.map(one) }
            </ol>
        }
    }

    /// The tick of a step that is done.
    fn sign(&self, step: Step) -> Html {
        if !self.model.lesson.progress.is_done(step) {
            return Html::default();
        }
        html! {
            <span key="sign" class="lesson-tick" role="img" aria-label={self.words.is_done}>{ "✓" }</span>
        }
    }
}
