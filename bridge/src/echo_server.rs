//! The TCP echo server: what the bridge's page talks to when no `ncat` is there, well-behaved or
//! with a fault.
//!
//! - [`ports`]: its address; [`misbehaving`]: how a fault is played.

pub(crate) mod misbehaving;
mod ports;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::fault::Fault;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept;
use crate::targets::{Host, Target};
use misbehaving::{HungUp, Misbehaving};
pub use ports::{Bound, bind, hold};

/// The most connections the echo server has at once; more wait in the backlog.
const MAX_CONNECTIONS: usize = 4096;
/// How long a connection may say nothing before it is given up.
const IDLE: Duration = Duration::from_hours(1);
/// How many bytes are read at once.
const CHUNK: usize = 16 * 1024;

/// The target that reaches these listeners, as a client names it.
///
/// # Errors
/// Where a listener does not know its own address.
pub fn target(host: &Host, listeners: &[TcpListener]) -> io::Result<Target> {
    let port = listeners[0].local_addr()?.port();
    Ok(Target { host: host.clone(), port })
}

/// Echoes on every listener, with a fault if there is one, until `stop`; then what is under way is
/// dropped.
pub async fn serve(listeners: Vec<TcpListener>, fault: Option<Fault>, stop: CancellationToken) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let fault = Arc::new(fault);
    let tasks = TaskTracker::new();
    for listener in listeners {
        let slots = slots.clone();
        let fault = fault.clone();
        let connections = tasks.clone();
        let stopped = stop.clone();
        tasks.spawn(accept::each(listener, slots, stop.clone(), move |stream, peer, slot| {
            let fault = fault.clone();
            connections.spawn(stopped.clone().run_until_cancelled_owned(async move {
                report(stream, peer, fault.as_ref().as_ref()).await;
                drop(slot);
            }));
        }));
    }
    tasks.close();
    tasks.wait().await;
}

/// Echoes one connection and says, as `ncat -v` does, who it was and how it ended.
async fn report(stream: TcpStream, peer: SocketAddr, fault: Option<&Fault>) {
    tracing::info!("echo: connection from {peer}");
    let (ended, echoed) = match fault {
        None => {
            let mut echoed = 0;
            (echo(stream, &mut echoed).await.map(|()| HungUp::Fin), echoed)
        }
        Some(fault) => {
            let mut server = Misbehaving::new(stream, fault);
            (server.run().await, server.sent())
        }
    };
    match ended {
        Ok(HungUp::Fin) => tracing::info!("echo: {peer} finished after {echoed} bytes"),
        Ok(HungUp::Reset) => tracing::info!("echo: {peer} was reset after {echoed} bytes"),
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
