//! How one talks: once, staying connected, or again and again.

pub mod active_exchange;
pub mod failure_counts;
pub mod histogram;
pub mod interactive;
pub mod load_results;
pub mod load_test;
pub mod settings;
pub mod worker;

use serde::{Deserialize, Serialize};

use crate::bridge::Bridge;
use crate::connection_trace::TraceLevel;
use crate::effect::Effect;
use crate::event::SessionEvent;
use crate::run::RunId;
use interactive::Interactive;
use load_test::{LoadTest, LoadTestEnd};
use settings::{AmountUnit, LoadSetting, LoadSettings};

/// How one talks to a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// As the tutorial's client does: connect, send, receive, compare, finish.
    #[default]
    Once,
    /// As nc does: connect once, and say and hear things until one side ends it.
    #[serde(alias = "stay")]
    Interactive,
    /// One exchange after the other, on some connections.
    #[serde(alias = "repeat")]
    Load,
}

impl Mode {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Once, Self::Interactive, Self::Load];
}

/// To whom to talk, and what to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// A target's name, or `host:port`.
    pub name: String,
    /// The target, as `host:port` where that is known.
    pub target: String,
    /// What to say.
    pub message: Vec<u8>,
    /// The longest message the bridge takes, in bytes.
    pub max_message: u64,
    /// How closely the bridge is to watch it.
    pub watch: TraceLevel,
}

/// What is chosen, and what came of it; each way keeps its own, so that going back and forth
/// between them loses nothing.
#[derive(Debug)]
pub struct Modes {
    /// The way that is chosen.
    pub mode: Mode,
    /// The settings of [`Mode::Load`].
    pub settings: LoadSettings,
    /// The latest repetition.
    pub repeat: Option<LoadTest>,
    /// The latest connection that stays.
    pub stay: Option<Interactive>,
    /// Whether what was to be sent last found no room, until something goes again.
    pub is_full: bool,
}

/// Something that somebody did, or that a timer did.
#[derive(Debug)]
pub enum ModesEvent {
    /// Somebody chose a way.
    Chosen {
        /// When.
        at: f64,
        /// Which.
        mode: Mode,
    },
    /// Somebody chose what the amount counts.
    UnitChosen(AmountUnit),
    /// Somebody typed a setting.
    Typed(LoadSetting, String),
    /// Somebody pressed the Stop of [`Mode::Load`].
    StopPressed {
        /// When.
        at: f64,
    },
    /// Somebody wants a connection, and to say nothing yet.
    ConnectPressed {
        /// When.
        at: f64,
    },
    /// Somebody has said all they want to say.
    FinishPressed {
        /// When.
        at: f64,
    },
    /// Somebody breaks the connection off.
    ResetPressed {
        /// When.
        at: f64,
    },
    /// Somebody ends the connection.
    DisconnectPressed {
        /// When.
        at: f64,
    },
    /// It is time to look at the clock.
    Ticked {
        /// When.
        at: f64,
    },
}

impl Default for Modes {
    fn default() -> Self {
        let settings = LoadSettings::default();
        Self { mode: Mode::Once, settings, repeat: None, stay: None, is_full: false }
    }
}

impl Modes {
    /// Whether the switch waits for what is under way to end.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_load_test_running() || self.is_connected()
    }

    /// Whether a connection that stays is there, or is being made.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.stay.as_ref().is_some_and(Interactive::is_open)
    }

    /// Whether Send would do nothing now.
    #[must_use]
    pub fn is_deaf(&self) -> bool {
        self.mode == Mode::Interactive && self.stay.as_ref().is_some_and(Interactive::is_deaf)
    }

    /// Whether a repetition is under way.
    #[must_use]
    pub fn is_load_test_running(&self) -> bool {
        self.repeat.as_ref().is_some_and(LoadTest::is_running)
    }

    /// Connects, and stays connected.
    pub fn connect(&mut self, at: f64, job: &Job, ids: &mut RunId) -> Vec<Effect> {
        if self.is_connected() {
            return vec![];
        }
        let (stay, effects) = Interactive::connect(job, ids.take(), at);
        self.is_full = false;
        self.stay = Some(stay);
        effects
    }

    /// Sends a message on the connection that stays; first connects, if there is none.
    pub fn say(&mut self, at: f64, job: &Job, ids: &mut RunId) -> Vec<Effect> {
        let mut effects = self.connect(at, job, ids);
        if let Some(stay) = &mut self.stay {
            let said = stay.say(at, &job.message);
            self.is_full = said.is_none();
            effects.extend(said.unwrap_or_default());
        }
        effects
    }

    /// Starts a repetition.
    pub fn start(&mut self, at: f64, job: Job, ids: &mut RunId) -> Vec<Effect> {
        match self.settings.plan() {
            Err(wrong) => {
                self.settings.wrong = Some(wrong);
                vec![]
            }
            Ok(plan) => {
                let (repeat, effects) = LoadTest::start(job, plan, ids, at);
                self.repeat = Some(repeat);
                effects
            }
        }
    }

    /// Takes in what somebody, or a timer, did.
    pub fn update(&mut self, event: ModesEvent) -> Vec<Effect> {
        match event {
            ModesEvent::Chosen { mode, .. } => self.mode = mode,
            ModesEvent::UnitChosen(unit) => self.settings.choose(unit),
            ModesEvent::Typed(setting, text) => self.settings.type_in(setting, text),
            ModesEvent::StopPressed { at } => {
                return self.on_repeat(|it| it.end(at, LoadTestEnd::Stopped));
            }
            // Whoever connects brings the target along: see `connect`.
            ModesEvent::ConnectPressed { .. } => {}
            ModesEvent::FinishPressed { at } => return self.on_stay(|it| it.finish(at)),
            ModesEvent::ResetPressed { at } => return self.on_stay(|it| it.reset(at)),
            ModesEvent::DisconnectPressed { at } => return self.on_stay(|it| it.disconnect(at)),
            ModesEvent::Ticked { at } => {
                let mut effects = self.on_repeat(|it| it.tick(at));
                effects.extend(self.on_stay(|it| it.tick(at)));
                return effects;
            }
        }
        vec![]
    }

    fn on_repeat(&mut self, act: impl FnOnce(&mut LoadTest) -> Vec<Effect>) -> Vec<Effect> {
        self.repeat.as_mut().map_or_else(Vec::new, act)
    }

    fn on_stay(&mut self, act: impl FnOnce(&mut Interactive) -> Vec<Effect>) -> Vec<Effect> {
        self.stay.as_mut().map_or_else(Vec::new, act)
    }

    /// Takes in what happened in a session, if it is one of these.
    pub fn on(&mut self, run: RunId, at: f64, event: SessionEvent, ids: &mut RunId) -> Vec<Effect> {
        if let Some(stay) = self.stay.as_mut().filter(|stay| stay.id == run) {
            self.is_full = false;
            return stay.on(at, event);
        }
        let repeat = self.repeat.as_mut().filter(|repeat| repeat.owns(run));
        repeat.map_or_else(Vec::new, |repeat| repeat.on(run, at, event, ids))
    }

    /// Learns what the bridge says of itself.
    pub fn learn(&mut self, at: f64, bridge: &Bridge, ids: &mut RunId) -> Vec<Effect> {
        let repeat = self.repeat.as_mut().filter(|repeat| repeat.is_running());
        let mut effects = repeat.map_or_else(Vec::new, |it| it.learn(at, bridge, ids));
        effects.extend(self.on_stay(|it| it.learn(at, bridge)));
        effects
    }
}
