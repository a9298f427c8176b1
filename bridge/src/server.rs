//! From a listener to HTTP: hyper over each connection, with bounds that axum's own serve lacks.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower_service::Service as _;

use crate::accept;
use crate::http::{Arrival, router};
use crate::state::Bridge;

/// Connections beyond those of full sessions: for the page, and to tell who comes too many so.
const SPARE_CONNECTIONS: usize = 256;

/// Serves each connection of `listener` until the bridge is stopping.
pub(crate) async fn serve(listener: TcpListener, bridge: Arc<Bridge>) {
    let router = router(bridge.clone());
    let most = bridge.config.max_sessions as usize + SPARE_CONNECTIONS;
    let slots = Arc::new(Semaphore::new(most));
    let stop = bridge.stopping.clone();
    accept::each(listener, slots, stop, move |stream, peer, slot| {
        let connection = converse(stream, peer, router.clone(), bridge.clone());
        bridge.tasks.spawn(async move {
            connection.await;
            drop(slot);
        });
    })
    .await;
}

/// Speaks HTTP on one connection until it ends, is upgraded, or the bridge stops.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, bridge: Arc<Bridge>) {
    let Ok(local) = stream.local_addr() else { return };
    let arrival = Arrival { at: local.ip(), from: peer };
    // Without it a session is slower, not wrong.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(arrival);
        router.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bridge.config.header_timeout)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = bridge.stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("connection of {peer}: {error}");
    }
}
