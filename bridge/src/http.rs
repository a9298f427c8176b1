//! The router: the page, `/ws`, `/api`, `/healthz`, and what every response has in common.

pub(crate) mod auth;
mod connection_info;
mod echo;
pub(crate) mod headers;
mod locality;
mod log;
pub(crate) mod problem;
mod upgrade;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ORIGIN};
use axum::http::{HeaderMap, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use echo_core::wire::{INFO_PATH, INVITATION_PATH, Info};

use crate::access::Entry;
use crate::metrics::Refusal;
use crate::state::Bridge;
use crate::{addresses, page};
use connection_info::ForwardedHost;
pub(crate) use connection_info::{ConnectionInfo, Via};
use headers::{host, set_host, single_header};
use problem::forbid;

/// Returns the router of everything that the bridge serves. Each request must have a
/// [`ConnectionInfo`] among its extensions.
pub(crate) fn router(bridge: Arc<Bridge>) -> Router {
    Router::new()
        .merge(upgrade::router(&bridge.config.targets.ws_paths))
        .route(INFO_PATH, get(info))
        .route(INVITATION_PATH, get(invitation))
        .merge(echo::router())
        .merge(page::router())
        .layer(middleware::from_fn_with_state(bridge.clone(), auth::require))
        .layer(middleware::from_fn_with_state(bridge.clone(), check_access))
        // A health check may reach the bridge under any name.
        .route("/healthz", get(async || "ok\n"))
        .layer(middleware::map_response(page::protect))
        .layer(middleware::from_fn(log::requests))
        .layer(middleware::from_fn_with_state(bridge.clone(), connection_info::identify))
        .with_state(bridge)
}

/// Answers [`INFO_PATH`].
async fn info(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    uri: Uri,
    headers: HeaderMap,
) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Json(info_for(&bridge, connection, &uri, &headers)))
}

/// Answers [`INVITATION_PATH`], so that the page can show the URL by which others come in. Whoever
/// asks has come in by the token.
async fn invitation(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    uri: Uri,
    headers: HeaderMap,
) -> impl IntoResponse {
    let mut info = info_for(&bridge, connection, &uri, &headers);
    if let Entry::Token { token, .. } = &bridge.access.entry {
        info.token = token.reveal().into();
    }
    ([(CACHE_CONTROL, "no-store")], Json(info))
}

/// Returns what the bridge reports about itself to the client of a request.
fn info_for(bridge: &Bridge, connection: ConnectionInfo, uri: &Uri, headers: &HeaderMap) -> Info {
    let mut info = bridge.info();
    // What only those learn who are on this machine.
    if locality::check(connection, host(uri, headers), headers).is_ok() {
        info.lan = addresses::in_network().map(|address| address.to_string());
        info.program = bridge.config.start.program();
        info.flags = bridge.config.start.flags();
        info.capture = Some(bridge.capture.clone());
        info.listen = bridge.listen_policy.permitted_patterns(true);
    }
    info
}

/// Refuses a request whose Host or Origin is foreign, before anything else handles it.
///
/// A host that a trusted proxy tells takes the place of Host, once both of them are known: a proxy
/// may pass on what a client sent as `X-Forwarded-Host`, and a page of a foreign name that was made
/// to resolve to the bridge (DNS rebinding) can send that, but not another Host than its own.
async fn check_access(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(ForwardedHost(forwarded)) = request.extensions_mut().remove() {
        let host = host(request.uri(), request.headers()).unwrap_or_default();
        if let Err(refusal) = bridge.guard.check(connection.local.ip(), host, None) {
            return refuse(&bridge, connection, &request, &refusal);
        }
        set_host(&mut request, &forwarded);
    }
    let headers = request.headers();
    let host = host(request.uri(), headers);
    // An Origin that is present but unreadable is a foreign one, and not a missing one.
    let origin = headers.get(ORIGIN).map(|_| single_header(headers, &ORIGIN).unwrap_or_default());
    match bridge.guard.check(connection.local.ip(), host.unwrap_or_default(), origin) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refuse(&bridge, connection, &request, &refusal),
    }
}

/// Counts and logs a request with a foreign Host or Origin, and returns the response.
fn refuse(bridge: &Bridge, connection: ConnectionInfo, request: &Request, why: &str) -> Response {
    bridge.metrics.count_refused(Refusal::Access);
    forbid(connection, request.uri(), request.headers(), why)
}
