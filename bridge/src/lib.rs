//! The bridge: from a WebSocket in a browser to a real TCP connection, bytes unchanged both ways.
//!
//! From the outside in:
//!
//! - [`config`]: the command line;
//! - [`run`]: listeners in, a running bridge out, until it is told to stop;
//! - [`server`]: HTTP over each connection; [`accept`]: accepting them, bounded; [`descriptors`]: how
//!   many that can be;
//! - [`http`]: the router; [`page`]: the embedded page and its headers; [`guard`]: which Host and
//!   Origin may come in;
//! - [`session`]: one WebSocket is one TCP connection; [`targets`]: where it may go; [`dial`]: how it
//!   gets there; [`relay`]: the pump between both, which knows none of the others;
//! - `capture`: the packets of a session, and what the kernel knows of its connection;
//! - [`echo_server`]: the TCP echo server; [`check`]: the tutorial's client;
//! - [`state`]: what all of them share.

mod accept;
mod capture;
pub mod check;
pub mod config;
pub mod descriptors;
pub mod dial;
pub mod echo_server;
pub mod guard;
mod http;
mod page;
pub mod relay;
mod server;
mod session;
mod state;
pub mod targets;

use std::io;
use std::sync::Arc;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::time::{Duration, timeout};

use config::{Config, EchoAt};
use echo_server::Bound;
use state::Bridge;
use targets::{Host, Target};

/// How long sessions that were told to end get to say so.
const LAST_WORDS: Duration = Duration::from_secs(7);

/// Runs a bridge on `listeners` until `shutdown` resolves; then stops accepting, lets sessions
/// finish for the drain timeout, ends those that did not, and returns with nothing left running.
///
/// # Errors
/// Where the echo server's address cannot be listened on.
pub async fn run(
    listeners: Vec<TcpListener>,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (echo, server, echo_listeners) = start_echo(&config.echo).await?;
    let bridge = Bridge::new(config, echo, server).map_err(io::Error::other)?;
    let bridge = Arc::new(bridge);
    let echoing = tokio::spawn(echo_server::serve(echo_listeners, bridge.ending.clone()));
    for listener in listeners {
        bridge.tasks.spawn(server::serve(listener, bridge.clone()));
    }
    shutdown.await;
    drain(&bridge).await;
    echoing.await.map_err(io::Error::other)
}

/// The echo target, whose it is, and the listeners of an own one.
async fn start_echo(at: &EchoAt) -> io::Result<(Target, EchoServer, Vec<TcpListener>)> {
    let EchoAt::At(target) = at else {
        let target = Target { host: Host::Name("localhost".into()), port: DEFAULT_ECHO_PORT };
        return Ok((target, EchoServer::Off, Vec::new()));
    };
    let bound = echo_server::bind(&target.host, target.port).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot start the echo server on {target}: {error}"))
    })?;
    match bound {
        Bound::Own(listeners) => {
            let target = echo_server::target(&target.host, &listeners)?;
            tracing::info!("echo server listening on {target}");
            Ok((target, EchoServer::Own, listeners))
        }
        Bound::Taken(address) => {
            tracing::info!("something listens on {address} already: using it as the echo server");
            Ok((target.clone(), EchoServer::External, Vec::new()))
        }
    }
}

/// The port of the tutorial's echo server.
const DEFAULT_ECHO_PORT: u16 = 8888;

async fn drain(bridge: &Bridge) {
    bridge.stopping.cancel();
    bridge.tasks.close();
    let open = bridge.tasks.len();
    if timeout(bridge.config.drain_timeout, bridge.tasks.wait()).await.is_err() {
        tracing::info!("of {open} connections, {} are ended now", bridge.tasks.len());
        bridge.ending.cancel();
        let _ = timeout(LAST_WORDS, bridge.tasks.wait()).await;
    }
    bridge.ending.cancel();
}
