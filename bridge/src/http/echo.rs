//! What the page asks about the own echo server: who came, and to step aside.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use echo_core::wire::{CONNECTIONS_PATH, EchoServer, RELEASE_PATH};

use super::{Arrival, forbid, host, locality, problem, the_one};
use crate::guard::Guard;
use crate::state::Bridge;

pub(super) fn router() -> Router<Arc<Bridge>> {
    Router::new()
        .route(CONNECTIONS_PATH, get(connections))
        .route(&format!("{CONNECTIONS_PATH}/{{id}}"), get(payload))
        .route(RELEASE_PATH, post(step_aside))
}

async fn connections(State(bridge): State<Arc<Bridge>>) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Json(bridge.echo.visits.told()))
}

/// The first bytes that came on one connection.
async fn payload(State(bridge): State<Arc<Bridge>>, Path(id): Path<String>) -> Response {
    let Some(head) = id.parse().ok().and_then(|id| bridge.echo.visits.head(id)) else {
        let detail = format!("Of a connection {id} to the echo server nothing is known any more.");
        return problem(StatusCode::NOT_FOUND, &detail);
    };
    let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/octet-stream")];
    (headers, Bytes::from(head)).into_response()
}

/// Only the own page, on this very machine, may have the port given free: whoever listens there
/// next hears what is meant for the echo server.
async fn step_aside(
    State(bridge): State<Arc<Bridge>>,
    Extension(arrival): Extension<Arrival>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (host, origin) = (host(&uri, &headers), the_one(&headers, &ORIGIN));
    if !host.zip(origin).is_some_and(|(host, origin)| Guard::is_own_page(host, origin)) {
        let detail = "Only the bridge's own page may ask its echo server to step aside.";
        return forbid(arrival, &uri, &headers, detail);
    }
    if let Err(reason) = locality::check(arrival, host, &headers) {
        let detail = format!(
            "The echo server steps aside only for the bridge's own machine, but {reason}. Open \
             http://localhost:{}/ on that machine.",
            arrival.local.port()
        );
        return forbid(arrival, &uri, &headers, &detail);
    }
    let target = &bridge.echo.target;
    let detail = match bridge.echo.step_aside().await {
        EchoServer::Released => return StatusCode::NO_CONTENT.into_response(),
        EchoServer::Off => "The bridge was started with --echo off: it has no echo server.".into(),
        EchoServer::Own => "The bridge is shutting down.".into(),
        EchoServer::External => {
            format!("Something else than the bridge listens on {target}: it cannot step aside.")
        }
    };
    problem(StatusCode::CONFLICT, &detail)
}
