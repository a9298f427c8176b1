//! This machine's end of a connection: sockets to bind, and the address they leave from.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use tokio::net::TcpSocket;

/// All addresses of the kind of `ip`.
pub(crate) fn unspecified(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}

/// The address that a connection to `there` leaves from, with port 0. The system is only asked for the way:
/// connecting a UDP socket sends nothing.
pub(crate) fn source(there: SocketAddr) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind((unspecified(there.ip()), 0))?;
    socket.connect(there)?;
    let mut source = socket.local_addr()?;
    source.set_port(0);
    Ok(source)
}

/// A socket that is still to be bound to `ip`, or to connect there.
pub(crate) fn socket(ip: IpAddr) -> io::Result<TcpSocket> {
    match ip {
        IpAddr::V4(_) => TcpSocket::new_v4(),
        IpAddr::V6(_) => TcpSocket::new_v6(),
    }
}
