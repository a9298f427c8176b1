//! The command line: flags and environment, each with its default.

mod access;
mod admin;
mod duration;
mod listen;
mod start;
mod targets;
mod tls;

use std::ffi::OsString;

use bytesize::ByteSize;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use echo_core::fault::{self, Fault};
use echo_core::wire::EchoLog;
use tokio::time::Duration;

use crate::access::entry::Entry;
use crate::guard::{Origin, PublicHost};
use crate::targets::{Pattern, Target};
pub use access::{AccessFlags, Auth, PerClient, ProxyNetwork};
pub use admin::{Admin, LogFormat};
pub use duration::IdleTimeout;
pub use listen::ListenFlags;
pub use start::StartCommand;
pub use targets::{Contradiction, TargetFlags, WsPath};
pub use tls::TlsFlags;

/// A bridge from a WebSocket in a browser to a TCP connection, and the page that uses it.
///
/// Without a command it serves the page.
#[derive(Debug, Parser)]
#[command(name = "tcp-bridge", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Config,
}

/// What the bridge is asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page, and bridge each WebSocket to TCP (the default)
    Serve(Box<Config>),
    /// Be a TCP echo server and nothing else
    Echo(Echo),
    /// Be the tutorial's client: connect, send, compare the reply; exit 0 only for `Reply is ok!`
    Check(Check),
}

impl Command {
    /// Returns the command line as clap has it, for completions and manual pages.
    #[must_use]
    pub fn definition() -> clap::Command {
        Cli::command()
    }

    /// Parses a command line, whose first word is the program. Without a command it is `serve`.
    ///
    /// # Errors
    /// Returns an error that says what is wrong with an argument, or has the help to print.
    pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let words: Vec<OsString> = words.into_iter().collect();
        let program = words.first().cloned().unwrap_or_else(|| "tcp-bridge".into());
        let matches = Cli::command().try_get_matches_from(words)?;
        let cli = Cli::from_arg_matches(&matches)?;
        let mut command = cli.command.unwrap_or_else(|| Self::Serve(Box::new(cli.serve)));
        if let Self::Serve(config) = &mut command {
            let serve = matches.subcommand_matches("serve").unwrap_or(&matches);
            config.start = StartCommand::new(&program, serve);
            let checked = config.access.check();
            checked.map_err(|(kind, sentence)| Cli::command().error(kind, sentence))?;
            config.targets.named().map_err(|contradiction| {
                Cli::command().error(ErrorKind::ArgumentConflict, contradiction)
            })?;
        }
        Ok(command)
    }
}

/// What `tcp-bridge serve` takes.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where the bridge listens.
    #[command(flatten)]
    pub listen: ListenFlags,

    /// Where the echo server listens, unless another server does, and for three seconds after that
    /// is gone; "off" starts none and keeps localhost:8888 as the target
    #[arg(
        long,
        env = "BRIDGE_ECHO",
        default_value = "localhost:8888",
        value_name = "HOST:PORT|off"
    )]
    pub echo: EchoAt,

    /// How much everybody who opens the page is told of the connections to the echo server: all,
    /// without the bytes, or nothing. The default is "full", and "counts" if --listen or
    /// --public-host lets others in; they learn each other's addresses then, unless it is "off"
    #[arg(
        long,
        env = "BRIDGE_ECHO_LOG",
        value_name = "full|counts|off",
        hide_possible_values = true
    )]
    pub echo_log: Option<EchoLogLevel>,

    /// Another target that may be dialled: host:port, CIDR:port, with a port or a range; repeatable
    #[arg(long, env = "BRIDGE_ALLOW", value_name = "PATTERN", value_delimiter = ',')]
    pub allow: Vec<Allowed>,

    /// The targets that have a name.
    #[command(flatten)]
    pub targets: TargetFlags,

    /// TLS.
    #[command(flatten)]
    pub tls: TlsFlags,

    /// Another origin whose pages may come in: <http://host:port>, or that of an extension or an
    /// app, such as <moz-extension://ID> or <tauri://localhost>; repeatable
    #[arg(long, env = "BRIDGE_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    pub origin: Vec<Origin>,

    /// Another name that the bridge is reached by, at any port; repeatable
    #[arg(long, env = "BRIDGE_PUBLIC_HOST", value_name = "NAME", value_delimiter = ',')]
    pub public_host: Vec<PublicHost>,

    /// Most sessions at once
    #[arg(long, env = "BRIDGE_MAX_SESSIONS", default_value = "1024", value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_sessions: u32,

    /// Longest WebSocket message
    #[arg(long, env = "BRIDGE_MAX_MESSAGE", default_value = "1MiB", value_name = "SIZE", value_parser = size)]
    pub max_message: ByteSize,

    /// Longest wait for a request's headers
    #[arg(long, env = "BRIDGE_HEADER_TIMEOUT", default_value = "10s", value_name = "TIME", value_parser = duration::parse)]
    pub header_timeout: Duration,

    /// Longest wait for look-up and connect together
    #[arg(long, env = "BRIDGE_CONNECT_TIMEOUT", default_value = "5s", value_name = "TIME", value_parser = duration::parse)]
    pub connect_timeout: Duration,

    /// Longest time in which no byte moves either way; "off" sets no bound, and only a client that
    /// answers no ping is given up
    #[arg(long, env = "BRIDGE_IDLE_TIMEOUT", default_value = "5m", value_name = "TIME|off")]
    pub idle_timeout: IdleTimeout,

    /// Longest wait for sessions to finish when the bridge goes down. After SIGTERM they are told to
    /// reconnect one after the other, spread over this time; after SIGINT (Ctrl-C) all at its end
    #[arg(long, env = "BRIDGE_DRAIN_TIMEOUT", default_value = "5s", value_name = "TIME", value_parser = duration::parse)]
    pub drain_timeout: Duration,

    /// Who may come in, and how much one client may take.
    #[command(flatten)]
    pub access: AccessFlags,

    /// What lets a request in, once it is decided.
    #[arg(skip)]
    pub entry: Option<Entry>,

    /// What operators use.
    #[command(flatten)]
    pub admin: Admin,

    /// The command that starts this bridge again.
    #[arg(skip)]
    pub start: StartCommand,
}

/// What `tcp-bridge echo` takes.
#[derive(Debug, Args)]
pub struct Echo {
    /// Address to listen on; localhost is both loopback addresses
    #[arg(long, env = "BRIDGE_ECHO_LISTEN", default_value = "localhost:8888", value_name = "HOST:PORT",
        value_parser = listen_target)]
    pub listen: Target,

    /// The fault of the server
    #[arg(long, env = "BRIDGE_ECHO_FAULT", value_name = "FAULT", help = fault_help())]
    pub fault: Option<Fault>,
}

fn fault_help() -> String {
    format!("How it misbehaves: {}", fault::forms().join(", "))
}

/// What `tcp-bridge check` takes.
#[derive(Debug, Args)]
pub struct Check {
    /// The server to talk to
    #[arg(value_name = "HOST:PORT")]
    pub target: Target,

    /// What to send, and to expect back
    #[arg(default_value = "Hello!", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub message: String,

    /// Longest wait for the connection, and again for the reply
    #[arg(long, env = "BRIDGE_CHECK_TIMEOUT", default_value = "5s", value_name = "TIME", value_parser = duration::parse)]
    pub timeout: Duration,
}

/// Where the echo server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EchoAt {
    /// At this address: the bridge starts it, unless another server listens there already, and once
    /// that has been gone for three seconds.
    At(Target),
    /// The bridge starts none; the echo target stays `localhost:8888`.
    Off,
}

/// How much is told of the connections to the echo server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EchoLogLevel {
    /// Who connected, how many bytes there were, and the first of them.
    Full,
    /// Who connected, and how many bytes there were.
    Counts,
    /// Nothing.
    Off,
}

impl From<EchoLogLevel> for EchoLog {
    fn from(level: EchoLogLevel) -> Self {
        match level {
            EchoLogLevel::Full => Self::Full,
            EchoLogLevel::Counts => Self::Counts,
            EchoLogLevel::Off => Self::Off,
        }
    }
}

impl std::str::FromStr for EchoAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" { Ok(Self::Off) } else { listen_target(text).map(Self::At) }
    }
}

/// The patterns of one `--allow`.
#[derive(Clone, Debug)]
pub struct Allowed(pub Vec<Pattern>);

impl std::str::FromStr for Allowed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Pattern::parse(text).map(Self)
    }
}

/// Parses an address to listen on, where port 0 stands for any free port.
fn listen_target(text: &str) -> Result<Target, String> {
    match text.strip_suffix(":0") {
        Some(host) => Ok(Target { host: host.parse()?, port: 0 }),
        None => text.parse(),
    }
}

fn size(text: &str) -> Result<ByteSize, String> {
    let range = ByteSize::b(1)..=ByteSize::gib(1);
    match text.parse() {
        Ok(size) if range.contains(&size) => Ok(size),
        Ok(_) => Err("it must be from 1 byte to 1 GiB".into()),
        Err(error) => Err(format!("{error}; write it as 64KiB or 1MiB")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listen::ListenAddress;

    fn serve(args: &[&str]) -> Result<Config, String> {
        let words = [&["tcp-bridge"], args].concat().into_iter().map(OsString::from);
        match Command::parse(words).map_err(|error| error.to_string())? {
            Command::Serve(config) => Ok(*config),
            command => panic!("{command:?}"),
        }
    }

    #[test]
    fn with_no_flags_it_serves_this_machine_alone() {
        let config = serve(&[]).unwrap();
        let [ListenAddress::Tcp(address)] = &*config.listen.addresses(false) else { panic!() };
        assert!(address.ip().is_loopback());
        assert!(config.allow.is_empty() && config.origin.is_empty());
        assert!(config.targets.targets.is_empty() && config.targets.ws_paths.is_empty());
        assert!(config.public_host.is_empty());
        assert!(config.admin.address.is_none());
    }

    #[test]
    fn flags_stand_with_and_without_the_command() {
        let listen = |args: &[&str]| serve(args).unwrap().listen.given;
        assert_eq!(listen(&["--listen", "127.0.0.1:1"]), ["127.0.0.1:1".parse().unwrap()]);
        assert_eq!(listen(&["serve", "--listen", "[::1]:2"]), ["[::1]:2".parse().unwrap()]);
        assert_eq!(serve(&["serve", "--echo", "off"]).unwrap().echo, EchoAt::Off);
    }

    #[test]
    fn a_value_that_cannot_be_used_is_refused_by_name() {
        for (flag, value) in [
            ("--listen", "localhost"),
            ("--echo", "on"),
            ("--echo-log", "some"),
            ("--allow", "localhost"),
            ("--target", "localhost:5900"),
            ("--target", "Vnc=localhost:5900"),
            ("--target", "vnc=localhost"),
            ("--target", "vnc=tls://localhost"),
            ("--tls-ca", "/nowhere/ca.pem"),
            ("--ws-path", "/websockify"),
            ("--ws-path", "/ws=echo"),
            ("--origin", "localhost:8081"),
            ("--origin", "null"),
            ("--origin", "https://*.school"),
            ("--origin", "http://bridge.school/page"),
            ("--origin", "http://user@bridge.school"),
            ("--public-host", ""),
            ("--public-host", "*.school"),
            ("--public-host", "bridge.school:8080"),
            ("--public-host", "http://bridge.school"),
            ("--max-sessions", "0"),
            ("--max-message", "0"),
            ("--max-message", "huge"),
            ("--connect-timeout", "0s"),
            ("--idle-timeout", "soon"),
            ("--idle-timeout", "0"),
            ("--admin", "9090"),
            ("--log-format", "xml"),
            ("--lame-duck", "soon"),
        ] {
            let error = serve(&[flag, value]).unwrap_err();
            assert!(error.contains(flag) && error.contains(value), "{flag} {value}: {error}");
        }
    }

    #[test]
    fn flags_that_contradict_each_other_are_refused() {
        let error = serve(&["--ws-path", "/websockify=vnc"]).unwrap_err();
        assert!(error.contains("--ws-path") && error.contains("--target vnc="), "{error}");
        let error = serve(&["--target", "a=b:1", "--target", "a=c:1"]).unwrap_err();
        assert!(error.contains("--target") && error.contains("\"a\""), "{error}");
    }

    #[test]
    fn targets_may_be_repeated_and_so_may_addresses_to_listen_on() {
        let targets = ["--target", "a=b:1", "--target", "c=d:2,proxy-protocol=v2"];
        let listen = ["--listen", "127.0.0.1:1", "--listen", "[::1]:1"];
        let config = serve(&[targets, listen].concat()).unwrap();
        assert_eq!((config.targets.targets.len(), config.listen.given.len()), (2, 2));
    }

    #[test]
    fn a_duration_that_no_clock_can_add_is_refused_for_each_flag() {
        for flag in [
            "--header-timeout",
            "--connect-timeout",
            "--idle-timeout",
            "--drain-timeout",
            "--lame-duck",
        ] {
            let error = serve(&[flag, "500000000000y"]).unwrap_err();
            assert!(error.contains(flag) && error.contains("at most 365 days"), "{flag}: {error}");
        }
        let check = ["tcp-bridge", "check", "localhost:7", "--timeout", "500000000000y"];
        let error = Cli::try_parse_from(check).unwrap_err().to_string();
        assert!(error.contains("--timeout") && error.contains("at most 365 days"), "{error}");
    }

    #[test]
    fn the_idle_timeout_can_be_switched_off() {
        assert_eq!(serve(&["--idle-timeout", "off"]).unwrap().idle_timeout, IdleTimeout::Off);
    }
}
