//! How one talks: once, staying connected, or again and again.

pub mod exchanging;
pub mod histogram;
pub mod lane;
pub mod repeat;
pub mod settings;
pub mod tally;

use super::bridge::Bridge;
use super::effect::Effect;
use super::event::SessionEvent;
use super::run::RunId;
use repeat::{Ending, Repeat};
use settings::{Setting, Settings, Unit};

/// How one talks to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As the tutorial's client does: connect, send, receive, compare, finish.
    Once,
    /// As nc does: connect once, and say and hear things until one side ends it.
    Stay,
    /// One exchange after the other, on some connections.
    Repeat,
}

impl Way {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Once, Self::Stay, Self::Repeat];
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
}

/// What is chosen, and what came of it; each way keeps its own, so that going back and forth
/// between them loses nothing.
#[derive(Debug)]
pub struct How {
    /// The way that is chosen.
    pub way: Way,
    /// The settings of [`Way::Repeat`].
    pub settings: Settings,
    /// The latest repetition.
    pub repeat: Option<Repeat>,
}

/// Something that somebody did, or that a timer did.
#[derive(Debug)]
pub enum HowEvent {
    /// Somebody chose a way.
    Chosen {
        /// When.
        at: f64,
        /// Which.
        way: Way,
    },
    /// Somebody chose what the amount counts.
    UnitChosen(Unit),
    /// Somebody typed a setting.
    Typed(Setting, String),
    /// Somebody pressed the Stop of [`Way::Repeat`].
    StopPressed {
        /// When.
        at: f64,
    },
    /// It is time to look at the clock.
    Ticked {
        /// When.
        at: f64,
    },
}

impl Default for How {
    fn default() -> Self {
        Self { way: Way::Once, settings: Settings::default(), repeat: None }
    }
}

impl How {
    /// Whether the switch waits for what is under way to end.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_repeating()
    }

    /// Whether a repetition is under way.
    #[must_use]
    pub fn is_repeating(&self) -> bool {
        self.repeat.as_ref().is_some_and(Repeat::is_running)
    }

    /// While something goes on, a mark that changes when that is worth drawing.
    #[must_use]
    pub fn drawing(&self) -> Option<f64> {
        self.repeat.as_ref().filter(|repeat| repeat.is_running()).map(Repeat::drawing)
    }

    /// Starts a repetition.
    pub fn start(&mut self, at: f64, job: Job, ids: &mut RunId) -> Vec<Effect> {
        match self.settings.plan() {
            Err(wrong) => {
                self.settings.wrong = Some(wrong);
                vec![]
            }
            Ok(plan) => {
                let (repeat, effects) = Repeat::start(job, plan, ids, at);
                self.repeat = Some(repeat);
                effects
            }
        }
    }

    /// Takes in what somebody, or a timer, did.
    pub fn update(&mut self, event: HowEvent) -> Vec<Effect> {
        match (event, &mut self.repeat) {
            (HowEvent::Chosen { way, .. }, _) => self.way = way,
            (HowEvent::UnitChosen(unit), _) => {
                self.settings.unit = unit;
                self.settings.wrong = None;
            }
            (HowEvent::Typed(setting, text), _) => self.settings.type_in(setting, text),
            (HowEvent::StopPressed { at }, Some(repeat)) => return repeat.end(at, Ending::Stopped),
            (HowEvent::Ticked { at }, Some(repeat)) => return repeat.tick(at),
            (HowEvent::StopPressed { .. } | HowEvent::Ticked { .. }, None) => {}
        }
        vec![]
    }

    /// Takes in what happened in a session, if it is one of these.
    pub fn on(&mut self, run: RunId, at: f64, event: SessionEvent, ids: &mut RunId) -> Vec<Effect> {
        let repeat = self.repeat.as_mut().filter(|repeat| repeat.owns(run));
        repeat.map_or_else(Vec::new, |repeat| repeat.on(run, at, event, ids))
    }

    /// Learns what the bridge says of itself.
    pub fn learn(&mut self, at: f64, bridge: &Bridge, ids: &mut RunId) -> Vec<Effect> {
        let repeat = self.repeat.as_mut().filter(|repeat| repeat.is_running());
        repeat.map_or_else(Vec::new, |repeat| repeat.learn(at, bridge, ids))
    }
}
