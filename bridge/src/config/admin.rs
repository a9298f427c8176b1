//! The flags for operators.

use clap::{Args, ValueEnum};
use tokio::time::Duration;

use super::duration;
use crate::listen::ListenAddress;

/// What operators use: metrics, the log, and how the bridge goes down.
#[derive(Clone, Debug, Args)]
pub struct Admin {
    /// Where operators reach /metrics, /healthz, /readyz and /sessions: an address, or a Unix
    /// socket. Whoever reaches it sees all sessions and can end them; without the flag nobody does
    #[arg(long = "admin", id = "admin", env = "BRIDGE_ADMIN", value_name = "ADDR|unix:/PATH")]
    pub address: Option<ListenAddress>,

    /// Format of the log on standard error: lines of text, or a JSON object on each line
    #[arg(
        long,
        env = "BRIDGE_LOG_FORMAT",
        default_value = "text",
        value_name = "text|json",
        hide_possible_values = true
    )]
    pub log_format: LogFormat,

    /// How long new sessions are still accepted after SIGTERM, while /readyz says 503: as long as
    /// a load balancer takes to notice
    #[arg(long, env = "BRIDGE_LAME_DUCK", default_value = "0s", value_name = "TIME", value_parser = duration::parse_or_zero)]
    pub lame_duck: Duration,
}

/// The format of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object on each line.
    Json,
}
