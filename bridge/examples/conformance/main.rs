//! A WebSocket echo server that runs the bridge's own session code, for WebSocket conformance
//! suites.
//!
//! Such suites expect each message back as it was sent, but a TCP connection keeps neither the
//! boundaries of messages nor their opcodes. So this server notes both ([`boundaries`]), has the
//! bridge's relay pass the bytes through an in-memory echo, and makes messages of them again. The
//! upgrade, the WebSocket, the relay and the Close at the end are those of a session in the raw
//! dialect.
//!
//! It listens on a free port of 127.0.0.1, prints `ws://127.0.0.1:PORT` and runs until it is
//! killed. `cargo xtask conformance` runs the suite against it.

mod boundaries;

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use bridge::relay::{CLOSE_TIMEOUT, Dialect, Ending, Options, Relay};
use bridge::session::Client;
use bridge::websocket::ClientSocket as _;
use echo_core::wire::close_reason;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::SimplexStream;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, Instant, timeout};
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use boundaries::Boundaries;

/// The longest message, in bytes. The suite's longest has 16 MiB of payload.
const MAX_MESSAGE: usize = 17 * 1024 * 1024;
/// How many bytes the echo holds before it takes no more: as many as a socket's buffer might.
const ECHO_BUFFER: usize = 64 * 1024;
/// How long no byte may move. The suite gives up earlier.
const IDLE: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("ws://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(serve_connection(stream));
    }
}

async fn serve_connection(stream: TcpStream) {
    let connection =
        http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(upgrade));
    if let Err(error) = connection.with_upgrades().await {
        eprintln!("the connection failed before the upgrade: {error}");
    }
}

/// Answers the opening handshake and leaves the session to a task of its own.
async fn upgrade(mut request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    let response = create_response_with_body(&request, Body::empty).unwrap_or_else(|error| {
        let mut response = Response::new(Body::from(error.to_string()));
        *response.status_mut() = StatusCode::BAD_REQUEST;
        response
    });
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        tokio::spawn(run(hyper::upgrade::on(&mut request)));
    }
    Ok(response)
}

async fn run(upgrade: OnUpgrade) {
    let Some((stream, early)) = upgrade.await.ok().and_then(connection) else { return };
    let mut client = Client::new(stream, early, Dialect::Raw, MAX_MESSAGE);
    let ending = echo(&mut client).await;
    if matches!(ending, Ending::ClientVanished(_)) {
        return;
    }
    let reason = match &ending {
        Ending::Failed(failure) => close_reason(&failure.message),
        _ => String::new(),
    };
    let _ = timeout(CLOSE_TIMEOUT, async {
        let _ = client.send_close(ending.close_code(), &reason).await;
        client.discard_rest().await;
    })
    .await;
}

/// The TCP connection below an upgraded one, and what was read from it already.
fn connection(upgraded: Upgraded) -> Option<(TcpStream, Vec<u8>)> {
    let parts = upgraded.downcast::<TokioIo<TcpStream>>().ok()?;
    Some((parts.io.into_inner(), parts.read_buf.into()))
}

/// Relays between `client` and an echo until the session ends.
async fn echo(client: &mut Client<TcpStream>) -> Ending {
    let options =
        Options { dialect: Dialect::Raw, trace: false, idle: Some(IDLE), start: Instant::now() };
    // What is written to it can be read from it.
    let target = SimplexStream::new_unsplit(ECHO_BUFFER);
    let mut relay = Relay::new(Boundaries::new(client.socket()), target, options);
    let ending = relay.run().await;
    let (mut client, _) = relay.into_ends();
    // Messages that came back are to go out before the Close.
    let _ = timeout(CLOSE_TIMEOUT, poll_fn(|cx| client.poll_flush(cx))).await;
    ending
}
