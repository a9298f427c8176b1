//! What a stalled session holds, as the kernel counts it.

use std::net::SocketAddr;
use std::process::Command;

use echo_core::wire::SUBPROTOCOL;
use futures_util::SinkExt as _;
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Duration, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::task::AbortOnDropHandle;

use crate::harness::client::Client;
use crate::harness::probe::{BINARY, CONTINUATION, PING, Probe, frame, header};
use crate::harness::process::{BRIDGE, Process};
use crate::harness::soon;

const SESSIONS: usize = 8;
const KIB: usize = 1024;
/// glibc's allocator, told to give everything back at once, for as many threads on any machine:
/// what counts is what the bridge holds.
const ENVIRONMENT: [(&str, &str); 3] = [
    ("MALLOC_MMAP_THRESHOLD_", "65536"),
    ("MALLOC_TRIM_THRESHOLD_", "65536"),
    ("TOKIO_WORKER_THREADS", "2"),
];
/// By dialect and by what is asked for, as ARCHITECTURE.md says it.
const BOUNDS: [(&str, &str, usize); 3] = [
    (SUBPROTOCOL, "", 2816 * KIB),
    (SUBPROTOCOL, "&packets=1", (2816 + 1331) * KIB),
    ("", "", 1280 * KIB),
];
/// What a session holds beside that of a message in fragments while the next one arrives, and of
/// pongs that nobody reads.
const FRAGMENTS: usize = 1024 * KIB;
const PONGS: usize = 256 * KIB;
/// What a process takes for itself meanwhile: memory that its allocator keeps.
const SLACK: usize = 640 * KIB;
/// How long a write that nobody takes is waited for. Given up too early, a test proves less, and
/// fails no more easily.
const STALLED: Duration = Duration::from_millis(300);
/// The receive buffer of a target, in bytes: small, so that it matters little how large those of
/// the machine may become.
const TARGET_BUFFER: u32 = 16 * 1024;
/// How much a target that takes little reads at once, and how often: over some messages, so that
/// any part of one has been left.
const SIP: usize = 16 * KIB;
const SIPS: usize = 192;
/// How long the bridge has to go on after that. Too short a time, too, only proves less.
const SETTLED: Duration = Duration::from_millis(5);

/// A bridge of its own, in front of a target that never reads.
struct Stalled {
    bridge: Process,
    address: SocketAddr,
    target: TcpListener,
    /// What it held while its sessions were idle.
    idle: usize,
}

impl Stalled {
    fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(TARGET_BUFFER).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let target = socket.listen(1024).unwrap();
        let allow = target.local_addr().unwrap().to_string();
        let flags = ["--listen", "127.0.0.1:0", "--echo", "off", "--allow", &allow];
        let command = &mut Command::new(BRIDGE);
        let (bridge, address) = Process::serving(command.args(flags).envs(ENVIRONMENT));
        Self { bridge, address, target, idle: 0 }
    }

    /// Idle sessions, as [`Self::session`].
    async fn sessions(&mut self, dialect: &str, wish: &str) -> Vec<(Client, TcpStream)> {
        let mut open = Vec::new();
        for _ in 0..SESSIONS {
            open.push(self.session(dialect, wish).await);
        }
        self.idle = self.bridge.memory();
        open
    }

    /// A client whose session stands, and the target's end of it.
    async fn session(&self, dialect: &str, wish: &str) -> (Client, TcpStream) {
        let query = format!("?target={}{wish}", self.target.local_addr().unwrap());
        let (client, _) = Client::at(self.address, &query, dialect).await;
        let (stream, _) = soon(self.target.accept()).await.unwrap();
        (client, stream)
    }

    /// A probe whose session stands, and the target's end of it.
    async fn probe(&self, dialect: &str) -> (Probe, TcpStream) {
        let query = format!("?target={}", self.target.local_addr().unwrap());
        let probe = Probe::open(self.address, &query, dialect).await;
        let (stream, _) = soon(self.target.accept()).await.unwrap();
        (probe, stream)
    }

    /// How much more the bridge holds now, for each session.
    fn grown(&self) -> usize {
        self.bridge.memory().saturating_sub(self.idle) / SESSIONS
    }
}

/// Sends messages of `size` until nobody takes them any more.
async fn fill(client: &mut Client, size: usize) {
    let message = Message::binary(vec![7; size]);
    while let Ok(sent) = timeout(STALLED, client.socket.send(message.clone())).await {
        sent.expect("the session stands");
    }
}

/// Goes on sending messages of `size` until it is dropped.
fn go_on(mut client: Client, size: usize) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let message = Message::binary(vec![7; size]);
        while client.socket.send(message.clone()).await.is_ok() {}
    }))
}

/// Writes until nobody reads any more.
async fn flood(stream: &mut TcpStream) {
    let much = vec![7; 64 * KIB];
    while let Ok(written) = timeout(STALLED, stream.write_all(&much)).await {
        written.expect("the session stands");
    }
}

#[tokio::test]
async fn a_target_that_does_not_read_costs_no_more_than_the_bound() {
    for (dialect, wish, bound) in BOUNDS {
        for size in [64, 16 * KIB, 1024 * KIB] {
            let mut stalled = Stalled::new();
            let mut open = stalled.sessions(dialect, wish).await;
            join_all(open.iter_mut().map(|(client, _)| fill(client, size))).await;
            assert!(stalled.grown() < bound, "{dialect:?} {wish} {size}: {}", stalled.grown());
        }
    }
}

#[tokio::test]
async fn a_target_that_reads_little_by_little_costs_no_more_than_the_bound() {
    for (dialect, wish, bound) in BOUNDS {
        let mut stalled = Stalled::new();
        // Of one session alone, since several are hardly ever at their worst in the same moment.
        let (mut client, mut target) = stalled.session(dialect, wish).await;
        stalled.idle = stalled.bridge.memory();
        fill(&mut client, 1024 * KIB).await;
        let _sending = go_on(client, 1024 * KIB);
        let mut most = 0;
        for _ in 0..SIPS {
            soon(target.read_exact(&mut [0; SIP])).await.unwrap();
            sleep(SETTLED).await;
            most = most.max(stalled.bridge.memory().saturating_sub(stalled.idle));
        }
        assert!(most < bound + SLACK, "{dialect:?} {wish}: {most}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_costs_no_more_than_the_bound() {
    for (dialect, wish, bound) in BOUNDS {
        let mut stalled = Stalled::new();
        let mut open = stalled.sessions(dialect, wish).await;
        join_all(open.iter_mut().map(|(_, stream)| flood(stream))).await;
        assert!(stalled.grown() < bound, "{dialect:?} {wish}: {}", stalled.grown());
    }
}

#[tokio::test]
async fn pings_of_a_client_that_does_not_read_cost_no_more_than_the_write_buffer() {
    /// More than any kernel keeps of the answers.
    const PINGS: usize = 200_000;
    for dialect in [SUBPROTOCOL, ""] {
        let mut stalled = Stalled::new();
        let (mut probe, mut target) = stalled.probe(dialect).await;
        stalled.idle = stalled.bridge.memory();
        let ping = frame(PING, &[7; 125]);
        let pings = ping.repeat(1000);
        for _ in 0..PINGS / 1000 {
            probe.write(&pings).await;
        }
        // What arrives after the pings says that all of them were read.
        probe.write(&frame(BINARY, b"!")).await;
        assert_eq!(soon(target.read_u8()).await.unwrap(), b'!');
        let grown = stalled.bridge.memory().saturating_sub(stalled.idle);
        assert!(grown < PONGS + SLACK, "{dialect:?}: {grown}");
    }
}

#[tokio::test]
async fn a_message_in_fragments_costs_no_more_than_a_further_message() {
    const LONGEST: usize = 1024 * KIB;
    for (dialect, wish, bound) in BOUNDS.into_iter().filter(|(_, wish, _)| wish.is_empty()) {
        let mut stalled = Stalled::new();
        let mut probes = Vec::new();
        for _ in 0..SESSIONS {
            probes.push(stalled.probe(dialect).await);
        }
        stalled.idle = stalled.bridge.memory();
        for (probe, _) in &mut probes {
            // Nearly a whole message, and nearly as much again of a frame that is too long for it.
            for opcode in [BINARY, CONTINUATION] {
                probe.write(&header(opcode, false, LONGEST - 1)).await;
                probe.write(&vec![7; LONGEST - 1 - usize::from(opcode == CONTINUATION)]).await;
            }
        }
        // Each of them was read up to there once the bridge answers the next ones.
        let _ = stalled.probe(dialect).await;
        let grown = stalled.grown();
        assert!(grown < bound + FRAGMENTS, "{dialect:?} {wish}: {grown}");
    }
}
