//! This machine's address in its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The address that others in the network reach this machine at, if it has one: the one that a
/// packet to far away would leave from. None is sent.
pub(super) fn address() -> Option<IpAddr> {
    // For documentation: nobody has them (RFC 5737, section 3; RFC 3849, section 2).
    let far4 = Ipv4Addr::new(192, 0, 2, 1);
    let far6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    towards(Ipv4Addr::UNSPECIFIED.into(), far4.into())
        .or_else(|| towards(Ipv6Addr::UNSPECIFIED.into(), far6.into()))
}

fn towards(any: IpAddr, far: IpAddr) -> Option<IpAddr> {
    // Any port would do; this one is for what is thrown away (RFC 863).
    const DISCARD: u16 = 9;
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(far, DISCARD)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}
