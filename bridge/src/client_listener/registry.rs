//! All listeners of clients, and the connections that wait to be claimed.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use echo_core::wire::{Failure, Kind, Stage};
use tokio::sync::oneshot;

use super::claimed::Claimed;
use crate::endpoint::Endpoint;
use crate::peer::PeerKey;
use crate::targets::{LOOPBACK, canonical};

/// The most listeners of all clients. One on `localhost` is one, although it has two sockets.
pub(crate) const MAX_LISTENERS: usize = 64;
/// The most listeners of one client.
const MAX_PER_CLIENT: usize = 16;
/// What the message of a failure ends with that is about one of these bounds.
pub(crate) const IS_THE_MOST: &str = "listeners, which is the most";

/// The id of a connection that waits to be claimed: 128 random bits, since whoever knows it can
/// claim the connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ConnectionId([u8; 16]);

impl ConnectionId {
    fn generate() -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        Ok(Self(random))
    }

    fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Shows nothing of the id, since what is shown may be logged.
impl fmt::Debug for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConnectionId(_)")
    }
}

/// A claim of a connection: where to send it.
pub(super) type Claim = oneshot::Sender<Claimed>;

/// The listeners of all clients.
#[derive(Debug, Default)]
pub(crate) struct ClientListeners(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// How many listeners each client has. Nobody has none.
    listeners: HashMap<PeerKey, usize>,
    /// The connections that can be claimed.
    offers: HashMap<ConnectionId, Offer>,
}

/// A connection that can be claimed.
#[derive(Debug)]
struct Offer {
    owner: PeerKey,
    claims: oneshot::Sender<Claim>,
}

impl ClientListeners {
    /// Counts a listener of `client` until the result is dropped.
    ///
    /// # Errors
    /// Fails in the stage `limit` if there are as many as may be, in all or of this client.
    pub(super) fn admit(self: &Arc<Self>, client: Endpoint) -> Result<ListenerSlot, Failure> {
        let owner = owner(client);
        let mut state = self.lock();
        let open: usize = state.listeners.values().sum();
        let of_client = state.listeners.get(&owner).copied().unwrap_or(0);
        if of_client >= MAX_PER_CLIENT {
            return Err(too_many(&format!("{} has {of_client}", client.name())));
        }
        if open >= MAX_LISTENERS {
            return Err(too_many(&format!("all clients together have {open}")));
        }
        state.listeners.insert(owner, of_client + 1);
        Ok(ListenerSlot { listeners: self.clone(), owner })
    }

    /// Claims the connection with this id for `client`.
    ///
    /// # Errors
    /// Fails in the stage `accept` if there is none (any more), or another client's listener has it.
    pub(crate) async fn claim(&self, id: &str, client: Endpoint) -> Result<Claimed, Failure> {
        let (claim, claimed) = oneshot::channel();
        let claims = self.take_offer(id, client).ok_or_else(not_there)?;
        claims.send(claim).map_err(|_| not_there())?;
        claimed.await.map_err(|_| not_there())
    }

    fn take_offer(&self, id: &str, client: Endpoint) -> Option<oneshot::Sender<Claim>> {
        let id = ConnectionId::parse(id)?;
        let mut state = self.lock();
        let is_own = state.offers.get(&id)?.owner == owner(client);
        is_own.then(|| state.offers.remove(&id))?.map(|offer| offer.claims)
    }

    /// Locks the state. Nothing panics halfway through a change, so a poisoned lock guards a
    /// consistent one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns which clients share their listeners: those of the same [`PeerKey`], and of both loopback
/// addresses, since a browser may use the one for one WebSocket and the other for the next.
fn owner(client: Endpoint) -> PeerKey {
    let is_localhost = |ip: IpAddr| LOOPBACK.contains(&canonical(ip));
    if client.ip().is_some_and(is_localhost) { LOOPBACK[0].into() } else { client.into() }
}

fn too_many(who: &str) -> Failure {
    let message = format!("{who} {IS_THE_MOST}");
    Failure::new(Stage::Limit, Kind::TooMany, message)
}

fn not_there() -> Failure {
    let message = "no connection with this id waits to be claimed";
    Failure::new(Stage::Accept, Kind::NotFound, message)
}

/// One listener of a client, as long as it is not dropped.
#[derive(Debug)]
pub(super) struct ListenerSlot {
    listeners: Arc<ClientListeners>,
    owner: PeerKey,
}

impl ListenerSlot {
    /// Offers a connection to the listener's client, under a new id, until the result is dropped.
    ///
    /// # Errors
    /// Fails if the system has no random numbers.
    pub(super) fn offer(&self) -> io::Result<(OfferGuard, oneshot::Receiver<Claim>)> {
        let id = ConnectionId::generate()?;
        let (claims, claimed) = oneshot::channel();
        self.listeners.lock().offers.insert(id, Offer { owner: self.owner, claims });
        Ok((OfferGuard { listeners: self.listeners.clone(), id }, claimed))
    }
}

impl Drop for ListenerSlot {
    fn drop(&mut self) {
        let mut state = self.listeners.lock();
        if let Some(open) = state.listeners.get_mut(&self.owner) {
            *open -= 1;
            if *open == 0 {
                state.listeners.remove(&self.owner);
            }
        }
    }
}

/// A connection's place among those that can be claimed, as long as it is not dropped.
#[derive(Debug)]
pub(super) struct OfferGuard {
    listeners: Arc<ClientListeners>,
    id: ConnectionId,
}

impl OfferGuard {
    /// Returns the id by which the connection is claimed.
    pub(super) fn id(&self) -> ConnectionId {
        self.id
    }
}

impl Drop for OfferGuard {
    fn drop(&mut self) {
        self.listeners.lock().offers.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    fn endpoint(ip: &str) -> Endpoint {
        SocketAddr::new(ip.parse().unwrap(), 50_000).into()
    }

    /// How many listeners `client` can open before one is refused, and why that is.
    fn open(listeners: &Arc<ClientListeners>, client: &str) -> (Vec<ListenerSlot>, Failure) {
        let mut open = Vec::new();
        loop {
            match listeners.admit(endpoint(client)) {
                Ok(slot) => open.push(slot),
                Err(refusal) => return (open, refusal),
            }
        }
    }

    #[test]
    fn a_client_has_16_listeners_and_all_together_have_64() {
        let listeners = Arc::new(ClientListeners::default());
        let mut kept = Vec::new();
        for last in 1..=4 {
            let (slots, refusal) = open(&listeners, &format!("192.0.2.{last}"));
            assert_eq!(slots.len(), MAX_PER_CLIENT);
            assert!(refusal.message.starts_with(&format!("192.0.2.{last} has 16 ")));
            kept.extend(slots);
        }
        let (slots, refusal) = open(&listeners, "192.0.2.5");
        assert!(slots.is_empty() && refusal.message.contains("have 64"), "{refusal:?}");
        assert_eq!(u16::from(refusal.close_code()), 1013);
        drop(kept);
        assert!(listeners.lock().listeners.is_empty());
    }

    #[tokio::test]
    async fn an_id_is_claimed_once_and_by_its_client_alone() {
        let listeners = Arc::new(ClientListeners::default());
        let slot = listeners.admit(endpoint("127.0.0.1")).unwrap();
        let (offer, claims) = slot.offer().unwrap();
        let id = offer.id().to_string();
        for (id, client) in [("", "127.0.0.1"), ("AAAA", "127.0.0.1"), (&id, "192.0.2.7")] {
            let refusal = listeners.claim(id, endpoint(client)).await.unwrap_err();
            assert_eq!((refusal.stage, refusal.kind), (Stage::Accept, Kind::NotFound));
        }
        // The browser may have come by the other loopback address.
        assert!(listeners.take_offer(&id, endpoint("::1")).is_some());
        assert!(listeners.take_offer(&id, endpoint("127.0.0.1")).is_none());
        drop((offer, claims));
        assert!(listeners.lock().offers.is_empty());
    }

    #[tokio::test]
    async fn a_connection_that_has_gone_cannot_be_claimed() {
        let listeners = Arc::new(ClientListeners::default());
        let slot = listeners.admit(Endpoint::Unix).unwrap();
        let (offer, claims) = slot.offer().unwrap();
        drop(claims);
        let refusal = listeners.claim(&offer.id().to_string(), Endpoint::Unix).await.unwrap_err();
        assert_eq!(refusal.kind, Kind::NotFound);
    }
}
