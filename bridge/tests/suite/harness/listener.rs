//! A client that listens, and claims what comes in.

use std::net::{Ipv6Addr, SocketAddr, TcpListener as StdListener};

use echo_core::wire::{BridgeMessage, Party, SUBPROTOCOL};

use super::Bridge;
use super::client::{Client, Received};

/// A client with a listener.
pub(crate) struct Listening {
    pub(crate) client: Client,
    /// Where it listens.
    pub(crate) addresses: Vec<SocketAddr>,
}

/// A connection that came in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(crate) id: String,
    pub(crate) peer: SocketAddr,
    pub(crate) local: SocketAddr,
}

impl Listening {
    /// A client that listens at `address`.
    pub(crate) async fn at(bridge: &Bridge, address: &str) -> Self {
        let client = Client::open(bridge, &format!("?listen={address}")).await;
        Self::of(client, address).await
    }

    /// The same, of a client that asked for it.
    pub(crate) async fn of(mut client: Client, address: &str) -> Self {
        let count = if address.starts_with("localhost") { loopbacks() } else { 1 };
        let mut addresses = Vec::new();
        while addresses.len() < count {
            match client.next().await {
                Received::Control(BridgeMessage::Listening { address }) => {
                    addresses.push(address.to_string().parse().unwrap());
                }
                other => panic!("{other:?}"),
            }
        }
        Self { client, addresses }
    }

    /// The next connection that comes in.
    pub(crate) async fn incoming(&mut self) -> Incoming {
        match self.client.next().await {
            Received::Control(BridgeMessage::Incoming { id, peer, local, .. }) => {
                let [peer, local] = [peer, local].map(|it| it.to_string().parse().unwrap());
                Incoming { id, peer, local }
            }
            other => panic!("{other:?}"),
        }
    }

    /// The next connection that can be claimed no longer, and by whom.
    pub(crate) async fn abandoned(&mut self) -> (String, Party) {
        match self.client.next().await {
            Received::Control(BridgeMessage::Abandoned { id, by }) => (id, by),
            other => panic!("{other:?}"),
        }
    }

    /// A session with the next connection that comes in.
    pub(crate) async fn accept(&mut self, bridge: &Bridge) -> Client {
        let incoming = self.incoming().await;
        claim(bridge, &incoming.id).await
    }
}

/// A session with the connection that has this id.
pub(crate) async fn claim(bridge: &Bridge, id: &str) -> Client {
    claim_at(bridge.address, id).await
}

/// The same, by the bridge's address.
pub(crate) async fn claim_at(bridge: SocketAddr, id: &str) -> Client {
    let (mut client, _) = Client::at(bridge, &format!("?accept={id}"), SUBPROTOCOL).await;
    match client.next().await {
        Received::Control(BridgeMessage::Accepted { .. }) => client,
        other => panic!("{other:?}"),
    }
}

/// How many loopback addresses this machine has.
fn loopbacks() -> usize {
    if StdListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() { 2 } else { 1 }
}
