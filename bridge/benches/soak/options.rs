//! The command line of the soak.

use std::path::PathBuf;

use clap::Parser;
use tokio::time::Duration;

/// Descriptors for everything but the sessions.
const SPARE_DESCRIPTORS: u64 = 500;
/// The descriptors of a session, in this process as in the bridge: its client's end or the bridge's,
/// and its target's or the bridge's.
const PER_SESSION: u64 = 2;

/// Loads a bridge with thousands of sessions for minutes, and checks that everything is then where
/// it was.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask soak")]
pub(crate) struct Options {
    /// The program that is loaded
    #[arg(long, default_value = env!("CARGO_BIN_EXE_tcp-bridge"), value_name = "PATH",
        hide_default_value = true)]
    pub(crate) bridge: PathBuf,

    /// How long the load lasts
    #[arg(long, default_value_t = 10, value_name = "COUNT",
        value_parser = clap::value_parser!(u64).range(1..=1440))]
    minutes: u64,

    /// How long the load lasts, instead of --minutes
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: Option<u64>,

    /// How many sessions are open at once
    #[arg(long, default_value_t = 10_000, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=25_000))]
    sessions: u32,

    /// Where the random choices begin
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub(crate) seed: u64,

    /// Do not judge how long the probing client waits
    #[arg(long)]
    pub(crate) any_speed: bool,

    /// What cargo tells every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// How long the load lasts.
    pub(crate) fn duration(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(self.minutes * 60))
    }

    /// How many sessions may be open at once, as far as descriptors allow; says so if they are
    /// fewer than wanted.
    pub(crate) fn affordable_sessions(&self) -> u32 {
        let needed = u64::from(self.sessions) * PER_SESSION + SPARE_DESCRIPTORS;
        // Root may have more than the hard limit.
        let _ = rlimit::setrlimit(rlimit::Resource::NOFILE, needed, needed);
        let limit = rlimit::increase_nofile_limit(needed).unwrap_or(1024);
        let fitting = limit.saturating_sub(SPARE_DESCRIPTORS) / PER_SESSION;
        if fitting < u64::from(self.sessions) {
            println!(
                "Only {limit} file descriptors may be open: {fitting} sessions instead of {}.",
                self.sessions
            );
        }
        u32::try_from(fitting).map_or(self.sessions, |fitting| fitting.min(self.sessions))
    }
}
