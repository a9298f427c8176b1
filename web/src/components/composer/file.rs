//! A file that becomes the message.

use page_model::composer::{ComposerEvent, MAX_FILE};
use page_model::{Event, Lang};
use web_sys::File;
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::i18n::settings as i18n;
use crate::platform::files;

/// Shows the button that opens a file.
pub fn picker(lang: Lang, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = move |event: yew::Event| {
        if let Some(file) = files::take_chosen(&event) {
            open(file, &dispatch);
        }
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

/// Makes a file the message.
pub fn open(file: File, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    files::read(file, MAX_FILE, move |name, bytes| {
        dispatch.emit(Event::Composer(ComposerEvent::FileRead { name, bytes }));
    });
}
