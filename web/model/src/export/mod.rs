//! A run, as a program to take along: it sends the same bytes and prints the same lines.

mod literal;
mod python;
mod rust;
mod shell;
#[cfg(test)]
mod tests;

pub use shell::shown as command;

use echo_core::{Exchange, Line};

use crate::expect::Expect;
use crate::terminal_command::split;

/// The longest message that becomes part of a program, in bytes.
pub const MAX_MESSAGE: usize = 8 * 1024;

/// What a program is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Rust, with nothing but std.
    Rust,
    /// Python, with nothing but its standard library.
    Python,
    /// A shell, with nmap's `ncat`.
    Ncat,
    /// A shell, with OpenBSD's `nc`.
    Nc,
}

impl Language {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Rust, Self::Python, Self::Ncat, Self::Nc];

    /// What it is called.
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

/// What a program does.
struct Task<'a> {
    host: &'a str,
    port: u16,
    exchange: &'a Exchange,
    expect: Expect,
}

impl Task<'_> {
    fn connected(&self) -> Line {
        Line::Connected(self.port)
    }

    fn sent(&self) -> Line {
        Line::Sent(self.exchange.sent().to_vec())
    }
}

/// A program that does with `target` what a run did. None for a target that is no `host:port`, and
/// for a message or an expectation longer than [`MAX_MESSAGE`].
#[must_use]
pub fn write(
    language: Language,
    target: &str,
    exchange: &Exchange,
    expect: Expect,
) -> Option<String> {
    let (host, port) = split(target)?;
    if exchange.sent().len().max(exchange.expected().len()) > MAX_MESSAGE {
        return None;
    }
    let task = Task { host, port, exchange, expect };
    Some(match language {
        Language::Rust => rust::program(&task),
        Language::Python => python::program(&task),
        Language::Ncat => shell::command("ncat", host, port, exchange.sent()),
        // It would wait for ever at the end of its input, were it not told to end there.
        Language::Nc => shell::command("nc -N", host, port, exchange.sent()),
    })
}
