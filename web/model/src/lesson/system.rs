//! The operating system of the learner's terminal, and the commands to type there.

use echo_core::wire::LAB_PREFIX;

use super::step::{BROKEN, Step};
use crate::terminal_command::{LessonCommand, NcatServer, Reader, ServerCommand, split};

/// The operating system of the learner's terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Linux, or another Unix.
    #[default]
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

impl System {
    /// All systems, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Mac, Self::Windows];

    /// Returns the system for what a browser reports as its platform, such as `Win32` or `MacIntel`.
    #[must_use]
    pub fn of_platform(platform: &str) -> Self {
        match platform {
            windows if windows.starts_with("Win") => Self::Windows,
            mac if mac.starts_with("Mac") || mac.starts_with("iP") => Self::Mac,
            _ => Self::Linux,
        }
    }

    /// Returns the name, which is the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Mac => "macOS",
            Self::Windows => "Windows",
        }
    }

    /// Returns the command to type in a terminal at a step, or `None` if there is none for now.
    #[must_use]
    pub fn command(self, step: Step, context: &TerminalContext<'_>) -> Option<String> {
        let program = context.reader.program();
        let is_powershell = self == Self::Windows;
        let reached = context.reader.reach(context.echo);
        let server = reached.as_deref().and_then(split);
        Some(match step {
            // Two servers cannot have one port.
            Step::Server if !context.is_echo_port_free => return None,
            Step::Server if is_powershell => {
                ServerCommand::Echo { program, listen: context.echo }.to_string()
            }
            Step::Server => {
                let (_, port) = split(context.echo)?;
                NcatServer { port, is_tls: false }.to_string()
            }
            Step::Hello if is_powershell => {
                let (host, port) = server?;
                LessonCommand::Check { program, host, port }.to_string()
            }
            Step::Hello => {
                let (host, port) = server?;
                LessonCommand::Hello { host, port }.to_string()
            }
            Step::Client => LessonCommand::Rust { is_powershell }.to_string(),
            Step::Break => {
                let fault = BROKEN[context.choice % BROKEN.len()];
                let fault = fault.strip_prefix(LAB_PREFIX).unwrap_or(fault);
                ServerCommand::Fault { program, fault }.to_string()
            }
            // The tutorial's client, which says whether the reply is ok.
            Step::Serve => {
                // On another machine nothing reaches a port of the bridge's loopback.
                let at_bridge = context.reader.is_at_bridge();
                let (host, port) = split(context.listens_at).filter(|_| at_bridge)?;
                LessonCommand::Check { program, host, port }.to_string()
            }
            Step::Bytes if is_powershell => LessonCommand::Hex { text: TEXT }.to_string(),
            Step::Bytes => {
                let (host, port) = server?;
                LessonCommand::Bytes { host, port, text: TEXT }.to_string()
            }
        })
    }
}

/// The text of [`Step::Bytes`].
const TEXT: &str = "你好";

/// What the commands depend on.
#[derive(Clone, Copy, Debug)]
pub struct TerminalContext<'a> {
    /// Who reads the page.
    pub reader: Reader<'a>,
    /// The address of the echo server.
    pub echo: &'a str,
    /// Where the page listens as a server.
    pub listens_at: &'a str,
    /// Whether nothing listens on the port of the echo server, on the machine of the terminal.
    pub is_echo_port_free: bool,
    /// The index of the server in [`BROKEN`], which counts only at [`Step::Break`].
    pub choice: usize,
}
