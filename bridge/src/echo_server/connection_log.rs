//! The latest connections to the own echo server.
//!
//! The log tells the bridge's own sessions from other clients without a race. A session learns its
//! local address only once it is connected, and the echo server may have accepted the connection
//! before. So a session holds a [`PendingDial`] while it dials, and a connection that is accepted
//! meanwhile is not reported until its owner is known.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use echo_core::wire::{EchoConnection, EchoConnections, EchoEnd, EchoLog, MAX_CONNECTIONS_TOLD};

use crate::targets::{canonical, canonical_socket};

/// How many of the first bytes of a connection are kept.
pub(crate) const MAX_HEAD: usize = 4 * 1024;
/// The most addresses of sessions that wait for their connection to be accepted: more than wait in
/// the backlogs of both loopback addresses.
const MAX_EXPECTED_PEERS: usize = 4096;

/// The latest [`MAX_CONNECTIONS_TOLD`] connections.
#[derive(Debug, Default)]
pub(crate) struct ConnectionLog {
    inner: Mutex<Inner>,
    level: EchoLog,
}

#[derive(Debug, Default)]
struct Inner {
    /// The id of the latest connection; ids count from 1.
    last_id: u64,
    /// The connections, the oldest first.
    latest: VecDeque<(Arc<LoggedConnection>, Owner)>,
    /// How many sessions are dialling the echo server.
    pending_dials: usize,
    /// The local addresses of sessions that are connected, but have not been accepted, and the
    /// addresses of their clients.
    expected_peers: VecDeque<(SocketAddr, Option<IpAddr>)>,
}

/// Who opened a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A session of the bridge, for the client with this address, if it has one.
    Bridge(Option<IpAddr>),
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
    /// Whether the first bytes are kept.
    keeps_head: bool,
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
    /// Creates a log that tells so much.
    pub(crate) fn new(level: EchoLog) -> Self {
        Self { inner: Mutex::default(), level }
    }

    /// Returns how much is told of the connections.
    pub(crate) fn level(&self) -> EchoLog {
        self.level
    }

    /// Adds a connection that was accepted.
    pub(crate) fn record_accept(&self, peer: SocketAddr) -> Arc<LoggedConnection> {
        let peer = canonical_socket(peer);
        let mut inner = lock(&self.inner);
        inner.last_id += 1;
        let keeps_head = self.level == EchoLog::Full;
        let connection = Arc::new(LoggedConnection::new(inner.last_id, peer, keeps_head));
        let owner = inner.take_owner(peer);
        inner.latest.push_back((connection.clone(), owner));
        if inner.latest.len() > MAX_CONNECTIONS_TOLD {
            inner.latest.pop_front();
        }
        connection
    }

    /// Records that a session dials the echo server, until the result is dropped.
    pub(crate) fn begin_dial(self: &Arc<Self>) -> PendingDial {
        lock(&self.inner).pending_dials += 1;
        PendingDial(self.clone())
    }

    /// Forgets the sessions that wait to be accepted: their connections ended with the listener.
    pub(crate) fn clear_expected_peers(&self) {
        lock(&self.inner).expected_peers.clear();
    }

    /// Returns the connections whose owner is known, the oldest first: none if nothing is told.
    pub(crate) fn snapshot(&self) -> EchoConnections {
        let inner = lock(&self.inner);
        let is_told = |owner: Owner| self.level != EchoLog::Off && owner != Owner::Unknown;
        let told = inner.latest.iter().filter(|(_, owner)| is_told(*owner));
        let connections = told.map(|(connection, owner)| connection.snapshot(*owner)).collect();
        EchoConnections { connections, log: self.level }
    }

    /// Returns the first [`MAX_HEAD`] bytes that were received on a connection, if it is in the
    /// log, its owner is known, and bytes are told.
    pub(crate) fn head(&self, id: u64) -> Option<Vec<u8>> {
        if self.level != EchoLog::Full {
            return None;
        }
        let inner = lock(&self.inner);
        let mut known = inner.latest.iter().filter(|(_, owner)| *owner != Owner::Unknown);
        let (connection, _) = known.find(|(connection, _)| connection.id == id)?;
        Some(lock(&connection.progress).head.clone())
    }
}

impl Inner {
    /// Returns the owner of a connection that was just accepted, and removes its peer from the
    /// expected ones.
    fn take_owner(&mut self, peer: SocketAddr) -> Owner {
        let expected = self.expected_peers.iter().position(|(address, _)| *address == peer);
        if let Some((_, client)) = expected.and_then(|index| self.expected_peers.remove(index)) {
            Owner::Bridge(client)
        } else if self.pending_dials > 0 {
            Owner::Unknown
        } else {
            Owner::External
        }
    }

    /// Records the local address of a session that is connected, and the address of its client: its
    /// connection is in the log, or will be accepted.
    fn add_session(&mut self, local: SocketAddr, client: Option<IpAddr>) {
        let mut unknown = self.latest.iter_mut().filter(|(_, owner)| *owner == Owner::Unknown);
        if let Some((_, owner)) = unknown.find(|(connection, _)| connection.peer == local) {
            *owner = Owner::Bridge(client);
            return;
        }
        self.expected_peers.push_back((local, client));
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
    /// Records that the session of a client is connected, from the address `local`. A client of a
    /// Unix socket has no address.
    pub(crate) fn set_connected(self, local: SocketAddr, client: Option<IpAddr>) {
        lock(&self.0.inner).add_session(canonical_socket(local), client.map(canonical));
    }
}

impl Drop for PendingDial {
    fn drop(&mut self) {
        lock(&self.0.inner).end_dial();
    }
}

impl LoggedConnection {
    fn new(id: u64, peer: SocketAddr, keeps_head: bool) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let began_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        Self { id, peer, began_ms, keeps_head, progress: Mutex::default() }
    }

    /// Records bytes that were received.
    pub(crate) fn record_received(&self, bytes: &[u8]) {
        let mut progress = lock(&self.progress);
        progress.received += bytes.len() as u64;
        let room = if self.keeps_head { MAX_HEAD - progress.head.len() } else { 0 };
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

    /// Returns the connection as it is now.
    fn snapshot(&self, owner: Owner) -> EchoConnection {
        let progress = lock(&self.progress);
        let client = match owner {
            Owner::Bridge(client) => client.filter(|client| !client.is_loopback()),
            Owner::External | Owner::Unknown => None,
        };
        EchoConnection {
            id: self.id,
            peer: self.peer.into(),
            bridge: matches!(owner, Owner::Bridge(_)),
            client: client.map(|client| client.to_string()),
            began_ms: self.began_ms,
            received: progress.received,
            echoed: progress.echoed,
            end: progress.end,
        }
    }
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

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

    /// Returns the port of each connection's peer, and whether it is a session's.
    fn owners(log: &ConnectionLog) -> Vec<(u16, bool)> {
        log.snapshot().connections.iter().map(|it| (it.peer.port(), it.bridge)).collect()
    }

    #[test]
    fn a_session_is_the_bridges_whether_it_or_the_echo_server_is_faster() {
        let log = Arc::new(ConnectionLog::default());
        log.begin_dial().set_connected(address(1), HERE);
        log.record_accept(address(1));
        let pending = log.begin_dial();
        log.record_accept(address(2));
        pending.set_connected("[::ffff:127.0.0.1]:2".parse().unwrap(), HERE);
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
        log.begin_dial().set_connected(address(1), HERE);
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
    fn clients_of_the_bridge_are_told_apart_by_their_addresses() {
        let log = Arc::new(ConnectionLog::default());
        for (port, client) in
            [(1, "::ffff:192.168.1.7"), (2, "127.0.0.1"), (3, "fd00::7"), (4, "unix")]
        {
            log.begin_dial().set_connected(address(port), client.parse().ok());
            log.record_accept(address(port));
        }
        log.record_accept(address(5));
        let clients: Vec<_> = log.snapshot().connections.into_iter().map(|it| it.client).collect();
        let told = [Some("192.168.1.7"), None, Some("fd00::7"), None, None];
        assert_eq!(clients, told.map(|client| client.map(String::from)));
    }

    #[test]
    fn a_log_tells_no_more_than_it_may() {
        for (level, connections, head) in [
            (EchoLog::Full, 1, Some(b"Hello".to_vec())),
            (EchoLog::Counts, 1, None),
            (EchoLog::Off, 0, None),
        ] {
            let log = ConnectionLog::new(level);
            let connection = log.record_accept(address(1));
            connection.record_received(b"Hello");
            assert_eq!(lock(&connection.progress).head.is_empty(), head.is_none());
            let snapshot = log.snapshot();
            assert_eq!((snapshot.log, snapshot.connections.len()), (level, connections));
            assert_eq!(log.head(1), head, "{level:?}");
        }
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
