//! The TCP echo server, well-behaved or with a fault.
//!
//! - [`ports`]: binding its addresses; [`port_manager`]: leaving its port to another server, and
//!   taking it once that is gone;
//! - [`connection_log`]: its latest connections; [`handle`]: what the rest of the bridge uses of it;
//! - [`faulty_connection`]: a connection to a server with a fault.

mod connection_log;
pub(crate) mod faulty_connection;
mod handle;
mod limits;
mod port_manager;
mod ports;

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::fault::Fault;
use echo_core::wire::{EchoEnd, EchoLog};
use futures_util::future::join_all;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept::Acceptor;
use crate::scratch;
use crate::targets::{Host, Target};
use connection_log::{ConnectionLog, LoggedConnection};
use faulty_connection::{FaultyConnection, HungUp};
pub(crate) use handle::Handle;
use limits::IDLE;
pub(crate) use port_manager::PortManager;
pub use ports::{Bound, bind, hold};
pub(crate) use ports::{addresses, listen};

/// The most connections that the echo server has at once; more wait in the backlog.
const MAX_CONNECTIONS: usize = 4096;

/// Returns the target that reaches these listeners, of which there is at least one.
///
/// # Errors
/// Fails if the system does not return the address of a listener.
pub fn target(host: &Host, listeners: &[TcpListener]) -> io::Result<Target> {
    let port = listeners[0].local_addr()?.port();
    Ok(Target { host: host.clone(), port })
}

/// Echoes on every listener, with a fault if there is one, until `stop`, which ends open
/// connections, too.
pub async fn serve(listeners: Vec<TcpListener>, fault: Option<Fault>, stop: CancellationToken) {
    let server = Server::new(fault, ConnectionLog::new(EchoLog::Off), stop.clone());
    server.accept(listeners, stop).await;
    server.wait_for_connections().await;
}

/// An echo server, independent of its listeners.
#[derive(Debug)]
pub(crate) struct Server {
    fault: Option<Arc<Fault>>,
    log: Arc<ConnectionLog>,
    /// One permit for each connection that may still be accepted.
    slots: Arc<Semaphore>,
    connections: TaskTracker,
    ending: CancellationToken,
}

impl Server {
    /// Creates a server whose connections end at `ending`, with an empty log.
    pub(crate) fn new(fault: Option<Fault>, log: ConnectionLog, ending: CancellationToken) -> Self {
        Self {
            fault: fault.map(Arc::new),
            log: Arc::new(log),
            slots: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
            connections: TaskTracker::new(),
            ending,
        }
    }

    /// Returns the log of its connections.
    pub(crate) fn log(&self) -> &Arc<ConnectionLog> {
        &self.log
    }

    /// Accepts on every listener until `stop`, and closes the listeners.
    pub(crate) async fn accept(&self, listeners: Vec<TcpListener>, stop: CancellationToken) {
        let each = listeners.into_iter().map(|listener| self.accept_on(listener));
        stop.run_until_cancelled(join_all(each)).await;
    }

    async fn accept_on(&self, listener: TcpListener) {
        let mut acceptor = Acceptor::new(listener);
        // The semaphore is never closed.
        while let Ok(slot) = self.slots.clone().acquire_owned().await {
            let (stream, peer) = acceptor.accept().await;
            let (fault, log) = (self.fault.clone(), self.log.clone());
            let connection = async move {
                serve_connection(stream, peer, fault.as_deref(), &log).await;
                drop(slot);
            };
            self.connections.spawn(self.ending.clone().run_until_cancelled_owned(connection));
        }
    }

    /// Waits until all connections have ended.
    pub(crate) async fn wait_for_connections(&self) {
        self.connections.close();
        self.connections.wait().await;
    }
}

/// Echoes on one connection, and logs who it was and how it ended, as `ncat -v` does.
async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    fault: Option<&Fault>,
    log: &ConnectionLog,
) {
    tracing::info!("echo: connection from {peer}");
    let connection = log.record_accept(peer);
    let (ended, echoed) = match fault {
        None => (echo(stream, &connection).await.map(|()| HungUp::Fin), connection.echoed()),
        Some(fault) => {
            let mut connection = FaultyConnection::new(stream, fault);
            (connection.run().await, connection.sent())
        }
    };
    connection.record_end(echo_end(&ended));
    match ended {
        Ok(HungUp::Fin) => tracing::info!("echo: {peer} finished after {echoed} bytes"),
        Ok(HungUp::Reset) => tracing::info!("echo: {peer} was reset after {echoed} bytes"),
        Err(error) => tracing::info!("echo: {peer} ended after {echoed} bytes: {error}"),
    }
}

/// Returns how a connection ended, as the log has it.
fn echo_end(ended: &io::Result<HungUp>) -> EchoEnd {
    match ended {
        Ok(HungUp::Fin) => EchoEnd::Finished,
        Ok(HungUp::Reset) => EchoEnd::Failed,
        Err(error) => match error.kind() {
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => EchoEnd::Reset,
            ErrorKind::TimedOut => EchoEnd::Idle,
            _ => EchoEnd::Failed,
        },
    }
}

/// Echoes until the client's FIN, and answers it with FIN.
async fn echo(mut stream: TcpStream, connection: &LoggedConnection) -> io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        timeout(IDLE, stream.readable()).await??;
        let (read, rest) = match scratch::with(|buffer| echo_once(&stream, buffer, connection)) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            echoed => echoed?,
        };
        if read == 0 {
            return stream.shutdown().await;
        }
        timeout(IDLE, stream.write_all(&rest)).await??;
        connection.record_echoed(rest.len());
    }
}

/// Reads once, and writes what the client takes at once. Returns how many bytes were read, and those
/// of them that were not written.
fn echo_once(
    stream: &TcpStream,
    buffer: &mut [u8],
    connection: &LoggedConnection,
) -> io::Result<(usize, Vec<u8>)> {
    let read = stream.try_read(buffer)?;
    connection.record_received(&buffer[..read]);
    let written = match stream.try_write(&buffer[..read]) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
        written => written?,
    };
    connection.record_echoed(written);
    Ok((read, buffer[written..read].to_vec()))
}
