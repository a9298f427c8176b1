//! The tutorial's client, whose lines are highlighted as they run.

use page_model::lesson::ProgramView;
use page_model::lesson::code::{CODE, CodeLine, LineState};
use yew::prelude::*;

use crate::components::context::use_lang;
use crate::components::copy::CopyButton;
use crate::i18n::lesson as i18n;

/// The classes of the depths of indentation. The page's Content-Security-Policy allows no `style`
/// attributes.
const INDENT_CLASSES: [&str; 2] = ["depth-0", "depth-1"];

/// Properties of [`Program`].
#[derive(PartialEq, Properties)]
pub struct ProgramProps {
    /// What to show.
    pub view: ProgramView,
}

/// Draws the tutorial's client, and a button that copies it.
#[component]
pub fn Program(ProgramProps { view }: &ProgramProps) -> Html {
    let lang = use_lang();
    let lines = CODE.iter().zip(view.lines).enumerate();
    let lines = lines.map(|(index, (line, state))| code_line(index, line, state));
    html! {
        <div class="lesson-program">
            <pre class="lesson-code" lang="en" aria-label={i18n::program(lang)} tabindex="0">
                { for lines }
            </pre>
            <CopyButton
                class="quiet"
                text={view.source.text.clone()}
                state={view.source.state}
                label={i18n::copy_program(lang)}
            />
        </div>
    }
}

fn code_line(index: usize, line: &CodeLine, state: LineState) -> Html {
    let is_current = state == LineState::Current;
    let class = classes!(
        INDENT_CLASSES[usize::from(line.indent)],
        (state != LineState::NotRun).then_some("ran"),
        is_current.then_some("now"),
    );
    html! {
        <span key={index} {class} aria-current={is_current.then_some("step")}>
            { line.text }{ "\n" }
        </span>
    }
}
