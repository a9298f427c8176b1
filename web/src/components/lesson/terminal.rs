//! What to do in a terminal at a step of the lesson.

use page_model::copy::CopyableText;
use page_model::lesson::{LessonEvent, Step, System, TerminalView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::no_terminal::terminal_switch;
use crate::components::callbacks::select_change;
use crate::components::command::CommandLine;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::lesson as i18n;

/// Properties of [`Terminal`].
#[derive(PartialEq, Properties)]
pub struct TerminalProps {
    /// The step.
    pub step: Step,
    /// What to show.
    pub view: TerminalView,
}

/// Shows what to do in a terminal: the command, for the system of that terminal.
#[component]
pub fn Terminal(TerminalProps { step, view }: &TerminalProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onclick = dispatch.reform(|_| Event::Lesson(LessonEvent::OwnServerWanted));
    html! {
        <div class="lesson-terminal">
            <div class="lesson-head">
                <h3>{ i18n::in_terminal(lang) }</h3>
                { system_choice(lang, &dispatch, view.system) }
            </div>
            if let Some(CopyableText { text, state }) = &view.command {
                <CommandLine lead="" command={text.clone()} state={*state} />
                <p class="lesson-note">{ i18n::command_note(lang, *step, view.system) }</p>
            } else {
                <p class="lesson-note">{ i18n::no_command(lang, *step) }</p>
            }
            if view.can_use_own_server {
                <button type="button" class="quiet" {onclick}>
                    { i18n::use_own_server(lang, view.system) }
                </button>
            }
            { terminal_switch(lang, &dispatch, false) }
        </div>
    }
}

/// Draws the choice of the terminal's system.
fn system_choice(lang: Lang, dispatch: &Dispatch, chosen: System) -> Html {
    let onchange = select_change(dispatch, |value| {
        let system = System::ALL.into_iter().find(|system| system.name() == value);
        Event::Lesson(LessonEvent::SystemChosen(system.unwrap_or_default()))
    });
    let option = |system: System| {
        let name = system.name();
        html! { <option key={name} value={name} selected={system == chosen}>{ name }</option> }
    };
    html! {
        <select aria-label={i18n::system(lang)} {onchange}>{ for System::ALL.map(option) }</select>
    }
}
