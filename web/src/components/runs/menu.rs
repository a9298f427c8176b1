//! What can be done with the request that is typed, and with all requests and runs.

use page_model::Event;
use page_model::runs::requests::RequestsEvent;
use page_model::runs::{RunsEvent, file};
use yew::prelude::*;

use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::{requests, runs as i18n};
use crate::platform::files;

/// Properties of [`RunsMenu`].
#[derive(PartialEq, Properties)]
pub struct RunsMenuProps {
    /// Whether there are requests or runs.
    pub has_runs: bool,
}

/// Draws the content of the menu.
#[component]
pub fn RunsMenu(RunsMenuProps { has_runs }: &RunsMenuProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let save = dispatch.reform(|_| Event::Runs(RunsEvent::Requests(RequestsEvent::SavePressed)));
    let export = dispatch.reform(|_| Event::Runs(RunsEvent::ExportPressed));
    let clear = dispatch.reform(|_| Event::Runs(RunsEvent::ClearPressed));
    html! {
        <>
            <button type="button" onclick={save}>{ requests::save(lang) }</button>
            <label class="import">
                <input
                    type="file"
                    accept=".json,application/json"
                    onchange={on_file_chosen(&dispatch)}
                />
                { i18n::import(lang) }
            </label>
            if *has_runs {
                <button type="button" onclick={export}>{ i18n::export(lang) }</button>
                <button type="button" onclick={clear}>{ i18n::clear(lang) }</button>
            }
        </>
    }
}

/// Returns a listener that reads the runs in the chosen file, and reports them.
fn on_file_chosen(dispatch: &Dispatch) -> Callback<yew::Event> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: yew::Event| {
        let Some(file) = files::take_chosen(&event) else { return };
        let dispatch = dispatch.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let runs = files::read_text(file).await.and_then(|text| file::read(&text));
            dispatch.emit(Event::Runs(RunsEvent::FileRead(runs)));
        });
    })
}
