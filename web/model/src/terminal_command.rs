//! Commands that users paste into a terminal.
//!
//! Every command that the page shows is a value of one of these types, whose `Display` is what is
//! shown and copied. `bridge/tests/suite/terminal_commands.rs` runs each of them. (The command that
//! allows packets to be captured is the bridge's own: it alone knows its file.)
//!
//! - [`BridgeCommand`]: starting the bridge, and restarting it with one more flag;
//! - [`NcatServer`] and [`ServerCommand`]: starting a server;
//! - [`ClientCommand`] and [`LessonCommand`]: talking to one;
//! - [`Reader`]: on whose machine the command is typed.

mod bridge;
mod client;
mod lesson;
mod printf;
mod reader;
mod server;

use std::fmt;

use echo_core::shell::word;
use echo_core::wire::TLS_PREFIX;

pub(crate) use bridge::split_listen;
pub use bridge::{BridgeCommand, BridgeFlag};
pub use client::{ClientCommand, Netcat};
pub use lesson::LessonCommand;
pub(crate) use printf::printf;
pub use reader::{Reader, is_loopback};
pub use server::{NcatServer, ServerCommand};

/// What a command for a terminal is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandPurpose {
    /// It starts an echo server.
    StartServer,
    /// It starts the bridge, in the project's folder.
    StartBridge,
    /// It starts the bridge as it was started before.
    StartBridgeAgain,
    /// It starts the bridge as it was started before, with a flag that it lacked.
    RestartBridge,
    /// It is the flag that the bridge lacks: it runs on another machine than the page.
    AddFlag,
    /// It speaks the server's protocol.
    SpeakProtocol,
    /// It does the same as the run.
    DoTheSame,
}

/// A target over TCP, perhaps with TLS, as a program that is started in a terminal connects to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpTarget<'a> {
    /// The host, without the brackets of an IPv6 address.
    pub host: &'a str,
    /// The port.
    pub port: u16,
    /// Whether TLS is spoken there.
    pub is_tls: bool,
}

impl<'a> TcpTarget<'a> {
    /// Returns what `target` says, which is `host:port` or `tls://host:port`. Returns `None` for
    /// what [`split`] does not take apart.
    #[must_use]
    pub fn of(target: &'a str) -> Option<Self> {
        let address = without_scheme(target);
        let (host, port) = split(address)?;
        Some(Self { host, port, is_tls: address.len() < target.len() })
    }
}

/// Returns a target without the scheme that says that TLS is spoken there: as it is allowed and
/// resolved.
#[must_use]
pub fn without_scheme(target: &str) -> &str {
    target.strip_prefix(TLS_PREFIX).unwrap_or(target)
}

/// Splits `target` into host, without the brackets of an IPv6 address, and port. Returns `None` if
/// it is not `host:port`, is a target of the lab, or has a host that a program would take for an
/// option, or with control characters, which steer a terminal and which a file of runs may bring.
#[must_use]
pub fn split(target: &str) -> Option<(&str, u16)> {
    let (host, port) = target.rsplit_once(':')?;
    let unbracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host = unbracketed.unwrap_or(host);
    (!host.starts_with('-') && !host.contains(|c: char| c == '/' || c.is_control()))
        .then_some((host, port.parse().ok()?))
}

/// Returns `host:port`, with brackets around an IPv6 address.
#[must_use]
pub fn join(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Writes a command that pipes what `input` prints into `client`, a command that takes host and port
/// as its last arguments.
///
/// It keeps the client's side of the connection open for a second after the message. `ncat --exec`
/// passes nothing on any more as soon as it reads the client's FIN: what its program answers after
/// that is lost, and without the second that is nearly always all of it.
fn write_pipe(
    f: &mut fmt::Formatter<'_>,
    input: &str,
    client: &str,
    host: &str,
    port: u16,
) -> fmt::Result {
    write!(f, "({input}; sleep 1) | {client} {} {port}", word(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_may_say_that_tls_is_spoken_there() {
        let target = TcpTarget { host: "::1", port: 443, is_tls: true };
        assert_eq!(TcpTarget::of("tls://[::1]:443"), Some(target));
        assert_eq!(TcpTarget::of("[::1]:443"), Some(TcpTarget { is_tls: false, ..target }));
        for none in ["tls://localhost", "tls://-v:1", "tls://tls://a:1", "https://a:1", "tls://"] {
            assert_eq!(TcpTarget::of(none), None, "{none}");
        }
        assert_eq!(split("tls://localhost:443"), None);
    }

    #[test]
    fn a_target_is_split_into_host_and_port() {
        for (target, host, port) in [("localhost:8888", "localhost", 8888), ("[::1]:80", "::1", 80)]
        {
            assert_eq!(split(target), Some((host, port)));
            assert_eq!(join(host, port), target);
        }
        for none in
            ["localhost", "localhost:http", "localhost:99999", "--exec=reboot:1", "lab/extra:3"]
                .into_iter()
                .chain(["a\n:1", "a\u{15}:1", "\u{1b}[201~:1"])
        {
            assert_eq!(split(none), None, "{none}");
        }
    }
}
