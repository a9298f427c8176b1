//! What is known of an HTTP connection, and of the client of a request on it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::access::forwarded::{self, Forwarded};
use crate::endpoint::Endpoint;
use crate::state::Bridge;

/// The addresses of an HTTP connection, which every request on it carries as an extension. Behind
/// [`identify`], `peer` is the client of the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionInfo {
    /// The bridge's end, to which the client connected; its address is one of the bridge's names.
    pub(crate) local: Endpoint,
    /// The client. The port is 0 where a proxy does not tell it.
    pub(crate) peer: Endpoint,
    /// Whether the client came by HTTPS, as far as a trusted proxy says so.
    pub(crate) is_https: bool,
    /// How far a trusted proxy is involved.
    pub(crate) via: Via,
}

/// The way from a client to the bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// The client is connected to the bridge, or to a proxy that is not known as one.
    Direct,
    /// A trusted proxy forwarded the connection, and told of it by the PROXY protocol. What the
    /// request says is the client's word alone.
    Connection,
    /// The same, but the proxy did not say who the client is, and counts as the client itself.
    Unnamed,
    /// A trusted proxy sent the request: its headers are the proxy's word.
    Request,
}

/// The host that the client asked for, as a trusted proxy says, where that is another one than the
/// Host of the request.
#[derive(Clone, Debug)]
pub(super) struct ForwardedHost(pub(super) String);

/// Has a request from a trusted proxy carry its client's [`ConnectionInfo`].
pub(super) async fn identify(
    State(bridge): State<Arc<Bridge>>,
    mut request: Request,
    next: Next,
) -> Response {
    let proxies = &bridge.access.proxies;
    let connection = request.extensions().get::<ConnectionInfo>().copied();
    if let Some(connection) = connection
        && connection.via != Via::Unnamed
        && let Endpoint::Tcp(proxy) = connection.peer
        && proxies.contains(proxy.ip())
    {
        let Forwarded { client, is_https, host } =
            forwarded::read(request.headers(), proxy, proxies);
        let is_https = is_https || connection.is_https;
        let info =
            ConnectionInfo { peer: client.into(), is_https, via: Via::Request, ..connection };
        request.extensions_mut().insert(info);
        if let Some(host) = host {
            request.extensions_mut().insert(ForwardedHost(host));
        }
    }
    next.run(request).await
}
