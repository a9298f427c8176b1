//! Programs that end with the test.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) const BRIDGE: &str = env!("CARGO_BIN_EXE_bridge");

/// A process; dropped, it is killed.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    /// The bridge's own program, once it has printed its first line, and that line.
    pub(crate) fn bridge(args: &[&str]) -> (Self, String) {
        Self::printing(Command::new(BRIDGE).args(args))
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
