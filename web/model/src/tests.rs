//! The whole model, driven as the page drives it.

mod connection_log;
mod endings;
mod exchange;
mod expect;
mod interactive;
mod lesson;
mod links;
mod load_test;
mod page;
mod runs;
mod runs_view;
mod stream;
mod verdict_view;

use echo_core::wire::{BridgeMessage, EchoServer, Failure, Info, Kind, NamedTarget, Stage};

use crate::composer::ComposerEvent;
use crate::run::RunId;
use crate::runs::RunsEffect;
use crate::*;

/// The page, with the effects of its last event.
struct Page {
    model: Model,
    effects: Vec<Effect>,
    /// What its last event had done for the runs that are over.
    for_runs: Vec<RunsEffect>,
    at: f64,
}

fn info() -> Info {
    let address = "localhost:8888".into();
    Info {
        version: "0.1.0".into(),
        targets: vec![NamedTarget { name: "echo".into(), address }],
        echo: EchoServer::Own,
        max_message: 1024 * 1024,
        lan: None,
        capture: None,
    }
}

fn connected() -> BridgeMessage {
    BridgeMessage::Connected {
        local: "127.0.0.1:51234".parse().unwrap(),
        peer: "127.0.0.1:8888".parse().unwrap(),
        resolve_us: 31,
        connect_us: 85,
    }
}

impl Page {
    /// A page that has not heard of the bridge yet.
    fn new() -> Self {
        let (model, effects) = Model::new(Lang::En, "http://localhost:8080".into());
        Self { model, effects, for_runs: vec![], at: 0.0 }
    }

    /// A page with a bridge.
    fn with_bridge() -> Self {
        let mut page = Self::new();
        page.learn(Ok(info()));
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
        self.type_message(message);
        self.press_send();
        self.hear(SessionEvent::Opened);
        self.say(connected());
    }

    fn on(&mut self, event: Event) {
        self.at += 1.0;
        self.effects = update(&mut self.model, event);
        let for_runs = self.effects.extract_if(.., |effect| matches!(effect, Effect::Runs(_)));
        self.for_runs = for_runs
            .filter_map(
                |effect| if let Effect::Runs(effect) = effect { Some(effect) } else { None },
            )
            .collect();
    }

    fn type_message(&mut self, text: &str) {
        self.on(Event::Composer(ComposerEvent::Typed(text.into())));
    }

    fn learn(&mut self, result: Result<Info, BridgeError>) {
        self.on(Event::InfoCame { at: self.at, result });
    }

    fn press_send(&mut self) {
        self.on(Event::SendPressed { at: self.at });
    }

    fn choose(&mut self, mode: Mode) {
        self.on(Event::Modes(ModesEvent::Chosen { at: self.at, mode }));
    }

    fn press_stop(&mut self) {
        self.on(Event::StopPressed { at: self.at });
    }

    fn run(&self) -> RunId {
        self.model.run.as_ref().unwrap().id
    }

    fn hear(&mut self, event: SessionEvent) {
        self.on(Event::Session { run: self.run(), at: self.at, event });
    }

    fn say(&mut self, message: BridgeMessage) {
        self.hear(SessionEvent::Said(message));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.hear(SessionEvent::Bytes(bytes.to_vec()));
    }

    fn wrote(&mut self, bytes: u64, at_us: u64) {
        self.say(BridgeMessage::Wrote { bytes, at_us });
    }

    fn fail(&mut self, stage: Stage, kind: Kind, message: &str) {
        self.say(BridgeMessage::Failed(Failure { stage, kind, message: message.into() }));
    }

    fn close(&mut self, code: u16) {
        self.hear(SessionEvent::Closed { code, reason: String::new() });
    }

    fn lines(&self) -> Vec<String> {
        let rows = self.model.run.iter().flat_map(|run| run.log.rows());
        rows.filter_map(|row| row.line()).map(ToString::to_string).collect()
    }
}
