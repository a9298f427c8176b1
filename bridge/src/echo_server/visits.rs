//! Who is and was connected to the own echo server.
//!
//! The bridge's own sessions are among them, and must be told apart without a race: a session
//! learns its address only once it is connected, and by then the echo server may have accepted it.
//! So a session says beforehand that it dials, and whoever is accepted meanwhile is a connection of
//! which nothing is told until it is known whose it is.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use echo_core::wire::{EchoConnection, EchoConnections, EchoEnd, MAX_CONNECTIONS_TOLD};

use crate::targets::canonical;

/// How many of the first bytes of a connection are kept.
pub(crate) const MAX_HEAD: usize = 4 * 1024;
/// How many addresses of sessions wait at most for their connection to be accepted: more than what
/// waits in the backlogs of both loopback addresses.
const MAX_ANNOUNCED: usize = 4096;

/// The latest connections, bounded.
#[derive(Debug, Default)]
pub(crate) struct Visits(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    last_id: u64,
    /// Oldest first.
    latest: VecDeque<(Arc<Visit>, Whose)>,
    /// How many sessions are connecting.
    dialling: usize,
    /// Who is connected as far as the session knows, and has not been accepted.
    announced: VecDeque<SocketAddr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Bridge,
    Stranger,
    /// A stranger's, or that of a session which is connecting.
    Unknown,
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Visit {
    id: u64,
    peer: SocketAddr,
    began_ms: u64,
    so_far: Mutex<SoFar>,
}

#[derive(Debug, Default)]
struct SoFar {
    received: u64,
    echoed: u64,
    head: Vec<u8>,
    end: Option<EchoEnd>,
}

impl Visits {
    /// Someone was accepted.
    pub(crate) fn arrive(&self, peer: SocketAddr) -> Arc<Visit> {
        let peer = known_as(peer);
        let mut book = lock(&self.0);
        book.last_id += 1;
        let visit = Arc::new(Visit::new(book.last_id, peer));
        let whose = book.whose(peer);
        book.latest.push_back((visit.clone(), whose));
        if book.latest.len() > MAX_CONNECTIONS_TOLD {
            book.latest.pop_front();
        }
        visit
    }

    /// A session is about to connect to the echo server.
    pub(crate) fn dial(self: &Arc<Self>) -> Dialling {
        lock(&self.0).dialling += 1;
        Dialling(self.clone())
    }

    /// Nobody who was announced comes any more, since the echo server listens anew.
    pub(crate) fn forget_announced(&self) {
        lock(&self.0).announced.clear();
    }

    /// All of whom it is known whose they are.
    pub(crate) fn told(&self) -> EchoConnections {
        let book = lock(&self.0);
        let known = book.latest.iter().filter(|(_, whose)| *whose != Whose::Unknown);
        let connections = known.map(|(visit, whose)| visit.told(*whose == Whose::Bridge)).collect();
        EchoConnections { connections }
    }

    /// The first [`MAX_HEAD`] bytes that came on a connection which is told.
    pub(crate) fn head(&self, id: u64) -> Option<Vec<u8>> {
        let book = lock(&self.0);
        let mut known = book.latest.iter().filter(|(_, whose)| *whose != Whose::Unknown);
        known.find(|(visit, _)| visit.id == id).map(|(visit, _)| lock(&visit.so_far).head.clone())
    }
}

impl Book {
    fn whose(&mut self, peer: SocketAddr) -> Whose {
        if let Some(index) = self.announced.iter().position(|address| *address == peer) {
            self.announced.remove(index);
            Whose::Bridge
        } else if self.dialling > 0 {
            Whose::Unknown
        } else {
            Whose::Stranger
        }
    }

    fn announce(&mut self, local: SocketAddr) {
        let mut unknown = self.latest.iter_mut().filter(|(_, whose)| *whose == Whose::Unknown);
        if let Some((_, whose)) = unknown.find(|(visit, _)| visit.peer == local) {
            *whose = Whose::Bridge;
            return;
        }
        self.announced.push_back(local);
        if self.announced.len() > MAX_ANNOUNCED {
            self.announced.pop_front();
        }
    }

    /// Once nobody dials, whoever is unknown is no session.
    fn dialled(&mut self) {
        self.dialling -= 1;
        if self.dialling == 0 {
            let unknown = self.latest.iter_mut().filter(|(_, whose)| *whose == Whose::Unknown);
            unknown.for_each(|(_, whose)| *whose = Whose::Stranger);
        }
    }
}

/// A session that is connecting to the echo server, until it is dropped.
#[derive(Debug)]
pub(crate) struct Dialling(Arc<Visits>);

impl Dialling {
    /// It is connected, from this address.
    pub(crate) fn connected(self, local: SocketAddr) {
        lock(&self.0.0).announce(known_as(local));
    }
}

impl Drop for Dialling {
    fn drop(&mut self) {
        lock(&self.0.0).dialled();
    }
}

impl Visit {
    fn new(id: u64, peer: SocketAddr) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let began_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        Self { id, peer, began_ms, so_far: Mutex::default() }
    }

    /// These bytes came.
    pub(crate) fn heard(&self, bytes: &[u8]) {
        let mut so_far = lock(&self.so_far);
        so_far.received += bytes.len() as u64;
        let room = MAX_HEAD - so_far.head.len();
        so_far.head.extend(bytes.iter().take(room));
    }

    /// So many more bytes went back.
    pub(crate) fn answered(&self, count: usize) {
        lock(&self.so_far).echoed += count as u64;
    }

    /// How many bytes went back.
    pub(crate) fn echoed(&self) -> u64 {
        lock(&self.so_far).echoed
    }

    pub(crate) fn ended(&self, end: EchoEnd) {
        lock(&self.so_far).end = Some(end);
    }

    fn told(&self, bridge: bool) -> EchoConnection {
        let so_far = lock(&self.so_far);
        EchoConnection {
            id: self.id,
            peer: self.peer.into(),
            bridge,
            began_ms: self.began_ms,
            received: so_far.received,
            echoed: so_far.echoed,
            end: so_far.end,
        }
    }
}

/// The same for both ends, also where one of them sees IPv4 inside IPv6.
fn known_as(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(canonical(address.ip()), address.port())
}

/// Nothing here panics halfway through a change, so a poisoned lock guards what is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    /// Whose each connection is told to be: a peer's port, and whether it is the bridge's.
    fn told(visits: &Visits) -> Vec<(u16, bool)> {
        visits.told().connections.iter().map(|told| (told.peer.port(), told.bridge)).collect()
    }

    #[test]
    fn a_session_is_the_bridges_whether_it_or_the_echo_server_is_faster() {
        let visits = Arc::new(Visits::default());
        visits.dial().connected(address(1));
        visits.arrive(address(1));
        let dialling = visits.dial();
        visits.arrive(address(2));
        dialling.connected("[::ffff:127.0.0.1]:2".parse().unwrap());
        assert_eq!(told(&visits), [(1, true), (2, true)]);
    }

    #[test]
    fn nothing_is_told_of_a_connection_that_may_be_a_sessions() {
        let visits = Arc::new(Visits::default());
        let one = visits.dial();
        let other = visits.dial();
        visits.arrive(address(7));
        drop(one);
        assert_eq!(told(&visits), []);
        assert_eq!(visits.head(1), None);
        drop(other);
        assert_eq!(told(&visits), [(7, false)]);
    }

    #[test]
    fn a_stranger_on_the_port_of_an_earlier_session_is_a_stranger() {
        let visits = Arc::new(Visits::default());
        visits.dial().connected(address(1));
        visits.arrive(address(1)).ended(EchoEnd::Finished);
        visits.arrive(address(1));
        assert_eq!(told(&visits), [(1, true), (1, false)]);
    }

    #[test]
    fn the_oldest_go_and_numbers_go_on() {
        let visits = Visits::default();
        (0..100).for_each(|_| drop(visits.arrive(address(1))));
        let told = visits.told().connections;
        assert_eq!(told.len(), MAX_CONNECTIONS_TOLD);
        assert_eq!((told.first().unwrap().id, told.last().unwrap().id), (37, 100));
    }

    #[test]
    fn the_first_bytes_are_kept_and_all_are_counted() {
        let visits = Visits::default();
        let visit = visits.arrive(address(1));
        visit.heard(&vec![1; MAX_HEAD - 1]);
        visit.heard(&[2; 10]);
        let head = visits.head(1).unwrap();
        assert_eq!((head.len(), head[MAX_HEAD - 1]), (MAX_HEAD, 2));
        assert_eq!(visits.told().connections[0].received, MAX_HEAD as u64 + 9);
    }
}
