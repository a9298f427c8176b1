//! The listeners of the window and the document: link, storage, keys, dropped files, visibility.

use echo_core::packets::file::MAX_FILE;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, EventTarget, KeyboardEvent, StorageEvent};
use yew::Callback;

use super::browser::{self, document, window};
use super::files;
use page_model::Event;
use page_model::command::StorageKey;
use page_model::inspector::{InspectorEvent, Tab};
use page_model::link::LinkEvent;
use page_model::menu::MenuEvent;
use page_model::packets::PacketsEvent;
use page_model::runs::RunsEvent;

/// Attaches the listeners, and reports their events to `callback`. Dropping a listener removes it.
pub fn listen(callback: &Callback<Event>) -> Vec<EventListener> {
    let window = &window();
    let dispatch = callback.clone();
    let link = EventListener::new(window, "hashchange", move |_| {
        dispatch.emit(Event::Link(LinkEvent::Opened(browser::fragment())));
    });
    let dispatch = callback.clone();
    let storage = EventListener::new(window, "storage", move |event| {
        if event.dyn_ref().is_some_and(is_of_runs) {
            dispatch.emit(Event::Runs(RunsEvent::StoreFound));
        }
    });
    let dispatch = callback.clone();
    let key = EventListener::new(window, "keydown", move |event| {
        if let Some(event) = event.dyn_ref().and_then(menu_event) {
            dispatch.emit(Event::Menu(event));
        }
    });
    let cancelable = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(window, "dragover", cancelable, |event| {
        if let Some(event) = event.dyn_ref() {
            files::accept_drag(event);
        }
    });
    let dispatch = callback.clone();
    let drop = EventListener::new_with_options(window, "drop", cancelable, move |event| {
        if let Some(event) = event.dyn_ref().filter(|event: &&DragEvent| !event.default_prevented())
        {
            open_capture(event, &dispatch);
        }
    });
    let dispatch = callback.clone();
    let visibility = EventListener::new(&document(), "visibilitychange", move |_| {
        let is_visible = browser::is_visible();
        dispatch.emit(if is_visible { Event::DrawDue } else { Event::PageHidden });
    });
    let dispatch = callback.clone();
    let hide = EventListener::new(window, "pagehide", move |_| dispatch.emit(Event::PageHidden));
    vec![link, storage, key, over, drop, visibility, hide]
}

/// Opens a dropped file that no region of the page handled as a capture file.
fn open_capture(event: &DragEvent, dispatch: &Callback<Event>) {
    let Some(file) = files::take_dropped(event) else { return };
    let dispatch = dispatch.clone();
    files::read(file, MAX_FILE, move |name, bytes| {
        dispatch.emit(Event::Packets(PacketsEvent::FileRead { name, bytes }));
        dispatch.emit(Event::Inspector(InspectorEvent::TabChosen(Tab::Packets)));
    });
}

/// Returns whether another tab changed what is stored of the runs, or removed everything.
fn is_of_runs(event: &StorageEvent) -> bool {
    event.key().is_none_or(|key| key == StorageKey::Runs.name())
}

/// Returns the event of a key that works everywhere on the page. In a field, `?` is a character.
fn menu_event(event: &KeyboardEvent) -> Option<MenuEvent> {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    match event.key().as_str() {
        _ if event.is_composing() || held => None,
        "Escape" => Some(MenuEvent::Escaped),
        "?" if !is_field(event.target()) => Some(MenuEvent::HelpKey),
        "p" | "P" if !is_field(event.target()) => Some(MenuEvent::PresentKey),
        _ => None,
    }
}

fn is_field(target: Option<EventTarget>) -> bool {
    const FIELDS: &str = "input:not([type=radio], [type=checkbox], [type=file]), textarea, select";
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(FIELDS).unwrap_or(false))
}
