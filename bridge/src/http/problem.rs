//! Responses that report an error.

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::connection_info::ConnectionInfo;
use super::log;

/// Returns a response with `status` and a problem detail (RFC 9457).
pub(crate) fn problem(status: StatusCode, detail: &str) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut response = (status, Json(body)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// Logs that a request was refused, and returns the response 403 with `reason`.
pub(crate) fn forbid(
    connection: ConnectionInfo,
    uri: &Uri,
    headers: &HeaderMap,
    reason: &str,
) -> Response {
    log::refusal(StatusCode::FORBIDDEN, connection, uri, headers, reason);
    problem(StatusCode::FORBIDDEN, reason)
}
