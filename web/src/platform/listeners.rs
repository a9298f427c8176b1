//! What is heard of the window: another link, another tab, a key, a file that is dropped anywhere.

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

/// Listens until it is dropped; what happens goes to `emit`.
pub fn listen(emit: &Callback<Event>) -> Vec<EventListener> {
    let window = &window();
    let tell = emit.clone();
    let link = EventListener::new(window, "hashchange", move |_| {
        tell.emit(Event::Link(LinkEvent::Opened(browser::fragment())));
    });
    let tell = emit.clone();
    let tab = EventListener::new(window, "storage", move |event| {
        if let Some(event) = event.dyn_ref().and_then(kept_elsewhere) {
            tell.emit(Event::Runs(event));
        }
    });
    let tell = emit.clone();
    let key = EventListener::new(window, "keydown", move |event| {
        if let Some(event) = event.dyn_ref().and_then(pressed) {
            tell.emit(Event::Menu(event));
        }
    });
    let takes = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(window, "dragover", takes, |event| {
        if let Some(event) = event.dyn_ref() {
            files::over(event);
        }
    });
    let tell = emit.clone();
    let drop = EventListener::new_with_options(window, "drop", takes, move |event| {
        if let Some(event) = event.dyn_ref().filter(|event: &&DragEvent| !event.default_prevented())
        {
            open_capture(event, &tell);
        }
    });
    let tell = emit.clone();
    let seen = EventListener::new(&document(), "visibilitychange", move |_| {
        if browser::is_visible() {
            tell.emit(Event::DrawDue);
        }
    });
    vec![link, tab, key, over, drop, seen]
}

/// A file that no part of the page took is one of packets.
fn open_capture(event: &DragEvent, emit: &Callback<Event>) {
    let emit = emit.clone();
    files::take(files::dropped(event), MAX_FILE, move |name, bytes| {
        emit.emit(Event::Packets(PacketsEvent::FileRead { name, bytes }));
        emit.emit(Event::Inspector(InspectorEvent::TabChosen(Tab::Packets)));
    });
}

fn kept_elsewhere(event: &StorageEvent) -> Option<RunsEvent> {
    (event.key().as_deref() == Some(StorageKey::Runs.name())).then(|| match event.new_value() {
        Some(kept) => RunsEvent::Loaded(Some(kept)),
        None => RunsEvent::ClearedElsewhere,
    })
}

/// What a key means outside of every part of the page; in a field, `?` is a character.
fn pressed(event: &KeyboardEvent) -> Option<MenuEvent> {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    match event.key().as_str() {
        _ if event.is_composing() || held => None,
        "Escape" => Some(MenuEvent::Escaped),
        "?" if !is_field(event.target()) => Some(MenuEvent::HelpKey),
        _ => None,
    }
}

fn is_field(target: Option<EventTarget>) -> bool {
    const FIELDS: &str = "input:not([type=radio], [type=checkbox], [type=file]), textarea, select";
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(FIELDS).unwrap_or(false))
}
