//! The modes: how the page talks to a target.
//!
//! [`once`] is the tutorial's client, [`interactive`] a connection that stays, [`load`] a load
//! test. Each keeps its latest result, so that switching between them loses nothing.

pub mod controls;
pub mod conversation;
mod event;
pub mod interactive;
pub mod load;
pub mod once;
pub mod reaction;
pub mod reply_timer;

use serde::{Deserialize, Serialize};

use crate::bridge::Bridge;
use crate::connection::{self, ConnectionId, Endpoint, Security, TraceLevel};
use crate::time::PageTime;
pub use event::ModesEvent;
use interactive::{Interactive, ScriptedMessage};
use load::settings::LoadSettings;
use load::{LoadTest, LoadTestEnd};
use once::{ExchangeSpec, Run, RunEvent};
use reaction::Reaction;

/// How the page talks to a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// As the tutorial's client does: connect, send, receive, compare, finish.
    #[default]
    Once,
    /// As `nc` does: connect once, and send and receive until one side ends it.
    #[serde(alias = "stay")]
    Interactive,
    /// One exchange after the other, on several connections.
    #[serde(alias = "repeat")]
    Load,
}

impl Mode {
    /// All modes, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Once, Self::Interactive, Self::Load];
}

/// What a connection is opened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionSpec {
    /// The name of a target, or `host:port`.
    pub name: String,
    /// The target, as `host:port` where that is known.
    pub address: String,
    /// The longest message that the bridge takes, in bytes.
    pub max_message: u64,
    /// How much the bridge is to report about the connection.
    pub trace: TraceLevel,
    /// Whether it is encrypted.
    pub security: Security,
}

impl ConnectionSpec {
    /// Returns what the bridge is asked for.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::Target { name: self.name.clone(), security: self.security }
    }
}

/// The chosen mode, and the latest result of each.
#[derive(Debug, Default)]
pub struct Modes {
    /// The chosen mode.
    pub mode: Mode,
    /// The settings of [`Mode::Load`].
    pub settings: LoadSettings,
    /// The latest run of [`Mode::Once`].
    pub run: Option<Run>,
    /// The latest interactive connection.
    pub interactive: Option<Interactive>,
    /// The latest load test.
    pub load: Option<LoadTest>,
    last_id: ConnectionId,
}

impl Modes {
    /// Returns the id of the latest connection or load test; later ones have greater ids.
    #[must_use]
    pub fn last_id(&self) -> ConnectionId {
        self.last_id
    }

    /// Returns an id that no connection has.
    pub fn next_id(&mut self) -> ConnectionId {
        self.last_id.advance()
    }

    /// Returns whether the mode and the target cannot be changed now.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_load_test_running() || self.is_connected()
    }

    /// Returns whether an interactive connection is open, or being opened.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.interactive.as_ref().is_some_and(Interactive::is_open)
    }

    /// Returns whether Send does anything now.
    #[must_use]
    pub fn can_send(&self) -> bool {
        self.mode != Mode::Interactive
            || self.interactive.as_ref().is_none_or(Interactive::can_send)
    }

    /// Returns whether a load test is in progress.
    #[must_use]
    pub fn is_load_test_running(&self) -> bool {
        self.load.as_ref().is_some_and(LoadTest::is_running)
    }

    /// Returns whether a run or a load test is in progress.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_running) || self.is_load_test_running()
    }

    /// Starts a run of the tutorial's client, in place of the latest one.
    pub fn start_run(
        &mut self,
        at: PageTime,
        connect: &ConnectionSpec,
        spec: ExchangeSpec,
    ) -> Reaction {
        let mut reaction = self.run.take().map_or_else(Reaction::default, Run::discard);
        let (run, started) = Run::start(self.last_id.advance(), connect, spec, at);
        self.run = Some(run);
        reaction.merge(started);
        reaction
    }

    /// Opens an interactive connection, unless one is open.
    pub fn connect(&mut self, at: PageTime, spec: &ConnectionSpec) -> Reaction {
        if self.is_connected() {
            return Reaction::default();
        }
        let last = self.interactive.take();
        let mut reaction = last.map_or_else(Reaction::default, Interactive::discard);
        let (interactive, opened) = Interactive::connect(self.last_id.advance(), spec, at);
        self.interactive = Some(interactive);
        reaction.merge(opened);
        reaction
    }

    /// Sends a message on the interactive connection; first opens one, if there is none.
    pub fn send(&mut self, at: PageTime, spec: &ConnectionSpec, message: &[u8]) -> Reaction {
        let mut reaction = self.connect(at, spec);
        if let Some(interactive) = &mut self.interactive {
            reaction.merge(interactive.send(at, message));
        }
        reaction
    }

    /// Opens an interactive connection, unless one is open, and sends the messages of an earlier one
    /// again.
    pub fn converse(
        &mut self,
        at: PageTime,
        spec: &ConnectionSpec,
        script: Vec<ScriptedMessage>,
    ) -> Reaction {
        let reaction = self.connect(at, spec);
        if let Some(interactive) = &mut self.interactive {
            interactive.follow(script);
        }
        reaction
    }

    /// Starts a load test.
    pub fn start_load(&mut self, at: PageTime, spec: ConnectionSpec, message: Vec<u8>) -> Reaction {
        match self.settings.plan() {
            Err(invalid) => {
                self.settings.invalid = Some(invalid);
                Reaction::default()
            }
            Ok(plan) => {
                let (load, reaction) = LoadTest::start(spec, message, plan, &mut self.last_id, at);
                self.load = Some(load);
                reaction
            }
        }
    }

    /// Stops the run of the tutorial's client.
    pub fn stop_run(&mut self, at: PageTime) -> Reaction {
        self.run.as_mut().map_or_else(Reaction::default, |run| run.stop(at))
    }

    /// Applies an event.
    pub fn update(&mut self, event: ModesEvent) -> Reaction {
        match event {
            ModesEvent::Chosen { .. } if self.is_locked() => {}
            ModesEvent::Chosen { at, mode } => {
                self.mode = mode;
                return self.stop_run(at);
            }
            ModesEvent::UnitChosen(unit) => self.settings.choose(unit),
            ModesEvent::Typed(setting, text) => self.settings.type_in(setting, text),
            ModesEvent::StopPressed { at } => {
                return self.with_load(|load, _| load.stop(at, LoadTestEnd::Stopped));
            }
            ModesEvent::FinishPressed { at } => return self.with_interactive(|it| it.finish(at)),
            ModesEvent::ResetPressed { at } => return self.with_interactive(|it| it.reset(at)),
            ModesEvent::DisconnectPressed { at } => {
                return self.with_interactive(|it| it.disconnect(at));
            }
            ModesEvent::LoadTicked { at } => return self.with_load(|load, _| load.on_tick(at)),
            ModesEvent::InteractiveTicked { at } => {
                return self.with_interactive(|it| it.on_tick(at));
            }
            ModesEvent::Run { id, at, event } => return self.on_run_timer(id, at, &event),
            ModesEvent::Connection(event) => return self.on_connection(event),
        }
        Reaction::default()
    }

    /// Learns what the bridge says of itself: why connections did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge) -> Reaction {
        let run = self.run.as_mut();
        let mut reaction = run.map_or_else(Reaction::default, |run| run.on_bridge(at, bridge));
        if self.is_load_test_running() {
            reaction.merge(self.with_load(|load, ids| load.on_bridge(at, bridge, ids)));
        }
        reaction.merge(self.with_interactive(|it| it.on_bridge(at, bridge)));
        reaction
    }

    fn on_connection(&mut self, event: connection::Event) -> Reaction {
        let connection::Event { id, at, kind } = event;
        if let Some(run) = self.run.as_mut().filter(|run| run.id() == id) {
            return run.on_connection(at, kind);
        }
        if let Some(interactive) = self.interactive.as_mut().filter(|it| it.id() == id) {
            return interactive.on_connection(at, kind);
        }
        self.with_load(|load, ids| load.on_connection(id, at, kind, ids))
    }

    fn on_run_timer(&mut self, id: ConnectionId, at: PageTime, event: &RunEvent) -> Reaction {
        let run = self.run.as_mut().filter(|run| run.id() == id);
        run.map_or_else(Reaction::default, |run| run.on_timer(at, event))
    }

    fn with_load(
        &mut self,
        act: impl FnOnce(&mut LoadTest, &mut ConnectionId) -> Reaction,
    ) -> Reaction {
        let Self { load, last_id, .. } = self;
        load.as_mut().map_or_else(Reaction::default, |load| act(load, last_id))
    }

    fn with_interactive(&mut self, act: impl FnOnce(&mut Interactive) -> Reaction) -> Reaction {
        self.interactive.as_mut().map_or_else(Reaction::default, act)
    }
}
