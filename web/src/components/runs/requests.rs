//! The saved requests: chips with their names, and the form in which one gets its name.

use page_model::runs::RunsEvent;
use page_model::runs::requests::{NAME_FIELD, RequestsEvent, SAVE_BUTTON};
use page_model::runs::requests_view::{FormView, RequestsView};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::{is_composing, text_input};
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::requests as i18n;
use crate::i18n::runs;

/// The id of the heading.
const HEADING: &str = "requests";
/// The id of the text under the field for a name.
const HINT: &str = "request-hint";

/// Properties of [`Requests`].
#[derive(PartialEq, Properties)]
pub struct RequestsProps {
    /// What is shown.
    pub view: RequestsView,
}

/// Draws the saved requests.
#[component]
pub fn Requests(RequestsProps { view }: &RequestsProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let save = on(&dispatch, RequestsEvent::SavePressed);
    html! {
        <section class="requests" aria-labelledby={HEADING}>
            <div class="head">
                <h2 id={HEADING}>{ i18n::heading(lang) }</h2>
                <button type="button" id={SAVE_BUTTON} class="quiet" onclick={save}>
                    { i18n::save(lang) }
                </button>
            </div>
            if let Some(form) = &view.form {
                { self::form(lang, &dispatch, form) }
            }
            if !view.names.is_empty() {
                <div class="chips">
                    { for view.names.iter().map(|(name, is_open)| chip(&dispatch, name, *is_open)) }
                </div>
            }
            if let Some(name) = view.opened.as_ref().filter(|_| view.form.is_none()) {
                { opened(lang, &dispatch, name) }
            }
        </section>
    }
}

/// Draws the button that sets the page up with a request.
fn chip(dispatch: &Dispatch, name: &str, is_open: bool) -> Html {
    let onclick = on(dispatch, RequestsEvent::Opened(name.to_owned()));
    html! {
        <button
            key={name.to_owned()}
            type="button"
            class="chip"
            aria-pressed={is_open.to_string()}
            {onclick}
        >
            { name }
        </button>
    }
}

/// Draws what can be done with the request that was opened last.
fn opened(lang: Lang, dispatch: &Dispatch, name: &str) -> Html {
    let rename = on(dispatch, RequestsEvent::RenamePressed(name.to_owned()));
    let delete = on(dispatch, RequestsEvent::DeletePressed(name.to_owned()));
    html! {
        <p class="opened">
            <span>{ name }</span>
            <button type="button" class="quiet" onclick={rename}>{ i18n::rename(lang) }</button>
            <button type="button" class="quiet" onclick={delete}>{ runs::delete(lang) }</button>
        </p>
    }
}

/// Draws the form.
fn form(lang: Lang, dispatch: &Dispatch, view: &FormView) -> Html {
    let error = view.error.map(|error| i18n::error(lang, error));
    let hint = error.clone().or_else(|| view.replaces.then(|| i18n::replaces(lang).into()));
    let submit = {
        let dispatch = dispatch.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(requests(RequestsEvent::Submitted));
        }
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && !is_composing(&event) {
                dispatch.emit(requests(RequestsEvent::Cancelled));
            }
        }
    };
    html! {
        <form class="name" onsubmit={submit}>
            <label for={NAME_FIELD}>{ i18n::name(lang) }</label>
            <input
                id={NAME_FIELD}
                type="text"
                value={view.name.clone()}
                maxlength={view.max_name.to_string()}
                autocomplete="off"
                spellcheck="false"
                aria-describedby={HINT}
                aria-invalid={error.is_some().then_some("true")}
                oninput={text_input(dispatch, |name| requests(RequestsEvent::NameTyped(name)))}
                {onkeydown}
            />
            <button type="submit">{ i18n::submit(lang, view.is_rename, view.replaces) }</button>
            <button type="button" class="quiet" onclick={on(dispatch, RequestsEvent::Cancelled)}>
                { i18n::cancel(lang) }
            </button>
            <p id={HINT} class={classes!("hint", error.is_some().then_some("wrong"))}>
                { hint }
            </p>
        </form>
    }
}

fn requests(event: RequestsEvent) -> Event {
    Event::Runs(RunsEvent::Requests(event))
}

fn on(dispatch: &Dispatch, event: RequestsEvent) -> Callback<MouseEvent> {
    dispatch.reform(move |_| requests(event.clone()))
}
