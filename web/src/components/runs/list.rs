//! The list of the runs, and what can be done with all of them.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, TargetCast, classes, html};

use super::look;
use crate::components::menu;
use crate::model::runs::list::Entry;
use crate::model::runs::{Keeping, News, Place, RunsEvent};
use crate::model::{Event, Menu, Model};
use crate::shell::{date, files, runs};
use crate::words::format;

/// The runs, once there is one.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().runs;
    if model.runs.list.is_empty() && model.runs.news.is_none() {
        return Html::default();
    }
    let heading = runs::heading_id(Place::List);
    html! {
        <section key="list" aria-labelledby={heading}>
            <div class="head" key="head">
                <h2 id={heading}>{ words.runs }</h2>
                { menu::view(Menu::Runs, ("⋯", words.more), || panel(model, emit), model, emit) }
            </div>
            { told(model, emit) }
            <ul key="runs">{ for model.runs.list.iter().map(|entry| row(entry, model, emit)) }</ul>
        </section>
    }
}

fn row(entry: &Entry, model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let run = &entry.record;
    let (tone, sign) = look::tone(run.outcome);
    let id = entry.id;
    let onclick = emit.reform(move |_| Event::Runs(RunsEvent::Chosen(id)));
    let chosen = model.runs.showing().has(id);
    html! {
        <li key={id.0}>
            <button id={runs::button_id(id)} type="button" title={date::local(run.when)} aria-pressed={chosen.to_string()} {onclick}>
                <span class={classes!("sign", tone)} aria-hidden="true">{ sign }</span>
                <span class="heard">{ look::sentence(run, words) }</span>
                <span class="message">{ look::preview(&run.message) }</span>
                <span class="took">{ run.tcp_us.map(format::micros).unwrap_or_default() }</span>
            </button>
        </li>
    }
}

/// What there is to say of the list as a whole.
fn told(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().runs;
    let undo = emit.reform(|_| Event::Runs(RunsEvent::UndoPressed));
    let keeping = match model.runs.keeping {
        Keeping::Works => None,
        Keeping::Refused => Some(words.not_kept.to_owned()),
        Keeping::Unread(why) => Some((words.unread)(&(words.refused)(why))),
    };
    html! {
        <div key="told" class="told">
            if let Some(news) = &model.runs.news {
                <p key="news">
                    { match news {
                        News::Imported(taken) => (words.imported)(*taken),
                        News::Refused(why) => (words.not_imported)(&(words.refused)(*why)),
                        News::Cleared(runs) => (words.cleared)(runs.len()),
                    } }
                    if let News::Cleared(_) = news {
                        <button type="button" onclick={undo}>{ words.undo }</button>
                    }
                </p>
            }
            if let Some(keeping) = keeping {
                <p key="keeping">{ keeping }</p>
            }
        </div>
    }
}

fn panel(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().runs;
    let on = |event: fn() -> RunsEvent| emit.reform(move |_| Event::Runs(event()));
    html! {
        <>
            <label key="import" class="import">
                <input type="file" accept=".json,application/json" onchange={read_file(emit)} />
                { words.import }
            </label>
            <button key="export" type="button" onclick={on(|| RunsEvent::ExportPressed)}>
                { words.export }
            </button>
            <button key="clear" type="button" onclick={on(|| RunsEvent::ClearPressed)}>
                { words.clear }
            </button>
        </>
    }
}

/// The field is emptied, so that the same file can be chosen again.
fn read_file(emit: &Callback<Event>) -> Callback<yew::Event> {
    let emit = emit.clone();
    Callback::from(move |event: yew::Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
        let emit = emit.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let text = files::read(file).await;
            emit.emit(Event::Runs(RunsEvent::FileCame(text)));
        });
        field.set_value("");
    })
}
