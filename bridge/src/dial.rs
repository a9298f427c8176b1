//! From a target to a TCP connection: looking its name up, keeping the allowed addresses,
//! connecting.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};

use echo_core::wire::{Failure, Kind, Stage};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, Instant, timeout_at};

use crate::resolve::Resolver;
use crate::targets::{Policy, Target};

/// The most addresses of one name that are dialled.
const MAX_ADDRESSES: usize = 16;

/// Returns the addresses of `target` that `policy` permits, in the resolver's order. `client` is
/// the address of the client that asks.
///
/// # Errors
/// Fails in the stage `policy` if none is permitted, and in the stage `resolve` if the look-up
/// fails.
pub async fn resolve(
    target: &Target,
    policy: &Policy,
    resolver: &Resolver,
    client: IpAddr,
    deadline: Instant,
) -> Result<Vec<SocketAddr>, Failure> {
    if !policy.may_resolve(target) {
        return Err(forbidden(target));
    }
    permitted(target, policy, resolver.resolve(target, client, deadline).await?)
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
        Err(_) => {
            let message = format!("no answer from {address} within {:.1} s", took.as_secs_f32());
            return Err(failure(Stage::Connect, Kind::Timeout, message));
        }
    };
    stream.set_nodelay(true).map_err(|error| failure(Stage::Connect, Kind::Internal, error))?;
    Ok((stream, took))
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
    Failure { stage, kind, message: message.to_string() }
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

    #[test]
    fn no_name_has_more_addresses_tried_than_the_bound() {
        let found: Vec<_> = (0..100).map(|last| format!("10.0.0.{last}")).collect();
        let found: Vec<_> = found.iter().map(String::as_str).collect();
        let tried = permitted_addresses("10.0.0.0/8:5432", &found).unwrap();
        assert_eq!(tried.len(), MAX_ADDRESSES);
    }
}
