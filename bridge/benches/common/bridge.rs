//! The bridge that is loaded: its process, and its memory where `/proc` tells it.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use tokio::time::{Duration, Instant, sleep};

use super::units::KIB;

/// How long the bridge gets to end once it is told to: longer than its `--drain-timeout`.
const TERMINATION: Duration = Duration::from_secs(15);
/// How often it is looked whether it has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// How a bridge is started.
#[derive(Debug, Default)]
pub(crate) struct Setup {
    /// A program and its arguments that start what follows them.
    pub(crate) wrapper: Vec<OsString>,
    /// Flags besides where it listens.
    pub(crate) flags: Vec<String>,
    /// Whether standard error is a pipe that nobody reads; else it is discarded.
    pub(crate) has_unread_log: bool,
    /// A resolver that stays there as long as the bridge.
    pub(crate) resolver: Option<UdpSocket>,
}

/// A running bridge; dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Bridge {
    process: Child,
    /// Where it serves HTTP.
    pub(crate) address: SocketAddr,
    /// Where its own echo server listens.
    pub(crate) echo: SocketAddr,
    /// What has to stay open as long as the bridge runs.
    _held: (BufReader<ChildStdout>, Option<ChildStderr>, Option<UdpSocket>),
}

impl Bridge {
    /// Starts `program`, and waits until it says where it listens.
    pub(crate) fn start(program: &Path, setup: Setup) -> io::Result<Self> {
        let echo = free_address()?;
        let mut command = command(program, &setup.wrapper);
        // What is loaded has the defaults, not what this shell's environment makes of them.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BRIDGE_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command.args(["--listen", "127.0.0.1:0", "--echo", &echo.to_string()]).args(&setup.flags);
        let stderr = if setup.has_unread_log { Stdio::piped() } else { Stdio::null() };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr);
        let mut process = command.spawn()?;
        let stdout = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut stdout = BufReader::new(stdout);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let url = line.trim_end().trim_end_matches('/').rsplit_once("http://");
        let Some(Ok(address)) = url.map(|(_, address)| address.parse()) else {
            return Err(io::Error::other(format!("the bridge does not start: {line:?}")));
        };
        let held = (stdout, process.stderr.take(), setup.resolver);
        Ok(Self { process, address, echo, _held: held })
    }

    /// How many bytes of memory it holds now.
    pub(crate) fn memory(&self) -> Option<u64> {
        self.status("VmRSS:").map(|kib| kib * KIB)
    }

    /// The most bytes of memory that it has held.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        self.status("VmHWM:").map(|kib| kib * KIB)
    }

    /// How many threads it has.
    pub(crate) fn threads(&self) -> Option<u64> {
        self.status("Threads:")
    }

    /// How many descriptors it holds.
    pub(crate) fn descriptors(&self) -> Option<u64> {
        Some(self.links()?.len() as u64)
    }

    /// How many of its sockets listen for TCP connections.
    pub(crate) fn listeners(&self) -> Option<usize> {
        const LISTENING: &str = "0A";
        let links = self.links()?;
        let count = |table: &str| {
            let path = format!("/proc/{}/net/{table}", self.process.id());
            let table = std::fs::read_to_string(path).unwrap_or_default();
            let is_own = |line: &&str| {
                let mut fields = line.split_whitespace().skip(3);
                let is_listening = fields.next() == Some(LISTENING);
                let inode = fields.nth(5).map(|inode| format!("socket:[{inode}]"));
                is_listening && inode.is_some_and(|inode| links.contains(&inode))
            };
            table.lines().filter(is_own).count()
        };
        Some(count("tcp") + count("tcp6"))
    }

    /// What its descriptors lead to.
    fn links(&self) -> Option<Vec<String>> {
        let folder = std::fs::read_dir(format!("/proc/{}/fd", self.process.id())).ok()?;
        let link =
            |entry: io::Result<std::fs::DirEntry>| std::fs::read_link(entry.ok()?.path()).ok();
        let links = folder.filter_map(link);
        Some(links.map(|link| link.to_string_lossy().into_owned()).collect())
    }

    /// The number that `/proc` gives for `key`: of memory, how many KiB.
    fn status(&self, key: &str) -> Option<u64> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).ok()?;
        let value = status.lines().find_map(|line| line.strip_prefix(key))?;
        value.trim().trim_end_matches(" kB").parse().ok()
    }

    /// Sends SIGTERM, and returns how long the bridge took to end; `None` if it has not ended in
    /// time.
    pub(crate) async fn terminate(&mut self) -> io::Result<Option<Duration>> {
        let start = Instant::now();
        Command::new("kill").arg(self.process.id().to_string()).status()?;
        while start.elapsed() < TERMINATION {
            if self.process.try_wait()?.is_some() {
                return Ok(Some(start.elapsed()));
            }
            sleep(POLL_INTERVAL).await;
        }
        Ok(None)
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Describes what [`Bridge::terminate`] returned.
pub(crate) fn describe_termination(took: Option<Duration>) -> String {
    match took {
        Some(took) => format!("SIGTERM ended it after {took:.1?}"),
        None => format!("SIGTERM had not ended it after {TERMINATION:?}"),
    }
}

/// The program, started by `wrapper` if there is one.
fn command(program: &Path, wrapper: &[OsString]) -> Command {
    match wrapper {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    }
}

/// An address that nobody listens on now.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
