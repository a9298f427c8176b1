//! The command that starts this bridge again as it was started, which the page advises.

use std::env;
use std::ffi::OsStr;

use clap::ArgMatches;
use clap::parser::ValueSource;
use echo_core::shell::word;

/// The environment variable with the command that starts the bridge, where that is not its program:
/// `cargo xtask run` sets it.
const COMMAND_VARIABLE: &str = "BRIDGE_START_COMMAND";

/// The flags of `serve` that the page repeats in the commands that it advises, by the names of their
/// fields in [`Config`](super::Config): all of today's, since none has a secret: of the token, only
/// the file is named. `listen` is the first. A test fails for a flag on which nobody has decided.
const REPEATED: &[&str] = &[
    "listen",
    "echo",
    "echo_log",
    "allow",
    "target",
    "ws_path",
    "tls_ca",
    "origin",
    "public_host",
    "max_sessions",
    "max_message",
    "header_timeout",
    "connect_timeout",
    "idle_timeout",
    "drain_timeout",
    "auth",
    "token_file",
    "max_sessions_per_client",
    "max_opens_per_client",
    "trusted_proxy",
    "admin",
    "log_format",
    "lame_duck",
];

/// The command that starts a bridge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartCommand {
    /// The words of the program, or of a command that starts it.
    program: Vec<String>,
    /// The flags, each with its value.
    flags: Vec<(String, String)>,
}

impl StartCommand {
    /// Creates the command of this process from its arguments, which are those of `serve`.
    pub(super) fn new(program: &OsStr, serve: &ArgMatches) -> Self {
        let command = env::var(COMMAND_VARIABLE).ok().filter(|command| !command.trim().is_empty());
        let program = match &command {
            Some(command) => command.split_whitespace().map(str::to_owned).collect(),
            None => vec![program.to_string_lossy().into_owned()],
        };
        Self { program, flags: flags(serve) }
    }

    /// Puts the addresses that a flag came to mean in place of its values, in their order, if the
    /// flag is given: the next bridge should have the ports that the system chose for this one.
    pub(crate) fn set_values(&mut self, flag: &str, values: impl IntoIterator<Item = String>) {
        let given = self.flags.iter_mut().filter(|(name, _)| name == flag);
        for ((_, given), value) in given.zip(values) {
            *given = value;
        }
    }

    /// Returns what starts the program, quoted for a shell.
    pub(crate) fn program(&self) -> String {
        // PowerShell takes either slash, and one of them needs no quotes.
        let slashed =
            |text: &str| if cfg!(windows) { text.replace('\\', "/") } else { text.into() };
        let word = |text: &String| word(&slashed(text));
        self.program.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Returns the flags, quoted for a shell.
    pub(crate) fn flags(&self) -> String {
        let flag = |(name, value): &(String, String)| format!("{name} {}", word(value));
        self.flags.iter().map(flag).collect::<Vec<_>>().join(" ")
    }
}

/// Returns the flags that are not left to their defaults.
fn flags(serve: &ArgMatches) -> Vec<(String, String)> {
    let is_given = |id: &str| {
        let source = serve.value_source(id);
        matches!(source, Some(ValueSource::CommandLine | ValueSource::EnvVariable))
    };
    let flags = REPEATED.iter().filter(|id| is_given(id)).flat_map(|id| {
        let flag = format!("--{}", id.replace('_', "-"));
        let values = serve.get_raw(id).into_iter().flatten();
        values.map(move |value| (flag.clone(), value.to_string_lossy().into_owned()))
    });
    flags.collect()
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, CommandFactory as _};

    use super::*;
    use crate::config::{Cli, Config};

    fn start(args: &[&str]) -> StartCommand {
        let matches = Cli::command().get_matches_from([&["./tcp-bridge"], args].concat());
        let serve = matches.subcommand_matches("serve").unwrap_or(&matches);
        StartCommand::new(OsStr::new("./tcp-bridge"), serve)
    }

    #[test]
    fn it_is_decided_of_every_flag_whether_the_page_is_told_of_it() {
        let command = Config::augment_args(clap::Command::new("serve"));
        let ids: Vec<_> = command.get_arguments().map(|flag| flag.get_id().as_str()).collect();
        assert_eq!(REPEATED, ids);
    }

    #[test]
    fn flags_that_were_given_are_repeated_and_no_others() {
        assert_eq!((&*start(&[]).program(), &*start(&[]).flags()), ("./tcp-bridge", ""));
        let given = ["--allow", "localhost:6379,10.0.0.0/8:80", "--allow=[::1]:1", "--echo", "off"];
        let repeated = "--echo off --allow localhost:6379 --allow 10.0.0.0/8:80 --allow '[::1]:1'";
        assert_eq!(start(&given).flags(), repeated);
        assert_eq!(start(&[&["serve"][..], &given].concat()).flags(), repeated);
    }

    #[test]
    fn a_port_that_the_system_chose_takes_the_place_of_zero() {
        let mut start = start(&["--listen", "127.0.0.1:0"]);
        start.set_values("--listen", ["127.0.0.1:9".into()]);
        start.set_values("--echo", ["localhost:7".into()]);
        assert_eq!(start.flags(), "--listen 127.0.0.1:9");
    }

    #[test]
    fn each_address_that_was_listened_on_has_the_port_that_the_system_chose() {
        let mut start = start(&["--listen", "127.0.0.1:0", "--listen", "[::1]:0"]);
        start.set_values("--listen", ["127.0.0.1:9".into(), "[::1]:8".into()]);
        assert_eq!(start.flags(), "--listen 127.0.0.1:9 --listen '[::1]:8'");
    }
}
