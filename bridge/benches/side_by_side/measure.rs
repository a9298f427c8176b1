//! What is measured, and the rows of the table that it fills.

use std::io;

use clap::ValueEnum;

use crate::candidate::{Candidate, ECHO, PROCESS_EACH};
use crate::goal::Goal;
use crate::load::Load;
use crate::options::Options;
use crate::work::float;
use crate::{memory, round_trip, sessions, traffic};

const KIB: f64 = 1024.0;
const MIB: f64 = KIB * KIB;
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
    /// Sessions opened, used once and closed
    Sessions,
    /// Idle sessions
    Memory,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) goals: &'static [Goal],
}

const fn row(what: &'static str, goals: &'static [Goal]) -> Row {
    Row { what, goals }
}

impl Measure {
    /// The rows that its readings fill, in their order.
    pub(crate) fn rows(self) -> &'static [Row] {
        const ROUND_TRIP: &[Row] = &[
            row("round trip, 64 B, p50: us", &[Goal::AtMostTimes(2.6), Goal::NoneFaster]),
            row("round trip, 64 B, p99: us", &[]),
        ];
        const THROUGHPUT: &[Row] = &[
            row("echo, 64 KiB messages: MiB/s", &[Goal::AtLeastTimes(0.42)]),
            row("  CPU: s/GiB", &[Goal::AtMostTimes(2.5)]),
        ];
        const PIPELINED: &[Row] = &[
            row("64 B messages, 1024 in flight: /s", &[Goal::AtLeastTimes(0.2)]),
            row("  CPU: us/message", &[]),
        ];
        const MANY: &[Row] = &[
            row("200 connections, 1 KiB messages: /s", &[Goal::AtLeastTimes(1.0 / 3.0)]),
            row("  CPU: us/message", &[Goal::AtMostTimes(3.4)]),
        ];
        const SESSIONS: &[Row] =
            &[row("sessions, one after the other: /s", &[]), row("  CPU: us/session", &[])];
        const MEMORY: &[Row] = &[row("idle session: KiB", &[Goal::AtMost(16.0)])];
        match self {
            Self::RoundTrip => ROUND_TRIP,
            Self::Throughput => THROUGHPUT,
            Self::Pipelined => PIPELINED,
            Self::Many => MANY,
            Self::Sessions => SESSIONS,
            Self::Memory => MEMORY,
        }
    }

    /// Measures once: a reading for each row, where there is one.
    pub(crate) async fn take(
        self,
        candidate: &Candidate,
        options: &Options,
    ) -> io::Result<Vec<Option<f64>>> {
        let load = |len, window| Load::new(candidate.wire, len, window);
        let work = match self {
            Self::RoundTrip => {
                let times = round_trip::run(candidate, SHORT, options).await?;
                return Ok(times.map(|time| Some(time.as_secs_f64() * MICRO)).into());
            }
            Self::Memory if [ECHO, PROCESS_EACH].contains(&candidate.name) => return Ok(vec![]),
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
