//! Executes the commands of the model: the only module that calls the browser.

pub mod browser;
mod clipboard;
mod connections;
pub mod date;
mod dom;
mod fetch;
pub mod files;
pub mod height;
mod listeners;
mod socket;
pub mod startup;
mod storage;
mod timers;
mod width;

use gloo_events::EventListener;
use page_model::Event;
use page_model::command::{Command, CopiedText, StoredChange, TimelineRows, WallClock};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use browser::now;
use connections::Connections;
use dom::Dom;
use timers::Timers;
use width::WidthWatcher;

/// The browser: executes commands, and listens to the window.
pub struct Platform {
    dispatch: Callback<Event>,
    connections: Connections,
    timers: Timers,
    dom: Dom,
    /// The step in which the page's clock advances, in milliseconds.
    clock_step: f64,
    loaders: Loaders,
    _listeners: Vec<EventListener>,
    _width: Option<WidthWatcher>,
}

/// The functions that execute commands with code that is loaded on demand. They lead to components,
/// which the platform does not know.
pub struct Loaders {
    /// Executes [`Command::LoadPackets`].
    pub load_packets: fn(Callback<Event>),
    /// Executes [`Command::LoadRuns`].
    pub load_runs: fn(Callback<Event>),
}

impl Platform {
    /// Creates the platform. It reports results of commands and events of the window to `dispatch`.
    pub fn new(dispatch: Callback<Event>, loaders: Loaders) -> Self {
        Self {
            connections: Connections::default(),
            timers: Timers::default(),
            dom: Dom::default(),
            clock_step: browser::clock_step(),
            loaders,
            _listeners: listeners::listen(&dispatch),
            _width: WidthWatcher::new(dispatch.clone()),
            dispatch,
        }
    }

    /// Returns the step in which the page's clock advances, in milliseconds.
    pub fn clock_step(&self) -> f64 {
        self.clock_step
    }

    /// Executes a command. What concerns elements is done after the next rendering:
    /// [`rendered`](Self::rendered).
    ///
    /// [`Command::CopyTimeline`] needs the page's texts: the root component has `timeline` return
    /// them.
    pub fn execute(
        &mut self,
        command: Command<Event>,
        timeline: impl FnOnce(TimelineRows) -> String,
    ) {
        let dispatch = self.dispatch.clone();
        match command {
            Command::SetTimer { timer, delay_ms, elapsed } => {
                let elapsed = move |at| dispatch.emit(elapsed(at));
                self.timers.set(timer, delay_ms, elapsed);
            }
            Command::CancelTimer(timer) => self.timers.cancel(timer),
            Command::Connect { id, target, trace, security, report } => {
                let report = move |event| dispatch.emit(report(now(), event));
                self.connections.open(id, &target, (trace, security), report);
            }
            Command::SendBytes { id, bytes } => self.connections.send_bytes(id, &bytes),
            Command::SendMessage { id, message } => self.connections.send_message(id, &message),
            Command::Close(id) => self.connections.close(id),
            Command::Fetch { request, reply } => {
                spawn_local(async move { dispatch.emit(reply(fetch::fetch(&request).await)) });
            }
            Command::ReadClock(reply) => {
                let date_ms = js_sys::Date::now();
                dispatch.emit(reply(WallClock { date_ms, clock_step_ms: self.clock_step }));
            }
            Command::Store { key, value } => {
                storage::store(key, value.as_deref());
            }
            Command::ChangeStored { key, change } => {
                let StoredChange { value, reply } = change(storage::read(key));
                let is_stored = value.is_none_or(|value| storage::store(key, value.as_deref()));
                dispatch.emit(reply(is_stored));
            }
            Command::Copy { text, reply } => {
                spawn_local(async move { dispatch.emit(reply(clipboard::copy(&text).await)) });
            }
            Command::CopyTimeline { rows, reply } => {
                let text = timeline(rows);
                spawn_local(async move {
                    let is_copied = clipboard::copy(&text).await;
                    let copied = CopiedText { text, is_copied };
                    dispatch.emit(reply(copied));
                });
            }
            Command::SaveFile { name, media_type, contents } => {
                // It fails only for a page that is being left.
                let _ = files::save(&name, media_type, &contents);
            }
            Command::LoadPackets => (self.loaders.load_packets)(dispatch),
            Command::LoadRuns => (self.loaders.load_runs)(dispatch),
            Command::Dom(command) => self.dom.execute(command),
            Command::Warn(text) => browser::warn(&text),
        }
    }

    /// Executes the commands that waited for the rendering, which is complete.
    pub fn rendered(&mut self) {
        self.dom.rendered();
    }
}
