//! What the bridge holds at one moment: what it counts, and what the system knows of its process.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

use crate::common::bridge::Bridge;
use crate::common::http;

/// Memory, in bytes, that may be held beyond what was held before, and how much of it for each session
/// that was open at once: the allocator keeps pieces. How many sessions there were in all makes no
/// difference.
const NOISE: u64 = 16 * 1024 * 1024;
const PIECES: u64 = 4 * 1024;

/// What the bridge holds at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) active: u64,
    pub(crate) opened: u64,
    /// How many sessions ended, by their ending.
    pub(crate) closed: BTreeMap<String, u64>,
    pub(crate) to_targets: u64,
    pub(crate) to_clients: u64,
    /// Where `/proc` tells them.
    pub(crate) memory: Option<u64>,
    pub(crate) descriptors: Option<u64>,
    pub(crate) threads: Option<u64>,
    /// How many sockets of the process listen.
    pub(crate) listeners: Option<usize>,
}

impl Snapshot {
    /// Asks the bridge, and then the system.
    pub(crate) async fn take(bridge: &Bridge, admin: SocketAddr) -> io::Result<Self> {
        let answer = http::fetch(TcpStream::connect(admin).await?, admin, "/metrics").await?;
        let text = String::from_utf8_lossy(&answer);
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|value| value.parse().ok()).unwrap_or_default()
        };
        let closed = text.lines().filter_map(|line| {
            let rest = line.strip_prefix("tcp_bridge_sessions_closed_total{ending=\"")?;
            let (ending, count) = rest.split_once("\"} ")?;
            Some((ending.to_owned(), count.parse().ok()?))
        });
        Ok(Self {
            active: value("tcp_bridge_sessions_active"),
            opened: value("tcp_bridge_sessions_opened_total"),
            closed: closed.filter(|(_, count)| *count > 0).collect(),
            to_targets: value("tcp_bridge_bytes_total{direction=\"to_target\"}"),
            to_clients: value("tcp_bridge_bytes_total{direction=\"to_client\"}"),
            memory: bridge.memory(),
            descriptors: bridge.descriptors(),
            threads: bridge.threads(),
            listeners: bridge.listeners(),
        })
    }

    /// Returns in which ways it holds more than it did `before`, although the load has ended.
    pub(crate) fn differences(&self, before: &Self, at_once: u64) -> Vec<String> {
        let mut all = Vec::new();
        if self.active > 0 {
            all.push(format!("{} sessions are active", self.active));
        }
        let closed: u64 = self.closed.values().sum();
        if self.opened != closed + self.active {
            all.push(format!("{} opened, but {closed} closed", self.opened));
        }
        if self.descriptors > before.descriptors {
            all.push(format!(
                "{:?} descriptors, {:?} before",
                self.descriptors, before.descriptors
            ));
        }
        if self.threads > before.threads {
            all.push(format!("{:?} threads, {:?} before", self.threads, before.threads));
        }
        if self.listeners != before.listeners {
            all.push(format!("{:?} listeners, {:?} before", self.listeners, before.listeners));
        }
        if let (Some(now), Some(before)) = (self.memory, before.memory)
            && now > before + NOISE + PIECES * at_once
        {
            all.push(format!("{now} bytes of memory, {before} before"));
        }
        all
    }
}
