//! The echo server's address: all of it or nothing.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket, lookup_host};

use crate::local;
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
    listen(&addresses(host, port).await?)
}

/// The same, of addresses that share a port.
pub(super) fn listen(addresses: &[SocketAddr]) -> io::Result<Bound> {
    claim(addresses, |socket| socket.listen(BACKLOG))
}

/// Holds the same addresses without listening, so that a connect is refused there, and nobody else
/// can listen.
///
/// # Errors
/// As [`bind`].
pub async fn hold(host: &Host, port: u16) -> io::Result<Bound<TcpSocket>> {
    claim(&addresses(host, port).await?, |socket| {
        // Who comes later and would share the address may not.
        socket.set_reuseaddr(false)?;
        Ok(socket)
    })
}

/// Whether something listens on any of these addresses.
///
/// Nobody who listens notices, as they would a connect; and who is about to listen is not in the
/// way, nor hindered: while none of them listens, sockets with `SO_REUSEADDR` share an address.
pub(super) fn is_taken(addresses: &[SocketAddr]) -> io::Result<bool> {
    let bound = claim(addresses, |socket| {
        drop(socket);
        Ok(())
    })?;
    Ok(matches!(bound, Bound::Taken(_)))
}

fn claim<T>(
    addresses: &[SocketAddr],
    finish: impl Fn(TcpSocket) -> io::Result<T>,
) -> io::Result<Bound<T>> {
    if let Some(all) = addresses.iter().filter_map(all_of).find(|all| is_in_use(*all)) {
        return Ok(Bound::Taken(all));
    }
    let mut claimed = Vec::new();
    let mut chosen = None;
    let mut missing = None;
    for address in addresses {
        // Where any port will do, it is the first one's.
        let address = SocketAddr::new(address.ip(), chosen.unwrap_or(address.port()));
        match socket(address).and_then(|(socket, port)| Ok((finish(socket)?, port))) {
            Ok((done, port)) => {
                chosen = Some(port);
                claimed.push(done);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                return Ok(Bound::Taken(address));
            }
            Err(error) => missing = Some(error),
        }
    }
    match missing {
        Some(error) if claimed.is_empty() => Err(error),
        _ => Ok(Bound::Own(claimed)),
    }
}

/// A socket that is bound to `address`, and its port.
fn socket(address: SocketAddr) -> io::Result<(TcpSocket, u16)> {
    let socket = local::socket(address.ip())?;
    // Elsewhere than on Windows, connections of before that linger hold up nobody so; there it
    // would take the address from whoever listens.
    socket.set_reuseaddr(cfg!(unix) && address.port() != 0)?;
    socket.bind(address)?;
    let port = socket.local_addr()?.port();
    Ok((socket, port))
}

/// What stands for all addresses of the kind of `address`, where a system lets one of them be bound
/// beside a listener on all of them, as all but Linux do.
fn all_of(address: &SocketAddr) -> Option<SocketAddr> {
    let unseen = !cfg!(target_os = "linux") && address.port() != 0;
    unseen.then(|| SocketAddr::new(local::unspecified(address.ip()), address.port()))
}

fn is_in_use(address: SocketAddr) -> bool {
    socket(address).is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// `localhost` is both loopback addresses, whatever the hosts file says of it.
async fn addresses(host: &Host, port: u16) -> io::Result<Vec<SocketAddr>> {
    let name = match host {
        Host::Address(address) => return Ok(vec![SocketAddr::new(*address, port)]),
        Host::Name(name) => name.as_str(),
    };
    if name == "localhost" {
        let both: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        return Ok(both.map(|ip| SocketAddr::new(ip, port)).into());
    }
    Ok(lookup_host((name, port)).await?.collect())
}
