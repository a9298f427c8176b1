//! A load test: how many exchanges, on how many connections, and how long they took.
//!
//! Nothing is paced by a timer, since browsers slow those of a page that nobody looks at: each
//! reply starts the next exchange, and the clock is judged at each event.

pub mod active_exchange;
pub mod failure_counts;
pub mod histogram;
pub mod results;
pub mod settings;
pub mod worker;

use echo_core::Line;

use super::once::TICK_MS;
use super::reaction::Reaction;
use super::{ConnectionSpec, ModesEvent};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::{Command, Elapsed, Timer};
use crate::connection::ConnectionId;
use crate::connection::lifecycle::EventKind;
use crate::time::{Micros, PageTime};
use failure_counts::{ExchangeError, FailureCounts};
use histogram::Histogram;
use settings::LoadPlan;
use worker::{Worker, WorkerEvent};

/// A load test, in progress or finished.
#[derive(Debug)]
pub struct LoadTest {
    /// Its id; each of its connections has one of its own.
    pub id: ConnectionId,
    /// The target.
    pub spec: ConnectionSpec,
    /// The message of each exchange.
    pub message: Vec<u8>,
    /// How many exchanges, for how long, and on how many connections.
    pub plan: LoadPlan,
    /// How many exchanges brought the message back unchanged.
    pub same: u64,
    /// How many failed, and how.
    pub failures: FailureCounts,
    /// Why the last one failed that did not even get a reply.
    pub cause: Option<Cause>,
    /// How long the replies took, from the bridge's first write to the read that completed them.
    pub tcp: Histogram,
    /// How long they took as the page sees it.
    pub browser: Histogram,
    /// How it ended, or `None` while it is in progress.
    pub end: Option<LoadTestEnd>,
    started_exchanges: u64,
    replies: u64,
    started: PageTime,
    now: PageTime,
    workers: Vec<Worker>,
}

/// How a load test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadTestEnd {
    /// All exchanges are made.
    Done,
    /// Its time was over.
    TimeUp,
    /// No connection was left to go on with.
    NoneLeft,
    /// The user pressed Stop.
    Stopped,
}

impl LoadTest {
    /// Starts a load test; `ids` gives each connection an id.
    #[must_use]
    pub fn start(
        spec: ConnectionSpec,
        message: Vec<u8>,
        plan: LoadPlan,
        ids: &mut ConnectionId,
        at: PageTime,
    ) -> (Self, Reaction) {
        let mut load = Self {
            id: ids.advance(),
            spec,
            message,
            plan,
            same: 0,
            failures: FailureCounts::default(),
            cause: None,
            tcp: Histogram::default(),
            browser: Histogram::default(),
            end: None,
            started_exchanges: 0,
            replies: 0,
            started: at,
            now: at,
            workers: Vec::new(),
        };
        let workers = load.plan.connections.min(load.plan.exchanges.unwrap_or(u32::MAX));
        let mut reaction = Reaction::default();
        for _ in 0..workers {
            reaction.merge(load.open(ids));
        }
        reaction.push(tick());
        (load, reaction)
    }

    /// Returns whether it is in progress.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.end.is_none()
    }

    /// Returns how many exchanges are over.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.same + self.failures.total()
    }

    /// Returns how many complete replies came, of whatever bytes.
    #[must_use]
    pub fn replies(&self) -> u64 {
        self.replies
    }

    /// Returns the cause of the latest failure, if no exchange brought the message back: it explains
    /// all of them only if there was nothing else.
    #[must_use]
    pub fn cause_of_all(&self) -> Option<Cause> {
        self.cause.filter(|_| self.same == 0)
    }

    /// Returns how long it has been going on, or went on, in milliseconds.
    #[must_use]
    pub fn elapsed(&self) -> f64 {
        self.now.ms_since(self.started).min(self.limit_ms())
    }

    /// Returns how many replies came in a second.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    #[must_use]
    pub fn rate(&self) -> u64 {
        (self.replies as f64 * 1_000.0 / self.elapsed().max(1.0)).round() as u64
    }

    /// Applies an event of a connection, if that is one of its own.
    pub fn on_connection(
        &mut self,
        id: ConnectionId,
        at: PageTime,
        event: EventKind,
        ids: &mut ConnectionId,
    ) -> Reaction {
        let Some(index) = self.workers.iter().position(|worker| worker.id() == id) else {
            return Reaction::default();
        };
        let mut reaction = self.judge_clock(at);
        let worker = &mut self.workers[index];
        let (commands, event) =
            worker.on_connection(at, event, &self.message, self.spec.max_message);
        reaction.extend(commands);
        if let Some(event) = event {
            reaction.merge(self.on_worker(index, at, event, ids));
        }
        reaction
    }

    /// Looks at the clock, for connections on which nothing happens.
    pub fn on_tick(&mut self, at: PageTime) -> Reaction {
        let mut reaction = self.judge_clock(at);
        if self.is_running() {
            reaction.push(tick());
        }
        reaction
    }

    /// Learns what the bridge says of itself: why its connections did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge, ids: &mut ConnectionId) -> Reaction {
        let mut reaction = Reaction::default();
        for index in 0..self.workers.len() {
            if let Some(event) = self.workers[index].diagnose(bridge) {
                reaction.merge(self.on_worker(index, at, event, ids));
            }
        }
        reaction
    }

    /// Ends it at once; replies that are awaited count for nothing.
    pub fn stop(&mut self, at: PageTime, end: LoadTestEnd) -> Reaction {
        if !self.is_running() {
            return Reaction::default();
        }
        self.now = at;
        self.end = Some(end);
        Reaction::of(self.workers.iter_mut().flat_map(Worker::close))
    }

    fn limit_ms(&self) -> f64 {
        f64::from(self.plan.max_seconds) * 1_000.0
    }

    fn judge_clock(&mut self, at: PageTime) -> Reaction {
        let mut reaction = Reaction::default();
        if !self.is_running() {
            return reaction;
        }
        self.now = at;
        if at - self.started >= self.limit_ms() {
            return self.stop(at, LoadTestEnd::TimeUp);
        }
        for index in 0..self.workers.len() {
            if self.workers[index].is_overdue(at) {
                self.failures.count(ExchangeError::Overdue);
                reaction.merge(self.close(index, at));
            }
        }
        reaction
    }

    fn on_worker(
        &mut self,
        index: usize,
        at: PageTime,
        event: WorkerEvent,
        ids: &mut ConnectionId,
    ) -> Reaction {
        match event {
            WorkerEvent::Replied(reply) => {
                self.replies += 1;
                if let Some(times) = reply.times {
                    times.tcp.into_iter().for_each(|took| self.tcp.record(took.0));
                    self.browser.record(Micros::from_ms(times.browser_ms).0);
                }
                match reply.unexpected {
                    None => self.same += 1,
                    Some(line) => self.count_failure(line),
                }
                self.go_on(index, at)
            }
            WorkerEvent::Broke(line, cause) => {
                self.count_failure(line);
                self.cause = Some(cause);
                self.replace(index, at, ids)
            }
            WorkerEvent::NotConnected(line, cause) => {
                self.count_failure(line);
                self.cause = Some(cause);
                let reaction = self.close(index, at);
                let asks = cause.is_missing_bridge() && !self.is_running();
                reaction.asking_for_bridge(asks)
            }
            WorkerEvent::Unopened => {
                let diagnosing = self.workers.iter().filter(|worker| worker.is_diagnosing());
                Reaction::default().asking_for_bridge(diagnosing.count() == 1)
            }
        }
    }

    fn count_failure(&mut self, line: Line) {
        self.failures.count(ExchangeError::Said(line));
    }

    fn has_exchanges_left(&self) -> bool {
        self.plan.exchanges.is_none_or(|exchanges| self.started_exchanges < u64::from(exchanges))
    }

    /// Starts the next exchange on a connection that is established, if there is one left.
    fn go_on(&mut self, index: usize, at: PageTime) -> Reaction {
        if !self.has_exchanges_left() {
            return self.close(index, at);
        }
        self.started_exchanges += 1;
        Reaction::of(self.workers[index].start(at, &self.message))
    }

    /// Opens a connection in place of one that broke, if there is an exchange left for it.
    fn replace(&mut self, index: usize, at: PageTime, ids: &mut ConnectionId) -> Reaction {
        if !self.has_exchanges_left() {
            return self.close(index, at);
        }
        let mut reaction = Reaction::of(self.workers.remove(index).close());
        reaction.merge(self.open(ids));
        reaction
    }

    fn open(&mut self, ids: &mut ConnectionId) -> Reaction {
        self.started_exchanges += 1;
        let (worker, command) = Worker::open(ids.advance(), &self.spec);
        self.workers.push(worker);
        Reaction::of([command])
    }

    /// Closes a connection, and ends the load test if it was the last.
    fn close(&mut self, index: usize, at: PageTime) -> Reaction {
        let mut reaction = Reaction::of(self.workers[index].close());
        if self.workers.iter().all(Worker::is_finished) {
            let is_complete =
                self.plan.exchanges.is_some_and(|exchanges| self.done() == u64::from(exchanges));
            let end = if is_complete { LoadTestEnd::Done } else { LoadTestEnd::NoneLeft };
            reaction.merge(self.stop(at, end));
        }
        reaction
    }
}

fn tick() -> Command<ModesEvent> {
    Command::SetTimer {
        timer: Timer::LoadProgress,
        delay_ms: TICK_MS,
        elapsed: Box::new(|Elapsed { at, .. }| ModesEvent::LoadTicked { at }),
    }
}
