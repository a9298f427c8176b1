//! What a step is about, and what to do on the page.

use page_model::lesson::{BROKEN, FieldsView, LessonEvent, ServerView, Step};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::tick::tick;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::lesson as i18n;
use page_model::lesson::TITLE_ID;

/// Properties of [`StepPage`].
#[derive(PartialEq, Properties)]
pub struct StepPageProps {
    /// The step.
    pub step: Step,
    /// The servers to choose from.
    pub servers: Option<[ServerView; BROKEN.len()]>,
    /// The buttons for the fields of the page.
    pub fields: FieldsView,
}

/// Shows what a step is about, and what to do on the page.
#[component]
pub fn StepPage(StepPageProps { step, servers, fields }: &StepPageProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="lesson-page">
            <h2 id={TITLE_ID} tabindex="-1">{ i18n::title(lang, *step) }</h2>
            <p>{ i18n::about(lang, *step) }</p>
            <h3>{ i18n::on_this_page(lang) }</h3>
            <p>{ i18n::task(lang, *step) }</p>
            if let Some(servers) = servers {
                { server_list(lang, &dispatch, servers) }
            }
            { field_buttons(lang, &dispatch, *fields) }
        </div>
    }
}

/// Draws the servers to choose from.
fn server_list(lang: Lang, dispatch: &Dispatch, servers: &[ServerView; BROKEN.len()]) -> Html {
    let item = |(index, (server, does)): (usize, (&ServerView, &'static str))| {
        let onclick = dispatch.reform(move |_| Event::Lesson(LessonEvent::SetPressed(index)));
        html! {
            <li key={index}>
                <button type="button" aria-pressed={server.is_chosen.to_string()} {onclick}>
                    <code lang="en">{ server.target }</code>
                    <span>{ does }</span>
                    { tick(lang, server.is_met) }
                </button>
            </li>
        }
    };
    let servers = servers.iter().zip(i18n::servers(lang)).enumerate();
    html! { <ul class="lesson-servers">{ for servers.map(item) }</ul> }
}

/// Draws the buttons that set the fields of the page.
fn field_buttons(lang: Lang, dispatch: &Dispatch, fields: FieldsView) -> Html {
    let set = dispatch.reform(|_| Event::Lesson(LessonEvent::SetPressed(0)));
    let restore = dispatch.reform(|_| Event::Lesson(LessonEvent::RestorePressed));
    html! {
        <div class="lesson-fields">
            if let Some(lock) = fields.lock {
                <p>{ i18n::locked(lang, lock) }</p>
            }
            if fields.can_set {
                <button type="button" class="quiet" onclick={set}>
                    { i18n::set_fields(lang) }
                </button>
            }
            if fields.can_restore {
                <button type="button" class="quiet" onclick={restore}>
                    { i18n::restore_fields(lang) }
                </button>
            }
        </div>
    }
}
