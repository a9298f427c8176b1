//! Capture files: the button that opens one, why one was not opened, and the one that is shown.

use echo_core::packets::file::MAX_FILE;
use page_model::packets::file::FileConnection;
use page_model::packets::view::source::FileView;
use page_model::packets::{PacketsEvent, RefusedFile};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::select_change;
use crate::components::context::Dispatch;
use crate::i18n::packets::{packets, source as i18n};
use crate::platform::files;

/// Draws the button that opens a file.
pub(super) fn open(lang: Lang, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: yew::Event| {
        let Some(file) = files::take_chosen(&event) else { return };
        let dispatch = dispatch.clone();
        files::read(file, MAX_FILE, move |name, bytes| {
            dispatch.emit(Event::Packets(PacketsEvent::FileRead { name, bytes }));
        });
    });
    html! {
        <p class="file">
            <label><input type="file" {onchange} /><span>{ i18n::open(lang) }</span></label>
        </p>
    }
}

/// Draws the reason why a file was not opened.
pub(super) fn refused(lang: Lang, dispatch: &Dispatch, file: &RefusedFile) -> Html {
    let onclick = dispatch.reform(|_| Event::Packets(PacketsEvent::RefusalDismissed));
    html! {
        <p class="refused" role="alert">
            { i18n::refused(lang, &file.name, file.error) }
            { " " }
            <button type="button" class="quiet" {onclick}>{ i18n::dismiss(lang) }</button>
        </p>
    }
}

/// Draws the name of the open file and the choice of its connection.
pub(super) fn shown(lang: Lang, dispatch: &Dispatch, view: &FileView) -> Html {
    let onclick = dispatch.reform(|_| Event::Packets(PacketsEvent::FileClosed));
    html! {
        <div key="file">
            <p class="packet-tools">
                <strong>{ view.name.clone() }</strong>
                <span>{ i18n::packets_of_file(lang, view.count, view.total) }</span>
                <button type="button" class="quiet" {onclick}>{ i18n::close_file(lang) }</button>
            </p>
            if view.connections.len() > 1 {
                { connections(lang, dispatch, view) }
            }
            if view.has_secrets {
                <p>{ i18n::file_has_secrets(lang) }</p>
            }
            if view.has_inferred {
                <p>{ i18n::inferred(lang) }</p>
            }
            if let Some(text) = i18n::file_end(lang, view.end) {
                <p>{ text }</p>
            }
            if view.skipped > 0 {
                <p class="packet-why">{ i18n::skipped(lang, view.skipped) }</p>
            }
        </div>
    }
}

/// Draws the choice of a connection.
fn connections(lang: Lang, dispatch: &Dispatch, view: &FileView) -> Html {
    let onchange = select_change(dispatch, |value| {
        Event::Packets(PacketsEvent::ConnectionChosen(value.parse().unwrap_or_default()))
    });
    let option = |(index, connection): (usize, &FileConnection)| {
        let FileConnection { client, server, packets: count } = connection;
        html! {
            <option key={index} value={index.to_string()} selected={index == view.chosen}>
                { format!("{client} → {server} ({})", packets(lang, *count)) }
            </option>
        }
    };
    html! {
        <label>
            { i18n::connection(lang) }
            { " " }
            <select {onchange}>{ for view.connections.iter().enumerate().map(option) }</select>
        </label>
    }
}
