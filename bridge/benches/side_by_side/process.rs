//! A candidate's process: killed on drop; its CPU time and memory, where `/proc` tells them.

use std::io;
use std::process::{Child, Command, Stdio};

use tokio::time::Duration;

/// Linux tells times in hundredths of a second, whatever its own clock.
const TICK: Duration = Duration::from_millis(10);

#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().map(Self)
    }

    /// The CPU time that it and its children took so far.
    pub(crate) fn cpu(&self) -> Option<Duration> {
        cpu(self.0.id())
    }

    /// How many bytes of memory it holds.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = read(self.0.id(), "status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib * 1024)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// websockify has a process for each connection: those that live are added, those that ended are
/// in what their parent tells.
fn cpu(process: u32) -> Option<Duration> {
    let stat = read(process, "stat")?;
    // The name before the last parenthesis may hold spaces; utime is the twelfth field after it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let times = fields.split(' ').skip(11).take(4);
    let ticks: u32 = times.map(|ticks| ticks.parse::<u32>().unwrap_or(0)).sum();
    let children = read(process, &format!("task/{process}/children")).unwrap_or_default();
    let living = children.split_whitespace().filter_map(|child| cpu(child.parse().ok()?));
    Some(TICK * ticks + living.sum::<Duration>())
}

fn read(process: u32, file: &str) -> Option<String> {
    std::fs::read_to_string(format!("/proc/{process}/{file}")).ok()
}
