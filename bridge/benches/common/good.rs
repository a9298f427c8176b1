//! Good clients: they act at a fixed rate, and measure how long each time takes.
//!
//! A client that waits for one answer before it asks again would notice a standstill only once, so
//! that it hardly shows in a percentile. Each attempt is therefore due at a time of its own, and
//! one that could not begin then is measured from when it was due.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use futures_util::future::join_all;
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime;
use tokio::time::{Duration, Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::bridge::Bridge;
use super::http;
use super::latency::Latencies;
use super::websocket::WebSocket;

/// The payload of a round trip, in bytes.
const PAYLOAD: usize = 64;
/// How long an attempt may take before it counts as failed.
const GIVE_UP: Duration = Duration::from_secs(5);
/// Another address of this machine than those that the load comes from, since bounds may count
/// addresses.
const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// What a good client does again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Good {
    /// Sends 64 bytes through one session to the echo server, and waits for them.
    RoundTrip,
    /// Connects and fetches `/healthz`.
    Health,
    /// Opens a session to the echo server by this host, or by its name `echo` where that is empty;
    /// sends 64 bytes, waits for them, and closes.
    Session(&'static str),
}

impl Good {
    /// How it is called in the table.
    pub(crate) fn name(self) -> String {
        match self {
            Self::RoundTrip => "round trip".into(),
            Self::Health => "/healthz".into(),
            Self::Session("") => "session".into(),
            Self::Session(host) => format!("session {host}"),
        }
    }

    /// The time from one attempt to the next.
    fn interval(self) -> Duration {
        match self {
            Self::RoundTrip => Duration::from_millis(5),
            Self::Health | Self::Session(_) => Duration::from_millis(20),
        }
    }
}

/// Good clients on a thread of their own, so that the load's clients do not slow them.
#[derive(Debug)]
pub(crate) struct GoodClients {
    thread: JoinHandle<io::Result<Vec<Latencies>>>,
    measuring: CancellationToken,
    stopping: CancellationToken,
}

impl GoodClients {
    /// Good clients of `bridge`, each of which has succeeded once.
    pub(crate) fn connect(bridge: &Bridge, good: &[Good]) -> io::Result<Self> {
        let (measuring, stopping) = (CancellationToken::new(), CancellationToken::new());
        let clients = good.iter().map(|good| Client::new(*good, bridge)).collect();
        let tokens = (measuring.clone(), stopping.clone());
        let (ready, is_ready) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(run(clients, ready, tokens.0, tokens.1))
        });
        let clients = Self { thread, measuring, stopping };
        match is_ready.recv() {
            Ok(()) => Ok(clients),
            Err(_) => clients.stop().and(Err(io::ErrorKind::Other.into())),
        }
    }

    /// Begins to measure.
    pub(crate) fn measure(&self) {
        self.measuring.cancel();
    }

    /// What was measured until now.
    pub(crate) fn stop(self) -> io::Result<Vec<Latencies>> {
        self.stopping.cancel();
        self.thread.join().unwrap_or_else(|_| Err(io::Error::other("a good client panicked")))
    }
}

/// Lets each client succeed once, says so, and then measures all of them at once.
async fn run(
    mut clients: Vec<Client>,
    ready: mpsc::Sender<()>,
    measuring: CancellationToken,
    stopping: CancellationToken,
) -> io::Result<Vec<Latencies>> {
    for client in &mut clients {
        timeout(GIVE_UP, client.attempt()).await??;
    }
    let _ = ready.send(());
    measuring.cancelled().await;
    Ok(join_all(clients.iter_mut().map(|client| client.pace(&stopping))).await)
}

/// One good client.
#[derive(Debug)]
struct Client {
    good: Good,
    bridge: SocketAddr,
    echo_port: u16,
    /// The session that stays open for round trips.
    session: Option<WebSocket>,
}

impl Client {
    fn new(good: Good, bridge: &Bridge) -> Self {
        Self { good, bridge: bridge.address, echo_port: bridge.echo.port(), session: None }
    }

    /// Makes attempts at the client's rate until it is to stop.
    async fn pace(&mut self, stopping: &CancellationToken) -> Latencies {
        let mut latencies = Latencies::default();
        let interval = self.good.interval();
        let mut due = Instant::now();
        loop {
            let begin = wait_until(due).await;
            let attempt = timeout(GIVE_UP, self.attempt());
            match stopping.run_until_cancelled(attempt).await {
                Some(Ok(Ok(()))) => latencies.add(begin.elapsed()),
                Some(_) => {
                    latencies.failed += 1;
                    self.session = None;
                }
                None => break,
            }
            due += interval;
        }
        // The attempt under way, and those that it holds up.
        while due < Instant::now() {
            latencies.add(due.elapsed());
            due += interval;
        }
        latencies
    }

    async fn attempt(&mut self) -> io::Result<()> {
        match self.good {
            Good::RoundTrip => self.round_trip().await,
            Good::Health => {
                http::fetch(self.connect().await?, self.bridge, "/healthz").await.map(drop)
            }
            Good::Session(host) => {
                let mut session = self.open(host).await?;
                session.send(&[7; PAYLOAD]).await?;
                session.receive(PAYLOAD).await?;
                session.close().await
            }
        }
    }

    async fn round_trip(&mut self) -> io::Result<()> {
        if self.session.is_none() {
            self.session = Some(self.open("").await?);
        }
        let session = self.session.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        session.send(&[7; PAYLOAD]).await?;
        session.receive(PAYLOAD).await
    }

    async fn open(&self, host: &str) -> io::Result<WebSocket> {
        let query = match host {
            "" => "target=echo".into(),
            host => format!("target={host}:{}", self.echo_port),
        };
        WebSocket::open(self.connect().await?, self.bridge, &query, "").await
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        if cfg!(target_os = "linux") {
            socket.bind((ADDRESS, 0).into())?;
        }
        socket.connect(self.bridge).await
    }
}

/// Waits until `due`, and returns when what is due then begins: the waiting client's own delay does
/// not count, the delay of one that comes late does.
async fn wait_until(due: Instant) -> Instant {
    if due < Instant::now() {
        return due;
    }
    sleep_until(due).await;
    Instant::now()
}
