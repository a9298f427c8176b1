//! From a target to a connection: looking its name up, keeping the allowed addresses, connecting
//! over TCP or to a Unix socket, telling it who its client is.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use echo_core::wire::{Failure, Kind, Stage};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, Instant, sleep, timeout_at};

use crate::endpoint::Endpoint;
use crate::peer::PeerKey;
use crate::resolve::Resolver;
use crate::stream::Stream;
use crate::targets::{Policy, ProxyVersion, Target, canonical_socket};

/// The most addresses of one name that are dialled.
const MAX_ADDRESSES: usize = 16;

/// Returns the addresses of `target` that `policy` permits, in the resolver's order. `client` is
/// the client that asks.
///
/// # Errors
/// Fails in the stage `policy` if none is permitted, and in the stage `resolve` if the look-up
/// fails.
pub(crate) async fn resolve(
    target: &Target,
    policy: &Policy,
    resolver: &Resolver,
    client: PeerKey,
    deadline: Instant,
) -> Result<Vec<SocketAddr>, Failure> {
    if !policy.may_resolve(target) {
        return Err(forbidden(target));
    }
    permitted(target, policy, resolver.resolve(target, client, deadline).await?)
}

/// Returns the addresses of a `target` that has a name, all of which are permitted, in the
/// resolver's order and at most [`MAX_ADDRESSES`].
///
/// # Errors
/// Fails in the stage `resolve` if the look-up fails.
pub(crate) async fn resolve_named(
    target: &Target,
    resolver: &Resolver,
    client: PeerKey,
    deadline: Instant,
) -> Result<Vec<SocketAddr>, Failure> {
    let mut found = resolver.resolve(target, client, deadline).await?;
    found.truncate(MAX_ADDRESSES);
    Ok(found)
}

/// Returns the addresses among `found` that may be dialled for `target`, at most [`MAX_ADDRESSES`].
fn permitted(
    target: &Target,
    policy: &Policy,
    mut found: Vec<SocketAddr>,
) -> Result<Vec<SocketAddr>, Failure> {
    let first = found.first().copied();
    found.retain(|address| policy.permits(target, address.ip()));
    found.truncate(MAX_ADDRESSES);
    match first {
        Some(first) if found.is_empty() => Err(Failure::forbidden_address(&first.into())),
        _ => Ok(found),
    }
}

/// Connects to `address`, from `socket` if one is bound already, and turns Nagle's algorithm off.
/// Returns the connection, and how long its handshake took.
///
/// # Errors
/// Fails in the stage `connect`, with the operating system's message.
pub async fn connect(
    address: SocketAddr,
    socket: Option<TcpSocket>,
    deadline: Instant,
) -> Result<(TcpStream, Duration), Failure> {
    let start = Instant::now();
    let connected = timeout_at(deadline, async {
        match socket {
            Some(socket) => socket.connect(address).await,
            None => TcpStream::connect(address).await,
        }
    })
    .await;
    let took = start.elapsed();
    let stream = match connected {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(failure(Stage::Connect, connect_kind(&error), error)),
        Err(_) => return Err(no_answer(address, took)),
    };
    stream.set_nodelay(true).map_err(|error| failure(Stage::Connect, Kind::Internal, error))?;
    Ok((stream, took))
}

/// Connects to the Unix socket at `path`. Returns the connection, and how long that took.
///
/// The system refuses at once where a server's queue of connections is full, as TCP does not; then
/// it is tried again until `deadline`.
///
/// # Errors
/// Fails in the stage `connect`, with the operating system's message.
#[cfg(unix)]
pub(crate) async fn connect_unix(
    path: &Path,
    deadline: Instant,
) -> Result<(Stream, Duration), Failure> {
    const PAUSE: Duration = Duration::from_millis(20);
    let start = Instant::now();
    loop {
        match tokio::net::UnixStream::connect(path).await {
            Ok(stream) => return Ok((Stream::Unix(stream), start.elapsed())),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if Instant::now() + PAUSE > deadline {
                    let server = format_args!("unix:{}", path.display());
                    return Err(no_answer(server, start.elapsed()));
                }
                sleep(PAUSE).await;
            }
            // Nothing listens where there is no socket, either.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(failure(Stage::Connect, Kind::Refused, error));
            }
            Err(error) => return Err(failure(Stage::Connect, connect_kind(&error), error)),
        }
    }
}

/// Fails, since the system has no Unix sockets; the command line refuses them before.
#[cfg(not(unix))]
pub(crate) async fn connect_unix(_: &Path, _: Instant) -> Result<(Stream, Duration), Failure> {
    Err(failure(Stage::Connect, Kind::Internal, "this system has no Unix sockets"))
}

/// Tells a target who its client is: writes the header of the PROXY protocol, with the client's end
/// of its connection and the bridge's, or without addresses for a client of a Unix socket.
///
/// # Errors
/// Fails in the stage `write`, with the operating system's message.
pub(crate) async fn send_proxy_header(
    target: &mut Stream,
    ProxyVersion::V2: ProxyVersion,
    client: Endpoint,
    bridge: Endpoint,
    deadline: Instant,
) -> Result<(), Failure> {
    let header = proxy_header(client, bridge)
        .map_err(|error| failure(Stage::Write, Kind::Internal, error))?;
    match timeout_at(deadline, target.write_all(&header)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(failure(Stage::Write, Kind::Reset, error)),
        Err(_) => {
            let message = "the target did not take the header of the PROXY protocol in time";
            Err(failure(Stage::Write, Kind::Timeout, message))
        }
    }
}

/// Returns the header of the PROXY protocol, version 2 (section 2.2 of its specification).
fn proxy_header(client: Endpoint, bridge: Endpoint) -> io::Result<Vec<u8>> {
    use ppp::v2::{AddressFamily, Addresses, Builder, Command, Protocol, Version};
    let (Endpoint::Tcp(client), Endpoint::Tcp(bridge)) = (client, bridge) else {
        let unspecified = AddressFamily::Unspecified | Protocol::Unspecified;
        return Builder::new(Version::Two | Command::Local, unspecified).build();
    };
    // Both are of one family: an IPv4 client of a socket that takes both is IPv4, too.
    let addresses = match (canonical_socket(client), canonical_socket(bridge)) {
        (client @ SocketAddr::V4(_), bridge @ SocketAddr::V4(_)) => {
            Addresses::from((client, bridge))
        }
        (client, bridge) => Addresses::from((mapped(client), mapped(bridge))),
    };
    Builder::with_addresses(Version::Two | Command::Proxy, Protocol::Stream, addresses).build()
}

/// Returns `address` as one of IPv6 (RFC 4291, section 2.5.5.2).
fn mapped(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        IpAddr::V6(ip) => ip,
    };
    SocketAddr::new(ip.into(), address.port())
}

fn no_answer(server: impl fmt::Display, took: Duration) -> Failure {
    let message = format!("no answer from {server} within {:.1} s", took.as_secs_f32());
    failure(Stage::Connect, Kind::Timeout, message)
}

fn connect_kind(error: &io::Error) -> Kind {
    match error.kind() {
        ErrorKind::ConnectionRefused => Kind::Refused,
        ErrorKind::TimedOut => Kind::Timeout,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable
        | ErrorKind::ConnectionReset
        | ErrorKind::PermissionDenied => Kind::Unreachable,
        _ => Kind::Internal,
    }
}

fn forbidden(target: &Target) -> Failure {
    failure(Stage::Policy, Kind::Forbidden, format!("no --allow pattern names {target}"))
}

fn failure(stage: Stage, kind: Kind, message: impl fmt::Display) -> Failure {
    Failure::new(stage, kind, message.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::Pattern;

    fn permitted_addresses(allow: &str, found: &[&str]) -> Option<Vec<String>> {
        let target = "db.example:5432".parse().unwrap();
        let found = found.iter().map(|address| format!("{address}:5432").parse().unwrap());
        let policy = Policy::new(Pattern::parse(allow).unwrap());
        let permitted = permitted(&target, &policy, found.collect()).ok()?;
        Some(permitted.iter().map(|address| address.ip().to_string()).collect())
    }

    #[test]
    fn of_a_name_with_allowed_and_forbidden_addresses_only_the_allowed_are_dialled() {
        let found = ["169.254.169.254", "10.0.0.7", "127.0.0.1", "[::1]", "10.0.0.8"];
        let allowed = ["10.0.0.7", "10.0.0.8"].map(String::from);
        assert_eq!(permitted_addresses("10.0.0.0/8:5432", &found), Some(allowed.into()));
        assert_eq!(permitted_addresses("192.168.0.0/16:5432", &found), None);
        assert_eq!(permitted_addresses("10.0.0.0/8:5433", &found), None);
    }

    #[test]
    fn where_a_names_addresses_are_forbidden_the_advice_is_to_allow_the_address() {
        let target = "db.example:5432".parse().unwrap();
        let policy = Policy::new(Pattern::parse("10.0.0.0/8:5432").unwrap());
        for (found, allow) in [
            ("192.168.0.7:5432", "192.168.0.7:5432"),
            ("[2001:db8:1111:2222:3333:4444:5555:6666]:5432", "[2001:db8:"),
        ] {
            let found = vec![found.parse().unwrap()];
            let failure = permitted(&target, &policy, found.clone()).unwrap_err();
            assert_eq!((failure.stage, failure.kind), (Stage::Policy, Kind::ForbiddenAddress));
            assert_eq!(u16::from(failure.close_code()), 1008);
            assert!(!failure.message.contains("db.example"), "{}", failure.message);
            let advice = Failure::address_to_allow(&failure.message).unwrap();
            assert!(advice.starts_with(allow), "{advice}");
            let allowed = Policy::new(Pattern::parse(advice).unwrap());
            assert_eq!(permitted(&target, &allowed, found.clone()), Ok(found));
        }
    }

    fn header_between(client: &str, bridge: &str) -> Vec<u8> {
        let endpoint = |text: &str| text.parse().map_or(Endpoint::Unix, Endpoint::Tcp);
        proxy_header(endpoint(client), endpoint(bridge)).unwrap()
    }

    #[test]
    fn the_proxy_header_has_the_clients_address_and_the_one_that_it_connected_to() {
        for (client, bridge, told) in [
            ("192.0.2.7:5000", "192.0.2.1:80", ("192.0.2.7:5000", "192.0.2.1:80")),
            (
                "[::ffff:192.0.2.7]:5000",
                "[::ffff:192.0.2.1]:80",
                ("192.0.2.7:5000", "192.0.2.1:80"),
            ),
            ("[2001:db8::7]:5000", "[2001:db8::1]:80", ("[2001:db8::7]:5000", "[2001:db8::1]:80")),
            ("[2001:db8::7]:5000", "127.0.0.1:80", ("[2001:db8::7]:5000", "[::ffff:127.0.0.1]:80")),
        ] {
            let bytes = header_between(client, bridge);
            let header = ppp::v2::Header::try_from(&*bytes).unwrap();
            assert_eq!(header.command, ppp::v2::Command::Proxy);
            assert_eq!(header.protocol, ppp::v2::Protocol::Stream);
            let addresses: (SocketAddr, SocketAddr) =
                (told.0.parse().unwrap(), told.1.parse().unwrap());
            assert_eq!(header.addresses, addresses.into(), "{client} {bridge}");
        }
    }

    #[test]
    fn the_proxy_header_of_a_client_without_an_address_has_none() {
        let bytes = header_between("unix", "unix");
        let header = ppp::v2::Header::try_from(&*bytes).unwrap();
        assert_eq!(header.command, ppp::v2::Command::Local);
        assert_eq!(header.addresses, ppp::v2::Addresses::Unspecified);
        assert_eq!(bytes.len(), 16);
    }

    #[test]
    fn no_name_has_more_addresses_tried_than_the_bound() {
        let found: Vec<_> = (0..100).map(|last| format!("10.0.0.{last}")).collect();
        let found: Vec<_> = found.iter().map(String::as_str).collect();
        let tried = permitted_addresses("10.0.0.0/8:5432", &found).unwrap();
        assert_eq!(tried.len(), MAX_ADDRESSES);
    }
}
