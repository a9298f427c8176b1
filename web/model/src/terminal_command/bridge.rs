//! Commands that start the bridge.

use std::fmt;

use echo_core::shell::word;

/// A command that starts the bridge. `start` has the words of the command that started it before, as
/// the bridge reported them. Where it never did, they are empty, and the command is the one for the
/// project's folder.
#[derive(Clone, Copy, Debug)]
pub enum BridgeCommand<'a> {
    /// Starts it as it was started before.
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
    fn replaces(&self, earlier: &str) -> bool {
        matches!(self, Self::Listen(_)) && earlier == self.parts().0
    }
}

impl fmt::Display for BridgeCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, flag) = match self {
            Self::Start { start } => (*start, None),
            Self::Restart { start, flag } => (*start, Some(flag)),
            Self::Flag(flag) => (&[][..], Some(flag)),
        };
        let mut separator = "";
        let mut write = |text: &str| {
            f.write_str(separator)?;
            separator = " ";
            f.write_str(text)
        };
        if start.is_empty() && !matches!(self, Self::Flag(_)) {
            write("cargo xtask run")?;
        }
        let mut words = start.iter();
        while let Some(text) = words.next() {
            if flag.is_some_and(|flag| flag.replaces(text)) {
                words.next();
            } else {
                write(&word(text))?;
            }
        }
        if let Some((name, value)) = flag.map(BridgeFlag::parts) {
            write(name)?;
            write(&word(value))?;
        }
        Ok(())
    }
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
        let flag = BridgeFlag::Origin("http://a.example");
        let restart = BridgeCommand::Restart { start: &[], flag };
        assert_eq!(restart.to_string(), "cargo xtask run --origin http://a.example");
        assert_eq!(BridgeCommand::Flag(flag).to_string(), "--origin http://a.example");
    }
}
