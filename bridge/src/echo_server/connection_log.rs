//! The latest connections to the own echo server.
//!
//! The log tells the bridge's own sessions from other clients without a race. A session learns its
//! local address only once it is connected, and the echo server may have accepted the connection
//! before. So a session holds a [`PendingDial`] while it dials, and a connection that is accepted
//! meanwhile is not reported until its owner is known.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use echo_core::wire::{EchoConnection, EchoConnections, EchoEnd, MAX_CONNECTIONS_TOLD};

use crate::targets::canonical;

/// How many of the first bytes of a connection are kept.
pub(crate) const MAX_HEAD: usize = 4 * 1024;
/// The most addresses of sessions that wait for their connection to be accepted: more than wait in
/// the backlogs of both loopback addresses.
const MAX_EXPECTED_PEERS: usize = 4096;

/// The latest [`MAX_CONNECTIONS_TOLD`] connections.
#[derive(Debug, Default)]
pub(crate) struct ConnectionLog(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The id of the latest connection; ids count from 1.
    last_id: u64,
    /// The connections, the oldest first.
    latest: VecDeque<(Arc<LoggedConnection>, Owner)>,
    /// How many sessions are dialling the echo server.
    pending_dials: usize,
    /// The local addresses of sessions that are connected, but have not been accepted.
    expected_peers: VecDeque<SocketAddr>,
}

/// Who opened a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A session of the bridge.
    Bridge,
    /// Another client.
    External,
    /// Another client, or a session that is still dialling.
    Unknown,
}

/// A connection of the log.
#[derive(Debug)]
pub(crate) struct LoggedConnection {
    id: u64,
    peer: SocketAddr,
    /// When it was accepted, in milliseconds since 1970 (UTC).
    began_ms: u64,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    /// How many bytes were received.
    received: u64,
    /// How many bytes were echoed.
    echoed: u64,
    /// The first bytes that were received, at most [`MAX_HEAD`].
    head: Vec<u8>,
    end: Option<EchoEnd>,
}

impl ConnectionLog {
    /// Adds a connection that was accepted.
    pub(crate) fn record_accept(&self, peer: SocketAddr) -> Arc<LoggedConnection> {
        let peer = canonical_socket(peer);
        let mut inner = lock(&self.0);
        inner.last_id += 1;
        let connection = Arc::new(LoggedConnection::new(inner.last_id, peer));
        let owner = inner.take_owner(peer);
        inner.latest.push_back((connection.clone(), owner));
        if inner.latest.len() > MAX_CONNECTIONS_TOLD {
            inner.latest.pop_front();
        }
        connection
    }

    /// Records that a session dials the echo server, until the result is dropped.
    pub(crate) fn begin_dial(self: &Arc<Self>) -> PendingDial {
        lock(&self.0).pending_dials += 1;
        PendingDial(self.clone())
    }

    /// Forgets the sessions that wait to be accepted: their connections ended with the listener.
    pub(crate) fn clear_expected_peers(&self) {
        lock(&self.0).expected_peers.clear();
    }

    /// Returns the connections whose owner is known, the oldest first.
    pub(crate) fn snapshot(&self) -> EchoConnections {
        let inner = lock(&self.0);
        let known = inner.latest.iter().filter(|(_, owner)| *owner != Owner::Unknown);
        let connections =
            known.map(|(connection, owner)| connection.snapshot(*owner == Owner::Bridge)).collect();
        EchoConnections { connections }
    }

    /// Returns the first [`MAX_HEAD`] bytes that were received on a connection, if it is in the log
    /// and its owner is known.
    pub(crate) fn head(&self, id: u64) -> Option<Vec<u8>> {
        let inner = lock(&self.0);
        let mut known = inner.latest.iter().filter(|(_, owner)| *owner != Owner::Unknown);
        let (connection, _) = known.find(|(connection, _)| connection.id == id)?;
        Some(lock(&connection.progress).head.clone())
    }
}

impl Inner {
    /// Returns the owner of a connection that was just accepted, and removes its peer from the
    /// expected ones.
    fn take_owner(&mut self, peer: SocketAddr) -> Owner {
        if let Some(index) = self.expected_peers.iter().position(|address| *address == peer) {
            self.expected_peers.remove(index);
            Owner::Bridge
        } else if self.pending_dials > 0 {
            Owner::Unknown
        } else {
            Owner::External
        }
    }

    /// Records the local address of a session that is connected: its connection is in the log, or
    /// will be accepted.
    fn add_session(&mut self, local: SocketAddr) {
        let mut unknown = self.latest.iter_mut().filter(|(_, owner)| *owner == Owner::Unknown);
        if let Some((_, owner)) = unknown.find(|(connection, _)| connection.peer == local) {
            *owner = Owner::Bridge;
            return;
        }
        self.expected_peers.push_back(local);
        if self.expected_peers.len() > MAX_EXPECTED_PEERS {
            self.expected_peers.pop_front();
        }
    }

    /// Records the end of a dial. After the last one, no connection of unknown owner is a
    /// session's.
    fn end_dial(&mut self) {
        self.pending_dials -= 1;
        if self.pending_dials == 0 {
            let unknown = self.latest.iter_mut().filter(|(_, owner)| *owner == Owner::Unknown);
            unknown.for_each(|(_, owner)| *owner = Owner::External);
        }
    }
}

/// Marks a session that dials the echo server, until it is dropped.
#[derive(Debug)]
pub(crate) struct PendingDial(Arc<ConnectionLog>);

impl PendingDial {
    /// Records that the session is connected, from the address `local`.
    pub(crate) fn set_connected(self, local: SocketAddr) {
        lock(&self.0.0).add_session(canonical_socket(local));
    }
}

impl Drop for PendingDial {
    fn drop(&mut self) {
        lock(&self.0.0).end_dial();
    }
}

impl LoggedConnection {
    fn new(id: u64, peer: SocketAddr) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let began_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        Self { id, peer, began_ms, progress: Mutex::default() }
    }

    /// Records bytes that were received.
    pub(crate) fn record_received(&self, bytes: &[u8]) {
        let mut progress = lock(&self.progress);
        progress.received += bytes.len() as u64;
        let room = MAX_HEAD - progress.head.len();
        progress.head.extend(bytes.iter().take(room));
    }

    /// Records that `count` more bytes were echoed.
    pub(crate) fn record_echoed(&self, count: usize) {
        lock(&self.progress).echoed += count as u64;
    }

    /// Returns how many bytes were echoed.
    pub(crate) fn echoed(&self) -> u64 {
        lock(&self.progress).echoed
    }

    /// Records how the connection ended.
    pub(crate) fn record_end(&self, end: EchoEnd) {
        lock(&self.progress).end = Some(end);
    }

    /// Returns the connection as it is now; `bridge` is whether a session of the bridge opened it.
    fn snapshot(&self, bridge: bool) -> EchoConnection {
        let progress = lock(&self.progress);
        EchoConnection {
            id: self.id,
            peer: self.peer.into(),
            bridge,
            began_ms: self.began_ms,
            received: progress.received,
            echoed: progress.echoed,
            end: progress.end,
        }
    }
}

/// Returns `address` in canonical form, which is the same for both ends of a connection, also where
/// one of them sees IPv4 inside IPv6.
fn canonical_socket(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(canonical(address.ip()), address.port())
}

/// Locks `mutex`. Nothing here panics halfway through a change, so the value of a poisoned lock is
/// consistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    /// Returns the port of each connection's peer, and whether it is a session's.
    fn owners(log: &ConnectionLog) -> Vec<(u16, bool)> {
        log.snapshot().connections.iter().map(|it| (it.peer.port(), it.bridge)).collect()
    }

    #[test]
    fn a_session_is_the_bridges_whether_it_or_the_echo_server_is_faster() {
        let log = Arc::new(ConnectionLog::default());
        log.begin_dial().set_connected(address(1));
        log.record_accept(address(1));
        let pending = log.begin_dial();
        log.record_accept(address(2));
        pending.set_connected("[::ffff:127.0.0.1]:2".parse().unwrap());
        assert_eq!(owners(&log), [(1, true), (2, true)]);
    }

    #[test]
    fn a_connection_that_may_be_a_sessions_is_not_reported() {
        let log = Arc::new(ConnectionLog::default());
        let one = log.begin_dial();
        let other = log.begin_dial();
        log.record_accept(address(7));
        drop(one);
        assert_eq!(owners(&log), []);
        assert_eq!(log.head(1), None);
        drop(other);
        assert_eq!(owners(&log), [(7, false)]);
    }

    #[test]
    fn another_client_on_the_port_of_an_earlier_session_is_not_the_bridges() {
        let log = Arc::new(ConnectionLog::default());
        log.begin_dial().set_connected(address(1));
        log.record_accept(address(1)).record_end(EchoEnd::Finished);
        log.record_accept(address(1));
        assert_eq!(owners(&log), [(1, true), (1, false)]);
    }

    #[test]
    fn the_oldest_connections_are_dropped_and_ids_go_on() {
        let log = ConnectionLog::default();
        (0..100).for_each(|_| drop(log.record_accept(address(1))));
        let latest = log.snapshot().connections;
        assert_eq!(latest.len(), MAX_CONNECTIONS_TOLD);
        assert_eq!((latest.first().unwrap().id, latest.last().unwrap().id), (37, 100));
    }

    #[test]
    fn the_first_bytes_are_kept_and_all_are_counted() {
        let log = ConnectionLog::default();
        let connection = log.record_accept(address(1));
        connection.record_received(&vec![1; MAX_HEAD - 1]);
        connection.record_received(&[2; 10]);
        let head = log.head(1).unwrap();
        assert_eq!((head.len(), head[MAX_HEAD - 1]), (MAX_HEAD, 2));
        assert_eq!(log.snapshot().connections[0].received, MAX_HEAD as u64 + 9);
    }
}
