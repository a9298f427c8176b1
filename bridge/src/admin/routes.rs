//! What operators can ask for.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ORIGIN};
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get};
use axum::{Extension, Json, Router};

use crate::http::ConnectionInfo;
use crate::http::headers::host;
use crate::http::problem::{forbid, problem};
use crate::metrics::{Refusal, TEXT_FORMAT};
use crate::open_sessions::StopReason;
use crate::state::Bridge;

/// Returns the router of the listener for operators. Each request must have a
/// [`ConnectionInfo`] among its extensions.
pub(super) fn router(bridge: Arc<Bridge>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/sessions", get(sessions))
        .route("/sessions/{id}", delete(end_session))
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(bridge.clone(), check_access))
        // As on the public listener: a health check may come under any name.
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readiness))
        .with_state(bridge)
}

/// Refuses a request whose Host is foreign, as the public listener does, and any that has an Origin:
/// else a web page that an operator visits could read the sessions (by DNS rebinding) or end them.
/// There is no page here, so that `--origin` lets none in. No browser sends requests to a Unix
/// socket, and its clients have no name to call it by.
async fn check_access(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Response {
    let Some(local) = connection.local.ip() else { return next.run(request).await };
    let headers = request.headers();
    let host = host(request.uri(), headers).unwrap_or_default();
    let checked = if headers.contains_key(ORIGIN) {
        Err("No web page may use the listener for operators.".into())
    } else {
        bridge.guard.check(Some(local), host, None)
    };
    let Err(refusal) = checked else { return next.run(request).await };
    bridge.metrics.count_refused(Refusal::Access);
    forbid(connection, request.uri(), headers, &refusal)
}

/// Answers whether new sessions should be sent here.
async fn readiness(State(bridge): State<Arc<Bridge>>) -> (StatusCode, &'static str) {
    if bridge.draining.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "draining\n")
    } else {
        (StatusCode::OK, "ok\n")
    }
}

async fn metrics(State(bridge): State<Arc<Bridge>>) -> Response {
    let counts = bridge.open_sessions.counts();
    match bridge.metrics.encode(&counts, bridge.draining.is_cancelled()) {
        Ok(text) => ([(CONTENT_TYPE, TEXT_FORMAT)], text).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// Answers with the open sessions.
async fn sessions(State(bridge): State<Arc<Bridge>>) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], Json(bridge.open_sessions.views()))
}

/// Ends a session; its client is told why.
async fn end_session(State(bridge): State<Arc<Bridge>>, Path(id): Path<String>) -> Response {
    let found = id.parse().is_ok_and(|id| bridge.open_sessions.stop(id, StopReason::Operator));
    if found {
        tracing::info!("an operator ends session {id}");
        StatusCode::NO_CONTENT.into_response()
    } else {
        problem(StatusCode::NOT_FOUND, &format!("No session {id} is open: see GET /sessions."))
    }
}

async fn not_found(uri: Uri) -> Response {
    let detail = format!(
        "Nothing is at {}. Here are /metrics, /healthz, /readyz, /sessions and, by DELETE, \
         /sessions/ID.",
        uri.path()
    );
    problem(StatusCode::NOT_FOUND, &detail)
}
