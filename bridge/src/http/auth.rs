//! Who comes in: whoever has the token, the cookie that stands for it, or the word of a trusted
//! proxy. What a foreign page could have a browser send is refused before, by Host and Origin.
//!
//! - [`credentials`]: what a request shows; [`cookie`]: the cookie and its name; [`refusal`]: what
//!   the others get.

pub(crate) mod cookie;
pub(crate) mod credentials;
mod refusal;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::connection_info::{ConnectionInfo, Via};
use super::headers::single_header;
use super::problem::problem;
use crate::access::{Entry, Token};
use crate::metrics;
use crate::peer::PeerKey;
use crate::state::Bridge;
use credentials::Credentials;
use refusal::Refusal;

/// The path of the page's HTML, where a token in the URL is exchanged for the cookie.
const PAGE_PATH: &str = "/";

/// Refuses a request that shows nothing by which it may come in.
pub(super) async fn require(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    mut request: Request,
    next: Next,
) -> Response {
    let checked = match &bridge.access.entry {
        Entry::Open => return next.run(request).await,
        Entry::Header(name) => check_header(name, connection, request.headers()),
        Entry::Token { token, .. } => {
            let cookie = cookie::name(request.headers(), connection.is_https);
            let shown = Credentials::of(request.uri(), request.headers(), &cookie);
            let checked = check_token(&bridge, token, connection, &shown);
            if checked.is_ok() && shown.token.is_some() && is_page(&request) {
                return exchange(token, &cookie, connection, request.uri());
            }
            checked
        }
    };
    match checked {
        Ok(()) => {
            remove_token(&mut request);
            private(next.run(request).await)
        }
        Err(refusal) => {
            match refusal {
                Refusal::WrongToken | Refusal::TooMany { .. } => {
                    bridge.metrics.count_refused(metrics::Refusal::Token);
                }
                Refusal::NotSignedIn => bridge.metrics.count_refused(metrics::Refusal::Access),
                Refusal::NoToken | Refusal::StaleCookie => {}
            }
            refusal.response(connection, &request)
        }
    }
}

/// Checks that a trusted proxy says who the client is.
fn check_header(
    name: &HeaderName,
    connection: ConnectionInfo,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    let is_named = single_header(headers, name).is_some_and(|name| !name.trim().is_empty());
    if connection.via == Via::Request && is_named { Ok(()) } else { Err(Refusal::NotSignedIn) }
}

/// Checks that a request shows the token, or the cookie that stands for it.
///
/// A cookie that is right comes in whatever else the client's address sent, so that nobody locks out
/// the others behind the same address. One that is wrong is no guess that a limit could stop then,
/// and does not count: the pages that are open while a bridge is started again show many.
fn check_token(
    bridge: &Bridge,
    token: &Token,
    connection: ConnectionInfo,
    shown: &Credentials,
) -> Result<(), Refusal> {
    if shown.cookies.iter().any(|cookie| token.matches_cookie(cookie)) {
        return Ok(());
    }
    if shown.tokens().next().is_none() {
        let has_none = shown.cookies.is_empty();
        return Err(if has_none { Refusal::NoToken } else { Refusal::StaleCookie });
    }
    let (failures, client) = (&bridge.access.failures, PeerKey::from(connection.peer));
    failures.check(client).map_err(|wait| Refusal::TooMany { wait })?;
    if shown.tokens().any(|shown| token.matches(shown)) {
        return Ok(());
    }
    failures.count(client).map_err(|wait| Refusal::TooMany { wait })?;
    Err(Refusal::WrongToken)
}

/// Returns whether a request is for the page itself.
fn is_page(request: &Request) -> bool {
    [Method::GET, Method::HEAD].contains(request.method()) && request.uri().path() == PAGE_PATH
}

/// Gives the browser the cookie, and has it open the page without the token in its URL, so that it
/// is neither bookmarked, nor copied, nor seen on a projector.
fn exchange(token: &Token, cookie: &str, connection: ConnectionInfo, uri: &Uri) -> Response {
    let query = credentials::without_token(uri.query().unwrap_or_default());
    // It is relative, so it leads to no other server.
    let location = if query.is_empty() { "./".into() } else { format!("./?{query}") };
    let cookie = cookie::set(cookie, token.cookie(), connection.is_https);
    let (Ok(location), Ok(cookie)) = (HeaderValue::try_from(location), cookie) else {
        return problem(StatusCode::BAD_REQUEST, "The URL cannot be read.");
    };
    let headers = [
        (LOCATION, location),
        (SET_COOKIE, cookie),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Removes the token from a request that it has let in, since nothing else needs it.
fn remove_token(request: &mut Request) {
    request.headers_mut().remove(AUTHORIZATION);
    let Some(query) = request.uri().query() else { return };
    let query = credentials::without_token(query);
    let mark = if query.is_empty() { "" } else { "?" };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = format!("{}{mark}{query}", request.uri().path()).parse().ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
}

/// Has no cache that others share keep a response.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let given = headers.get(CACHE_CONTROL).and_then(|given| given.to_str().ok());
    let value = match given {
        Some(given) if given.contains("no-store") => return response,
        Some(given) => HeaderValue::try_from(format!("private, {given}")),
        None => Ok(HeaderValue::from_static("private")),
    };
    if let Ok(value) = value {
        headers.insert(CACHE_CONTROL, value);
    }
    response
}
