//! Which clients count as one.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use crate::endpoint::Endpoint;
use crate::targets::canonical;

/// A client, for limits per client: an IPv4 address, the /64 network of an IPv6 address, since a
/// single host has all of the latter (RFC 4291, section 2.5.1), or all clients of Unix sockets
/// together, which nothing tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeerKey {
    /// The client with this address, or all of this network.
    Ip(IpAddr),
    /// All clients of Unix sockets.
    Unix,
}

impl From<IpAddr> for PeerKey {
    fn from(peer: IpAddr) -> Self {
        const INTERFACE_BITS: u32 = 64;
        match canonical(peer) {
            IpAddr::V6(peer) => {
                let network = peer.to_bits() >> INTERFACE_BITS << INTERFACE_BITS;
                Self::Ip(Ipv6Addr::from_bits(network).into())
            }
            peer @ IpAddr::V4(_) => Self::Ip(peer),
        }
    }
}

impl From<SocketAddr> for PeerKey {
    fn from(peer: SocketAddr) -> Self {
        peer.ip().into()
    }
}

impl From<Endpoint> for PeerKey {
    fn from(peer: Endpoint) -> Self {
        match peer {
            Endpoint::Tcp(address) => address.into(),
            Endpoint::Unix => Self::Unix,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> PeerKey {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn the_addresses_of_an_ipv6_network_are_one_peer_and_those_of_ipv4_are_not() {
        assert_eq!(key("2001:db8::1"), key("2001:db8:0:0:ffff::2"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
        assert_ne!(key("10.0.0.1"), key("10.0.0.2"));
        assert_eq!(key("10.0.0.1"), key("::ffff:10.0.0.1"));
    }

    #[test]
    fn a_client_of_a_unix_socket_is_no_client_of_the_loopback_interface() {
        let unix = PeerKey::from(Endpoint::Unix);
        assert!(unix == PeerKey::Unix && unix != key("127.0.0.1") && unix != key("::1"));
    }
}
