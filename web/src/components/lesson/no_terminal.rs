//! The lesson for a learner who has no terminal: the page's own way takes its place.

use page_model::lesson::{LessonEvent, Step};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::i18n::lesson as i18n;

/// Draws the page's own way of what a step does in a terminal.
pub fn without_terminal(lang: Lang, dispatch: &Dispatch, step: Step) -> Html {
    html! {
        <div class="lesson-terminal">
            <h3>{ i18n::without_terminal(lang) }</h3>
            <p>{ i18n::own_way(lang, step) }</p>
            { terminal_switch(lang, dispatch, true) }
        </div>
    }
}

/// Draws the button with which the learner says that there is no terminal, or that there is one
/// after all.
pub fn terminal_switch(lang: Lang, dispatch: &Dispatch, is_missing: bool) -> Html {
    let onclick =
        dispatch.reform(move |_| Event::Lesson(LessonEvent::TerminalMissing(!is_missing)));
    html! {
        <button type="button" class="quiet" {onclick}>
            { i18n::terminal_switch(lang, is_missing) }
        </button>
    }
}
