//! The command line of the benchmark.

use std::path::PathBuf;

use clap::{Parser, ValueEnum as _};
use tokio::time::Duration;

use crate::goal::Goal;
use crate::measure::{Measure, Row};

/// Measures the bridge beside a bare TCP connection, HAProxy, websocat and websockify.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
pub(crate) struct Options {
    /// Seconds for each measure and candidate, all rounds together
    #[arg(long, default_value_t = 2.0, value_name = "SECONDS", value_parser = seconds)]
    seconds: f64,

    /// In how many rounds the candidates take turns
    #[arg(long, default_value_t = 5, value_name = "COUNT",
        value_parser = |text: &str| positive(text))]
    pub(crate) rounds: usize,

    /// Only this measure; repeatable
    #[arg(long, value_name = "NAME")]
    only: Vec<Measure>,

    /// How many idle sessions the memory is measured with
    #[arg(long, default_value_t = 5000, value_name = "COUNT",
        value_parser = |text: &str| positive(text))]
    pub(crate) sessions: usize,

    /// Leave out the candidate of this name; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) without: Vec<String>,

    /// An earlier build of the bridge, which takes turns with this one
    #[arg(long, value_name = "FILE")]
    pub(crate) before: Option<PathBuf>,

    /// Write all readings, medians and ratios to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Over TLS, where candidates take it off, beside the bridge without TLS and in front of a target
    /// over TLS: its memory and fairness are not measured so, and there are no goals
    #[arg(long, conflicts_with = "before")]
    pub(crate) tls: bool,

    /// What cargo tells every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// What is to be measured.
    pub(crate) fn measures(&self) -> impl Iterator<Item = Measure> {
        let wanted = |measure: &&Measure| {
            let is_asked_for = self.only.is_empty() || self.only.contains(measure);
            is_asked_for && (!self.tls || measure.is_over_tls())
        };
        Measure::value_variants().iter().filter(wanted).copied()
    }

    /// How good is good enough, for a row; TLS has no goals.
    pub(crate) fn goal(&self, row: &Row) -> Option<Goal> {
        row.goal.filter(|_| !self.tls)
    }

    /// How long a measure of one candidate takes in one round.
    pub(crate) fn turn(&self) -> Duration {
        let rounds = u32::try_from(self.rounds).unwrap_or(u32::MAX);
        Duration::from_secs_f64(self.seconds) / rounds
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let most = 3600.0;
    match text.parse() {
        Ok(seconds) if seconds > 0.0 && seconds <= most => Ok(seconds),
        _ => Err(format!("it must be a number of seconds, at most {most}")),
    }
}

fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if (1..=100_000).contains(&count) => Ok(count),
        _ => Err("it must be a number from 1 to 100000".into()),
    }
}
