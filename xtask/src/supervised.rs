//! A child process that does not outlive xtask.
//!
//! On Unix the child leads a process group of its own, and a small shell waits for the end of a
//! pipe whose other end only xtask holds. However xtask ends (an error, Ctrl-C, SIGTERM, SIGKILL),
//! the pipe closes and the shell sends SIGTERM to the group: to what the child started, too, such
//! as the compiler under trunk. A child that ignores SIGTERM is not covered.
//!
//! Elsewhere the child is killed when its `Supervised` is dropped, and Ctrl-C reaches it through
//! the console. xtask being killed by other means is not covered there.

use std::{
    io,
    process::{Child, ChildStdout, Command, ExitStatus},
};

pub(crate) struct Supervised {
    child: Child,
    #[cfg(unix)]
    watcher: Child,
}

impl Supervised {
    #[cfg(unix)]
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        use std::os::unix::process::CommandExt;
        let mut child = command.process_group(0).spawn()?;
        match watcher(child.id()) {
            Ok(watcher) => Ok(Self { child, watcher }),
            Err(error) => {
                child.kill()?;
                Err(error)
            }
        }
    }

    #[cfg(not(unix))]
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        Ok(Self { child: command.spawn()? })
    }

    /// The child's standard output, once, where it is piped.
    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// How the child ended, if it has.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        #[cfg(unix)]
        {
            drop(self.watcher.stdin.take());
            let _ = self.watcher.wait();
        }
        #[cfg(not(unix))]
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
fn watcher(group: u32) -> io::Result<Child> {
    use std::{os::unix::process::CommandExt, process::Stdio};
    let script = r#"read -r _; kill -s TERM -- "-$1" 2>/dev/null"#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(group.to_string());
    // In its own group as well, where the terminal's Ctrl-C does not end it too early.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{io::Read, process::Stdio};

    /// The pipe reports its end only when everything that the child started has ended.
    #[test]
    fn what_the_child_started_ends_with_it() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo up; wait"]).stdout(Stdio::piped());
        let mut supervised = Supervised::start(&mut command).unwrap();
        let mut stdout = supervised.stdout().unwrap();
        stdout.read_exact(&mut [0; 3]).unwrap();
        assert!(supervised.ended().unwrap().is_none());
        drop(supervised);
        assert_eq!(stdout.read_to_end(&mut Vec::new()).unwrap(), 0);
    }
}
