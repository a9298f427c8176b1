//! Exports a run as a program, which sends the same bytes and prints the same lines.

mod literal;
mod programs;
mod python;
mod rust;
mod shell;
#[cfg(test)]
mod tests;

pub use programs::Exports;
pub use shell::shown as command;

use echo_core::{Exchange, Line};

use crate::expected_reply::ExpectedReplyKind;
use crate::terminal_command::{ClientCommand, Netcat, TcpTarget};

/// The longest message, and the longest expected reply, of an exported program, in bytes.
pub const MAX_MESSAGE: usize = 8 * 1024;

/// The language of an exported program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Rust, with the standard library only; over TLS, with rustls.
    Rust,
    /// Python, with the standard library only.
    Python,
    /// A POSIX shell command with `openssl`, over TLS.
    OpenSsl,
    /// A POSIX shell command with Nmap's `ncat`.
    Ncat,
    /// A POSIX shell command with OpenBSD's `nc`, which does not speak TLS.
    Nc,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Rust, Self::Python, Self::OpenSsl, Self::Ncat, Self::Nc];

    /// Returns the language's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Python => "Python",
            Self::OpenSsl => "openssl",
            Self::Ncat => "ncat",
            Self::Nc => "nc",
        }
    }
}

/// What an exported program does.
struct Task<'a> {
    target: TcpTarget<'a>,
    exchange: &'a Exchange,
    expected_kind: ExpectedReplyKind,
}

impl Task<'_> {
    fn connected(&self) -> Line {
        Line::Connected(self.target.port)
    }

    fn sent(&self) -> Line {
        Line::Sent(self.exchange.sent().to_vec())
    }

    fn command(&self, client: Netcat) -> String {
        let TcpTarget { host, port, .. } = self.target;
        ClientCommand::Send { client, host, port, message: self.exchange.sent() }.to_string()
    }

    fn openssl(&self) -> String {
        let TcpTarget { host, port, .. } = self.target;
        ClientCommand::OpenSsl { host, port, message: self.exchange.sent() }.to_string()
    }
}

/// Returns a program that makes `exchange` with `target`. Returns `None` if `target` is neither
/// `host:port` nor `tls://host:port`, if the message or the expected reply is longer than
/// [`MAX_MESSAGE`], and if there is none of the language: `nc` speaks no TLS, `openssl` nothing else.
#[must_use]
pub fn write(
    language: Language,
    target: &str,
    exchange: &Exchange,
    expected_kind: ExpectedReplyKind,
) -> Option<String> {
    let target = TcpTarget::of(target)?;
    if exchange.sent().len().max(exchange.expected().len()) > MAX_MESSAGE {
        return None;
    }
    let task = Task { target, exchange, expected_kind };
    Some(match (language, target.is_tls) {
        (Language::Rust, _) => rust::program(&task),
        (Language::Python, _) => python::program(&task),
        (Language::OpenSsl, true) => task.openssl(),
        (Language::Ncat, true) => task.command(Netcat::NcatTls),
        (Language::Ncat, false) => task.command(Netcat::Ncat),
        (Language::Nc, false) => task.command(Netcat::OpenBsd),
        (Language::OpenSsl, false) | (Language::Nc, true) => return None,
    })
}
