//! What the page knows and how it changes, free of browser and framework.
//!
//! [`update`] is the whole of it: an [`Event`] comes in, the [`Model`] changes, and [`Effect`]s
//! come out as values, for the shell to carry out. A clock is never asked: events bring the time
//! along, in milliseconds of the page's clock.

mod app_view;
pub mod bounded_bytes;
pub mod bridge;
pub mod cause;
pub mod class;
pub mod command;
pub mod composer;
pub mod connection_log;
pub mod connection_trace;
pub mod diagnosis;
pub mod difference;
pub mod effect;
pub mod event;
pub mod expect;
pub mod export;
pub mod flow_control;
pub mod format;
pub mod glyph;
pub mod inspector;
pub mod lab;
pub mod lang;
pub mod lesson;
pub mod link;
mod memo;
pub mod menu;
pub mod modes;
pub mod packets;
pub mod pieces;
pub mod render_throttle;
pub mod reply_timer;
pub mod run;
pub mod run_exchange;
pub mod runs;
pub mod transcript;
pub mod verdict;

#[cfg(test)]
mod tests;

pub use bridge::{Bridge, BridgeError};
pub use composer::Composer;
pub use effect::{Effect, Wake};
pub use event::{Event, SessionEvent};
pub use lang::Lang;
pub use menu::Menu;

use std::ops::Range;

use connection_trace::TraceLevel;
use echo_core::wire::{EchoServer, Info};
use expect::Expect;
use inspector::record::ConnectionRecord;
use inspector::{Inspector, InspectorEvent, TimelineExport};
use lab::Lab;
use menu::MenuEvent;
use modes::{Job, Mode, Modes, ModesEvent};
use run::{ExchangeSpec, Run, RunId};

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
    pub composer: Composer,
    /// The field that kept Send from sending, until something is typed.
    pub wrong: Option<Field>,
    /// How one talks.
    pub modes: Modes,
    /// What is set in the lab.
    pub lab: Lab,
    /// The latest run.
    pub run: Option<Run>,
    /// How what happened is looked at.
    pub inspector: Inspector,
    /// Whether the packets of what comes next are to be captured.
    pub captures: bool,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
    /// What was copied last, and whether that went well, until it fades.
    pub copied: Option<(String, bool)>,
    /// The runs that are over.
    pub runs: runs::Runs,
    /// The link that was opened last.
    pub opened: link::OpenedLink,
    /// The menus.
    pub menus: menu::Menus,
    /// The lesson.
    pub lesson: lesson::Lesson,
    /// What the bridge's own echo server sees.
    pub connection_log: connection_log::ConnectionLog,
    /// The target, once somebody typed one; until then it is the echo server.
    typed_target: Option<String>,
    /// Where the echo server is, as the bridge said last.
    echo_address: String,
    next_run: RunId,
    verdict_cache: verdict::VerdictCache,
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
pub struct FieldError {
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
            composer: Composer::new("Hello!"),
            wrong: None,
            modes: Modes::default(),
            lab: Lab::default(),
            run: None,
            inspector: Inspector::default(),
            captures: false,
            clock_began: 0.0,
            copied: None,
            runs: runs::Runs::default(),
            opened: link::OpenedLink::default(),
            menus: menu::Menus::default(),
            lesson: lesson::Lesson::default(),
            connection_log: connection_log::ConnectionLog::default(),
            typed_target: None,
            echo_address: String::new(),
            next_run: RunId::default(),
            verdict_cache: verdict::VerdictCache::default(),
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
        self.composer.message().count()
    }

    /// The target of what is shown, which To may no longer hold.
    #[must_use]
    pub fn shown_target(&self) -> &str {
        match self.modes.mode {
            Mode::Once => self.run.as_ref().map_or("", |run| &run.target),
            Mode::Interactive => self.modes.stay.as_ref().map_or("", |stay| &stay.target),
            Mode::Load => self.modes.repeat.as_ref().map_or("", |repeat| &repeat.job.target),
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
        self.run.as_ref().is_some_and(Run::is_running) || self.modes.is_load_test_running()
    }

    /// The record of what happened, which the views show.
    #[must_use]
    pub fn record(&self) -> Option<ConnectionRecord<'_>> {
        ConnectionRecord::latest(&self.modes, self.run.as_ref())
    }

    /// The view, and the record that it shows.
    fn looking(&mut self) -> (&mut Inspector, Option<ConnectionRecord<'_>>) {
        let Self { inspector, modes, run, .. } = self;
        (inspector, ConnectionRecord::latest(modes, run.as_ref()))
    }

    /// A mark that changes when a session brings something that is to be seen at once: a line, a
    /// tick, an end. Bytes, thousands of times a second perhaps, may be drawn together.
    #[must_use]
    pub fn progress(&self) -> Option<(u64, Option<f64>, bool)> {
        match self.modes.mode {
            Mode::Once => {
                self.run.as_ref().map(|run| (run.log.notes(), run.waited, run.is_running()))
            }
            Mode::Interactive => {
                self.modes.stay.as_ref().map(|stay| (stay.log.notes(), None, stay.is_open()))
            }
            Mode::Load => self.modes.repeat.as_ref().map(|repeat| (0, None, repeat.is_running())),
        }
    }

    /// What should come back: a choice that only an exchange which is made once has.
    #[must_use]
    pub fn expect(&self) -> Expect {
        match self.modes.mode {
            Mode::Once => self.composer.expect(),
            Mode::Interactive | Mode::Load => Expect::Same,
        }
    }

    fn spec(&self) -> Result<ExchangeSpec, FieldError> {
        if let Some(wrong) = self.wrong_target() {
            return Err(wrong);
        }
        let expect = self.expect();
        Ok(ExchangeSpec { exchange: self.composer.exchange(expect)?, expect })
    }

    /// Refuses to send, and leads to the field that is wrong.
    fn refuse(&mut self, wrong: FieldError) -> Vec<Effect> {
        self.wrong = Some(wrong.field);
        if wrong.field == Field::These {
            self.composer.unfold();
        }
        vec![Effect::Focus(wrong)]
    }

    fn send(&mut self, at: f64) -> Vec<Effect> {
        if self.is_running() {
            return vec![];
        }
        let spec = match self.spec() {
            Ok(spec) => spec,
            Err(wrong) => return self.refuse(wrong),
        };
        self.wrong = None;
        let left = self.leave();
        let mut effects = self.begin(at, spec);
        effects.extend(left);
        effects
    }

    /// Something new begins: what was shown, and told of a link, makes room for it.
    fn leave(&mut self) -> Option<Effect> {
        self.opened.bad.clear();
        self.runs.leave(self.run.as_ref())
    }

    fn begin(&mut self, at: f64, spec: ExchangeSpec) -> Vec<Effect> {
        let job = |model: &Self| model.job(spec.exchange.sent().to_vec());
        match self.modes.mode {
            Mode::Once => self.run_once(at, spec),
            Mode::Interactive => self.modes.say(at, &job(self), &mut self.next_run),
            Mode::Load => self.modes.start(at, job(self), &mut self.next_run),
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
    fn watch(&self) -> TraceLevel {
        match self.modes.mode {
            Mode::Load => TraceLevel::Trace,
            Mode::Once | Mode::Interactive if self.captures => TraceLevel::Packets,
            Mode::Once | Mode::Interactive => TraceLevel::Kernel,
        }
    }

    fn run_once(&mut self, at: f64, spec: ExchangeSpec) -> Vec<Effect> {
        let id = self.next_run.take();
        let job = self.job(Vec::new());
        self.begin_lab_run(id);
        self.run = Some(Run::new(id, job.target, spec, job.max_message, at));
        let open = Effect::Open { run: id, target: job.name, watch: job.watch };
        vec![open, Effect::Wake(Wake::Tick, effect::SLOW_MS)]
    }

    /// A switch ends a run as Stop does; what may go on for longer it waits for.
    fn on_how(&mut self, event: ModesEvent) -> Vec<Effect> {
        match event {
            ModesEvent::Chosen { .. } if self.modes.is_locked() => vec![],
            ModesEvent::Chosen { at, mode } => {
                self.modes.mode = mode;
                self.run.as_mut().map_or_else(Vec::new, |run| run.stop(at))
            }
            ModesEvent::ConnectPressed { at } => {
                if let Some(wrong) = self.wrong_target() {
                    return self.refuse(wrong);
                }
                let (left, job) = (self.leave(), self.job(Vec::new()));
                let mut effects = self.modes.connect(at, &job, &mut self.next_run);
                effects.extend(left);
                effects
            }
            event => self.modes.update(event),
        }
    }

    fn on_session(&mut self, id: RunId, at: f64, event: SessionEvent) -> Vec<Effect> {
        match self.run.as_mut().filter(|run| run.id == id) {
            Some(run) => run.on(at, event),
            None => self.modes.on(id, at, event, &mut self.next_run),
        }
    }

    fn type_target(&mut self, text: String) -> Vec<Effect> {
        self.wrong = None;
        self.typed_target = Some(text);
        vec![]
    }

    fn on_draft(&mut self, event: composer::ComposerEvent) -> Vec<Effect> {
        self.wrong = None;
        self.composer.on(event);
        vec![]
    }

    fn on_info(&mut self, at: f64, result: Result<Info, BridgeError>) -> Vec<Effect> {
        self.bridge = Bridge::from(result);
        if let Some(echo) = self.bridge.echo() {
            self.echo_address.clone_from(&echo.address);
        }
        self.tell_lesson_of_bridge();
        let mut effects =
            self.run.as_mut().map_or_else(Vec::new, |run| run.learn(at, &self.bridge));
        effects.extend(self.modes.learn(at, &self.bridge, &mut self.next_run));
        if self.bridge.info().is_none() {
            effects.push(Effect::PollLater);
        }
        effects
    }
}

/// Takes an event in: changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if matches!(event, Event::CopyPressed(_)) {
        model.inspector.taking = TimelineExport::Not;
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
        Event::Inspector(event) => {
            // What was copied before is not what is being copied now.
            model.copied.take_if(|_| event == InspectorEvent::CopyAllPressed);
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
        Event::ConnectionLog(event) => model.on_server(event),
        Event::Modes(event) => model.on_how(event),
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
        Event::Composer(event) => model.on_draft(event),
        // The part that shows packets takes its events in by itself.
        Event::Packets(_) | Event::DrawDue => vec![],
    }
}
