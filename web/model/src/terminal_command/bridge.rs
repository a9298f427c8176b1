//! Commands that start the bridge.

use std::fmt;

use echo_core::shell::word;

use super::write_words;

/// A command that starts the bridge. `start` has the words of the command that started it before, as
/// the bridge reported them; it is empty if it never did.
#[derive(Clone, Copy, Debug)]
pub enum BridgeCommand<'a> {
    /// Starts it as it was started before; if that is not known, in the project's folder.
    Start {
        /// How it was started before.
        start: &'a [String],
    },
    /// Starts it as it was started before, with one more flag.
    Restart {
        /// How it was started before.
        start: &'a [String],
        /// The flag.
        flag: BridgeFlag<'a>,
    },
    /// The flag alone, for those who cannot start the bridge, but may ask somebody who can.
    Flag(BridgeFlag<'a>),
}

/// A flag of the bridge, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BridgeFlag<'a> {
    /// Allows a target, besides others.
    Allow(&'a str),
    /// Lets pages of an origin in, besides others.
    Origin(&'a str),
    /// Listens on this address, and on no other.
    Listen(&'a str),
}

impl BridgeFlag<'_> {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Allow(target) => ("--allow", target),
            Self::Origin(origin) => ("--origin", origin),
            Self::Listen(address) => ("--listen", address),
        }
    }

    /// Returns whether the flag takes the place of an earlier one.
    fn is_single(&self) -> bool {
        matches!(self, Self::Listen(_))
    }
}

impl fmt::Display for BridgeFlag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, value) = self.parts();
        write!(f, "{name} {}", word(value))
    }
}

impl fmt::Display for BridgeCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { start: [] } => f.write_str("cargo xtask run"),
            Self::Start { start } => write_words(f, start),
            Self::Restart { start: [], flag } => write!(f, "tcp-bridge {flag}"),
            Self::Restart { start, flag } => {
                write_words(f, &without(start, flag))?;
                write!(f, " {flag}")
            }
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// Returns the words of `start` without an earlier flag whose place `flag` takes.
fn without(start: &[String], flag: &BridgeFlag<'_>) -> Vec<String> {
    let (name, _) = flag.parts();
    let mut words = start.to_vec();
    let place = words.iter().position(|word| word == name).filter(|_| flag.is_single());
    if let Some(place) = place {
        words.drain(place..words.len().min(place + 2));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.into()).collect()
    }

    #[test]
    fn a_command_to_paste_cannot_carry_another_one_along() {
        let start = started(&["my tools/tcp-bridge", "--origin", "http://a.example"]);
        let command = BridgeCommand::Restart {
            start: &start,
            flag: BridgeFlag::Allow("x; rm -rf ~ #'$(id):1"),
        };
        assert_eq!(
            command.to_string(),
            r"'my tools/tcp-bridge' --origin http://a.example --allow 'x; rm -rf ~ #'\''$(id):1'"
        );
    }

    #[test]
    fn a_restart_repeats_the_flags_in_use_and_replaces_the_address_to_listen_on() {
        let start =
            started(&["tcp-bridge", "--listen", "127.0.0.1:9000", "--allow", "a.example:1"]);
        let restart = |flag| BridgeCommand::Restart { start: &start, flag }.to_string();
        assert_eq!(
            restart(BridgeFlag::Allow("[::1]:80")),
            "tcp-bridge --listen 127.0.0.1:9000 --allow a.example:1 --allow '[::1]:80'"
        );
        assert_eq!(
            restart(BridgeFlag::Listen("0.0.0.0:9000")),
            "tcp-bridge --allow a.example:1 --listen 0.0.0.0:9000"
        );
    }

    #[test]
    fn it_is_started_in_the_way_in_which_it_was_started() {
        let start = started(&["cargo", "xtask", "run", "--echo", "off"]);
        assert_eq!(
            BridgeCommand::Start { start: &start }.to_string(),
            "cargo xtask run --echo off"
        );
        assert_eq!(BridgeCommand::Start { start: &[] }.to_string(), "cargo xtask run");
    }
}
