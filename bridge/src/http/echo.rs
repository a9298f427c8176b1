//! The requests about the own echo server: its connections, and the release of its port.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use echo_core::wire::{CONNECTIONS_PATH, EchoServer, RELEASE_PATH};

use super::connection_info::ConnectionInfo;
use super::headers::{host, single_header};
use super::locality;
use super::problem::{forbid, problem};
use crate::config::EchoAt;
use crate::endpoint::Endpoint;
use crate::guard::Guard;
use crate::state::Bridge;

pub(super) fn router() -> Router<Arc<Bridge>> {
    Router::new()
        .route(CONNECTIONS_PATH, get(connections))
        .route(&format!("{CONNECTIONS_PATH}/{{id}}"), get(payload))
        .route(RELEASE_PATH, post(release))
}

/// Answers with the latest connections to the own echo server.
async fn connections(State(bridge): State<Arc<Bridge>>) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Json(bridge.echo.log.snapshot()))
}

/// Answers with the first bytes that arrived on one connection.
async fn payload(State(bridge): State<Arc<Bridge>>, Path(id): Path<String>) -> Response {
    let Some(head) = id.parse().ok().and_then(|id| bridge.echo.log.head(id)) else {
        let detail = format!(
            "No bytes of connection {id} are told: it is not among the latest ones to the echo \
             server, or --echo-log leaves them out."
        );
        return problem(StatusCode::NOT_FOUND, &detail);
    };
    let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/octet-stream")];
    (headers, Bytes::from(head)).into_response()
}

/// Releases the echo server's port. Only the bridge's own page on the same machine may ask for it,
/// since whoever listens there next receives what was meant for the echo server.
async fn release(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (host, origin) = (host(&uri, &headers), single_header(&headers, &ORIGIN));
    if !host.zip(origin).is_some_and(|(host, origin)| Guard::is_own_page(host, origin)) {
        let detail = "Only the bridge's own page may ask the echo server to release its port.";
        return forbid(connection, &uri, &headers, detail);
    }
    if let Err(reason) = locality::check(connection, host, &headers) {
        let open = match connection.local {
            Endpoint::Tcp(address) => {
                let scheme = if connection.is_https { "https" } else { "http" };
                format!("{scheme}://localhost:{}/", address.port())
            }
            Endpoint::Unix => "one of its addresses".into(),
        };
        let detail = format!(
            "The echo server releases its port only for the bridge's own machine, but {reason}. \
             Open {open} on that machine."
        );
        return forbid(connection, &uri, &headers, &detail);
    }
    let target = &bridge.echo.target;
    let detail = match bridge.echo.release_port().await {
        EchoServer::Released => return StatusCode::NO_CONTENT.into_response(),
        EchoServer::Own => "The bridge is shutting down.".into(),
        EchoServer::External if bridge.config.echo != EchoAt::Off => format!(
            "The server that listens on {target} is not the bridge's own: stop it to free the port."
        ),
        EchoServer::External | EchoServer::Off => {
            "The bridge was started with --echo off: it has no echo server.".into()
        }
    };
    problem(StatusCode::CONFLICT, &detail)
}
