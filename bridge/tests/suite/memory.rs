//! What a stalled session holds, as the kernel counts it.

use std::fs;
use std::net::SocketAddr;

use echo_core::wire::SUBPROTOCOL;
use futures_util::SinkExt as _;
use futures_util::future::join_all;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, timeout};
use tokio_tungstenite::tungstenite::Message;

use crate::harness::client::Client;
use crate::harness::process::Process;
use crate::harness::soon;

const SESSIONS: usize = 8;
const KIB: usize = 1024;
/// By dialect and by what is asked for, as ARCHITECTURE.md says it.
const BOUNDS: [(&str, &str, usize); 3] = [
    (SUBPROTOCOL, "", 2304 * KIB),
    (SUBPROTOCOL, "&packets=1", (2304 + 1331) * KIB),
    ("", "", 1280 * KIB),
];
/// How long a write that nobody takes is waited for. Given up too early, a test proves less, and
/// fails no more easily.
const STALLED: Duration = Duration::from_millis(300);

/// A bridge of its own, in front of a target that never reads.
struct Stalled {
    bridge: Process,
    address: SocketAddr,
    target: TcpListener,
    /// What it held while its sessions were idle.
    idle: usize,
}

impl Stalled {
    async fn new() -> Self {
        let target = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let allow = target.local_addr().unwrap().to_string();
        let flags = ["--listen", "127.0.0.1:0", "--echo", "off", "--allow", &allow];
        let (bridge, line) = Process::bridge(&flags);
        let address = line.strip_prefix("Open http://").unwrap().trim_end_matches('/');
        Self { bridge, address: address.parse().unwrap(), target, idle: 0 }
    }

    /// Idle sessions, as [`Self::session`].
    async fn sessions(&mut self, dialect: &str, wish: &str) -> Vec<(Client, TcpStream)> {
        let mut open = Vec::new();
        for _ in 0..SESSIONS {
            open.push(self.session(dialect, wish).await);
        }
        self.idle = resident(&self.bridge);
        open
    }

    /// A client whose session stands, and the target's end of it.
    async fn session(&self, dialect: &str, wish: &str) -> (Client, TcpStream) {
        let query = format!("?target={}{wish}", self.target.local_addr().unwrap());
        let (client, _) = Client::at(self.address, &query, dialect).await;
        let (stream, _) = soon(self.target.accept()).await.unwrap();
        (client, stream)
    }

    /// How much more the bridge holds now, for each session.
    fn grown(&self) -> usize {
        resident(&self.bridge).saturating_sub(self.idle) / SESSIONS
    }
}

/// How many bytes of memory a process has.
fn resident(process: &Process) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", process.0.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * KIB
}

/// Sends messages of `size` until nobody takes them any more.
async fn fill(client: &mut Client, size: usize) {
    let message = Message::binary(vec![7; size]);
    while timeout(STALLED, client.socket.send(message.clone())).await.is_ok() {}
}

/// Writes until nobody reads any more.
async fn flood(stream: &mut TcpStream) {
    let much = vec![7; 64 * KIB];
    while timeout(STALLED, stream.write_all(&much)).await.is_ok() {}
}

#[tokio::test]
async fn a_target_that_does_not_read_costs_no_more_than_the_bound() {
    for (dialect, wish, bound) in BOUNDS {
        for size in [64, 16 * KIB, 1024 * KIB] {
            let mut stalled = Stalled::new().await;
            let mut open = stalled.sessions(dialect, wish).await;
            join_all(open.iter_mut().map(|(client, _)| fill(client, size))).await;
            assert!(stalled.grown() < bound, "{dialect:?} {wish} {size}: {}", stalled.grown());
        }
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_costs_no_more_than_the_bound() {
    for (dialect, wish, bound) in BOUNDS {
        let mut stalled = Stalled::new().await;
        let mut open = stalled.sessions(dialect, wish).await;
        join_all(open.iter_mut().map(|(_, stream)| flood(stream))).await;
        assert!(stalled.grown() < bound, "{dialect:?} {wish}: {}", stalled.grown());
    }
}
