//! Logging requests. Values from the client are quoted and escaped. Of the URI only the path is
//! logged, since the query may have a token.

use axum::Extension;
use axum::extract::Request;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::connection_info::ConnectionInfo;
use super::headers::host;

/// Logs each request, at debug level.
pub(super) async fn requests(
    Extension(connection): Extension<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    tracing::debug!(client = %connection.peer, %method, path = uri.path(), status, "request");
    response
}

/// Logs a request that was refused with this status.
pub(super) fn refusal(
    status: StatusCode,
    connection: ConnectionInfo,
    uri: &Uri,
    headers: &HeaderMap,
    reason: &str,
) {
    tracing::warn!(
        client = %connection.peer,
        host = host(uri, headers),
        origin = headers.get(ORIGIN).map(tracing::field::debug),
        path = uri.path(),
        reason,
        "refused with {}",
        status.as_u16()
    );
}
