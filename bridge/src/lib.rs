//! The bridge: it relays bytes, unchanged, between a WebSocket of a browser and a TCP connection.
//!
//! The modules, from the outside in:
//!
//! - [`config`]: the command line;
//! - [`run`]: runs a bridge on listeners until its shutdown;
//! - [`listen`]: the sockets on which it listens; [`endpoint`]: an end of a client's connection;
//!   [`stream`]: a connection over TCP or a Unix socket; [`tls`]: TLS over it;
//! - [`server`]: HTTP on each connection; [`accept`]: accepting them; `connections`: which of them is
//!   closed when there are too many; `http_stream`: how long a response may stay unread;
//!   [`descriptors`]: the limit of file descriptors;
//! - [`access`]: who may come in, how much one client may take, and what a proxy says of it;
//! - [`http`]: the router; [`page`]: the embedded page and its headers; [`guard`]: which Host and
//!   Origin are accepted;
//! - [`session`]: one WebSocket is one TCP connection; [`targets`]: the policy, which targets may be
//!   dialled, and those that have a name; [`resolve`]: looking names up; [`dial`]: connecting;
//!   `local`: this machine's end of connections; [`relay`]: the relay between WebSocket and TCP,
//!   which depends on none of these; [`websocket`]: the frames of a WebSocket; `scratch`: the buffer
//!   that a thread's sessions share;
//! - `client_listener`: listening for a client, and the connections that come in there;
//! - `capture`: the packets of a session, and the kernel's `TCP_INFO` of its connection;
//! - [`echo_server`]: the TCP echo server; [`fault_server`]: one with a fault, for a single session;
//!   [`check`]: the tutorial's client;
//! - [`admin`]: the listener for operators; [`metrics`]: what it tells in numbers; `open_sessions`:
//!   the sessions that are open; [`drain`]: going down;
//! - [`addresses`]: under which URLs the bridge is opened;
//! - [`state`]: the state that all of them share; [`peer`]: which connections count as one client's;
//!   `micros`: durations in the protocol's unit; `wire_name`: names in the protocol; `memory`: giving
//!   memory back after load.

mod accept;
pub mod access;
pub mod addresses;
pub mod admin;
mod capture;
pub mod check;
mod client_listener;
pub mod config;
mod connections;
pub mod descriptors;
pub mod dial;
mod drain;
pub mod echo_server;
pub mod endpoint;
mod fault_server;
#[doc(hidden)]
pub mod fuzzing;
pub mod guard;
mod http;
mod http_stream;
pub mod listen;
mod local;
mod memory;
mod metrics;
mod micros;
mod open_sessions;
mod page;
pub mod peer;
pub mod relay;
pub mod resolve;
mod scratch;
mod server;
pub mod session;
mod state;
pub mod stream;
pub mod targets;
pub mod tls;
pub mod websocket;
mod wire_name;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use echo_core::wire::{EchoLog, EchoServer};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use config::{Config, EchoAt};
use connections::Connections;
pub use drain::Shutdown;
use echo_server::{Bound, Handle, PortManager};
use listen::Listener;
use state::Bridge;
use targets::{Host, Target};

/// Runs a bridge on `listeners`, TCP's or others, and for operators on `admin`, until `shutdown`
/// resolves. Then it stops accepting, waits for sessions to finish or tells them to reconnect, ends
/// those that are left after the drain timeout, and returns when nothing is left running.
///
/// # Errors
/// Fails if the echo server cannot listen on its address, or if the token or the certificate cannot
/// be read.
pub async fn run(
    listeners: Vec<impl Into<Listener>>,
    admin: Option<admin::Listener>,
    mut config: Config,
    shutdown: impl Future<Output = Shutdown>,
) -> io::Result<()> {
    let listeners: Vec<Listener> = listeners.into_iter().map(Into::into).collect();
    access::prepare(&mut config, &listeners)?;
    prepare_https(&mut config)?;
    let ending = CancellationToken::new();
    let log = echo_log(&config, &listeners)?;
    let (echo, manager, echo_listeners) = start_echo(&config.echo, log, &ending).await?;
    set_chosen_ports(&mut config, &listeners, admin.as_ref(), &echo.target)?;
    let bridge = Bridge::new(config, echo, ending).map_err(io::Error::other)?;
    let bridge = Arc::new(bridge);
    let echoing = tokio::spawn(manager.run(echo_listeners));
    let connections = Arc::new(Connections::new(bridge.sessions.clone()));
    for listener in listeners {
        bridge.tasks.spawn(server::serve(listener, connections.clone(), bridge.clone()));
    }
    let admin_stop = CancellationToken::new();
    let _stopped = admin_stop.clone().drop_guard();
    let serving = admin
        .map(|listener| tokio::spawn(admin::serve(listener, bridge.clone(), admin_stop.clone())));
    let shutdown = tokio::select! {
        shutdown = shutdown => shutdown,
        never = reload_certificate(bridge.config.acceptor.clone()) => match never? {},
        never = memory::trim_after_load(&bridge.tasks) => match never {},
    };
    drain::drain(&bridge, shutdown).await;
    echoing.await.map_err(io::Error::other)?;
    // To the end, so that the drain can be watched.
    admin_stop.cancel();
    if let Some(serving) = serving {
        serving.await.map_err(io::Error::other)?;
    }
    Ok(())
}

/// Reads the certificate that the bridge serves HTTPS with, if there is one and it has not been read.
///
/// # Errors
/// Fails if it cannot be used, with a sentence that says why.
pub fn prepare_https(config: &mut Config) -> io::Result<()> {
    if let (None, Some(certificate), Some(key)) =
        (&config.acceptor, &config.serving.tls_cert, &config.serving.tls_key)
    {
        config.acceptor = Some(Arc::new(tls::Acceptor::load(certificate, key)?));
    }
    Ok(())
}

/// Reads the certificate again at each SIGHUP. Without one SIGHUP ends the process, as it does by
/// default.
#[cfg(unix)]
async fn reload_certificate(acceptor: Option<Arc<tls::Acceptor>>) -> io::Result<Infallible> {
    use tokio::signal::unix::{SignalKind, signal};
    let Some(acceptor) = acceptor else { return std::future::pending().await };
    let mut hangups = signal(SignalKind::hangup())?;
    loop {
        hangups.recv().await;
        acceptor.reload();
    }
}

/// Never resolves: only Unix has SIGHUP.
#[cfg(not(unix))]
async fn reload_certificate(_: Option<Arc<tls::Acceptor>>) -> io::Result<Infallible> {
    std::future::pending().await
}

/// Has the command that starts this bridge again name the ports that the system chose for it.
fn set_chosen_ports(
    config: &mut Config,
    listeners: &[Listener],
    admin: Option<&admin::Listener>,
    echo: &Target,
) -> io::Result<()> {
    if let Some(admin) = admin {
        config.start.set_values("--admin", [admin.address().to_string()]);
    }
    // The sockets that systemd handed over come first, and no flag stands for them.
    let handed_over = listeners.len().saturating_sub(config.listen.given.len());
    let addresses: io::Result<Vec<_>> =
        listeners.iter().skip(handed_over).map(Listener::address).collect();
    config.start.set_values("--listen", addresses?.iter().map(ToString::to_string));
    if let EchoAt::At(_) = config.echo {
        config.start.set_values("--echo", [echo.to_string()]);
    }
    Ok(())
}

/// Starts the echo server. `log` is how much is told of its connections. Returns the echo target,
/// the manager of its port and, for an own one, its listeners.
async fn start_echo(
    at: &EchoAt,
    log: EchoLog,
    ending: &CancellationToken,
) -> io::Result<(Handle, PortManager, Option<Vec<TcpListener>>)> {
    let EchoAt::At(target) = at else {
        let target = Target { host: Host::Name("localhost".into()), port: DEFAULT_ECHO_PORT };
        let addresses = echo_server::addresses(&target.host, target.port).await?;
        let (echo, manager) = Handle::new(target, addresses, EchoServer::Off, log, ending.clone());
        return Ok((echo, manager, None));
    };
    let failed = |error: io::Error| {
        let error = listen::with_advice(error, "--echo");
        io::Error::new(error.kind(), format!("cannot start the echo server on {target}: {error}"))
    };
    let found = echo_server::addresses(&target.host, target.port).await.map_err(failed)?;
    let (target, addresses, state, listeners) = match echo_server::listen(&found).map_err(failed)? {
        Bound::Own(listeners) => {
            let target = echo_server::target(&target.host, &listeners)?;
            tracing::info!("echo server listening on {target}");
            let addresses: io::Result<_> = listeners.iter().map(TcpListener::local_addr).collect();
            (target, addresses?, EchoServer::Own, Some(listeners))
        }
        Bound::Taken(address) => {
            tracing::info!("something listens on {address} already: using it as the echo server");
            (target.clone(), found, EchoServer::External, None)
        }
    };
    let (echo, manager) = Handle::new(target, addresses, state, log, ending.clone());
    Ok((echo, manager, listeners))
}

/// Returns how much is told of the echo server's connections: what `--echo-log` says, or else all
/// of it, and no bytes if others than those on this machine can reach the bridge.
fn echo_log(config: &Config, listeners: &[Listener]) -> io::Result<EchoLog> {
    if let Some(log) = config.echo_log {
        return Ok(log.into());
    }
    let is_exposed = access::is_exposed(config, listeners)?;
    Ok(if is_exposed { EchoLog::Counts } else { EchoLog::Full })
}

/// The port of the tutorial's echo server.
const DEFAULT_ECHO_PORT: u16 = 8888;
