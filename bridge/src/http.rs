//! The router: the page, `/ws`, `/api`, `/healthz`, and what every response has in common.

mod connection_info;
mod echo;
mod headers;
mod locality;
mod log;
mod problem;
mod upgrade;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ORIGIN};
use axum::http::{HeaderMap, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use echo_core::wire::INFO_PATH;

use crate::state::Bridge;
use crate::{addresses, page};
pub(crate) use connection_info::ConnectionInfo;
use headers::{host, single_header};
use problem::forbid;

/// Returns the router of everything that the bridge serves. Each request must have a
/// [`ConnectionInfo`] among its extensions.
pub(crate) fn router(bridge: Arc<Bridge>) -> Router {
    Router::new()
        .merge(upgrade::router(&bridge.config.targets.ws_paths))
        .route(INFO_PATH, get(info))
        .merge(echo::router())
        .merge(page::router())
        .layer(middleware::from_fn_with_state(bridge.clone(), check_access))
        // A health check may reach the bridge under any name.
        .route("/healthz", get(async || "ok\n"))
        .layer(middleware::map_response(page::protect))
        .layer(middleware::from_fn(log::requests))
        .with_state(bridge)
}

/// Answers [`INFO_PATH`].
async fn info(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    uri: Uri,
    headers: HeaderMap,
) -> impl IntoResponse {
    let mut info = bridge.info();
    // What only those learn who are on this machine.
    if locality::check(connection, host(&uri, &headers), &headers).is_ok() {
        info.lan = addresses::in_network().map(|address| address.to_string());
        info.program = bridge.config.start.program();
        info.flags = bridge.config.start.flags();
        info.capture = Some(bridge.capture.clone());
    }
    ([(CACHE_CONTROL, "no-store")], Json(info))
}

/// Refuses a request whose Host or Origin is foreign, before anything else handles it.
async fn check_access(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let host = host(request.uri(), headers);
    // An Origin that is present but unreadable is a foreign one, and not a missing one.
    let origin = headers.get(ORIGIN).map(|_| single_header(headers, &ORIGIN).unwrap_or_default());
    match bridge.guard.check(connection.local.ip(), host.unwrap_or_default(), origin) {
        Ok(()) => next.run(request).await,
        Err(refusal) => forbid(connection, request.uri(), headers, &refusal),
    }
}
