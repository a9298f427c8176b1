//! The open HTTP connections, and which of them is closed to make room for another one.
//!
//! Sessions are not among them: an upgraded connection leaves once its session has one of the
//! `--max-sessions` permits.

mod registry;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::peer::PeerKey;
use registry::{Limits, Phase, Registry};

/// The most HTTP connections at once while all sessions are open.
const MAX_SPARE: usize = 256;
/// The most HTTP connections beyond [`MAX_SPARE`]: one for each session that may still be opened,
/// since all of them may be at their handshake at once, as after a restart of the bridge.
const MAX_HANDSHAKES: usize = 1024;
/// How many places no single peer, as [`crate::peer::PeerKey`] tells them apart, takes from the
/// others.
const RESERVED_FOR_OTHER_PEERS: usize = MAX_SPARE / 2;

/// The open HTTP connections.
#[derive(Debug)]
pub(crate) struct Connections {
    registry: Mutex<Registry>,
    /// One permit for each session that may still be opened.
    sessions: Arc<Semaphore>,
    /// One permit for each connection that may still be open. An evicted connection leaves the
    /// registry at once, but gives its permit back only when its socket is closed.
    permits: Arc<Semaphore>,
}

impl Connections {
    /// Creates an empty set; `sessions` has a permit for each session that may still be opened.
    pub(crate) fn new(sessions: Arc<Semaphore>) -> Self {
        let permits = Arc::new(Semaphore::new(MAX_SPARE + MAX_HANDSHAKES));
        Self { registry: Mutex::default(), sessions, permits }
    }

    /// Returns the most connections that may be open now.
    fn limits(&self) -> Limits {
        let max = MAX_SPARE + self.sessions.available_permits().min(MAX_HANDSHAKES);
        Limits { max, max_per_peer: max - RESERVED_FOR_OTHER_PEERS }
    }

    /// Returns a place for a new connection from `peer`. If there is none left, another connection
    /// is evicted, and its end is waited for; that takes no longer than its task needs to notice.
    pub(crate) async fn admit(self: &Arc<Self>, peer: impl Into<PeerKey>) -> Place {
        let (id, evicted) = self.registry().admit(peer.into(), self.limits());
        let mut place = Place { connections: self.clone(), id, evicted, permit: None };
        // It fails for a closed semaphore alone, and nobody closes this one.
        place.permit = self.permits.clone().acquire_owned().await.ok();
        place
    }

    /// Locks the registry. Nothing panics halfway through a change, so a poisoned lock guards a
    /// consistent registry.
    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place among the [`Connections`], until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    connections: Arc<Connections>,
    id: u64,
    evicted: CancellationToken,
    permit: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// Returns the token that is cancelled when another connection needs this place. The connection
    /// must then be closed, and the place dropped, without waiting for anything.
    pub(crate) fn evicted(&self) -> CancellationToken {
        self.evicted.clone()
    }

    /// Has the connection count as one of `peer`, for which a proxy opened it.
    pub(crate) fn set_peer(&self, peer: impl Into<PeerKey>) {
        self.connections.registry().set_peer(self.id, peer.into());
    }

    /// Records that a request has been read, or a part of its response written.
    pub(crate) fn set_responding(&self) {
        self.connections.registry().set_phase(self.id, Phase::Responding);
    }

    /// Records that a response has been written to its end.
    pub(crate) fn set_waiting(&self) {
        self.connections.registry().set_phase(self.id, Phase::Waiting);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.registry().remove(self.id);
    }
}

/// A place among connections of their own.
#[cfg(test)]
pub(crate) async fn single_place() -> Arc<Place> {
    let connections = Arc::new(Connections::new(Arc::new(Semaphore::new(0))));
    Arc::new(connections.admit(std::net::IpAddr::from([127, 0, 0, 1])).await)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    /// The places of one connection from each of so many addresses.
    async fn places(connections: &Arc<Connections>, count: usize) -> Vec<Place> {
        let mut places = Vec::new();
        for n in 0..count {
            let peer = Ipv4Addr::from_bits(u32::try_from(n).unwrap());
            places.push(connections.admit(std::net::IpAddr::from(peer)).await);
        }
        places
    }

    #[tokio::test]
    async fn a_newcomer_waits_until_the_evicted_connection_is_closed() {
        let all = MAX_SPARE + MAX_HANDSHAKES;
        let connections = Arc::new(Connections::new(Arc::new(Semaphore::new(MAX_HANDSHAKES))));
        let mut places = places(&connections, all).await;
        let newcomer = connections.admit(std::net::IpAddr::from(Ipv4Addr::LOCALHOST));
        let evicted = async {
            places[0].evicted().cancelled().await;
            assert_eq!(connections.permits.available_permits(), 0);
            drop(places.remove(0));
        };
        let (newcomer, ()) = tokio::join!(newcomer, evicted);
        assert!(!newcomer.evicted().is_cancelled());
        assert!(!places.iter().any(|place| place.evicted().is_cancelled()));
        drop((newcomer, places));
        assert_eq!(connections.permits.available_permits(), all);
    }

    #[tokio::test]
    async fn the_more_sessions_may_still_be_opened_the_more_connections_there_may_be() {
        for available in [0, 7] {
            let connections = Arc::new(Connections::new(Arc::new(Semaphore::new(available))));
            let places = places(&connections, MAX_SPARE + available + 3).await;
            let evicted = places.iter().filter(|place| place.evicted().is_cancelled());
            assert_eq!(evicted.count(), 3);
        }
    }
}
