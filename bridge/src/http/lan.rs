//! This machine's address in its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::local;

/// The address that others in the network reach this machine at, if it has one: the one that a
/// packet to far away would leave from.
pub(super) fn address() -> Option<IpAddr> {
    // For documentation: nobody has them (RFC 5737, section 3; RFC 3849, section 2).
    let far4 = Ipv4Addr::new(192, 0, 2, 1);
    let far6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    towards(far4.into()).or_else(|| towards(far6.into()))
}

fn towards(far: IpAddr) -> Option<IpAddr> {
    // Any port would do; this one is for what is thrown away (RFC 863).
    const DISCARD: u16 = 9;
    let address = local::source(SocketAddr::new(far, DISCARD)).ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}
