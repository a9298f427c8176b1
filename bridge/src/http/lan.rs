//! This machine's address in its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::local;

/// Returns the address that others in the network reach this machine at, if it has one: the source
/// address of a packet to a distant network.
pub(super) fn address() -> Option<IpAddr> {
    // Addresses for documentation, which no machine has (RFC 5737, section 3; RFC 3849, section 2).
    let far4 = Ipv4Addr::new(192, 0, 2, 1);
    let far6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    towards(far4.into()).or_else(|| towards(far6.into()))
}

/// Returns the source address of packets to `far`, if it is not a loopback address.
fn towards(far: IpAddr) -> Option<IpAddr> {
    let address = local::source(SocketAddr::new(far, local::DISCARD)).ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}
