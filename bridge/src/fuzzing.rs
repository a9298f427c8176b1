//! For the fuzz targets alone: what parsers say of a stranger's bytes that nobody else outside of
//! this crate calls.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use ipnet::IpNet;
use tokio::io::AsyncRead;

use crate::access::forwarded;
use crate::access::proxies::Proxies;
use crate::access::proxy_protocol::{self, Header, Proxied};
use crate::config::ProxyNetwork;
use crate::http::auth::cookie;
use crate::http::auth::credentials::{self, Credentials};

/// Whom the header of the PROXY protocol names, with whom the client connected to and whether by
/// TLS.
pub type Named = (SocketAddr, SocketAddr, bool);

/// Reads the header of the PROXY protocol, if `stream` begins with one. Returns whether it does,
/// whom it names, and the bytes behind it that were read along.
///
/// # Errors
/// Returns the error of a malformed header as text.
pub async fn preface(
    stream: &mut (impl AsyncRead + Unpin),
) -> Result<(bool, Option<Named>, Vec<u8>), String> {
    let preface = proxy_protocol::read(stream).await.map_err(|error| error.to_string())?;
    let named = match preface.header {
        Header::Client(Proxied { source, destination, is_tls }) => {
            Some((source, destination, is_tls))
        }
        Header::Absent | Header::Unnamed => None,
    };
    Ok((preface.header != Header::Absent, named, preface.rest))
}

/// Returns the client, whether it came by HTTPS, and the host that it asked for, as the proxy at
/// `peer` says in these headers; every address of `trusted` is a proxy's.
#[must_use]
pub fn forwarded(
    lines: &[(&'static str, &[u8])],
    peer: SocketAddr,
    trusted: IpNet,
) -> (SocketAddr, bool, Option<String>) {
    let forwarded::Forwarded { client, is_https, host } =
        forwarded::read(&headers(lines), peer, &proxies(trusted));
    (client, is_https, host)
}

/// Returns whether a proxy of `trusted` has this address.
#[must_use]
pub fn is_proxy(trusted: IpNet, address: IpAddr) -> bool {
    proxies(trusted).contains(address)
}

fn proxies(trusted: IpNet) -> Proxies {
    Proxies::new(&[ProxyNetwork(trusted)])
}

/// Returns the tokens that a request shows, in the URL and in the header Authorization, and the
/// values of the cookie of this name.
#[must_use]
pub fn credentials(
    uri: &Uri,
    lines: &[(&'static str, &[u8])],
    cookie: &str,
) -> (Vec<String>, Vec<String>) {
    let headers = headers(lines);
    let shown = Credentials::of(uri, &headers, cookie);
    let texts = |texts: &mut dyn Iterator<Item = &str>| texts.map(str::to_owned).collect();
    (texts(&mut shown.tokens()), texts(&mut shown.cookies.iter().copied()))
}

/// Returns a query without the token.
#[must_use]
pub fn without_token(query: &str) -> String {
    credentials::without_token(query)
}

/// Returns the name of the cookie for a request with this Host.
#[must_use]
pub fn cookie_name(host: &[u8], is_https: bool) -> String {
    cookie::name(&headers(&[("host", host)]), is_https)
}

/// The lines that can be headers at all.
fn headers(lines: &[(&'static str, &[u8])]) -> HeaderMap {
    let line = |(name, value): &(&'static str, &[u8])| {
        Some((HeaderName::from_static(name), HeaderValue::from_bytes(value).ok()?))
    };
    lines.iter().filter_map(line).collect()
}
