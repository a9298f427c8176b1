//! Whether a request was made on the bridge's own machine.
//!
//! The client's address alone does not tell: behind a reverse proxy on the same machine, every
//! client has a loopback address; and one that a trusted proxy tells is an address of the proxy's
//! machine, if it is a loopback address.

use std::fmt;
use std::net::IpAddr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, header};

use super::connection_info::{ConnectionInfo, Via};
use crate::guard::host_address;
use crate::targets::canonical;

/// The headers that proxies add to a request: RFC 7239, RFC 9110 (section 7.6.3), and the names
/// that were common before them.
const FORWARDING_HEADERS: [HeaderName; 6] = [
    header::FORWARDED,
    header::VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
];

/// Why a request does not count as made on the bridge's own machine. It is displayed as a clause,
/// to be embedded in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotLocal {
    /// The client's address.
    Peer(IpAddr),
    /// A Unix socket: whoever connects to it is on this machine, but is most likely a proxy.
    UnixSocket,
    /// The Host, which names no loopback address.
    Host(String),
    /// The header that a proxy added.
    Forwarded(HeaderName),
    /// A trusted proxy is in between.
    Proxied,
}

impl fmt::Display for NotLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnixSocket => f.write_str("this request came over a Unix socket"),
            Self::Peer(peer) => write!(f, "this request came from {peer}"),
            Self::Host(host) => write!(f, "this request was made to {host:?}"),
            Self::Forwarded(name) => write!(f, "this request has the header {name} of a proxy"),
            Self::Proxied => write!(f, "this request came through a proxy"),
        }
    }
}

/// Checks that a request came over loopback, was made to a loopback address (RFC 6761, section 6.3;
/// RFC 1122, section 3.2.1.3), and did not pass a proxy that is known, or that says so.
///
/// # Errors
/// Returns the first of these conditions that does not hold.
pub(super) fn check(
    connection: ConnectionInfo,
    host: Option<&str>,
    headers: &HeaderMap,
) -> Result<(), NotLocal> {
    let peer = canonical(connection.peer.ip().ok_or(NotLocal::UnixSocket)?);
    if !peer.is_loopback() {
        return Err(NotLocal::Peer(peer));
    }
    let host = host.unwrap_or_default();
    if !is_loopback(host) {
        return Err(NotLocal::Host(host.into()));
    }
    match FORWARDING_HEADERS.into_iter().find(|name| headers.contains_key(name)) {
        Some(name) => Err(NotLocal::Forwarded(name)),
        None if connection.via != Via::Direct => Err(NotLocal::Proxied),
        None => Ok(()),
    }
}

/// Returns whether a Host, with any port, names a loopback address.
fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let host = authority.host();
    host.eq_ignore_ascii_case("localhost")
        || host_address(host).is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::http::HeaderValue;

    use super::*;
    use crate::endpoint::Endpoint;

    fn check_from(peer: &str, host: &str, header: Option<&'static str>) -> Result<(), NotLocal> {
        let local: SocketAddr = "127.0.0.1:8080".parse().unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        let (local, peer) = (local.into(), peer.into());
        let connection = ConnectionInfo { local, peer, is_https: false, via: Via::Direct };
        let value = HeaderValue::from_static("10.1.2.3");
        let header = header.map(|name| (HeaderName::from_static(name), value));
        check(connection, Some(host), &header.into_iter().collect())
    }

    #[test]
    fn a_request_over_loopback_to_a_loopback_host_is_local() {
        for peer in ["127.0.0.1:50000", "[::1]:50000", "[::ffff:127.0.0.1]:50000"] {
            for host in ["localhost", "LocalHost:8080", "127.0.0.1:8080", "127.9.8.7", "[::1]:1"] {
                assert_eq!(check_from(peer, host, None), Ok(()), "{peer} {host}");
            }
        }
    }

    #[test]
    fn a_request_from_elsewhere_is_not_local_whatever_its_host() {
        let peer = "192.168.1.5".parse().unwrap();
        let refused = check_from("192.168.1.5:50000", "localhost:8080", None);
        assert_eq!(refused, Err(NotLocal::Peer(peer)));
    }

    #[test]
    fn a_request_over_a_unix_socket_is_not_local_since_a_proxy_may_pass_it_on() {
        let connection = ConnectionInfo {
            local: Endpoint::Unix,
            peer: Endpoint::Unix,
            is_https: false,
            via: Via::Direct,
        };
        let refused = check(connection, Some("localhost"), &HeaderMap::new());
        assert_eq!(refused, Err(NotLocal::UnixSocket));
    }

    #[test]
    fn a_request_to_another_host_is_not_local() {
        for host in ["bridge.school", "192.168.1.5:8080", "localhost.example", "[::2]:8080", ""] {
            let refused = check_from("127.0.0.1:50000", host, None);
            assert_eq!(refused, Err(NotLocal::Host(host.into())));
        }
    }

    #[test]
    fn a_request_that_a_trusted_proxy_forwarded_is_not_local_even_for_its_own_machine() {
        let address = Endpoint::Tcp("127.0.0.1:50000".parse().unwrap());
        for via in [Via::Connection, Via::Unnamed, Via::Request] {
            let connection = ConnectionInfo { local: address, peer: address, is_https: false, via };
            let refused = check(connection, Some("localhost"), &HeaderMap::new());
            assert_eq!(refused, Err(NotLocal::Proxied));
        }
    }

    #[test]
    fn a_request_with_a_header_of_a_proxy_is_not_local() {
        for name in FORWARDING_HEADERS {
            let text = name.as_str().to_owned().leak();
            let refused = check_from("127.0.0.1:50000", "localhost:8080", Some(text));
            assert_eq!(refused, Err(NotLocal::Forwarded(name)));
        }
    }
}
