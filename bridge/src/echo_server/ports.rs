//! The echo server's address: all of it or nothing.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket, lookup_host};

use crate::targets::Host;

/// How many connections wait at most to be accepted.
const BACKLOG: u32 = 1024;

/// What came of asking for the echo server's address.
#[derive(Debug)]
pub enum Bound<T = TcpListener> {
    /// It is free: these have it now.
    Own(Vec<T>),
    /// Something else listens on this address of it already.
    Taken(SocketAddr),
}

/// Listens on all addresses of `host`, or on none if any of them is taken: half an echo server
/// beside half an `ncat` would answer now as the one, now as the other.
///
/// An address that this machine does not have (`::1`, often) is passed over, as long as there is
/// another one. Port 0 takes a free port, the same for all.
///
/// # Errors
/// Where no address can be listened on, in the operating system's words.
pub async fn bind(host: &Host, port: u16) -> io::Result<Bound> {
    claim(host, port, |socket| socket.listen(BACKLOG)).await
}

/// Holds the same addresses without listening, so that a connect is refused there, and nobody else
/// can listen.
///
/// # Errors
/// As [`bind`].
pub async fn hold(host: &Host, port: u16) -> io::Result<Bound<TcpSocket>> {
    claim(host, port, |socket| {
        // Who comes later and would share the address may not.
        socket.set_reuseaddr(false)?;
        Ok(socket)
    })
    .await
}

async fn claim<T>(
    host: &Host,
    mut port: u16,
    finish: impl Fn(TcpSocket) -> io::Result<T>,
) -> io::Result<Bound<T>> {
    let mut claimed = Vec::new();
    let mut missing = None;
    for ip in addresses(host, port).await? {
        match socket(SocketAddr::new(ip, port)).and_then(|(socket, at)| Ok((finish(socket)?, at))) {
            Ok((done, at)) => {
                port = at.port();
                claimed.push(done);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                return Ok(Bound::Taken(SocketAddr::new(ip, port)));
            }
            Err(error) => missing = Some(error),
        }
    }
    match missing {
        Some(error) if claimed.is_empty() => Err(error),
        _ => Ok(Bound::Own(claimed)),
    }
}

/// A socket that is bound to `address`, and where.
fn socket(address: SocketAddr) -> io::Result<(TcpSocket, SocketAddr)> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // Elsewhere than on Windows, connections of before that linger hold up nobody so; there it
    // would take the address from whoever listens.
    socket.set_reuseaddr(cfg!(unix) && address.port() != 0)?;
    socket.bind(address)?;
    let at = socket.local_addr()?;
    Ok((socket, at))
}

/// `localhost` is both loopback addresses, whatever the hosts file says of it.
async fn addresses(host: &Host, port: u16) -> io::Result<Vec<IpAddr>> {
    match host {
        Host::Address(address) => Ok(vec![*address]),
        Host::Name(name) if name == "localhost" => {
            Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
        }
        Host::Name(name) => Ok(lookup_host((name.as_str(), port)).await?.map(|a| a.ip()).collect()),
    }
}
