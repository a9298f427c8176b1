//! From a host to its addresses, by the system's resolver.
//!
//! That is `getaddrinfo`, so a name means here what it means to every other program of the machine,
//! whatever `nsswitch.conf`, mDNS or a VPN make of it. It blocks a thread, cannot be cancelled, and
//! takes up to half a minute for a name whose servers do not answer. So the look-ups under way are
//! bounded, in all and for each client: names that never answer hold up nobody else's.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use echo_core::wire::{Failure, Kind, Stage};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use crate::local;
use crate::peer::PeerKey;
use crate::targets::{Host, LOOPBACK, Target, canonical_socket};

/// The most look-ups under way at once: a quarter of the threads that tokio has for what blocks.
pub const MAX_LOOK_UPS: usize = 128;
/// The most look-ups of one client under way at once, as [`PeerKey`] tells clients apart.
pub const MAX_LOOK_UPS_PER_CLIENT: usize = 32;

type LookUp = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Looks names up. Look-ups beyond the bounds wait in turn, until their deadline.
pub struct Resolver {
    look_up: Arc<LookUp>,
    all: Arc<Semaphore>,
    /// The permits of each client that has a look-up waiting or under way. Those of other clients
    /// are removed when a new client comes.
    clients: Mutex<HashMap<PeerKey, Weak<Semaphore>>>,
}

/// The permits of one look-up, held until it has ended, even if nobody waits for it any more.
struct Permits {
    _of_client: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Default for Resolver {
    /// Creates a resolver that asks the system's.
    fn default() -> Self {
        Self::new(|name, port| Ok((name, port).to_socket_addrs()?.collect()))
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").field("all", &self.all).finish_non_exhaustive()
    }
}

impl Resolver {
    /// Creates a resolver that looks names up with a function, which may block.
    fn new(
        look_up: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
    ) -> Self {
        let all = Arc::new(Semaphore::new(MAX_LOOK_UPS));
        Self { look_up: Arc::new(look_up), all, clients: Mutex::default() }
    }

    /// Returns all addresses of `target`, in canonical form and the resolver's order, at least one.
    /// An address and `localhost` need no look-up.
    ///
    /// # Errors
    /// Fails in the stage `resolve`: with `not_found` and the resolver's message, with `timeout` if
    /// there is no answer by `deadline`, and with `too_many` if no look-up could begin until then.
    pub async fn resolve(
        &self,
        target: &Target,
        client: PeerKey,
        deadline: Instant,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let name = match &target.host {
            Host::Address(address) => return Ok(vec![SocketAddr::new(*address, target.port)]),
            Host::Name(name) if name == "localhost" => return Ok(loopback(target.port)),
            Host::Name(name) => name,
        };
        let mut addresses = Vec::new();
        for found in self.look_up(name, target.port, client, deadline).await? {
            let address = canonical_socket(found);
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        if addresses.is_empty() { Err(no_address()) } else { Ok(addresses) }
    }

    async fn look_up(
        &self,
        name: &str,
        port: u16,
        client: PeerKey,
        deadline: Instant,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let permits = self.permits(client, deadline).await?;
        let (look_up, name) = (self.look_up.clone(), name.to_owned());
        let looking_up = spawn_blocking(move || {
            let found = look_up(&name, port);
            drop(permits);
            found
        });
        match timeout_at(deadline, looking_up).await {
            Ok(Ok(Ok(found))) => Ok(found),
            Ok(Ok(Err(error))) => Err(failure(Kind::NotFound, error)),
            Ok(Err(error)) => Err(failure(Kind::Internal, error)),
            Err(_) => Err(failure(Kind::Timeout, "the look-up took too long")),
        }
    }

    async fn permits(&self, client: PeerKey, deadline: Instant) -> Result<Permits, Failure> {
        let too_many = |count, whose| {
            failure(Kind::TooMany, format_args!("{count} look-ups {whose} are under way"))
        };
        let of_client = acquire(self.of_client(client), deadline)
            .await
            .ok_or_else(|| too_many(MAX_LOOK_UPS_PER_CLIENT, "by this client"))?;
        let of_all = acquire(self.all.clone(), deadline)
            .await
            .ok_or_else(|| too_many(MAX_LOOK_UPS, "by all clients"))?;
        Ok(Permits { _of_client: of_client, _of_all: of_all })
    }

    /// Returns the permits of `client`, which all its look-ups share.
    fn of_client(&self, client: PeerKey) -> Arc<Semaphore> {
        // What the lock guards is whole even if a thread panicked while it held it.
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(permits) = clients.get(&client).and_then(Weak::upgrade) {
            return permits;
        }
        clients.retain(|_, permits| permits.strong_count() > 0);
        let permits = Arc::new(Semaphore::new(MAX_LOOK_UPS_PER_CLIENT));
        clients.insert(client, Arc::downgrade(&permits));
        permits
    }
}

/// Waits for a permit until `deadline`.
async fn acquire(permits: Arc<Semaphore>, deadline: Instant) -> Option<OwnedSemaphorePermit> {
    // The semaphores are never closed.
    timeout_at(deadline, permits.acquire_owned()).await.ok()?.ok()
}

/// Returns the loopback addresses that this machine has: of the other family a dial would only
/// report that it is missing, instead of what the first one answered.
fn loopback(port: u16) -> Vec<SocketAddr> {
    /// Looked up once, since it takes a socket for each and every session may dial them.
    static USABLE: LazyLock<Vec<IpAddr>> = LazyLock::new(|| {
        let has_route = |ip: &IpAddr| local::source(SocketAddr::new(*ip, local::DISCARD)).is_ok();
        let usable: Vec<_> = LOOPBACK.into_iter().filter(has_route).collect();
        if usable.is_empty() { LOOPBACK.into() } else { usable }
    });
    USABLE.iter().map(|ip| SocketAddr::new(*ip, port)).collect()
}

/// Returns the failure of a name that has no address.
pub(crate) fn no_address() -> Failure {
    failure(Kind::NotFound, "the name has no address")
}

fn failure(kind: Kind, message: impl fmt::Display) -> Failure {
    Failure::new(Stage::Resolve, kind, message.to_string())
}

#[cfg(test)]
mod tests;
