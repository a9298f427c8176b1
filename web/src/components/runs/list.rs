//! The list of the runs, and what can be done with all of them.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, TargetCast};

use super::look;
use crate::components::menu;
use crate::components::pressed;
use crate::platform::{date, files};
use crate::tag::{button, group, tag};
use page_model::menu::Menu;
use page_model::runs::list::ListedRun;
use page_model::runs::{RunsAnchor, RunsEvent, RunsNotice, StorageStatus};
use page_model::{Event, Model};

/// The runs, once there is one.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).runs;
    if model.runs.list.is_empty() && model.runs.news.is_none() {
        return Html::default();
    }
    let heading = RunsAnchor::List.heading_id();
    tag("section")
        .key("list")
        .set("aria-labelledby", heading)
        .child(
            tag("div")
                .class("head")
                .key("head")
                .child(tag("h2").set("id", heading).child(words.runs))
                .child(menu::view(
                    Menu::Runs,
                    ("⋯", words.more),
                    || panel(model, emit),
                    model,
                    emit,
                )),
        )
        .child(told(model, emit))
        .child(
            tag("ul")
                .key("runs")
                .children(model.runs.list.iter().map(|entry| row(entry, model, emit))),
        )
        .html()
}

fn row(entry: &ListedRun, model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let run = &entry.record;
    let (tone, sign) = look::tone(run);
    let id = entry.id;
    let onclick = emit.reform(move |_| Event::Runs(RunsEvent::Chosen(id)));
    let chosen = model.runs.showing().has(id);
    tag("li")
        .key(id.0)
        .child(
            button()
                .set("id", id.button_id())
                .set("title", date::local(run.when))
                .set("aria-pressed", chosen.to_string())
                .onclick(onclick)
                .child(tag("span").class("sign").class(tone).set("aria-hidden", "true").child(sign))
                .child(tag("span").class("heard").child(look::sentence(run, words)))
                .child(tag("span").class("message").child(look::preview(&run.message)))
                .child(tag("span").class("took").child(look::tcp(run))),
        )
        .html()
}

/// What there is to say of the list as a whole.
fn told(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).runs;
    let undo = pressed(emit, |_| Event::Runs(RunsEvent::UndoPressed));
    let keeping = match &model.runs.keeping {
        StorageStatus::Works => None,
        StorageStatus::Refused => Some(words.not_kept.to_owned()),
        StorageStatus::Unread(why) => Some((words.unread)(&(words.refused)(why))),
    };
    tag("div")
        .key("told")
        .class("told")
        .child(model.runs.news.as_ref().map(|news| {
            tag("p")
                .key("news")
                .child(match news {
                    RunsNotice::Imported(taken) => (words.imported)(*taken),
                    RunsNotice::Refused(why) => (words.not_imported)(&(words.refused)(why)),
                    RunsNotice::Cleared(runs) => (words.cleared)(runs.len()),
                })
                .child(if let RunsNotice::Cleared(_) = news {
                    button().onclick(undo).child(words.undo).html()
                } else {
                    Html::default()
                })
        }))
        .child(keeping.map(|keeping| tag("p").key("keeping").child(keeping)))
        .html()
}

fn panel(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).runs;
    group()
        .child(
            tag("label")
                .key("import")
                .class("import")
                .child(
                    tag("input")
                        .set("type", "file")
                        .set("accept", ".json,application/json")
                        .onchange(read_file(emit)),
                )
                .child(words.import),
        )
        .child(
            button()
                .key("export")
                .onclick(pressed(emit, |_| Event::Runs(RunsEvent::ExportPressed)))
                .child(words.export),
        )
        .child(
            button()
                .key("clear")
                .onclick(pressed(emit, |_| Event::Runs(RunsEvent::ClearPressed)))
                .child(words.clear),
        )
        .html()
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
