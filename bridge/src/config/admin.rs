//! The flags for operators.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use tokio::time::Duration;

use super::duration;

/// What an address of a Unix socket begins with; its path follows.
const UNIX_PREFIX: &str = "unix:";
/// The longest path of a Unix socket, in bytes: `sun_path` of Linux, less the zero at its end.
const MAX_PATH: usize = 107;

/// What operators use: metrics, the log, and how the bridge goes down.
#[derive(Clone, Debug, Args)]
pub struct Admin {
    /// Where operators reach /metrics, /healthz, /readyz and /sessions: an address, or a Unix
    /// socket. Whoever reaches it sees all sessions and can end them; without the flag nobody does
    #[arg(long = "admin", id = "admin", env = "BRIDGE_ADMIN", value_name = "ADDR|unix:/PATH")]
    pub address: Option<AdminAddress>,

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

/// An address to listen on for operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminAddress {
    /// A TCP address.
    Tcp(SocketAddr),
    /// The path of a Unix socket.
    Unix(PathBuf),
}

impl fmt::Display for AdminAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "{UNIX_PREFIX}{}", path.display()),
        }
    }
}

impl FromStr for AdminAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(path) = text.strip_prefix(UNIX_PREFIX) else {
            return text.parse().map(Self::Tcp).map_err(|_| {
                "write an address with its port, as 127.0.0.1:9090, or a Unix socket, as \
                 unix:/run/tcp-bridge/admin.sock"
                    .into()
            });
        };
        if cfg!(not(unix)) {
            return Err(
                "this system has no Unix sockets: write an address, as 127.0.0.1:9090".into()
            );
        }
        if !path.starts_with('/') {
            return Err(
                "the path of a Unix socket begins with /, as in unix:/run/admin.sock".into()
            );
        }
        if path.len() > MAX_PATH {
            return Err(format!("the path of a Unix socket has at most {MAX_PATH} bytes"));
        }
        Ok(Self::Unix(path.into()))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_address_is_that_of_a_tcp_or_a_unix_socket() {
        for text in ["127.0.0.1:9090", "[::1]:0", "unix:/run/tcp-bridge/admin.sock"] {
            assert_eq!(text.parse::<AdminAddress>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_none_is_refused_with_what_to_write_instead() {
        for (text, advice) in [
            ("9090", "127.0.0.1:9090"),
            ("localhost:9090", "127.0.0.1:9090"),
            ("/run/admin.sock", "unix:/run"),
            ("unix:admin.sock", "begins with /"),
            ("unix:", "begins with /"),
        ] {
            let error = text.parse::<AdminAddress>().unwrap_err();
            assert!(error.contains(advice), "{text}: {error}");
        }
        let long = format!("unix:/{}", "x".repeat(MAX_PATH));
        assert!(long.parse::<AdminAddress>().unwrap_err().contains("at most 107 bytes"));
    }
}
