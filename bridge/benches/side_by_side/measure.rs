//! What is measured, and the rows of the table that it fills.

use clap::ValueEnum;

use crate::goal::Goal;

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

    /// Whether it is taken with `--tls`, too.
    pub(crate) fn is_over_tls(self) -> bool {
        !matches!(self, Self::Fairness | Self::Memory)
    }

    /// Whether it takes so long that it is taken once, and not in each round.
    pub(crate) fn is_slow(self) -> bool {
        self == Self::Memory
    }
}
