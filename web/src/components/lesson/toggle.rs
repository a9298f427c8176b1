//! The button that opens and closes the lesson.

use page_model::Event;
use page_model::lesson::LessonEvent;
use yew::prelude::*;

use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::lesson as i18n;

/// Properties of [`LessonToggle`].
#[derive(PartialEq, Properties)]
pub struct LessonToggleProps {
    /// Whether the lesson is open.
    pub is_open: bool,
}

/// Draws the button that opens and closes the lesson.
#[component]
pub fn LessonToggle(LessonToggleProps { is_open }: &LessonToggleProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onclick = dispatch.reform(|_| Event::Lesson(LessonEvent::Toggled));
    html! {
        <button
            type="button"
            class="lesson-toggle"
            aria-expanded={is_open.to_string()}
            {onclick}
        >
            { i18n::name(lang) }
        </button>
    }
}
