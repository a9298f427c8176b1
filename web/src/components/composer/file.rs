//! A file that is attached.

use page_model::attachment::MAX_ATTACHMENT;
use page_model::composer::ComposerEvent;
use page_model::{Event, Lang};
use web_sys::File;
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::i18n::settings as i18n;
use crate::platform::files;

/// Shows the button that attaches a file.
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
                <span>{ i18n::attach_file(lang) }</span>
            </label>
            { " " }
            { i18n::drop_file(lang) }
        </p>
    }
}

/// Attaches a file.
pub fn open(file: File, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    files::read(file, MAX_ATTACHMENT, move |name, bytes| {
        dispatch.emit(Event::Composer(ComposerEvent::FileRead { name, bytes }));
    });
}
