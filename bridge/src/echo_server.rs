//! The TCP echo server: what the bridge's page talks to when no `ncat` is there.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::sync::Semaphore;
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept;
use crate::targets::{Host, Target};

/// The most connections the echo server has at once; more wait in the backlog.
const MAX_CONNECTIONS: usize = 4096;
/// How long a connection may say nothing before it is given up.
const IDLE: Duration = Duration::from_hours(1);
/// How many bytes are read at once.
const CHUNK: usize = 16 * 1024;

/// What came of asking for the echo server's address.
#[derive(Debug)]
pub enum Bound {
    /// It is free: these listen there.
    Own(Vec<TcpListener>),
    /// Something else listens on this address of it already.
    Taken(SocketAddr),
}

/// Listens on all addresses of `address`, or on none if any of them is taken: half an echo server
/// beside half an `ncat` would answer now as the one, now as the other.
///
/// An address that this machine does not have (`::1`, often) is passed over, as long as there is
/// another one. Port 0 takes a free port, the same for all.
///
/// # Errors
/// Where no address can be listened on, in the operating system's words.
pub async fn bind(host: &Host, mut port: u16) -> io::Result<Bound> {
    let mut listeners = Vec::new();
    let mut missing = None;
    for ip in addresses(host, port).await? {
        match TcpListener::bind((ip, port)).await {
            Ok(listener) => {
                port = listener.local_addr()?.port();
                listeners.push(listener);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                return Ok(Bound::Taken(SocketAddr::new(ip, port)));
            }
            Err(error) => missing = Some(error),
        }
    }
    match missing {
        Some(error) if listeners.is_empty() => Err(error),
        _ => Ok(Bound::Own(listeners)),
    }
}

/// `localhost` is both loopback addresses, whatever the hosts file says of it.
async fn addresses(host: &Host, port: u16) -> io::Result<Vec<IpAddr>> {
    match host {
        Host::Address(address) => Ok(vec![*address]),
        Host::Name(name) if name == "localhost" => {
            Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
        }
        Host::Name(name) => Ok(lookup_host((name.as_str(), port)).await?.map(|a| a.ip()).collect()),
    }
}

/// The target that reaches these listeners, as a client names it.
///
/// # Errors
/// Where a listener does not know its own address.
pub fn target(host: &Host, listeners: &[TcpListener]) -> io::Result<Target> {
    let port = listeners[0].local_addr()?.port();
    Ok(Target { host: host.clone(), port })
}

/// Echoes on every listener until `stop`; then what is under way is dropped.
pub async fn serve(listeners: Vec<TcpListener>, stop: CancellationToken) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let tasks = TaskTracker::new();
    for listener in listeners {
        let slots = slots.clone();
        let connections = tasks.clone();
        let stopped = stop.clone();
        tasks.spawn(accept::each(listener, slots, stop.clone(), move |stream, peer, slot| {
            connections.spawn(stopped.clone().run_until_cancelled_owned(async move {
                report(stream, peer).await;
                drop(slot);
            }));
        }));
    }
    tasks.close();
    tasks.wait().await;
}

/// Echoes one connection and says, as `ncat -v` does, who it was and how it ended.
async fn report(stream: TcpStream, peer: SocketAddr) {
    tracing::info!("echo: connection from {peer}");
    let mut echoed = 0;
    match echo(stream, &mut echoed).await {
        Ok(()) => tracing::info!("echo: {peer} finished after {echoed} bytes"),
        Err(error) => tracing::info!("echo: {peer} ended after {echoed} bytes: {error}"),
    }
}

async fn echo(mut stream: TcpStream, echoed: &mut u64) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = timeout(IDLE, stream.read(&mut buffer)).await.map_err(io::Error::from)??;
        if read == 0 {
            return stream.shutdown().await;
        }
        timeout(IDLE, stream.write_all(&buffer[..read])).await.map_err(io::Error::from)??;
        *echoed += read as u64;
    }
}
