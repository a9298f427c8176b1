//! What the page knows and how it changes, free of browser and framework.
//!
//! [`update`] is the whole of it: an [`Event`] comes in, the [`Model`] changes, and [`Effect`]s
//! come out as values, for the shell to carry out. A clock is never asked: events bring the time
//! along, in milliseconds of the page's clock.

pub mod bridge;
pub mod cause;
pub mod command;
pub mod difference;
pub mod effect;
pub mod event;
pub mod flow;
pub mod lang;
pub mod link;
pub mod menu;
pub mod run;
pub mod runs;
pub mod talk;
pub mod timeline;
pub mod trace;
pub mod verdict;

#[cfg(test)]
mod tests;

pub use bridge::{Bridge, NoInfo};
pub use effect::{Effect, Wake};
pub use event::{Event, SessionEvent};
pub use lang::Lang;
pub use menu::Menu;

use echo_core::wire::{EchoServer, Info};
use run::{Run, RunId};

/// Everything the page shows.
#[derive(Debug)]
pub struct Model {
    /// The language of the page.
    pub lang: Lang,
    /// Where the page was loaded from, as a browser names it to a server.
    pub origin: String,
    /// Whether the bridge is there.
    pub bridge: Bridge,
    /// The message, as it was typed.
    pub message: String,
    /// The field that was empty when Send was pressed, until it is no longer.
    pub empty: Option<Field>,
    /// The latest run.
    pub run: Option<Run>,
    /// What was copied last, and whether that went well, until it fades.
    pub copied: Option<(String, bool)>,
    /// The runs that are over.
    pub runs: runs::Runs,
    /// The link that was opened last.
    pub opened: link::Opened,
    /// The menus.
    pub menus: menu::Menus,
    /// The target, once somebody typed one; until then it is the echo server.
    typed_target: Option<String>,
    /// Where the echo server is, as the bridge said last.
    echo_address: String,
    next_run: RunId,
}

/// A field that somebody fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// To whom.
    To,
    /// What.
    Message,
}

impl Model {
    /// The page as it is first seen, and what there is to do at once.
    #[must_use]
    pub fn new(lang: Lang, origin: String) -> (Self, Vec<Effect>) {
        let model = Self {
            lang,
            origin,
            bridge: Bridge::Unknown,
            message: "Hello!".into(),
            empty: None,
            run: None,
            copied: None,
            runs: runs::Runs::default(),
            opened: link::Opened::default(),
            menus: menu::Menus::default(),
            typed_target: None,
            echo_address: String::new(),
            next_run: RunId::default(),
        };
        (model, vec![Effect::FetchInfo])
    }

    /// What the field To holds.
    #[must_use]
    pub fn target(&self) -> &str {
        self.typed_target.as_deref().unwrap_or(&self.echo_address)
    }

    /// Whose the echo server is, while it is the target.
    #[must_use]
    pub fn echo_server(&self) -> Option<EchoServer> {
        let named = self.bridge.named(self.target().trim())?;
        let is_echo = self.bridge.echo().is_some_and(|echo| echo.name == named.name);
        is_echo.then(|| self.bridge.info().map(|info| info.echo)).flatten()
    }

    /// Whether a run is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_running)
    }

    /// While a run is under way, a mark that changes when its session brings something worth
    /// drawing: a line, or a tick. Bytes, hundreds of times a second perhaps, wait for the tick.
    #[must_use]
    pub fn progress(&self) -> Option<(usize, Option<f64>)> {
        let run = self.run.as_ref().filter(|run| run.is_running())?;
        Some((run.log.rows().len(), run.waited))
    }

    fn empty_field(&self) -> Option<Field> {
        let to = self.target().trim().is_empty().then_some(Field::To);
        to.or_else(|| self.message.is_empty().then_some(Field::Message))
    }

    fn send(&mut self, at: f64) -> Vec<Effect> {
        if self.is_running() {
            return vec![];
        }
        self.empty = self.empty_field();
        if let Some(field) = self.empty {
            return vec![Effect::Focus(field)];
        }
        let typed = self.target().trim();
        let (name, address) = match self.bridge.named(typed) {
            Some(named) => (named.name.clone(), named.address.clone()),
            None => (typed.to_owned(), typed.to_owned()),
        };
        let id = self.next_run.take();
        let max_message = self.bridge.info().map_or(u64::MAX, |info| info.max_message);
        let message = self.message.clone().into_bytes();
        let last = self.run.replace(Run::new(id, address, message, max_message, at));
        self.opened.bad.clear();
        let mut effects =
            vec![Effect::Open { run: id, target: name }, Effect::Wake(Wake::Tick, effect::SLOW_MS)];
        effects.extend(self.runs.leave(last.as_ref()));
        effects
    }

    fn on_info(&mut self, at: f64, result: Result<Info, NoInfo>) -> Vec<Effect> {
        self.bridge = Bridge::from(result);
        if let Some(echo) = self.bridge.echo() {
            self.echo_address.clone_from(&echo.address);
        }
        let mut effects =
            self.run.as_mut().map_or_else(Vec::new, |run| run.learn(at, &self.bridge));
        if self.bridge.info().is_none() {
            effects.push(Effect::PollLater);
        }
        effects
    }
}

/// Takes an event in: changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = take_in(model, event);
    effects.extend(model.note_run());
    effects
}

fn take_in(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::ToTyped(text) => {
            model.empty = None;
            model.typed_target = Some(text);
        }
        Event::MessageTyped(text) => {
            model.empty = None;
            model.message = text;
        }
        Event::LanguageChosen(lang) => {
            model.lang = lang;
            return vec![Effect::RememberLanguage(lang)];
        }
        Event::Runs(event) => return model.on_runs(event),
        Event::Link(event) => return model.on_link(event),
        Event::Menu(event) => return model.menus.on(event),
        Event::CopyPressed(text) => return vec![Effect::Copy(text)],
        Event::CopyEnded { text, ok } => {
            model.copied = Some((text, ok));
            return vec![Effect::FadeLater];
        }
        Event::CopiedFaded => model.copied = None,
        Event::SendPressed { at } => return model.send(at),
        Event::StopPressed { at } => {
            return model.run.as_mut().map_or_else(Vec::new, |run| run.stop(at));
        }
        Event::InfoCame { at, result } => return model.on_info(at, result),
        Event::PollDue { visible: true } => return vec![Effect::FetchInfo],
        Event::PollDue { visible: false } => return vec![Effect::PollLater],
        Event::Session { run: id, at, event } => {
            let run = model.run.as_mut().filter(|run| run.id == id);
            return run.map_or_else(Vec::new, |run| run.on(at, event));
        }
    }
    vec![]
}
