//! What can be done with all runs.

use page_model::runs::{RunsEvent, file};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::i18n::runs as i18n;
use crate::platform::files;

/// Draws the content of the menu.
pub fn panel(lang: Lang, dispatch: &Dispatch) -> Html {
    let export = dispatch.reform(|_| Event::Runs(RunsEvent::ExportPressed));
    let clear = dispatch.reform(|_| Event::Runs(RunsEvent::ClearPressed));
    html! {
        <>
            <label class="import">
                <input
                    type="file"
                    accept=".json,application/json"
                    onchange={on_file_chosen(dispatch)}
                />
                { i18n::import(lang) }
            </label>
            <button type="button" onclick={export}>{ i18n::export(lang) }</button>
            <button type="button" onclick={clear}>{ i18n::clear(lang) }</button>
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
