//! Commands that start the bridge.

use std::fmt;

use echo_core::shell::word;

/// A command that starts the bridge as it was started before, as the bridge reported it. Where it
/// never did, the command is the one for the project's folder.
#[derive(Clone, Copy, Debug)]
pub struct BridgeCommand<'a> {
    /// What starts its program, quoted; empty if that is not known.
    pub program: &'a str,
    /// The flags in use, quoted.
    pub flags: &'a str,
    /// One more flag, if it is to have one.
    pub added: Option<BridgeFlag<'a>>,
}

/// A flag of the bridge, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BridgeFlag<'a> {
    /// Allows a target, besides others.
    Allow(&'a str),
    /// Lets clients listen on an address, besides others.
    AllowListen(&'a str),
    /// Lets pages of an origin in, besides others.
    Origin(&'a str),
    /// Listens on this address, and on no other.
    Listen(&'a str),
}

impl BridgeFlag<'_> {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Allow(target) => ("--allow", target),
            Self::AllowListen(address) => ("--allow-listen", address),
            Self::Origin(origin) => ("--origin", origin),
            Self::Listen(address) => ("--listen", address),
        }
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
        f.write_str(if self.program.is_empty() { "cargo xtask run" } else { self.program })?;
        let flags = match self.added {
            Some(BridgeFlag::Listen(_)) => split_listen(self.flags).1,
            _ => self.flags,
        };
        if !flags.is_empty() {
            write!(f, " {flags}")?;
        }
        self.added.map_or(Ok(()), |flag| write!(f, " {flag}"))
    }
}

/// Splits the flags of a bridge into those that say where it listens, which come first, and the
/// others.
pub(crate) fn split_listen(flags: &str) -> (&str, &str) {
    let mut others = flags;
    while let Some(listen) = others.strip_prefix("--listen ") {
        others = listen.split_once(' ').map_or("", |(_, others)| others);
    }
    flags.split_at(flags.len() - others.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restart<'a>(flags: &'a str, flag: BridgeFlag<'a>) -> BridgeCommand<'a> {
        BridgeCommand { program: "tcp-bridge", flags, added: Some(flag) }
    }

    #[test]
    fn a_command_to_paste_cannot_carry_another_one_along() {
        let flags = "--max-message '2 MiB'";
        assert_eq!(
            restart(flags, BridgeFlag::Allow("x; rm -rf ~ #'$(id):1")).to_string(),
            r"tcp-bridge --max-message '2 MiB' --allow 'x; rm -rf ~ #'\''$(id):1'"
        );
    }

    #[test]
    fn a_restart_repeats_the_flags_in_use_and_replaces_the_address_to_listen_on() {
        let flags = "--listen 127.0.0.1:9000 --allow a.example:1";
        assert_eq!(
            restart(flags, BridgeFlag::Allow("[::1]:80")).to_string(),
            "tcp-bridge --listen 127.0.0.1:9000 --allow a.example:1 --allow '[::1]:80'"
        );
        assert_eq!(
            restart(flags, BridgeFlag::Listen("0.0.0.0:9000")).to_string(),
            "tcp-bridge --allow a.example:1 --listen 0.0.0.0:9000"
        );
        let flags = "--listen unix:/run/a--b.sock --listen '[::1]:1' --target a=b:1";
        assert_eq!(
            restart(flags, BridgeFlag::Listen("0.0.0.0:9000")).to_string(),
            "tcp-bridge --target a=b:1 --listen 0.0.0.0:9000"
        );
    }

    #[test]
    fn it_is_started_in_the_way_in_which_it_was_started() {
        let start = BridgeCommand { program: "cargo xtask run", flags: "--echo off", added: None };
        assert_eq!(start.to_string(), "cargo xtask run --echo off");
        assert_eq!(
            restart("--listen 127.0.0.1:9", BridgeFlag::Listen("[::]:9")).to_string(),
            "tcp-bridge --listen '[::]:9'"
        );
        let unknown = BridgeCommand { program: "", flags: "", ..start };
        assert_eq!(unknown.to_string(), "cargo xtask run");
    }
}
