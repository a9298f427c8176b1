//! Which connection is evicted: bookkeeping without I/O, without a clock, and without a lock.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use tokio_util::sync::CancellationToken;

use crate::peer::PeerKey;

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The most in all, at least 1.
    pub(super) max: usize,
    /// The most of one peer, at least 1.
    pub(super) max_per_peer: usize,
}

/// The connections that are open and not evicted.
#[derive(Debug, Default)]
pub(super) struct Registry {
    /// Counts everything that happens to any connection; it stands in for the time.
    ticks: u64,
    connections: HashMap<u64, Connection>,
    /// The ids of each peer's connections, in the order in which they are evicted. No peer has
    /// none.
    peers: HashMap<PeerKey, BTreeMap<Priority, u64>>,
}

/// What decides which connection of a peer is evicted first: what it does, and the tick of the last
/// thing that happened to it, which no two connections share.
type Priority = (Phase, u64);

#[derive(Debug)]
struct Connection {
    peer: PeerKey,
    priority: Priority,
    evicted: CancellationToken,
}

/// What a connection does. Those that wait for their client are evicted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// It waits for a request, or for the rest of one's headers.
    Waiting,
    /// A request is being answered, or its response has not been written to the end.
    Responding,
}

impl Registry {
    /// Adds a connection and returns its id, and the token that is cancelled when it is evicted.
    /// As long as that would be one too many, the connection that can be spared most is evicted.
    pub(super) fn admit(&mut self, peer: PeerKey, limits: Limits) -> (u64, CancellationToken) {
        while let Some(victim) = self.victim(peer, limits).and_then(|id| self.remove(id)) {
            victim.cancel();
        }
        let id = self.tick();
        let evicted = CancellationToken::new();
        let priority = (Phase::Waiting, id);
        self.peers.entry(peer).or_default().insert(priority, id);
        self.connections.insert(id, Connection { peer, priority, evicted: evicted.clone() });
        (id, evicted)
    }

    /// Notes what a connection does now, which counts as activity. Does nothing for one that was
    /// evicted.
    pub(super) fn set_phase(&mut self, id: u64, phase: Phase) {
        let priority = (phase, self.tick());
        if let Some(connection) = self.connections.get_mut(&id)
            && let Some(queue) = self.peers.get_mut(&connection.peer)
        {
            queue.remove(&connection.priority);
            queue.insert(priority, id);
            connection.priority = priority;
        }
    }

    /// Counts a connection as one of `peer`. Nothing is evicted for it, even if the peer has more
    /// than its share then. Does nothing for one that was evicted.
    pub(super) fn set_peer(&mut self, id: u64, peer: PeerKey) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        self.remove_from_queue(&connection);
        connection.peer = peer;
        self.peers.entry(peer).or_default().insert(connection.priority, id);
        self.connections.insert(id, connection);
    }

    /// Removes a connection, and returns the token that tells of its eviction.
    pub(super) fn remove(&mut self, id: u64) -> Option<CancellationToken> {
        let connection = self.connections.remove(&id)?;
        self.remove_from_queue(&connection);
        Some(connection.evicted)
    }

    /// Removes a connection from those of its peer.
    fn remove_from_queue(&mut self, connection: &Connection) {
        if let Some(queue) = self.peers.get_mut(&connection.peer) {
            queue.remove(&connection.priority);
            if queue.is_empty() {
                self.peers.remove(&connection.peer);
            }
        }
    }

    /// The connection that must go before one of `newcomer` may come. A peer that has its full
    /// share loses one of its own. Otherwise the peer with the most connections loses one: of
    /// these, one that waits for its client before one that responds, and of equal ones that which
    /// was inactive for the longest.
    fn victim(&self, newcomer: PeerKey, limits: Limits) -> Option<u64> {
        let has_full_share = |queue: &&BTreeMap<_, _>| queue.len() >= limits.max_per_peer;
        let queue = match self.peers.get(&newcomer).filter(has_full_share) {
            Some(own) => own,
            None if self.connections.len() < limits.max => return None,
            None => self
                .peers
                .values()
                .max_by_key(|queue| (queue.len(), Reverse(queue.first_key_value())))?,
        };
        queue.first_key_value().map(|(_, id)| *id)
    }

    fn tick(&mut self) -> u64 {
        self.ticks += 1;
        self.ticks
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    const LIMITS: Limits = Limits { max: 4, max_per_peer: 3 };

    /// A registry, and the connections that were admitted to it.
    struct Fixture {
        registry: Registry,
        admitted: Vec<(u64, CancellationToken)>,
    }

    impl Fixture {
        fn of(peers: &[&str]) -> Self {
            let mut fixture = Self { registry: Registry::default(), admitted: Vec::new() };
            for peer in peers {
                fixture.admit(peer);
            }
            assert!(fixture.evicted().is_empty());
            fixture
        }

        fn admit(&mut self, peer: &str) {
            let peer = peer.parse::<IpAddr>().unwrap();
            self.admitted.push(self.registry.admit(peer.into(), LIMITS));
        }

        fn set(&mut self, nth: usize, phase: Phase) {
            self.registry.set_phase(self.admitted[nth].0, phase);
        }

        /// Those that were evicted, by when they came.
        fn evicted(&self) -> Vec<usize> {
            let admitted = self.admitted.iter().enumerate();
            admitted.filter(|(_, (_, token))| token.is_cancelled()).map(|(nth, _)| nth).collect()
        }
    }

    #[test]
    fn the_connection_that_waited_longest_for_a_request_goes_first() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]);
        fixture.set(0, Phase::Responding);
        fixture.set(1, Phase::Responding);
        fixture.set(1, Phase::Waiting);
        fixture.admit("10.0.0.5");
        assert_eq!(fixture.evicted(), [2]);
        fixture.admit("10.0.0.6");
        assert_eq!(fixture.evicted(), [2, 3]);
        fixture.admit("10.0.0.7");
        assert_eq!(fixture.evicted(), [1, 2, 3]);
    }

    #[test]
    fn where_all_respond_the_one_without_progress_for_longest_goes() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]);
        for nth in [0, 1, 2, 3, 0] {
            fixture.set(nth, Phase::Responding);
        }
        fixture.admit("10.0.0.5");
        assert_eq!(fixture.evicted(), [1]);
    }

    #[test]
    fn the_peer_with_the_most_connections_loses_one_whatever_it_does() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.2", "10.0.0.3"]);
        fixture.set(1, Phase::Responding);
        fixture.set(2, Phase::Responding);
        fixture.admit("10.0.0.4");
        assert_eq!(fixture.evicted(), [1]);
    }

    #[test]
    fn one_peer_never_takes_all_places() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.2", "10.0.0.2"]);
        (0..100).for_each(|_| fixture.admit("10.0.0.2"));
        assert_eq!(fixture.evicted(), (1..=100).collect::<Vec<_>>());
        assert_eq!(fixture.registry.connections.len(), 4);
    }

    #[test]
    fn a_peer_with_its_full_share_loses_its_own_while_places_are_free() {
        let mut fixture = Fixture::of(&["10.0.0.2", "10.0.0.2", "10.0.0.2"]);
        fixture.admit("::ffff:10.0.0.2");
        assert_eq!(fixture.evicted(), [0]);
    }

    #[test]
    fn the_addresses_of_an_ipv6_network_are_one_peer() {
        let mut fixture = Fixture::of(&["2001:db8::1", "2001:db8:0:0:ffff::2", "2001:db8::3"]);
        fixture.admit("2001:db8:0:1::1");
        assert!(fixture.evicted().is_empty());
        fixture.admit("2001:db8::4");
        assert_eq!(fixture.evicted(), [0]);
    }

    #[test]
    fn a_connection_counts_as_one_of_the_client_for_whom_a_proxy_opened_it() {
        let proxy = "10.0.0.1";
        let mut fixture = Fixture::of(&[proxy, proxy, proxy]);
        for (nth, peer) in ["192.0.2.1", "192.0.2.2", "192.0.2.2"].into_iter().enumerate() {
            let (id, _) = fixture.admitted[nth];
            fixture.registry.set_peer(id, peer.parse::<IpAddr>().unwrap().into());
        }
        fixture.admit(proxy);
        assert!(fixture.evicted().is_empty());
        fixture.admit(proxy);
        assert_eq!(fixture.evicted(), [1]);
        assert_eq!(fixture.registry.connections.len(), 4);
    }

    #[test]
    fn a_connection_that_ended_gives_its_place_back() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]);
        let (id, _) = fixture.admitted[3];
        fixture.registry.remove(id);
        fixture.admit("10.0.0.5");
        assert!(fixture.evicted().is_empty());
    }

    #[test]
    fn where_fewer_are_allowed_than_there_are_as_many_go_as_are_too_many() {
        let mut fixture = Fixture::of(&["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]);
        fixture
            .registry
            .admit(IpAddr::from([10, 0, 0, 5]).into(), Limits { max: 2, max_per_peer: 2 });
        assert_eq!(fixture.evicted(), [0, 1, 2]);
    }
}
