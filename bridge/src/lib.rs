//! The bridge: from a WebSocket in a browser to a real TCP connection, bytes unchanged both ways.
//!
//! From the outside in:
//!
//! - [`config`]: the command line;
//! - [`run`]: listeners in, a running bridge out, until it is told to stop;
//! - [`server`]: HTTP over each connection; [`accept`]: accepting them; `connections`: which of them
//!   goes when there are too many; `http_stream`: how long a response may stay unread;
//!   [`descriptors`]: how many connections there can be;
//! - [`http`]: the router; [`page`]: the embedded page and its headers; [`guard`]: which Host and
//!   Origin may come in;
//! - [`session`]: one WebSocket is one TCP connection; [`targets`]: where it may go; [`resolve`]: which
//!   addresses that is; [`dial`]: how it gets there; `local`: from where; [`relay`]: the pump between
//!   both, which knows none of them;
//! - `capture`: the packets of a session, and what the kernel knows of its connection;
//! - [`echo_server`]: the TCP echo server; [`fault_server`]: one with a fault, for a session alone;
//!   [`check`]: the tutorial's client;
//! - [`state`]: what all of them share; `memory`: what is given back after load.

mod accept;
mod capture;
pub mod check;
pub mod config;
mod connections;
pub mod descriptors;
pub mod dial;
pub mod echo_server;
mod fault_server;
pub mod guard;
mod http;
mod http_stream;
mod local;
mod memory;
mod page;
mod peer;
pub mod relay;
pub mod resolve;
mod server;
pub mod session;
mod state;
pub mod targets;

use std::io;
use std::sync::Arc;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;

use config::{Config, EchoAt};
use connections::Connections;
use echo_server::{Bound, Handle, Keeper};
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
    let ending = CancellationToken::new();
    let (echo, own) = start_echo(&config.echo, &ending).await?;
    let bridge = Bridge::new(config, echo, ending).map_err(io::Error::other)?;
    let bridge = Arc::new(bridge);
    let stop = bridge.ending.clone();
    let echoing = own.map(|(keeper, listeners)| tokio::spawn(keeper.run(listeners, stop)));
    let connections = Arc::new(Connections::new(bridge.sessions.clone()));
    for listener in listeners {
        bridge.tasks.spawn(server::serve(listener, connections.clone(), bridge.clone()));
    }
    tokio::select! {
        () = shutdown => {}
        never = memory::trim_after_load(&bridge.tasks) => match never {},
    }
    drain(&bridge).await;
    match echoing {
        Some(echoing) => echoing.await.map_err(io::Error::other),
        None => Ok(()),
    }
}

/// The echo target, and for an own one its keeper and where it listens.
async fn start_echo(
    at: &EchoAt,
    ending: &CancellationToken,
) -> io::Result<(Handle, Option<(Keeper, Vec<TcpListener>)>)> {
    let EchoAt::At(target) = at else {
        let target = Target { host: Host::Name("localhost".into()), port: DEFAULT_ECHO_PORT };
        return Ok((Handle::foreign(target, EchoServer::Off), None));
    };
    let bound = echo_server::bind(&target.host, target.port).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot start the echo server on {target}: {error}"))
    })?;
    match bound {
        Bound::Own(listeners) => {
            let target = echo_server::target(&target.host, &listeners)?;
            tracing::info!("echo server listening on {target}");
            let (echo, keeper) = Handle::own(target, &listeners, ending.clone())?;
            Ok((echo, Some((keeper, listeners))))
        }
        Bound::Taken(address) => {
            tracing::info!("something listens on {address} already: using it as the echo server");
            Ok((Handle::foreign(target.clone(), EchoServer::External), None))
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
