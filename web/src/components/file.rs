//! A file that becomes the message: opened, or dropped.

use web_sys::{DragEvent, FileList, HtmlInputElement};
use yew::{Callback, Html, TargetCast};

use crate::i18n::Words;
use crate::platform::files;
use crate::tag::tag;
use page_model::Event;
use page_model::composer::{ComposerEvent, MAX_FILE};

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

/// Takes the file that was dropped.
pub fn dropped(event: &DragEvent, emit: &Callback<Event>) {
    take(files::dropped(event), emit);
}

fn take(files: Option<FileList>, emit: &Callback<Event>) {
    let emit = emit.clone();
    files::take(files, MAX_FILE, move |name, bytes| {
        emit.emit(Event::Composer(ComposerEvent::FileCame { name, bytes }));
    });
}
