//! A file that becomes the message.

use page_model::composer::{ComposerEvent, MAX_FILE};
use page_model::{Event, Lang};
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::i18n::settings as i18n;
use crate::platform::files;

/// Shows the button that opens a file.
pub fn picker(lang: Lang, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = move |event: yew::Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        open_first(input.files(), &dispatch);
        // Without this, the browser would not report the same file when it is chosen again.
        input.set_value("");
    };
    html! {
        <p class="file">
            <label>
                <input type="file" {onchange} />
                <span>{ i18n::open_file(lang) }</span>
            </label>
            { " " }
            { i18n::drop_file(lang) }
        </p>
    }
}

/// Makes the first of these files the message.
pub fn open_first(files: Option<FileList>, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    files::read_first(files, MAX_FILE, move |name, bytes| {
        dispatch.emit(Event::Composer(ComposerEvent::FileRead { name, bytes }));
    });
}
