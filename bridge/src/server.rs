//! HTTP on each connection of a listener, with bounds that `axum::serve` does not have.

mod https;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, copy, sink};
use tokio::time::{Duration, timeout};
use tower_service::Service as _;

use crate::accept::Acceptor;
use crate::access::proxy_protocol::{self, Header, Preface, Proxied};
use crate::connections::{Connections, Place};
use crate::endpoint::Endpoint;
use crate::http::{ConnectionInfo, Via, router};
use crate::http_stream::HttpStream;
use crate::listen::Listener;
use crate::state::Bridge;
use crate::stream::Stream;

/// The most bytes of a request's line and headers together, beyond which the answer is 431 (RFC
/// 6585, section 5). A browser sends less than 2 KiB, and the cookies of other servers on the same
/// host: most servers refuse more than 8 to 16 KiB of them.
const MAX_HEADERS: usize = 32 * 1024;

/// How long a client whose headers are too long may go on sending until its connection is closed.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(1);

/// Serves each connection of `listener`, in a task of its own, until the bridge is stopping.
pub(crate) async fn serve(listener: Listener, connections: Arc<Connections>, bridge: Arc<Bridge>) {
    let router = router(bridge.clone());
    let mut acceptor = Acceptor::new(listener);
    let mut next = async || {
        let (stream, peer) = acceptor.accept().await;
        let place = connections.admit(peer).await;
        (stream, peer, place)
    };
    while let Some((stream, peer, place)) = bridge.stopping.run_until_cancelled(next()).await {
        let connection = serve_connection(stream, peer, place, router.clone(), bridge.clone());
        bridge.tasks.spawn(connection);
    }
}

/// Serves HTTP on one connection until it ends, is upgraded or evicted, or the bridge stops.
async fn serve_connection(
    mut stream: Stream,
    peer: Endpoint,
    place: Place,
    router: Router,
    bridge: Arc<Bridge>,
) {
    let Ok(local) = stream.local() else { return };
    let mut info = ConnectionInfo { local, peer, is_https: false, via: Via::Direct };
    if let Some(tcp) = stream.tcp() {
        // Sessions work without it, but are slower.
        let _ = tcp.set_nodelay(true);
    }
    let evicted = place.evicted();
    let mut unread = Vec::new();
    if peer.ip().is_some_and(|peer| bridge.access.proxies.contains(peer)) {
        // Boxed, since most connections do without it.
        let reading = Box::pin(read_preface(&mut stream, &mut info, &place, &bridge));
        let Some(rest) = reading.await else { return };
        unread = rest;
    }
    if stream.tcp().is_some()
        && let Some(acceptor) = &bridge.config.acceptor
    {
        // Boxed, since the handshake takes much room for a short time.
        let securing = https::secure(stream, unread, acceptor, bridge.config.header_timeout);
        let secured = tokio::select! {
            secured = Box::pin(securing) => secured,
            () = evicted.cancelled() => None,
            () = bridge.stopping.cancelled() => None,
        };
        let Some(secured) = secured else { return };
        (stream, unread, info.is_https) = (secured, Vec::new(), true);
    }
    let ConnectionInfo { peer, .. } = info;
    let place = Arc::new(place);
    let stream = HttpStream::of_socket(stream, place.clone()).with_unread(unread);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        place.set_responding();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(info);
        router.clone().call(request)
    });
    let mut connection = http_builder(bridge.config.header_timeout)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let ended = tokio::select! {
        ended = &mut connection => Some(ended),
        () = evicted.cancelled() => None,
        () = bridge.stopping.cancelled() => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            bridge.ending.run_until_cancelled(&mut connection).await
        }
    };
    let mut stream = connection.into_parts().map(|parts| parts.io.into_inner());
    match ended {
        Some(Ok(())) => {}
        Some(Err(error)) => {
            tracing::debug!("connection of {peer}: {error}");
            if let Some(stream) = stream.as_mut().filter(|_| error.is_parse_too_large()) {
                evicted.run_until_cancelled(discard_rest(stream)).await;
            }
        }
        None => tracing::debug!("connection of {peer}: closed before its end"),
    }
    if let Some(stream) = stream {
        stream.close();
    }
}

/// Reads what a trusted proxy says of the client at the beginning of the connection, and has `info`
/// and `place` be the client's. Returns the bytes that were read beyond, or `None` if the connection
/// is to be closed.
async fn read_preface(
    stream: &mut Stream,
    info: &mut ConnectionInfo,
    place: &Place,
    bridge: &Bridge,
) -> Option<Vec<u8>> {
    let (proxy, evicted) = (info.peer, place.evicted());
    let read = tokio::select! {
        read = timeout(bridge.config.header_timeout, proxy_protocol::read(stream)) => read,
        () = evicted.cancelled() => return None,
        () = bridge.stopping.cancelled() => return None,
    };
    let Preface { header, rest } = match read {
        Ok(Ok(preface)) => preface,
        Ok(Err(error)) => {
            tracing::warn!(%proxy, "closed a connection: {error}");
            return None;
        }
        // A browser opens connections ahead, and may never use them.
        Err(_) => {
            tracing::debug!(%proxy, "closed a connection: nothing came in time");
            return None;
        }
    };
    match header {
        Header::Absent => {}
        Header::Unnamed => info.via = Via::Unnamed,
        Header::Client(Proxied { source, destination, is_tls }) => {
            let via = Via::Connection;
            let (local, peer) = (destination.into(), source.into());
            *info = ConnectionInfo { local, peer, is_https: is_tls, via };
            place.set_peer(source.ip());
        }
    }
    Some(rest)
}

/// Discards what the client sends after a response that ends the connection, until its FIN, for at
/// most [`DISCARD_TIMEOUT`]. Closing with unread bytes would send RST, and the client might lose
/// the response.
pub(crate) async fn discard_rest<S: AsyncRead + Unpin>(stream: &mut HttpStream<S>) {
    let _ = timeout(DISCARD_TIMEOUT, copy(stream, &mut sink())).await;
}

/// Returns a builder of HTTP/1.1 connections with bounds on a request's headers.
pub(crate) fn http_builder(header_timeout: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_header_size(MAX_HEADERS)
        // This bounds pipelined requests and responses, too. A response in one piece, as all of
        // them are here, is not copied into the buffer.
        .max_buf_size(MAX_HEADERS);
    http
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::response::Response;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

    use super::*;
    use crate::connections::single_place;
    use crate::http_stream::RESPONSE_TIMEOUT;

    /// Larger than the buffers of any part of the way.
    const LARGE: usize = 1024 * 1024;

    /// The client's end of a connection to a server that answers each request with [`LARGE`]
    /// bytes, and how the server's end of it ends.
    async fn large() -> (DuplexStream, impl Future<Output = hyper::Result<()>>) {
        let place = single_place().await;
        let (client, stream) = duplex(4096);
        let stream = HttpStream::new(stream, place, RESPONSE_TIMEOUT);
        let answer =
            service_fn(async |_| Ok::<_, Infallible>(Response::new(Body::from(vec![b'x'; LARGE]))));
        let connection =
            http_builder(Duration::from_secs(1)).serve_connection(TokioIo::new(stream), answer);
        (client, connection)
    }

    const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_response_larger_than_the_bound_of_headers_arrives_whole() {
        let (mut client, connection) = large().await;
        let reading = async {
            client.write_all(GET).await.unwrap();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            answer
        };
        let (answer, ended) = tokio::join!(reading, connection);
        ended.unwrap();
        assert!(answer.ends_with(&vec![b'x'; LARGE]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_response_that_nobody_reads_is_given_up() {
        let (mut client, connection) = large().await;
        client.write_all(GET).await.unwrap();
        let error = connection.await.unwrap_err();
        assert!(format!("{error:?}").contains("TimedOut"), "{error:?}");
    }
}
