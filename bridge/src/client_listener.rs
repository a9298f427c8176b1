//! Listening for a client: a listener lives as long as its WebSocket, and each connection that comes
//! in there waits until a session claims it.
//!
//! - [`policy`]: where clients may listen; [`sockets`]: binding the addresses;
//! - [`registry`]: all listeners, and the connections that can be claimed; [`unclaimed`]: one of
//!   these; [`claimed`]: one that a session has claimed; [`conversation`]: what is sent on the
//!   listener's WebSocket.
//!
//! Everything about a listener takes place in its session's task, and is gone with it: its sockets
//! are closed, and connections that nobody claimed are reset. One that was claimed belongs to another
//! session.
//!
//! What waits is bounded: [`MAX_UNCLAIMED`] connections, and fewer messages than twice that for a
//! client that does not read. Beyond that no connection is accepted, and the kernel's backlog holds
//! them.

mod claimed;
mod conversation;
mod policy;
mod registry;
mod sockets;
mod unclaimed;

use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::wire::{BridgeMessage, Failure};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::endpoint::Endpoint;
use crate::micros::micros;
use crate::relay::Ending;
use crate::websocket::ClientSocket;
pub(crate) use claimed::Claimed;
use conversation::Conversation;
pub(crate) use policy::{ListenPolicy, ListenTarget, pattern_for};
use registry::ListenerSlot;
pub(crate) use registry::{ClientListeners, IS_THE_MOST, MAX_LISTENERS};
use sockets::Sockets;
use unclaimed::Unclaimed;

/// The most connections of one listener that wait to be claimed.
pub(crate) const MAX_UNCLAIMED: usize = 64;

/// A listener that a client asked for.
#[derive(Debug)]
pub(crate) struct ClientListener {
    sockets: Sockets,
    slot: ListenerSlot,
}

impl ClientListener {
    /// Listens at `target`, which the policy has allowed, for `client`.
    ///
    /// # Errors
    /// Fails in the stage `limit` if there are too many listeners, and in the stage `listen` if the
    /// system does not allow it.
    pub(crate) fn open(
        target: &ListenTarget,
        listeners: &Arc<ClientListeners>,
        client: Endpoint,
    ) -> Result<Self, Failure> {
        let slot = listeners.admit(client)?;
        Ok(Self { sockets: Sockets::bind(target)?, slot })
    }

    /// Returns the addresses, with the port that was taken.
    pub(crate) fn addresses(&self) -> &[SocketAddr] {
        self.sockets.addresses()
    }

    /// Tells the client of each connection that comes in, until the session's end. Times in messages
    /// count from `start`.
    pub(crate) async fn run(mut self, client: &mut impl ClientSocket, start: Instant) -> Ending {
        let mut conversation = Conversation::new(client);
        for address in self.addresses() {
            conversation.queue(BridgeMessage::Listening { address: (*address).into() });
        }
        let mut unclaimed = FuturesUnordered::new();
        loop {
            let has_room = conversation.is_flushed() && unclaimed.len() < MAX_UNCLAIMED;
            tokio::select! {
                ending = conversation.run() => if let Some(ending) = ending {
                    return ending;
                },
                (stream, peer) = self.sockets.accept(), if has_room => {
                    if let Some(accepted) = self.offer(stream, peer) {
                        conversation.queue(accepted.message(micros(start.elapsed())));
                        unclaimed.push(accepted.wait());
                    }
                },
                Some(abandoned) = unclaimed.next(), if !unclaimed.is_empty() => {
                    if let Some(abandoned) = abandoned {
                        conversation.queue(abandoned);
                    }
                },
            }
        }
    }

    /// Offers a connection to the client. One that cannot be offered is reset.
    fn offer(&self, stream: TcpStream, peer: SocketAddr) -> Option<Unclaimed> {
        let offered = Unclaimed::offer(&self.slot, stream, peer);
        // Whoever connects can bring it about again and again.
        let note = |error: &_| tracing::debug!("the connection of {peer} is reset: {error}");
        offered.inspect_err(note).ok()
    }
}
