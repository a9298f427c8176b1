//! tshark, listening on the loopback interface beside a session.

use std::process::Stdio;

use echo_core::packets::Row;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::harness::soon;

/// Flags, payload, sequence and acknowledgement numbers counted from the SYN, window, length.
const FIELDS: [&str; 6] =
    ["tcp.flags", "tcp.len", "tcp.seq", "tcp.ack", "tcp.window_size_value", "frame.len"];

/// A tshark that sees what passes at one port.
pub(super) struct Beside {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Beside {
    /// Once it sees everything.
    pub(super) async fn start(port: u16) -> Self {
        let filter = format!("tcp port {port}");
        let mut command = Command::new("tshark");
        command.args(["-i", "lo", "-f", &filter, "-l", "-T", "fields"]);
        command.args(FIELDS.iter().flat_map(|field| ["-e", field]));
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = piped.spawn().expect("tshark, of Debian's package");
        let mut errors = BufReader::new(child.stderr.take().unwrap()).lines();
        let started = async {
            while let Some(line) = errors.next_line().await.unwrap() {
                if line.contains("Capture started") {
                    return;
                }
            }
            panic!("tshark captures nothing");
        };
        soon(started).await;
        // What else it says is nobody's business, but it must not wait to say it.
        tokio::spawn(async move { while let Ok(Some(_)) = errors.next_line().await {} });
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// What it saw in all, once that are `count` packets.
    pub(super) async fn saw(mut self, count: usize) -> Vec<Vec<String>> {
        let mut seen = Vec::new();
        while seen.len() < count {
            let line = soon(self.lines.next_line()).await.unwrap().expect("tshark goes on");
            seen.push(line);
        }
        let id = self.child.id().unwrap().to_string();
        let stopped = Command::new("kill").args(["-INT", &id]).status().await;
        assert!(stopped.unwrap().success());
        while let Some(line) = soon(self.lines.next_line()).await.unwrap() {
            seen.push(line);
        }
        soon(self.child.wait()).await.unwrap();
        seen.iter().map(|line| line.split('\t').map(String::from).collect()).collect()
    }
}

/// The same of a packet that the bridge told of.
pub(super) fn as_tshark(row: &Row<'_>) -> Vec<String> {
    let packet = row.packet;
    vec![
        format!("0x{:04x}", packet.flags.0),
        packet.payload_length.to_string(),
        row.seq.to_string(),
        row.ack.unwrap_or_default().to_string(),
        packet.window.to_string(),
        packet.frame.length.to_string(),
    ]
}
