//! The open HTTP connections, and which of them is closed so that another one can come in.
//!
//! Sessions are not among them: an upgraded connection leaves once its session has one of the
//! `--max-sessions` permits.

mod registry;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use registry::{Phase, Registry};

/// The most HTTP connections at once that are not, or not yet, sessions.
pub(crate) const MAX_CONNECTIONS: usize = 256;
/// The most of them from one address (of IPv6: from one /64 network), so that one client alone
/// never closes the connections of others.
const MAX_CONNECTIONS_PER_PEER: usize = MAX_CONNECTIONS / 2;

/// The open HTTP connections, at most [`MAX_CONNECTIONS`].
#[derive(Debug)]
pub(crate) struct Connections {
    registry: Mutex<Registry>,
    /// One permit for each connection that may still be open. An evicted connection leaves the
    /// registry at once, but gives its permit back only when its socket is closed.
    permits: Arc<Semaphore>,
}

impl Connections {
    pub(crate) fn new() -> Self {
        Self {
            registry: Mutex::new(Registry::new(MAX_CONNECTIONS, MAX_CONNECTIONS_PER_PEER)),
            permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        }
    }

    /// Returns a place for a new connection from `peer`. If there is none left, another connection
    /// is evicted, and its end is waited for; that takes no longer than its task needs to notice.
    pub(crate) async fn admit(self: &Arc<Self>, peer: IpAddr) -> Place {
        let (id, evicted) = self.registry().admit(peer);
        let mut place = Place { connections: self.clone(), id, evicted, permit: None };
        // It fails for a closed semaphore alone, and nobody closes this one.
        place.permit = self.permits.clone().acquire_owned().await.ok();
        place
    }

    /// Nothing panics halfway through a change, so a poisoned lock guards a consistent registry.
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
    /// Is cancelled when another connection needs this place: the connection must be closed, and
    /// the place dropped, without waiting for anything.
    pub(crate) fn evicted(&self) -> CancellationToken {
        self.evicted.clone()
    }

    /// A request has been read, or a part of its response has been written.
    pub(crate) fn set_responding(&self) {
        self.connections.registry().set_phase(self.id, Phase::Responding);
    }

    /// A response has been written to its end.
    pub(crate) fn set_waiting(&self) {
        self.connections.registry().set_phase(self.id, Phase::Waiting);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.registry().remove(self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[tokio::test]
    async fn a_newcomer_waits_until_the_evicted_connection_is_closed() {
        let connections = Arc::new(Connections::new());
        let mut places = Vec::new();
        for n in 0..MAX_CONNECTIONS {
            let peer = Ipv4Addr::from_bits(u32::try_from(n).unwrap());
            places.push(connections.admit(peer.into()).await);
        }
        let newcomer = connections.admit(Ipv4Addr::LOCALHOST.into());
        let evicted = async {
            places[0].evicted().cancelled().await;
            assert_eq!(connections.permits.available_permits(), 0);
            drop(places.remove(0));
        };
        let (newcomer, ()) = tokio::join!(newcomer, evicted);
        assert!(!newcomer.evicted().is_cancelled());
        assert!(!places.iter().any(|place| place.evicted().is_cancelled()));
        drop((newcomer, places));
        assert_eq!(connections.permits.available_permits(), MAX_CONNECTIONS);
    }
}
