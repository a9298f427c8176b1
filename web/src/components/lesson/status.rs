//! How far a step of the lesson has come, and the way to the other steps.

use page_model::lesson::{LessonEvent, StatusView, Step, Tone};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::tick::BY_HAND;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::lesson as i18n;

/// Properties of [`Status`].
#[derive(PartialEq, Properties)]
pub struct StatusProps {
    /// The step.
    pub step: Step,
    /// What to show.
    pub view: StatusView,
}

/// Draws how far a step has come, which screen readers announce when it changes, and the buttons
/// that lead to the previous step and to the next one.
#[component]
pub fn Status(StatusProps { step, view }: &StatusProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let (tone, sign) = match view.tone {
        Tone::Done => ("good", "✓"),
        Tone::ByHand => ("hand", BY_HAND),
        Tone::Failed => ("bad", "✗"),
        Tone::Pending => ("wait", "○"),
    };
    let ontick = dispatch.reform(|_| Event::Lesson(LessonEvent::TickedByHand));
    html! {
        <div class="lesson-end">
            <div aria-live="polite">
                <p class={classes!("lesson-said", tone)}>
                    <span aria-hidden="true">{ sign }</span>
                    <span>{ i18n::status(lang, view.status) }</span>
                </p>
                if view.can_tick_by_hand {
                    <button type="button" class="quiet" onclick={ontick}>
                        { i18n::tick_by_hand(lang, *step) }
                    </button>
                }
                if view.is_lesson_finished {
                    <p>{ i18n::finished(lang) }</p>
                }
            </div>
            { navigation(lang, &dispatch, *step) }
        </div>
    }
}

/// Draws the buttons that lead to the previous step and to the next one.
fn navigation(lang: Lang, dispatch: &Dispatch, step: Step) -> Html {
    let button = |step: Option<Step>, label: &'static str| {
        let Some(step) = step else { return html! { <span key={label} /> } };
        let onclick = dispatch.reform(move |_| Event::Lesson(LessonEvent::Chosen(step)));
        html! {
            <button key={label} type="button" class="quiet" {onclick}>{ label }</button>
        }
    };
    html! {
        <div class="lesson-way">
            { button(step.back(), i18n::back(lang)) }
            { button(step.next(), i18n::next(lang)) }
        </div>
    }
}
