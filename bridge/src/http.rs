//! The router: the page, `/ws`, `/api`, `/healthz`, and what every response carries.

mod echo;
mod lan;
mod upgrade;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use echo_core::wire::{INFO_PATH, WS_PATH};
use serde_json::json;

use crate::page;
use crate::state::Bridge;
use crate::targets::canonical;

/// How a connection came to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    /// The address that it arrived at, which is one of the names the bridge answers to.
    pub(crate) at: IpAddr,
    /// Where it came from.
    pub(crate) from: SocketAddr,
}

impl Arrival {
    /// Whether it came from this very machine.
    fn is_from_here(self) -> bool {
        canonical(self.from.ip()).is_loopback()
    }
}

/// All that the bridge serves.
pub(crate) fn router(bridge: Arc<Bridge>) -> Router {
    Router::new()
        .route(WS_PATH, get(upgrade::handler))
        .route(INFO_PATH, get(info))
        .merge(echo::router())
        .merge(page::router())
        .layer(middleware::from_fn_with_state(bridge.clone(), admit))
        // Whoever watches over the bridge may not know its names.
        .route("/healthz", get(async || "ok\n"))
        .layer(middleware::map_response(page::protect))
        .with_state(bridge)
}

async fn info(
    State(bridge): State<Arc<Bridge>>,
    Extension(arrival): Extension<Arrival>,
) -> impl IntoResponse {
    let lan = arrival.is_from_here().then(lan::address).flatten();
    ([(CACHE_CONTROL, "no-store")], Json(bridge.info(lan)))
}

/// Lets in who belongs, before anything else looks at the request.
async fn admit(
    State(bridge): State<Arc<Bridge>>,
    Extension(arrival): Extension<Arrival>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let host = host(request.uri(), headers);
    // An Origin that is there but unreadable is a foreign one, not none.
    let origin = headers.get(ORIGIN).map(|_| the_one(headers, &ORIGIN).unwrap_or_default());
    match bridge.guard.check(arrival.at, host.unwrap_or_default(), origin) {
        Ok(()) => next.run(request).await,
        Err(refusal) => problem(StatusCode::FORBIDDEN, &refusal),
    }
}

/// A target in absolute form overrides Host (RFC 9112, section 3.2.2).
fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    uri.authority().map_or_else(|| the_one(headers, &HOST), |authority| Some(authority.as_str()))
}

/// The value of a header that must not be there twice.
fn the_one<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// An error as a problem detail (RFC 9457).
fn problem(status: StatusCode, detail: &str) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut response = (status, Json(body)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(axum::http::header::CONTENT_TYPE, kind);
    response
}
