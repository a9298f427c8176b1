//! Programs that end with the test.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

pub(crate) const BRIDGE: &str = env!("CARGO_BIN_EXE_tcp-bridge");

/// The command of a bridge with its own echo server, both on free ports.
pub(crate) fn bridge() -> Command {
    let mut command = Command::new(BRIDGE);
    command.args(["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0"]);
    command
}

/// The address in the line that a bridge prints, whether or not a token follows.
pub(crate) fn address(line: &str) -> SocketAddr {
    let url = line.strip_prefix("Open http://").unwrap();
    url.split_once('/').unwrap().0.parse().unwrap()
}

/// A process; dropped, it is killed.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    /// The bridge's own program, once it has printed its first line, and that line.
    pub(crate) fn bridge(args: &[&str]) -> (Self, String) {
        Self::printing(Command::new(BRIDGE).args(args))
    }

    /// A bridge that serves, and the address that it printed.
    pub(crate) fn serving(command: &mut Command) -> (Self, SocketAddr) {
        let (bridge, line) = Self::printing(command);
        (bridge, address(&line))
    }

    /// Sends a signal, as `kill` names it: `-TERM`.
    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// How many bytes of memory it holds that no file backs: how much of the program itself is
    /// loaded does not count.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> usize {
        self.status("RssAnon:")
    }

    /// The most bytes of memory that it has held, with what is loaded of the program itself.
    #[cfg(target_os = "linux")]
    pub(crate) fn peak_memory(&self) -> usize {
        self.status("VmHWM:")
    }

    /// What `/proc` gives for `key`, which counts memory, in bytes.
    #[cfg(target_os = "linux")]
    fn status(&self, key: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let value = status.lines().find_map(|line| line.strip_prefix(key));
        value.unwrap().trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// A program that has printed its first line, and that line.
    pub(crate) fn printing(command: &mut Command) -> (Self, String) {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = Self(piped.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(process.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        (process, line.trim_end().to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
