//! The guide: all of the lesson at one step.

use page_model::lesson::{GUIDE_ID, LessonEvent, Step, View};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::bar::bar;
use super::no_terminal::without_terminal;
use super::program::Program;
use super::status::Status;
use super::step::StepPage;
use super::terminal::Terminal;
use super::tick::step_tick;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::lesson as i18n;

/// Properties of [`Guide`].
#[derive(PartialEq, Properties)]
pub struct GuideProps {
    /// What the guide shows.
    pub view: View,
}

/// Draws the guide, and the bar that unfolds it on a narrow screen.
#[component]
pub fn Guide(GuideProps { view }: &GuideProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <>
            { bar(lang, &dispatch, view) }
            <div
                id={GUIDE_ID}
                class={classes!("lesson-guide", view.is_unfolded.then_some("unfolded"))}
            >
                { steps(lang, &dispatch, view) }
                <StepPage step={view.step} servers={view.servers} fields={view.fields} />
                if let Some(program) = &view.program {
                    <Program view={program.clone()} />
                }
                if view.is_without_terminal {
                    { without_terminal(lang, &dispatch, view.step) }
                } else {
                    <Terminal step={view.step} view={view.terminal.clone()} />
                }
                <Status step={view.step} view={view.status} />
            </div>
        </>
    }
}

/// Draws the list of steps.
fn steps(lang: Lang, dispatch: &Dispatch, view: &View) -> Html {
    let item = |step: Step| {
        let title = i18n::title(lang, step);
        let onclick = dispatch.reform(move |_| Event::Lesson(LessonEvent::Chosen(step)));
        html! {
            <li key={step.number()}>
                <button
                    type="button"
                    {title}
                    aria-current={(step == view.step).then_some("step")}
                    {onclick}
                >
                    <span class="heard">{ title }</span>
                    <span aria-hidden="true">{ step.number() }</span>
                    { step_tick(lang, view.tick(step)) }
                </button>
            </li>
        }
    };
    html! {
        <ol class="lesson-steps" aria-label={i18n::steps(lang)}>{ for Step::ALL.map(item) }</ol>
    }
}
