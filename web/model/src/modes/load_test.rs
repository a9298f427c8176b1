//! Many exchanges: how often, on how many connections, and how long they took.
//!
//! Nothing is paced by a timer, since browsers slow those of a page that nobody looks at: each
//! reply brings the next exchange about, and the clock is judged at each event.

use echo_core::Line;

use super::Job;
use super::failure_counts::{ExchangeError, FailureCounts};
use super::histogram::Histogram;
use super::settings::LoadPlan;
use super::worker::{News, Worker};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::effect::Effect;
use crate::event::SessionEvent;
use crate::run::RunId;

/// A repetition, under way or over.
#[derive(Debug)]
pub struct LoadTest {
    /// Which run it is; each of its connections has an id of its own.
    pub id: RunId,
    /// To whom, and what.
    pub job: Job,
    /// How often, and on how many connections.
    pub plan: LoadPlan,
    /// How many exchanges brought the message back unchanged.
    pub same: u64,
    /// The others.
    pub mishaps: FailureCounts,
    /// Why the last one failed that did not even get a reply.
    pub cause: Option<Cause>,
    /// How long the replies took from the bridge's first write to the read that completed them.
    pub tcp: Histogram,
    /// How long they took as the page sees it.
    pub browser: Histogram,
    /// How it ended.
    pub ending: Option<LoadTestEnd>,
    begun: u64,
    replies: u64,
    started: f64,
    now: f64,
    lanes: Vec<Worker>,
}

/// What ended a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadTestEnd {
    /// It is complete.
    Done,
    /// Its time was over.
    TimeUp,
    /// No connection was left to go on with.
    NoneLeft,
    /// Somebody pressed Stop.
    Stopped,
}

impl LoadTest {
    /// Starts a repetition.
    #[must_use]
    pub fn start(job: Job, plan: LoadPlan, ids: &mut RunId, at: f64) -> (Self, Vec<Effect>) {
        let mut repeat = Self {
            id: ids.take(),
            job,
            plan,
            same: 0,
            mishaps: FailureCounts::default(),
            cause: None,
            tcp: Histogram::default(),
            browser: Histogram::default(),
            ending: None,
            begun: 0,
            replies: 0,
            started: at,
            now: at,
            lanes: Vec::new(),
        };
        let lanes = repeat.plan.connections.min(repeat.plan.times.unwrap_or(u32::MAX));
        let mut effects: Vec<_> = (0..lanes).map(|_| repeat.open(ids)).collect();
        effects.push(Effect::Tick);
        (repeat, effects)
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ending.is_none()
    }

    /// How many exchanges are over.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.same + self.mishaps.total()
    }

    /// How many whole replies came, of whatever bytes.
    #[must_use]
    pub fn replies(&self) -> u64 {
        self.replies
    }

    /// How long it has been going on, or went on, in milliseconds.
    #[must_use]
    pub fn elapsed(&self) -> f64 {
        (self.now - self.started).min(self.limit()).max(0.0)
    }

    /// How many replies there were in a second, once there was a moment to count them in.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    #[must_use]
    pub fn rate(&self) -> u64 {
        (self.replies as f64 * 1_000.0 / self.elapsed().max(1.0)).round() as u64
    }

    /// Whether a session is one of its connections.
    #[must_use]
    pub fn owns(&self, run: RunId) -> bool {
        self.lanes.iter().any(|lane| lane.id == run)
    }

    /// Takes in what happened on one of its connections.
    pub fn on(&mut self, run: RunId, at: f64, event: SessionEvent, ids: &mut RunId) -> Vec<Effect> {
        let mut effects = self.judge_clock(at);
        let Some(index) = self.lanes.iter().position(|lane| lane.id == run) else { return effects };
        let lane = &mut self.lanes[index];
        let (more, news) = lane.on(at, event, &self.job.message, self.job.max_message);
        effects.extend(more);
        if let Some(news) = news {
            effects.extend(self.hear(index, at, news, ids));
        }
        effects
    }

    /// Looks at the clock, for connections on which nothing happens.
    pub fn tick(&mut self, at: f64) -> Vec<Effect> {
        let mut effects = self.judge_clock(at);
        if self.is_running() {
            effects.push(Effect::Tick);
        }
        effects
    }

    /// Learns what the bridge says of itself: the cause, for those that did not open.
    pub fn learn(&mut self, at: f64, bridge: &Bridge, ids: &mut RunId) -> Vec<Effect> {
        let mut effects = Vec::new();
        for index in 0..self.lanes.len() {
            if let Some(news) = self.lanes[index].learn(bridge) {
                effects.extend(self.hear(index, at, news, ids));
            }
        }
        effects
    }

    /// Ends it at once; replies that are under way count for nothing.
    pub fn end(&mut self, at: f64, ending: LoadTestEnd) -> Vec<Effect> {
        if !self.is_running() {
            return vec![];
        }
        self.now = at;
        self.ending = Some(ending);
        self.lanes.iter_mut().filter_map(Worker::close).collect()
    }

    fn limit(&self) -> f64 {
        f64::from(self.plan.seconds) * 1_000.0
    }

    fn judge_clock(&mut self, at: f64) -> Vec<Effect> {
        if !self.is_running() {
            return vec![];
        }
        self.now = at;
        if at - self.started >= self.limit() {
            return self.end(at, LoadTestEnd::TimeUp);
        }
        let mut effects = Vec::new();
        for index in 0..self.lanes.len() {
            if self.lanes[index].is_overdue(at) {
                self.mishaps.count(ExchangeError::Overdue);
                effects.extend(self.lanes[index].close());
                effects.extend(self.perhaps_end(at));
            }
        }
        effects
    }

    fn hear(&mut self, index: usize, at: f64, news: News, ids: &mut RunId) -> Vec<Effect> {
        match news {
            News::Replied(reply) => {
                self.replies += 1;
                if let Some(times) = reply.times {
                    times.tcp_us.into_iter().for_each(|us| self.tcp.record(us));
                    self.browser.record(whole_micros(times.browser_ms));
                }
                match reply.unexpected {
                    None => self.same += 1,
                    Some(line) => self.went_wrong(line),
                }
                self.go_on(index, at)
            }
            News::Broke(line, cause) => {
                self.went_wrong(line);
                self.cause = Some(cause);
                self.replace(index, at, ids)
            }
            News::NotConnected(line, cause) => {
                self.went_wrong(line);
                self.cause = Some(cause);
                let mut effects: Vec<_> = self.lanes[index].close().into_iter().collect();
                effects.extend(self.perhaps_end(at));
                effects.extend(cause.look_for_bridge().filter(|_| !self.is_running()));
                effects
            }
            News::Unopened => {
                let asking = self.lanes.iter().filter(|lane| lane.is_asking()).count();
                if asking == 1 { vec![Effect::FetchInfo] } else { vec![] }
            }
        }
    }

    fn went_wrong(&mut self, line: Line) {
        self.mishaps.count(ExchangeError::Said(line));
    }

    /// Takes the next exchange, while there is one left to begin.
    fn take_one(&mut self) -> bool {
        let left = self.plan.times.is_none_or(|times| self.begun < u64::from(times));
        self.begun += u64::from(left);
        left
    }

    /// The next exchange on a connection that stands, if there is one left.
    fn go_on(&mut self, index: usize, at: f64) -> Vec<Effect> {
        if self.take_one() {
            return self.lanes[index].again(at, &self.job.message);
        }
        let mut effects: Vec<_> = self.lanes[index].close().into_iter().collect();
        effects.extend(self.perhaps_end(at));
        effects
    }

    /// A connection in place of one that broke, if there is an exchange left for it.
    fn replace(&mut self, index: usize, at: f64, ids: &mut RunId) -> Vec<Effect> {
        let mut effects: Vec<_> = self.lanes[index].close().into_iter().collect();
        let left = self.plan.times.is_none_or(|times| self.begun < u64::from(times));
        if left {
            self.lanes.remove(index);
            effects.push(self.open(ids));
        } else {
            effects.extend(self.perhaps_end(at));
        }
        effects
    }

    fn open(&mut self, ids: &mut RunId) -> Effect {
        self.begun += 1;
        let (lane, effect) = Worker::open(ids.take(), self.job.name.clone());
        self.lanes.push(lane);
        effect
    }

    fn perhaps_end(&mut self, at: f64) -> Vec<Effect> {
        if self.lanes.iter().any(|lane| !lane.is_over()) {
            return vec![];
        }
        let whole = self.plan.times.is_some_and(|times| self.done() == u64::from(times));
        self.end(at, if whole { LoadTestEnd::Done } else { LoadTestEnd::NoneLeft })
    }
}

/// Milliseconds of the page's clock as whole microseconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates as it should"
)]
fn whole_micros(ms: f64) -> u64 {
    (ms * 1_000.0).round() as u64
}
