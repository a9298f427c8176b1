//! This machine's end of a connection: sockets to bind, and the source address.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use tokio::net::TcpSocket;

/// The port of the discard protocol (RFC 863), to look a route up where the port does not matter,
/// since nothing is sent.
pub(crate) const DISCARD: u16 = 9;

/// Returns the unspecified address of the family of `ip`.
pub(crate) fn unspecified(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}

/// Returns the source address of a connection to `there`, with port 0. No packet is sent:
/// connecting a UDP socket only looks the route up.
///
/// # Errors
/// Returns the system's error if it has no route.
pub(crate) fn source(there: SocketAddr) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind((unspecified(there.ip()), 0))?;
    socket.connect(there)?;
    let mut source = socket.local_addr()?;
    source.set_port(0);
    Ok(source)
}

/// Creates a socket of the family of `ip`.
///
/// # Errors
/// Returns the system's error.
pub(crate) fn socket(ip: IpAddr) -> io::Result<TcpSocket> {
    match ip {
        IpAddr::V4(_) => TcpSocket::new_v4(),
        IpAddr::V6(_) => TcpSocket::new_v6(),
    }
}
