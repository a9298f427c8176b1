//! A terminal, in which the commands that the page shows are typed.

use std::fmt::Display;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::process::BRIDGE;

/// A terminal of somebody who installed `tcp-bridge`, and iproute2, whose command is `bridge`.
pub(crate) struct Terminal {
    /// The folder in which commands are typed. It is the first one on PATH, too.
    folder: PathBuf,
}

impl Terminal {
    /// A terminal in a new folder; `name` tells it from those of other tests.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("terminal {name} {}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let terminal = Self { folder };
        terminal.install("tcp-bridge", BRIDGE);
        terminal
    }

    /// Has a name mean a program.
    pub(crate) fn install(&self, name: &str, program: impl AsRef<Path>) {
        let place = self.folder.join(name);
        let _ = std::fs::remove_file(&place);
        std::os::unix::fs::symlink(program, place).unwrap();
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).unwrap();
    }

    /// Types a command, exactly as it is.
    pub(crate) fn run(&self, command: &dyn Display) -> Running {
        let mut path = std::env::split_paths(&std::env::var_os("PATH").unwrap())
            .chain(["/usr/sbin".into()])
            .collect::<Vec<PathBuf>>();
        path.insert(0, self.folder.clone());
        let mut shell = Command::new("bash");
        shell.args(["-c", &command.to_string()]).current_dir(&self.folder).process_group(0);
        shell.env("PATH", std::env::join_paths(path).unwrap());
        let piped = shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut shell = piped.spawn().unwrap();
        let output = BufReader::new(shell.stdout.take().unwrap());
        Running { shell, output }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A command that runs; dropped, it is killed with all that it started.
pub(crate) struct Running {
    shell: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Running {
    /// Waits for the next line that it prints. At the end of its output the line is empty.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().into()
    }

    /// Waits for its end, and returns what it printed.
    pub(crate) fn output(mut self) -> Vec<u8> {
        let mut output = Vec::new();
        self.output.read_to_end(&mut output).unwrap();
        output
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.shell.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.shell.wait();
    }
}
