//! What a flood acts with: where the bridge is, until when, and from which addresses.

use std::cell::Cell;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, Instant, sleep, sleep_until, timeout_at};

use crate::bridge::Bridge;

/// Descriptors for everything but the flood's connections.
const SPARE_DESCRIPTORS: u64 = 500;
/// The first address that a flood from many addresses comes from: not a good client's.
const FIRST_PEER: Ipv4Addr = Ipv4Addr::new(127, 1, 0, 1);

/// The receive buffer of the flood's connections, in bytes. What nobody reads has to wait in the
/// bridge: the kernel's memory for TCP is bounded too, and all of the machine stalls where it ends.
const RECEIVE_BUFFER: u32 = 32 * 1024;

/// An attack on a bridge.
pub(crate) struct Attack<'a> {
    pub(crate) bridge: &'a Bridge,
    pub(crate) end: Instant,
    peers: u16,
    connections: Cell<u32>,
}

impl<'a> Attack<'a> {
    /// An attack from so many addresses.
    pub(crate) fn new(bridge: &'a Bridge, peers: u16, end: Instant) -> Self {
        Self { bridge, end, peers, connections: Cell::new(0) }
    }

    /// Where the bridge is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.bridge.address
    }

    /// A connection from the next of the attack's addresses.
    pub(crate) async fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        let peer = self.connections.replace(self.connections.get().wrapping_add(1));
        if self.peers > 1 {
            let peer = u32::from(FIRST_PEER) + peer % u32::from(self.peers);
            socket.bind((Ipv4Addr::from(peer), 0).into())?;
        }
        socket.connect(self.address()).await
    }

    /// Runs `client` so many times at once until the attack's end, each again and again, with
    /// `pause` in between; what a client's errors are is its own affair.
    pub(crate) async fn insist<F, O>(&self, count: usize, pause: Duration, client: F)
    where
        F: Fn(usize) -> O,
        O: Future<Output = io::Result<()>>,
    {
        let client = &client;
        let again = |index| async move {
            loop {
                let _ = client(index).await;
                sleep(pause).await;
            }
        };
        let mut clients: FuturesUnordered<_> = (0..count).map(again).collect();
        let _: Result<Option<()>, _> = timeout_at(self.end, clients.next()).await;
    }

    /// Waits for the attack's end.
    pub(crate) async fn wait(&self) {
        sleep_until(self.end).await;
    }
}

/// As many of `wanted` connections as this process may hold open.
pub(crate) fn affordable(wanted: usize) -> usize {
    let limit = rlimit::getrlimit(rlimit::Resource::NOFILE).map_or(1024, |(soft, _)| soft);
    let most = usize::try_from(limit.saturating_sub(SPARE_DESCRIPTORS)).unwrap_or(wanted);
    wanted.min(most)
}

/// A count that several clients of a flood share.
#[derive(Debug, Default)]
pub(crate) struct Counter(Cell<u64>);

impl Counter {
    pub(crate) fn add(&self, count: u64) {
        self.0.set(self.0.get() + count);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.get()
    }
}
