//! The command line of the benchmark.

use std::path::PathBuf;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use tokio::time::Duration;

use crate::flood::{FLOODS, Flood};

/// Attacks a bridge in several ways, and measures what a good client sees of it.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench floods")]
pub(crate) struct Options {
    /// The program that is attacked
    #[arg(long, default_value = env!("CARGO_BIN_EXE_tcp-bridge"), value_name = "PATH",
        hide_default_value = true)]
    pub(crate) bridge: PathBuf,

    /// Only this flood; repeatable
    #[arg(long, value_name = "NAME",
        value_parser = PossibleValuesParser::new(FLOODS.iter().map(|flood| flood.name)))]
    only: Vec<String>,

    /// How long a flood lasts
    #[arg(long, default_value_t = 5, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,

    /// How long after a flood the memory is read again
    #[arg(long, default_value_t = 10, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(0..=3600))]
    settle: u64,

    /// From how many addresses a flood comes, where 127.0.0.0/8 belongs to this machine
    #[arg(long, default_value_t = 1, value_name = "COUNT",
        value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) peers: u16,

    /// What cargo tells every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// The floods that are to be run.
    pub(crate) fn floods(&self) -> impl Iterator<Item = &'static Flood> {
        let is_wanted = |flood: &&Flood| {
            self.only.is_empty() || self.only.iter().any(|name| name == flood.name)
        };
        FLOODS.iter().copied().filter(is_wanted)
    }

    /// How long a flood lasts.
    pub(crate) fn duration(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// How long after a flood the memory is read again.
    pub(crate) fn settle(&self) -> Duration {
        Duration::from_secs(self.settle)
    }
}
