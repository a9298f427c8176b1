//! The learner's system, and the commands for its terminal.

use echo_core::wire::LAB_PREFIX;

use super::step::{BROKEN, Step};
use crate::terminal_command::split;

/// What the learner's terminal runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Linux, or another system like it.
    #[default]
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

impl System {
    /// All of them, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Mac, Self::Windows];

    /// The system that a browser names its platform by, as in `Win32` or `MacIntel`.
    #[must_use]
    pub fn of_platform(platform: &str) -> Self {
        match platform {
            windows if windows.starts_with("Win") => Self::Windows,
            mac if mac.starts_with("Mac") || mac.starts_with("iP") => Self::Mac,
            _ => Self::Linux,
        }
    }

    /// Its name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Mac => "macOS",
            Self::Windows => "Windows",
        }
    }

    /// The bridge that `cargo xtask build` leaves in the project's folder.
    fn bridge(self) -> &'static str {
        match self {
            Self::Linux | Self::Mac => "target/release/tcp-bridge",
            Self::Windows => r"target\release\tcp-bridge",
        }
    }

    /// What to type in a terminal for a step; `choice` is the server of [`Step::Break`].
    #[must_use]
    pub fn command(self, step: Step, echo: &str, choice: usize) -> String {
        let (host, port) = split(echo).unwrap_or(("localhost", 8888));
        let (bridge, windows) = (self.bridge(), self == Self::Windows);
        match step {
            Step::Server if windows => format!("{bridge} echo --listen {host}:{port}"),
            Step::Server => format!("ncat -v -l {port} --keep-open --exec /bin/cat"),
            Step::Hello if windows => format!("{bridge} check {host}:{port} Hello"),
            Step::Hello => format!("echo \"Hello\" | nc {host} {port}"),
            Step::Client if windows => r"rustc client.rs; .\client".into(),
            Step::Client => "rustc client.rs && ./client".into(),
            Step::Break => {
                let fault = BROKEN[choice % BROKEN.len()];
                let fault = fault.strip_prefix(LAB_PREFIX).unwrap_or(fault);
                // A free port beside the echo server's.
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
