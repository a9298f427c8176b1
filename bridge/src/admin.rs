//! The listener for operators: metrics, health, and the open sessions, over HTTP.
//!
//! - [`listener`]: a TCP address or a Unix socket; [`routes`]: what is answered.
//!
//! It is apart from the public listener, has connections, bounds and a guard of its own, and serves
//! until everything else has ended, so that a draining bridge can be watched.

mod listener;
mod routes;

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_service::Service as _;

use crate::connections::{Connections, Place};
use crate::endpoint::Endpoint;
use crate::http::{ConnectionInfo, Via};
use crate::http_stream::HttpStream;
use crate::server::{discard_rest, http_builder};
use crate::state::Bridge;
use crate::stream::Stream;
pub use listener::Listener;

/// Serves each connection of `listener` until `stop` is cancelled, and then closes all of them.
///
/// As on the public listener, the connection that can be spared most makes room where there are too
/// many, a request's headers are bounded in size and time, and a response must be read in time.
pub(crate) async fn serve(mut listener: Listener, bridge: Arc<Bridge>, stop: CancellationToken) {
    let router = routes::router(bridge.clone());
    // No session begins here, so that there are only places for requests.
    let connections = Arc::new(Connections::new(Arc::new(Semaphore::new(0))));
    while let Some((stream, peer)) = stop.run_until_cancelled(listener.accept()).await {
        let place = connections.admit(peer).await;
        let serving = serve_connection(stream, peer, place, router.clone(), bridge.clone());
        let stop = stop.clone();
        tokio::spawn(async move { stop.run_until_cancelled(serving).await });
    }
}

/// Serves HTTP on one connection until it ends or is evicted.
async fn serve_connection(
    stream: Stream,
    peer: Endpoint,
    place: Place,
    router: Router,
    bridge: Arc<Bridge>,
) {
    let Ok(local) = stream.local() else { return };
    let info = ConnectionInfo { local, peer, is_https: false, via: Via::Direct };
    let evicted = place.evicted();
    let place = Arc::new(place);
    let stream = HttpStream::of_socket(stream, place.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        place.set_responding();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(info);
        let response = router.clone().call(request);
        async move { Ok::<_, Infallible>(response.await.unwrap_or_else(|never| match never {})) }
    });
    let mut connection =
        http_builder(bridge.config.header_timeout).serve_connection(TokioIo::new(stream), service);
    let ended = evicted.run_until_cancelled(&mut connection).await;
    let mut stream = connection.into_parts().io.into_inner();
    if let Some(Err(error)) = ended {
        tracing::debug!("connection to the admin listener: {error}");
        if error.is_parse_too_large() {
            evicted.run_until_cancelled(discard_rest(&mut stream)).await;
        }
    }
    stream.close();
}
