//! A connection that came in and waits to be claimed.

use std::io;
use std::net::SocketAddr;

use echo_core::wire::{BridgeMessage, Party};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Duration, Instant, sleep_until};

use super::claimed::{Claimed, ResetOnDrop};
use super::registry::{Claim, ListenerSlot, OfferGuard};
use crate::targets::canonical_socket;

/// How long a connection waits to be claimed before it is reset.
const CLAIM_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection that waits to be claimed. Dropped, it is reset.
#[derive(Debug)]
pub(super) struct Unclaimed {
    connection: Claimed,
    claims: oneshot::Receiver<Claim>,
    offer: OfferGuard,
}

impl Unclaimed {
    /// Offers a connection that was just accepted to the client of the listener, and turns Nagle's
    /// algorithm off.
    ///
    /// # Errors
    /// Fails if the system has no random numbers for an id, or if the connection has no address any
    /// more.
    pub(super) fn offer(
        slot: &ListenerSlot,
        stream: TcpStream,
        peer: SocketAddr,
    ) -> io::Result<Self> {
        let stream = ResetOnDrop::new(stream);
        let local = canonical_socket(stream.get().local_addr()?);
        stream.get().set_nodelay(true)?;
        let (offer, claims) = slot.offer()?;
        let peer = canonical_socket(peer);
        let connection = Claimed { stream, local, peer, since: Instant::now() };
        Ok(Self { connection, claims, offer })
    }

    /// Returns the message by which the client learns of it; `at_us` is when it was accepted.
    pub(super) fn message(&self, at_us: u64) -> BridgeMessage {
        let Claimed { local, peer, .. } = self.connection;
        let id = self.offer.id().to_string();
        BridgeMessage::Incoming { id, peer: peer.into(), local: local.into(), at_us }
    }

    /// Waits until the connection is claimed, or can be no longer, of which the message is returned.
    ///
    /// A program that has sent FIN still waits for the answer, as `nc` does at the end of its input:
    /// only one that sent RST has gone away.
    pub(super) async fn wait(self) -> Option<BridgeMessage> {
        let Self { connection, claims, offer } = self;
        let by = tokio::select! {
            biased;
            claim = claims => {
                // A session that has ended meanwhile drops the connection.
                let _ = claim.map(|claim| claim.send(connection));
                return None;
            }
            () = wait_for_reset(connection.stream.get()) => Party::Target,
            () = sleep_until(connection.since + CLAIM_TIMEOUT) => Party::Bridge,
        };
        Some(BridgeMessage::Abandoned { id: offer.id().to_string(), by })
    }
}

/// Waits until the connection has failed, as it does at a reset, although nothing is read from it.
#[cfg(unix)]
async fn wait_for_reset(stream: &TcpStream) {
    use tokio::io::{Interest, Ready};

    if !stream.ready(Interest::ERROR).await.is_ok_and(Ready::is_error) {
        // What cannot be watched is noticed once the connection is read.
        std::future::pending::<()>().await;
    }
}

/// Never returns: on other systems than Unix a reset is noticed once the connection is read.
#[cfg(not(unix))]
async fn wait_for_reset(_: &TcpStream) {
    std::future::pending::<()>().await;
}
