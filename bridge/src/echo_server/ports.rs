//! Binding the echo server's addresses: all of them, or none.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket, lookup_host};

use crate::local;
use crate::targets::{Host, LOOPBACK};

/// The most connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// The result of binding the echo server's addresses.
#[derive(Debug)]
pub enum Bound<T = TcpListener> {
    /// They were free, and these sockets are bound to them.
    Own(Vec<T>),
    /// Another server listens on this one of them.
    Taken(SocketAddr),
}

/// Listens on all addresses of `host`, or on none if any of them is taken: clients would reach the
/// echo server by one address, and another server by the other.
///
/// An address that this machine does not have (often `::1`) is skipped if there is another one.
/// Port 0 takes a free port, the same for all addresses.
///
/// # Errors
/// Returns the system's error if no address can be listened on.
pub async fn bind(host: &Host, port: u16) -> io::Result<Bound> {
    listen(&addresses(host, port).await?)
}

/// Listens on `addresses`, which have the same port, as [`bind`] does.
pub(crate) fn listen(addresses: &[SocketAddr]) -> io::Result<Bound> {
    claim(addresses, |socket| socket.listen(BACKLOG))
}

/// Binds the same addresses without listening, so that connections there are refused, and no other
/// server can listen.
///
/// # Errors
/// Fails as [`bind`] does.
pub async fn hold(host: &Host, port: u16) -> io::Result<Bound<TcpSocket>> {
    claim(&addresses(host, port).await?, |socket| {
        // Otherwise another socket with SO_REUSEADDR could share the address.
        socket.set_reuseaddr(false)?;
        Ok(socket)
    })
}

/// Returns whether another server listens on any of these addresses.
///
/// The check binds and does not connect, so that the other server does not notice it. It does not
/// hinder a server that is about to listen either: sockets with `SO_REUSEADDR` share an address
/// while none of them listens.
///
/// # Errors
/// Returns the system's error if no address can be bound.
pub(super) fn is_taken(addresses: &[SocketAddr]) -> io::Result<bool> {
    let bound = claim(addresses, |socket| {
        drop(socket);
        Ok(())
    })?;
    Ok(matches!(bound, Bound::Taken(_)))
}

/// Binds a socket to each of `addresses`, which have the same port, and applies `finish` to it.
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
        // For port 0 all addresses get the port of the first one.
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

/// Binds a socket to `address`, and returns it with its port.
fn socket(address: SocketAddr) -> io::Result<(TcpSocket, u16)> {
    let socket = local::socket(address.ip())?;
    // On Unix it allows an address whose earlier connections are in TIME-WAIT. On Windows it would
    // take the address from a server that listens there.
    socket.set_reuseaddr(cfg!(unix) && address.port() != 0)?;
    socket.bind(address)?;
    // Connections that are accepted inherit it: the address can be listened on again while they are
    // open, and in TIME-WAIT.
    socket.set_reuseaddr(cfg!(unix))?;
    let port = socket.local_addr()?.port();
    Ok((socket, port))
}

/// Returns the unspecified address of the family of `address`, on systems that allow a single
/// address to be bound beside a listener on all of them, as all but Linux do.
fn all_of(address: &SocketAddr) -> Option<SocketAddr> {
    let is_allowed = !cfg!(target_os = "linux") && address.port() != 0;
    is_allowed.then(|| SocketAddr::new(local::unspecified(address.ip()), address.port()))
}

/// Returns whether `address` cannot be bound because another socket has it.
fn is_in_use(address: SocketAddr) -> bool {
    socket(address).is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// Returns the addresses of `host`. `localhost` is both loopback addresses (RFC 6761, section 6.3),
/// whatever the hosts file says.
///
/// # Errors
/// Returns the system's error if a name has no address.
pub(crate) async fn addresses(host: &Host, port: u16) -> io::Result<Vec<SocketAddr>> {
    let name = match host {
        Host::Address(address) => return Ok(vec![SocketAddr::new(*address, port)]),
        Host::Name(name) => name.as_str(),
    };
    if name == "localhost" {
        return Ok(LOOPBACK.map(|ip| SocketAddr::new(ip, port)).into());
    }
    Ok(lookup_host((name, port)).await?.collect())
}
