//! The whole model, driven as the page drives it.

mod arrows;
mod attachments;
mod composer;
mod connection_log;
mod endings;
mod exchange;
mod expect;
mod interactive;
mod lab;
mod lesson;
mod links;
mod load_test;
mod page;
mod requests;
mod runs;
mod runs_view;
mod server;
mod stream;
mod tls;
mod verdict_view;

use std::rc::Rc;

use echo_core::wire::{
    BridgeMessage, ClientMessage, EchoServer, Failure, INFO_PATH, Info, Kind, NamedTarget, Stage,
};

use super::update::COPIED_MS;
use crate::bridge::{BridgeError, BridgeEvent, fetch_info, poll_later};
use crate::command::{
    Command, CopiedText, Elapsed, FetchError, Response, StorageKey, StoredChange, Timer,
};
use crate::composer::ComposerEvent;
use crate::connection::{
    self, ConnectionEvent, ConnectionId, Endpoint, EventKind, Security, TraceLevel, connected,
};
use crate::dom::DomCommand;
use crate::modes::once::{Run, RunEvent};
use crate::modes::{Mode, ModesEvent};
use crate::runs::FinishedRuns;
use crate::time::PageTime;
use crate::transcript::{Note, RowContent};
use crate::verdict::Verdict;
use crate::{Event, Lang, Model};

/// The page, with what its last event asked of the platform.
struct Page {
    model: Model,
    /// What the last event asked for, but for the three below.
    commands: Vec<Command<Event>>,
    /// What it asked for the finished runs.
    for_runs: Vec<Command<Event>>,
    /// The timers that it cancelled.
    cancelled: Vec<Timer>,
    /// Whether it asked for the verdict to be scrolled to.
    scrolled_to_verdict: bool,
    /// The time by the page's clock, in milliseconds.
    at: f64,
    /// What the browser stores of the requests and runs.
    store: Option<String>,
    /// The longest text that the browser stores, in bytes.
    store_limit: usize,
}

fn now(ms: f64) -> PageTime {
    PageTime::from_ms(ms)
}

fn fetch() -> Command<Event> {
    fetch_info(INFO_PATH).map(Event::Bridge)
}

fn poll() -> Command<Event> {
    poll_later().map(Event::Bridge)
}

/// The command that sets a timer, whatever event it leads to.
fn timer(timer: Timer, delay_ms: u32) -> Command<Event> {
    Command::SetTimer { timer, delay_ms, elapsed: Box::new(|_| Event::DrawDue) }
}

fn dom(command: DomCommand) -> Command<Event> {
    Command::Dom(command)
}

/// The command that opens a connection as a run does.
fn open(id: ConnectionId, target: &str) -> Command<Event> {
    let report = Rc::new(|_, _| Event::DrawDue);
    let endpoint = Endpoint::Target { name: target.into(), security: Security::Plain };
    Command::Connect { id, endpoint, trace: TraceLevel::Kernel, report }
}

fn copy(text: &str) -> Command<Event> {
    Command::Copy { text: text.into(), reply: Box::new(|_| Event::DrawDue) }
}

fn copied(text: &str) -> CopiedText {
    CopiedText { text: text.into(), is_copied: true }
}

fn elapsed() -> Elapsed {
    Elapsed { at: now(0.0), is_page_visible: true }
}

fn is_for_runs(command: &Command<Event>) -> bool {
    match command {
        Command::ReadClock(_) | Command::SaveFile { .. } => true,
        Command::Dom(DomCommand::Focus(focus)) => {
            focus.id.starts_with("run-") || focus.id == "shown-run"
        }
        Command::Dom(DomCommand::ScrollIntoView(elements)) => {
            elements.iter().any(|it| ["#runs", "#shown-run"].contains(it))
        }
        _ => false,
    }
}

fn info() -> Info {
    let address = "localhost:8888".into();
    Info {
        version: "0.1.0".into(),
        targets: vec![NamedTarget { name: "echo".into(), address }],
        echo: EchoServer::Own,
        echo_log: echo_core::wire::EchoLog::Full,
        max_message: 1024 * 1024,
        lan: None,
        capture: None,
        program: String::new(),
        flags: String::new(),
        token: String::new(),
        listen: Vec::new(),
    }
}

impl Page {
    /// A page that has not heard of the bridge yet.
    fn new() -> Self {
        let (model, commands) = Model::new(Lang::En, "http://localhost:8080".into());
        let mut page = Self {
            model,
            commands,
            for_runs: vec![],
            cancelled: vec![],
            scrolled_to_verdict: false,
            at: 0.0,
            store: None,
            store_limit: usize::MAX,
        };
        page.model.update(Event::RunsLoaded(Ok(Box::new(FinishedRuns::default()))));
        page
    }

    /// A page with a bridge.
    fn with_bridge() -> Self {
        let mut page = Self::new();
        page.on_bridge_info(Ok(info()));
        page
    }

    /// A page that has sent `message` and is connected.
    fn connected(message: &str) -> Self {
        let mut page = Self::with_bridge();
        page.connect(message);
        page
    }

    /// Sends `message`, and is connected.
    fn connect(&mut self, message: &str) {
        self.set_message(message);
        self.press_send();
        self.receive(ConnectionEvent::Opened);
        self.say(connected());
    }

    fn on(&mut self, event: Event) {
        self.at += 1.0;
        let mut commands = self.model.update(event);
        let scrolls = |command: &mut Command<Event>| *command == super::update::show_verdict();
        self.scrolled_to_verdict = commands.extract_if(.., scrolls).count() > 0;
        self.change_store(&mut commands);
        self.for_runs = commands.extract_if(.., |command| is_for_runs(command)).collect();
        let timer = |command| match command {
            Command::CancelTimer(timer) => Some(timer),
            _ => None,
        };
        let cancels = |command: &mut Command<Event>| matches!(command, Command::CancelTimer(_));
        self.cancelled = commands.extract_if(.., cancels).filter_map(timer).collect();
        self.commands = commands;
    }

    /// Changes what is stored as the browser does, and reports that.
    fn change_store(&mut self, commands: &mut Vec<Command<Event>>) {
        let is_change = |it: &mut Command<Event>| matches!(it, Command::ChangeStored { .. });
        let changes: Vec<_> = commands.extract_if(.., is_change).collect();
        for command in changes {
            let Command::ChangeStored { key: StorageKey::Runs, change } = command else {
                panic!("{command:?}")
            };
            let StoredChange { value, reply } = change(self.store.clone());
            let is_stored = value.is_none_or(|value| {
                let fits = value.as_ref().map_or(0, String::len) <= self.store_limit;
                if fits {
                    self.store = value;
                }
                fits
            });
            let mut more = self.model.update(reply(is_stored));
            self.change_store(&mut more);
            commands.extend(more);
        }
    }

    fn type_message(&mut self, text: &str) {
        self.on(Event::Composer(ComposerEvent::Typed(text.into())));
    }

    /// Types a message, or attaches it if the field does not take it.
    fn set_message(&mut self, text: &str) {
        self.on(Event::Composer(ComposerEvent::AttachmentRemoved));
        self.type_message(text);
        self.on(Event::Composer(ComposerEvent::AttachPressed));
    }

    /// A file of these bytes is attached.
    fn attach(&mut self, name: &str, bytes: &[u8]) {
        let (name, bytes) = (name.to_owned(), Ok(bytes.to_vec()));
        self.on(Event::Composer(ComposerEvent::FileRead { name, bytes }));
    }

    fn on_bridge_info(&mut self, result: Result<Info, BridgeError>) {
        let result = match result {
            Ok(info) => Ok(serde_json::to_vec(&info).unwrap()),
            Err(BridgeError::NotThere) => Err(FetchError::Unreachable),
            Err(BridgeError::Refused) => Err(FetchError::Status(403)),
        };
        self.on(Event::Bridge(BridgeEvent::Answered(Response { at: now(self.at), result })));
    }

    fn poll_bridge(&mut self, is_page_visible: bool) {
        let elapsed = Elapsed { at: now(self.at), is_page_visible };
        self.on(Event::Bridge(BridgeEvent::PollDue(elapsed)));
    }

    fn press_send(&mut self) {
        self.on(Event::SendPressed { at: now(self.at) });
    }

    fn choose(&mut self, mode: Mode) {
        self.on(Event::Modes(ModesEvent::Chosen { at: now(self.at), mode }));
    }

    fn press_stop(&mut self) {
        self.on(Event::StopPressed { at: now(self.at) });
    }

    fn run(&self) -> ConnectionId {
        self.model.modes.run.as_ref().unwrap().id()
    }

    /// Something happens on a connection.
    fn receive_on(&mut self, id: ConnectionId, event: ConnectionEvent) {
        let kind = EventKind::Socket(event);
        let event = connection::Event { id, at: now(self.at), kind };
        self.on(Event::Modes(ModesEvent::Connection(event)));
    }

    /// Something happens on the connection of the run.
    fn receive(&mut self, event: ConnectionEvent) {
        self.receive_on(self.run(), event);
    }

    /// A timer of the run elapses.
    fn elapse(&mut self, event: RunEvent) {
        self.on(Event::Modes(ModesEvent::Run { id: self.run(), at: now(self.at), event }));
    }

    /// What is to be sent to the target on the connection of the run.
    fn send(&self, bytes: &[u8]) -> Command<Event> {
        Command::SendBytes { id: self.run(), bytes: bytes.to_vec() }
    }

    /// What is to be sent to the bridge on the connection of the run.
    fn tell(&self, message: ClientMessage) -> Command<Event> {
        Command::SendMessage { id: self.run(), message }
    }

    fn drop_connection(&self) -> Command<Event> {
        Command::Close(self.run())
    }

    fn say(&mut self, message: BridgeMessage) {
        self.receive(ConnectionEvent::Message(message));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.receive(ConnectionEvent::Bytes(bytes.to_vec()));
    }

    /// A write that began at `began_us`, and took a while.
    fn wrote(&mut self, bytes: u64, began_us: u64) {
        let (began_us, at_us) = (Some(began_us), began_us + 7);
        self.say(BridgeMessage::Wrote { bytes, began_us, at_us });
    }

    fn fail(&mut self, stage: Stage, kind: Kind, message: &str) {
        self.say(BridgeMessage::Failed(Failure::new(stage, kind, message)));
    }

    fn close(&mut self, code: u16) {
        self.receive(ConnectionEvent::Closed { code, reason: String::new() });
    }

    /// The verdict on the run, which there has to be.
    fn verdict(&self) -> Verdict<'_> {
        self.model.modes.run.as_ref().and_then(Run::verdict).expect("a verdict")
    }

    /// The latest note of the run's transcript.
    fn last_note(&self) -> Note {
        let row = self.model.modes.run.as_ref().and_then(|run| run.log.rows().next_back());
        match row.map(|row| &row.content) {
            Some(RowContent::Note(note)) => note.clone(),
            other => panic!("{other:?} is no note"),
        }
    }

    fn lines(&self) -> Vec<String> {
        let rows = self.model.modes.run.iter().flat_map(|run| run.log.rows());
        rows.filter_map(|row| row.line()).map(ToString::to_string).collect()
    }
}
