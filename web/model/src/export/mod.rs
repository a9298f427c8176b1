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
use crate::terminal_command::{ClientCommand, Netcat, split};

/// The longest message, and the longest expected reply, of an exported program, in bytes.
pub const MAX_MESSAGE: usize = 8 * 1024;

/// The language of an exported program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Rust, with the standard library only.
    Rust,
    /// Python, with the standard library only.
    Python,
    /// A POSIX shell command with Nmap's `ncat`.
    Ncat,
    /// A POSIX shell command with OpenBSD's `nc`.
    Nc,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Rust, Self::Python, Self::Ncat, Self::Nc];

    /// Returns the language's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Python => "Python",
            Self::Ncat => "ncat",
            Self::Nc => "nc",
        }
    }
}

/// What an exported program does.
struct Task<'a> {
    host: &'a str,
    port: u16,
    exchange: &'a Exchange,
    expected_kind: ExpectedReplyKind,
}

impl Task<'_> {
    fn connected(&self) -> Line {
        Line::Connected(self.port)
    }

    fn sent(&self) -> Line {
        Line::Sent(self.exchange.sent().to_vec())
    }

    fn command(&self, client: Netcat) -> String {
        let Self { host, port, exchange, .. } = *self;
        ClientCommand::Send { client, host, port, message: exchange.sent() }.to_string()
    }
}

/// Returns a program that makes `exchange` with `target`. Returns `None` if `target` is not
/// `host:port`, and if the message or the expected reply is longer than [`MAX_MESSAGE`].
#[must_use]
pub fn write(
    language: Language,
    target: &str,
    exchange: &Exchange,
    expected_kind: ExpectedReplyKind,
) -> Option<String> {
    let (host, port) = split(target)?;
    if exchange.sent().len().max(exchange.expected().len()) > MAX_MESSAGE {
        return None;
    }
    let task = Task { host, port, exchange, expected_kind };
    Some(match language {
        Language::Rust => rust::program(&task),
        Language::Python => python::program(&task),
        Language::Ncat => task.command(Netcat::Ncat),
        Language::Nc => task.command(Netcat::OpenBsd),
    })
}
