//! A file that becomes the message: opened, or dropped.

use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, FileList, HtmlInputElement};
use yew::{Callback, Html, TargetCast};

use crate::browser;
use crate::model::Event;
use crate::model::draft::{DraftEvent, MAX_FILE};
use crate::tag::tag;
use crate::words::Words;

/// The button that opens a file.
pub fn view(words: &Words, emit: &Callback<Event>) -> Html {
    let emit = emit.clone();
    let onchange = Callback::from(move |event: yew::Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        take(input.files(), &emit);
        // The same file, chosen again, is another choice.
        input.set_value("");
    });
    tag("p")
        .key("file")
        .class("file")
        .child(
            tag("label")
                .child(tag("input").set("type", "file").onchange(onchange))
                .child(tag("span").child(words.composer.file)),
        )
        .child(" ")
        .child((words.composer.drop)())
        .html()
}

/// Lets a file be dropped, but leaves alone what a field knows how to take.
pub fn over(event: &DragEvent) {
    let types = event.data_transfer().map(|data| data.types());
    if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
        event.prevent_default();
    }
}

/// Takes the file that was dropped.
pub fn dropped(event: &DragEvent, emit: &Callback<Event>) {
    let files = event.data_transfer().and_then(|data| data.files());
    if files.as_ref().is_some_and(|files| files.length() > 0) {
        event.prevent_default();
        take(files, emit);
    }
}

/// Reads the first of some files.
fn take(files: Option<FileList>, emit: &Callback<Event>) {
    let Some(file) = files.and_then(|files| files.get(0)) else { return };
    let emit = emit.clone();
    spawn_local(async move {
        let bytes = browser::read(&file, MAX_FILE).await;
        emit.emit(Event::Draft(DraftEvent::FileCame { name: file.name(), bytes }));
    });
}
