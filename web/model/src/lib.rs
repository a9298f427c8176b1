//! What the page knows and how it changes, free of browser and framework.
//!
//! [`update`] is the whole of it: an [`Event`] comes in, the [`Model`] changes, and [`Effect`]s
//! come out as values, for the shell to carry out. A clock is never asked: events bring the time
//! along, in milliseconds of the page's clock.

pub mod bridge;
pub mod cause;
pub mod class;
pub mod command;
pub mod diagnosis;
pub mod difference;
pub mod draft;
pub mod effect;
pub mod event;
pub mod expect;
pub mod flow;
pub mod glyph;
pub mod how;
pub mod lab;
pub mod lang;
pub mod lesson;
pub mod link;
pub mod menu;
pub mod pace;
pub mod packets;
pub mod pieces;
pub mod program;
pub mod run;
pub mod runs;
pub mod server;
pub mod talk;
pub mod trace;
pub mod transcript;
pub mod verdict;
pub mod view;
pub mod wire;

#[cfg(test)]
mod tests;

pub use bridge::{Bridge, NoInfo};
pub use draft::Draft;
pub use effect::{Effect, Wake};
pub use event::{Event, SessionEvent};
pub use lang::Lang;
pub use menu::Menu;

use std::ops::Range;

use echo_core::wire::{EchoServer, Info};
use expect::Expect;
use how::{How, HowEvent, Job, Way};
use lab::Lab;
use menu::MenuEvent;
use run::{Errand, Run, RunId};
use view::record::Record;
use view::{Taking, View, ViewEvent};
use wire::Watch;

/// Everything the page shows.
#[derive(Debug)]
pub struct Model {
    /// The language of the page.
    pub lang: Lang,
    /// Where the page was loaded from, as a browser names it to a server.
    pub origin: String,
    /// Whether the bridge is there.
    pub bridge: Bridge,
    /// The message, and what should come back.
    pub draft: Draft,
    /// The field that kept Send from sending, until something is typed.
    pub wrong: Option<Field>,
    /// How one talks.
    pub how: How,
    /// What is set in the lab.
    pub lab: Lab,
    /// The latest run.
    pub run: Option<Run>,
    /// How what happened is looked at.
    pub view: View,
    /// Whether the packets of what comes next are to be captured.
    pub captures: bool,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
    /// What was copied last, and whether that went well, until it fades.
    pub copied: Option<(String, bool)>,
    /// The runs that are over.
    pub runs: runs::Runs,
    /// The link that was opened last.
    pub opened: link::Opened,
    /// The menus.
    pub menus: menu::Menus,
    /// The lesson.
    pub lesson: lesson::Lesson,
    /// What the bridge's own echo server sees.
    pub server: server::Server,
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
    /// What should come back.
    These,
}

/// What keeps Send from sending: a field that is empty or has a mistake in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: Field,
    /// Where the mistake stands, in UTF-16 units; none, where the field is empty.
    pub selection: Option<Range<u32>>,
}

impl Model {
    /// The page as it is first seen, and what there is to do at once.
    #[must_use]
    pub fn new(lang: Lang, origin: String) -> (Self, Vec<Effect>) {
        let model = Self {
            lang,
            origin,
            bridge: Bridge::Unknown,
            draft: Draft::new("Hello!"),
            wrong: None,
            how: How::default(),
            lab: Lab::default(),
            run: None,
            view: View::default(),
            captures: false,
            clock_began: 0.0,
            copied: None,
            runs: runs::Runs::default(),
            opened: link::Opened::default(),
            menus: menu::Menus::default(),
            lesson: lesson::Lesson::default(),
            server: server::Server::default(),
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

    /// How many bytes Send would send.
    #[must_use]
    pub fn message_len(&self) -> usize {
        self.draft.message().count()
    }

    /// The target of what is shown, which To may no longer hold.
    #[must_use]
    pub fn shown_target(&self) -> &str {
        match self.how.way {
            Way::Once => self.run.as_ref().map_or("", |run| &run.target),
            Way::Stay => self.how.stay.as_ref().map_or("", |stay| &stay.target),
            Way::Repeat => self.how.repeat.as_ref().map_or("", |repeat| &repeat.job.target),
        }
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
        self.run.as_ref().is_some_and(Run::is_running) || self.how.is_repeating()
    }

    /// The record of what happened, which the views show.
    #[must_use]
    pub fn record(&self) -> Option<Record<'_>> {
        Record::latest(&self.how, self.run.as_ref())
    }

    /// The view, and the record that it shows.
    fn looking(&mut self) -> (&mut View, Option<Record<'_>>) {
        let Self { view, how, run, .. } = self;
        (view, Record::latest(how, run.as_ref()))
    }

    /// A mark that changes when a session brings something that is to be seen at once: a line, a
    /// tick, an end. Bytes, thousands of times a second perhaps, may be drawn together.
    #[must_use]
    pub fn progress(&self) -> Option<(u64, Option<f64>, bool)> {
        match self.how.way {
            Way::Once => {
                self.run.as_ref().map(|run| (run.log.notes(), run.waited, run.is_running()))
            }
            Way::Stay => {
                self.how.stay.as_ref().map(|stay| (stay.log.notes(), None, stay.is_open()))
            }
            Way::Repeat => self.how.repeat.as_ref().map(|repeat| (0, None, repeat.is_running())),
        }
    }

    /// What should come back: a choice that only an exchange which is made once has.
    #[must_use]
    pub fn expect(&self) -> Expect {
        match self.how.way {
            Way::Once => self.draft.expect(),
            Way::Stay | Way::Repeat => Expect::Same,
        }
    }

    fn errand(&self) -> Result<Errand, Wrong> {
        if let Some(wrong) = self.wrong_target() {
            return Err(wrong);
        }
        let expect = self.expect();
        Ok(Errand { exchange: self.draft.exchange(expect)?, expect })
    }

    /// Refuses to send, and leads to the field that is wrong.
    fn refuse(&mut self, wrong: Wrong) -> Vec<Effect> {
        self.wrong = Some(wrong.field);
        if wrong.field == Field::These {
            self.draft.unfold();
        }
        vec![Effect::Focus(wrong)]
    }

    fn send(&mut self, at: f64) -> Vec<Effect> {
        if self.is_running() {
            return vec![];
        }
        let errand = match self.errand() {
            Ok(errand) => errand,
            Err(wrong) => return self.refuse(wrong),
        };
        self.wrong = None;
        let left = self.leave();
        let mut effects = self.begin(at, errand);
        effects.extend(left);
        effects
    }

    /// Something new begins: what was shown, and told of a link, makes room for it.
    fn leave(&mut self) -> Option<Effect> {
        self.opened.bad.clear();
        self.runs.leave(self.run.as_ref())
    }

    fn begin(&mut self, at: f64, errand: Errand) -> Vec<Effect> {
        let job = |model: &Self| model.job(errand.exchange.sent().to_vec());
        match self.how.way {
            Way::Once => self.run_once(at, errand),
            Way::Stay => self.how.say(at, &job(self), &mut self.next_run),
            Way::Repeat => self.how.start(at, job(self), &mut self.next_run),
        }
    }

    /// What is said to whom.
    fn job(&self, message: Vec<u8>) -> Job {
        let typed = self.target().trim();
        let (name, address) = match self.bridge.named(typed) {
            Some(named) => (named.name.clone(), named.address.clone()),
            None => (typed.to_owned(), typed.to_owned()),
        };
        let max_message = self.bridge.info().map_or(u64::MAX, |info| info.max_message);
        Job { name, target: address, message, max_message, watch: self.watch() }
    }

    /// How closely the bridge is to watch what comes next: many exchanges only as far as they need.
    fn watch(&self) -> Watch {
        match self.how.way {
            Way::Repeat => Watch::Trace,
            Way::Once | Way::Stay if self.captures => Watch::Packets,
            Way::Once | Way::Stay => Watch::Kernel,
        }
    }

    fn run_once(&mut self, at: f64, errand: Errand) -> Vec<Effect> {
        let id = self.next_run.take();
        let job = self.job(Vec::new());
        self.begin_lab_run(id);
        self.run = Some(Run::new(id, job.target, errand, job.max_message, at));
        let open = Effect::Open { run: id, target: job.name, watch: job.watch };
        vec![open, Effect::Wake(Wake::Tick, effect::SLOW_MS)]
    }

    /// A switch ends a run as Stop does; what may go on for longer it waits for.
    fn on_how(&mut self, event: HowEvent) -> Vec<Effect> {
        match event {
            HowEvent::Chosen { .. } if self.how.is_locked() => vec![],
            HowEvent::Chosen { at, way } => {
                self.how.way = way;
                self.run.as_mut().map_or_else(Vec::new, |run| run.stop(at))
            }
            HowEvent::ConnectPressed { at } => {
                if let Some(wrong) = self.wrong_target() {
                    return self.refuse(wrong);
                }
                let (left, job) = (self.leave(), self.job(Vec::new()));
                let mut effects = self.how.connect(at, &job, &mut self.next_run);
                effects.extend(left);
                effects
            }
            event => self.how.update(event),
        }
    }

    fn on_session(&mut self, id: RunId, at: f64, event: SessionEvent) -> Vec<Effect> {
        match self.run.as_mut().filter(|run| run.id == id) {
            Some(run) => run.on(at, event),
            None => self.how.on(id, at, event, &mut self.next_run),
        }
    }

    fn type_target(&mut self, text: String) -> Vec<Effect> {
        self.wrong = None;
        self.typed_target = Some(text);
        vec![]
    }

    fn on_draft(&mut self, event: draft::DraftEvent) -> Vec<Effect> {
        self.wrong = None;
        self.draft.on(event);
        vec![]
    }

    fn on_info(&mut self, at: f64, result: Result<Info, NoInfo>) -> Vec<Effect> {
        self.bridge = Bridge::from(result);
        if let Some(echo) = self.bridge.echo() {
            self.echo_address.clone_from(&echo.address);
        }
        self.tell_lesson_of_bridge();
        let mut effects =
            self.run.as_mut().map_or_else(Vec::new, |run| run.learn(at, &self.bridge));
        effects.extend(self.how.learn(at, &self.bridge, &mut self.next_run));
        if self.bridge.info().is_none() {
            effects.push(Effect::PollLater);
        }
        effects
    }
}

/// Takes an event in: changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if matches!(event, Event::CopyPressed(_)) {
        model.view.taking = Taking::Not;
    }
    let mut effects = react(model, event);
    model.end_lab_run();
    let (view, record) = model.looking();
    view.keep_up(record.as_ref());
    effects.extend(model.check_lesson());
    effects.extend(model.check_server());
    effects.extend(model.follow());
    effects.extend(model.note_run());
    effects
}

fn react(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::View(event) => {
            // What was copied before is not what is being copied now.
            model.copied.take_if(|_| event == ViewEvent::CopyAllPressed);
            let (view, record) = model.looking();
            view.on(record.as_ref(), event)
        }
        Event::Runs(event) => model.on_runs(event),
        Event::Link(event) => model.on_link(event),
        Event::Menu(event) => {
            if event == MenuEvent::Toggled(Menu::Lab) {
                model.fill_in();
            }
            model.menus.on(event)
        }
        Event::Lab(event) => model.on_lab(event),
        Event::Lesson(event) => model.on_lesson(event),
        Event::Server(event) => model.on_server(event),
        Event::How(event) => model.on_how(event),
        Event::Session { run, at, event } => model.on_session(run, at, event),
        Event::InfoCame { at, result } => model.on_info(at, result),
        Event::PollDue { visible: true } => vec![Effect::FetchInfo],
        Event::PollDue { visible: false } => vec![Effect::PollLater],
        Event::SendPressed { at } => model.send(at),
        Event::StopPressed { at } => model.run.as_mut().map_or_else(Vec::new, |run| run.stop(at)),
        Event::CopyPressed(text) => vec![Effect::Copy(text)],
        Event::CopyEnded { text, ok } => {
            model.copied = Some((text, ok));
            vec![Effect::FadeLater]
        }
        Event::CopiedFaded => {
            model.copied = None;
            vec![]
        }
        Event::LanguageChosen(lang) => {
            model.lang = lang;
            vec![Effect::RememberLanguage(lang)]
        }
        Event::CaptureSwitched(on) => {
            model.captures = on;
            vec![]
        }
        Event::ToTyped(text) => model.type_target(text),
        Event::Draft(event) => model.on_draft(event),
        // The part that shows packets takes its events in by itself.
        Event::Packets(_) | Event::DrawDue => vec![],
    }
}
