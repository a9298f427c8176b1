//! The upgrade of a request to a session: at `/ws`, and at the paths of `--ws-path`.

use std::future::ready;
use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::header::{ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use echo_core::wire::{RAW_SUBPROTOCOL, SUBPROTOCOL, WS_PATH};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use super::connection_info::ConnectionInfo;
use super::headers::{host, single_header};
use super::locality;
use super::problem::problem;
use crate::config::WsPath;
use crate::connections::Place;
use crate::http_stream::HttpStream;
use crate::relay::Dialect;
use crate::session::{self, Client, Session, Wanted};
use crate::state::Bridge;
use crate::stream::Stream;
use crate::tls::Verification;

/// The parameters of the query. One that is no `Option` is empty where it is missing.
#[derive(Debug, Default, Deserialize)]
struct Parameters {
    #[serde(default)]
    target: String,
    #[serde(default)]
    dialect: String,
    #[serde(default)]
    trace: String,
    #[serde(default)]
    packets: String,
    #[serde(default)]
    tcp_info: String,
    accept: Option<String>,
    listen: Option<String>,
    #[serde(default)]
    tls_verify: String,
}

/// Which dialects a path has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialects {
    /// The one that the client chooses.
    All,
    /// The raw one, whatever else the client offers.
    Raw,
}

/// Returns the router of the paths that upgrade.
pub(super) fn router(ws_paths: &[WsPath]) -> Router<Arc<Bridge>> {
    let chosen = async |state: State<Arc<Bridge>>,
                        connection: Extension<ConnectionInfo>,
                        Query(parameters): Query<Parameters>,
                        request: Request| {
        upgrade(state, connection, parameters, Dialects::All, request)
    };
    let mut router = Router::new().route(WS_PATH, get(chosen));
    for WsPath { path, target } in ws_paths {
        let target = target.clone();
        let fixed = move |state: State<Arc<Bridge>>,
                          connection: Extension<ConnectionInfo>,
                          request: Request| {
            let parameters = Parameters { target: target.clone(), ..Parameters::default() };
            ready(upgrade(state, connection, parameters, Dialects::Raw, request))
        };
        router = router.route(path, get(fixed));
    }
    router
}

/// Answers the opening handshake, and runs the session in a task of its own.
fn upgrade(
    State(bridge): State<Arc<Bridge>>,
    Extension(connection): Extension<ConnectionInfo>,
    parameters: Parameters,
    dialects: Dialects,
    mut request: Request,
) -> Response {
    let mut response = match create_response_with_body(&request, axum::body::Body::empty) {
        Ok(response) => response,
        Err(error) => {
            let detail = format!("This path takes only WebSocket handshakes (RFC 6455): {error}");
            return problem(StatusCode::BAD_REQUEST, &detail);
        }
    };
    let (dialect, subprotocol) = negotiate(request.headers(), &parameters.dialect, dialects);
    if let Some(name) = subprotocol {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(name));
    }
    let elsewhere = || {
        let headers = request.headers();
        let checked = locality::check(connection, host(request.uri(), headers), headers);
        checked.err().map(|reason| reason.to_string())
    };
    let session_request = session::Request {
        wanted: wanted(parameters.target, parameters.accept, parameters.listen, elsewhere),
        dialect,
        trace: parameters.trace == "1",
        packets: parameters.packets == "1",
        tcp_info: parameters.tcp_info == "1",
        verification: match &*parameters.tls_verify {
            "off" => Verification::Told,
            _ => Verification::Required,
        },
        peer: connection.peer,
        local: connection.local,
        origin: single_header(request.headers(), &ORIGIN).map(Into::into),
    };
    let upgrade = hyper::upgrade::on(&mut request);
    bridge.tasks.spawn(run(bridge.clone(), upgrade, session_request));
    response.into_response()
}

/// Returns what a request asks for. `elsewhere` returns by what its client does not count as on the
/// bridge's own machine, unless it does.
fn wanted(
    target: String,
    accept: Option<String>,
    listen: Option<String>,
    elsewhere: impl FnOnce() -> Option<String>,
) -> Wanted {
    match (accept, listen) {
        (None, None) => Wanted::Target(target),
        (Some(id), None) if target.is_empty() => Wanted::Claim(id),
        (None, Some(address)) if target.is_empty() => {
            Wanted::Listener { address, elsewhere: elsewhere() }
        }
        _ => Wanted::Several,
    }
}

/// Runs a session once its connection is upgraded.
async fn run(bridge: Arc<Bridge>, upgrade: OnUpgrade, request: session::Request) {
    let Some((stream, place, early)) = upgrade.await.ok().and_then(into_stream) else { return };
    let slot = bridge.admit(request.peer);
    let max_message = usize::try_from(bridge.config.max_message.as_u64()).unwrap_or(usize::MAX);
    let client = Client::new(stream, early, request.dialect, max_message);
    // Boxed, since this future has room for all that it ever held.
    let has_slot = slot.is_ok();
    let session = Box::pin(Session::new(bridge, request, client).run(slot));
    if has_slot {
        drop(place);
        session.await;
    } else {
        // The refusal takes as long as the client needs to read it, so it may be evicted for
        // others.
        place.evicted().run_until_cancelled(session).await;
    }
}

/// Returns the connection below an upgraded one, its place among the HTTP connections, and the
/// bytes that were already read from it.
fn into_stream(upgraded: Upgraded) -> Option<(Stream, Arc<Place>, Vec<u8>)> {
    let parts = upgraded.downcast::<TokioIo<HttpStream<Stream>>>().ok()?;
    let (stream, place, unread) = parts.io.into_inner().into_parts();
    Some((stream, place, [&parts.read_buf[..], &unread].concat()))
}

/// Returns the dialect, and the subprotocol to answer with. `tcp-bridge.v1` has precedence over
/// `binary`; `parameter` may ask for it, too, behind proxies that lose subprotocols.
fn negotiate(
    headers: &HeaderMap,
    parameter: &str,
    dialects: Dialects,
) -> (Dialect, Option<&'static str>) {
    let offered = |name: &str| {
        let lists = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|v| v.to_str().ok());
        lists.flat_map(|list| list.split(',')).any(|offer| offer.trim() == name)
    };
    if dialects == Dialects::All && offered(SUBPROTOCOL) {
        (Dialect::Control, Some(SUBPROTOCOL))
    } else {
        let subprotocol = offered(RAW_SUBPROTOCOL).then_some(RAW_SUBPROTOCOL);
        let dialect = if parameter == SUBPROTOCOL { Dialect::Control } else { Dialect::Raw };
        (dialect, subprotocol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negotiated(offer: Option<&'static str>, parameter: &str) -> (Dialect, Option<&'static str>) {
        let mut headers = HeaderMap::new();
        if let Some(offer) = offer {
            headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offer));
        }
        negotiate(&headers, parameter, Dialects::All)
    }

    #[test]
    fn the_dialect_is_what_the_client_offers_or_asks_for() {
        let control = (Dialect::Control, Some("tcp-bridge.v1"));
        assert_eq!(negotiated(Some("tcp-bridge.v1"), ""), control);
        assert_eq!(negotiated(Some("binary, tcp-bridge.v1"), ""), control);
        assert_eq!(negotiated(Some("binary"), ""), (Dialect::Raw, Some("binary")));
        assert_eq!(negotiated(Some("mqtt"), ""), (Dialect::Raw, None));
        assert_eq!(negotiated(None, ""), (Dialect::Raw, None));
        assert_eq!(negotiated(None, "tcp-bridge.v1"), (Dialect::Control, None));
    }
}
