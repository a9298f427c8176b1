//! The operating system of the learner's terminal, and the commands to type there.

use echo_core::wire::LAB_PREFIX;

use super::step::{BROKEN, Step};
use crate::terminal_command::{echo_server_on, split};

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

    /// Returns the path of the bridge that `cargo xtask build` makes, relative to the project's folder.
    fn bridge(self) -> &'static str {
        match self {
            Self::Linux | Self::Mac => "target/release/tcp-bridge",
            Self::Windows => r"target\release\tcp-bridge",
        }
    }

    /// Returns the command to type in a terminal at a step. `echo` is the address of the echo server,
    /// and `choice` the index of the server in [`BROKEN`], which counts only at [`Step::Break`].
    #[must_use]
    pub fn command(self, step: Step, echo: &str, choice: usize) -> String {
        let (host, port) = split(echo).unwrap_or(("localhost", 8888));
        let (bridge, windows) = (self.bridge(), self == Self::Windows);
        match step {
            Step::Server if windows => format!("{bridge} echo --listen {host}:{port}"),
            Step::Server => echo_server_on(port),
            Step::Hello if windows => format!("{bridge} check {host}:{port} Hello"),
            Step::Hello => format!("echo \"Hello\" | nc {host} {port}"),
            Step::Client if windows => r"rustc client.rs; .\client".into(),
            Step::Client => "rustc client.rs && ./client".into(),
            Step::Break => {
                let fault = BROKEN[choice % BROKEN.len()];
                let fault = fault.strip_prefix(LAB_PREFIX).unwrap_or(fault);
                // The next port is probably free.
                format!("{bridge} echo --fault {fault} --listen {host}:{}", port.wrapping_add(1))
            }
            Step::Bytes if windows => "'你好' | Format-Hex -Encoding utf8".into(),
            Step::Bytes if self == Self::Mac => {
                format!("printf 你好 | nc {host} {port} | od -An -tx1")
            }
            Step::Bytes => format!("printf 你好 | nc -N {host} {port} | od -An -tx1"),
        }
    }
}
