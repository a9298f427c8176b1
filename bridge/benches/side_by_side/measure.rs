//! What is measured, and the rows of the table that it fills.

use std::io;

use clap::ValueEnum;

use crate::candidate::{BEFORE, CONTROL, Candidate, ECHO, OURS, PROCESS_EACH};
use crate::goal::Goal;
use crate::load::Load;
use crate::options::Options;
use crate::work::float;
use crate::{fairness, memory, round_trip, sessions, traffic};

const KIB: f64 = 1024.0;
const MIB: f64 = KIB * KIB;
const MILLI: f64 = 1e3;
const MICRO: f64 = 1e6;
const SHORT: usize = 64;
const LONG: usize = 64 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measure {
    /// One short message at a time
    RoundTrip,
    /// Long messages, 16 in flight
    Throughput,
    /// Short messages, 1,024 in flight
    Pipelined,
    /// 200 connections, each with one message at a time
    Many,
    /// Sessions opened, used once and closed, 8 at once
    Sessions,
    /// One short message at a time beside a session that streams, on one thread of the bridge
    Fairness,
    /// Idle sessions
    Memory,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) goal: Option<Goal>,
    /// Whether more is better.
    pub(crate) is_rate: bool,
}

/// A row in which less is better.
const fn cost(what: &'static str, goal: Option<Goal>) -> Row {
    Row { what, goal, is_rate: false }
}

/// A row in which more is better.
const fn rate(what: &'static str, at_least: f64) -> Row {
    Row { what, goal: Some(Goal::AtLeastTimes(at_least)), is_rate: true }
}

impl Measure {
    /// The rows that its readings fill, in their order.
    pub(crate) fn rows(self) -> &'static [Row] {
        const ROUND_TRIP: &[Row] = &[
            cost("round trip, 64 B, p50: us", Some(Goal::AtMostTimes(0.95))),
            cost("round trip, 64 B, p99: us", None),
        ];
        const THROUGHPUT: &[Row] =
            &[rate("echo, 64 KiB messages: MiB/s", 1.8), cost("  CPU: s/GiB", None)];
        const PIPELINED: &[Row] =
            &[rate("64 B messages, 1024 in flight: /s", 0.65), cost("  CPU: us/message", None)];
        const MANY: &[Row] =
            &[rate("200 connections, 1 KiB messages: /s", 1.0), cost("  CPU: us/message", None)];
        const SESSIONS: &[Row] =
            &[rate("sessions, 8 at once: /s", 0.7), cost("  CPU: us/session", None)];
        const FAIRNESS: &[Row] = &[
            cost("round trip beside a stream, p50: ms", None),
            cost("round trip beside a stream, p99: ms", Some(Goal::Absolute(5.0))),
            cost("  the stream meanwhile: MiB/s", None),
        ];
        const MEMORY: &[Row] = &[cost("idle session: KiB", Some(Goal::Absolute(9.0)))];
        match self {
            Self::RoundTrip => ROUND_TRIP,
            Self::Throughput => THROUGHPUT,
            Self::Pipelined => PIPELINED,
            Self::Many => MANY,
            Self::Sessions => SESSIONS,
            Self::Fairness => FAIRNESS,
            Self::Memory => MEMORY,
        }
    }

    /// Whether it takes so long that it is taken once, and not in each round.
    pub(crate) fn is_slow(self) -> bool {
        self == Self::Memory
    }

    /// Whether it is taken of the candidate of this name.
    fn is_of(self, name: &str) -> bool {
        match self {
            Self::Memory => ![ECHO, PROCESS_EACH].contains(&name),
            Self::Fairness => [OURS, CONTROL, BEFORE].contains(&name),
            _ => true,
        }
    }

    /// Measures once: a reading for each row, where there is one.
    pub(crate) async fn take(
        self,
        candidate: &Candidate,
        options: &Options,
    ) -> io::Result<Vec<Option<f64>>> {
        if !self.is_of(candidate.name) {
            return Ok(vec![]);
        }
        let load = |len, window| Load::new(candidate.wire, len, window);
        let work = match self {
            Self::RoundTrip => {
                let times = round_trip::run(candidate, SHORT, options).await?;
                return Ok(times.map(|time| Some(time.as_secs_f64() * MICRO)).into());
            }
            Self::Fairness => {
                let Some((times, streamed)) = fairness::run(candidate, SHORT, options).await?
                else {
                    return Ok(vec![]);
                };
                let [p50, p99] = times.map(|time| time.as_secs_f64() * MILLI);
                return Ok(vec![Some(p50), Some(p99), Some(streamed / MIB)]);
            }
            Self::Memory => {
                let bytes = memory::run(candidate.name, SHORT, options).await?;
                return Ok(vec![bytes.map(|bytes| bytes / KIB)]);
            }
            Self::Throughput => {
                let work = traffic::run(candidate, load(LONG, 16), 1, options).await?;
                let mib = work.times(float(LONG as u64) / MIB);
                return Ok(vec![Some(mib.per_second()), mib.cpu().map(|cpu| cpu * KIB)]);
            }
            Self::Pipelined => traffic::run(candidate, load(SHORT, 1024), 1, options).await?,
            Self::Many => traffic::run(candidate, load(1024, 1), 200, options).await?,
            Self::Sessions => sessions::run(candidate, SHORT, options).await?,
        };
        Ok(vec![Some(work.per_second()), work.cpu().map(|cpu| cpu * MICRO)])
    }
}
