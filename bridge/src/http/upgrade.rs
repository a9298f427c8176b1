//! `/ws`: from a request to a session.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::http::header::{ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use echo_core::wire::{RAW_SUBPROTOCOL, SUBPROTOCOL};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use super::{Arrival, problem, the_one};
use crate::relay::Dialect;
use crate::session::{self, Client, Session};
use crate::state::Bridge;

#[derive(Debug, Deserialize)]
pub(super) struct Parameters {
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
}

/// Upgrades, and leaves the session to a task of its own.
pub(super) async fn handler(
    State(bridge): State<Arc<Bridge>>,
    Extension(arrival): Extension<Arrival>,
    Query(parameters): Query<Parameters>,
    mut request: Request,
) -> Response {
    let mut response = match create_response_with_body(&request, axum::body::Body::empty) {
        Ok(response) => response,
        Err(error) => {
            let detail = format!("This path upgrades to a WebSocket (RFC 6455): {error}");
            return problem(StatusCode::BAD_REQUEST, &detail);
        }
    };
    let (dialect, subprotocol) = choose(request.headers(), &parameters.dialect);
    if let Some(name) = subprotocol {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(name));
    }
    let asked = session::Request {
        target: parameters.target,
        dialect,
        trace: parameters.trace == "1",
        packets: parameters.packets == "1",
        tcp_info: parameters.tcp_info == "1",
        peer: arrival.from,
        origin: the_one(request.headers(), &ORIGIN).map(str::to_owned),
    };
    let upgrade = hyper::upgrade::on(&mut request);
    bridge.tasks.spawn(run(bridge.clone(), upgrade, asked));
    response.into_response()
}

async fn run(bridge: Arc<Bridge>, upgrade: OnUpgrade, asked: session::Request) {
    let Some((stream, early)) = upgrade.await.ok().and_then(connection) else { return };
    let slot = bridge.sessions.clone().try_acquire_owned().ok();
    let max_message = usize::try_from(bridge.config.max_message.as_u64()).unwrap_or(usize::MAX);
    let client = Client::new(stream, early, asked.dialect, max_message).await;
    Session::new(bridge, asked, client).run(slot).await;
}

/// The TCP connection below an upgraded one, and what was read from it already.
fn connection(upgraded: Upgraded) -> Option<(TcpStream, Vec<u8>)> {
    let parts = upgraded.downcast::<TokioIo<TcpStream>>().ok()?;
    Some((parts.io.into_inner(), parts.read_buf.into()))
}

/// The dialect, and the subprotocol to answer with: `tcp-bridge.v1` wins over `binary`, and the
/// parameter stands in for proxies that lose subprotocols.
fn choose(headers: &HeaderMap, parameter: &str) -> (Dialect, Option<&'static str>) {
    let offered = |name: &str| {
        let lists = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|v| v.to_str().ok());
        lists.flat_map(|list| list.split(',')).any(|offer| offer.trim() == name)
    };
    if offered(SUBPROTOCOL) {
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

    fn chosen(offer: Option<&'static str>, parameter: &str) -> (Dialect, Option<&'static str>) {
        let mut headers = HeaderMap::new();
        if let Some(offer) = offer {
            headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offer));
        }
        choose(&headers, parameter)
    }

    #[test]
    fn the_dialect_is_what_the_client_offers_or_asks_for() {
        let control = (Dialect::Control, Some("tcp-bridge.v1"));
        assert_eq!(chosen(Some("tcp-bridge.v1"), ""), control);
        assert_eq!(chosen(Some("binary, tcp-bridge.v1"), ""), control);
        assert_eq!(chosen(Some("binary"), ""), (Dialect::Raw, Some("binary")));
        assert_eq!(chosen(Some("mqtt"), ""), (Dialect::Raw, None));
        assert_eq!(chosen(None, ""), (Dialect::Raw, None));
        assert_eq!(chosen(None, "tcp-bridge.v1"), (Dialect::Control, None));
    }
}
