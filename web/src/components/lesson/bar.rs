//! The bar that stands for the guide where there is little room: what to do, in one line.

use page_model::lesson::{BAR_ID, GUIDE_ID, LessonEvent, ProgramView, Step, View};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::tick::step_tick;
use crate::components::context::Dispatch;
use crate::i18n::lesson as i18n;

/// Draws the bar, and beside it what is wanted while the guide is folded: the line of the client
/// that runs, and the way to the next step.
pub fn bar(lang: Lang, dispatch: &Dispatch, view: &View) -> Html {
    let View { step, is_unfolded, .. } = *view;
    let next = step.next().filter(|_| !is_unfolded && view.tick(step).is_some());
    html! {
        <div class="lesson-top">
            { toggle(lang, dispatch, view) }
            if let Some(next) = next {
                { next_button(lang, dispatch, next) }
            }
            if let Some(program) = &view.program {
                { current_line(lang, program) }
            }
        </div>
    }
}

/// Draws the button that unfolds the guide.
fn toggle(lang: Lang, dispatch: &Dispatch, view: &View) -> Html {
    let View { step, is_unfolded, .. } = *view;
    let onclick = dispatch.reform(|_| Event::Lesson(LessonEvent::BarPressed));
    html! {
        <button
            id={BAR_ID}
            type="button"
            class="lesson-bar"
            aria-controls={GUIDE_ID}
            aria-expanded={is_unfolded.to_string()}
            {onclick}
        >
            <span>
                <span class="heard">{ i18n::name(lang) }{ " " }</span>
                { format!("{}/{}", step.number(), Step::ALL.len()) }
            </span>
            <span class="lesson-task">{ i18n::instruction(lang, step) }</span>
            { step_tick(lang, view.tick(step)) }
            <span aria-hidden="true">{ if is_unfolded { "▴" } else { "▾" } }</span>
        </button>
    }
}

/// Draws the button that leads to the next step.
fn next_button(lang: Lang, dispatch: &Dispatch, step: Step) -> Html {
    let onclick = dispatch.reform(move |_| Event::Lesson(LessonEvent::Chosen(step)));
    html! {
        <button key="next" type="button" class="quiet" {onclick}>{ i18n::next(lang) }</button>
    }
}

/// Draws the line of the client that runs now, or ran last.
fn current_line(lang: Lang, program: &ProgramView) -> Html {
    html! {
        <p key="line" class="lesson-line">
            if let Some(line) = program.current_line() {
                <span class="heard">{ i18n::current_line(lang) }{ " " }</span>
                <code lang="en" aria-current="step">{ line }</code>
            } else {
                { i18n::no_line_yet(lang) }
            }
        </p>
    }
}
