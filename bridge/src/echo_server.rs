//! The TCP echo server: what the bridge's page talks to when no `ncat` is there, well-behaved or
//! with a fault.
//!
//! - [`ports`]: its address; [`keeper`]: whose that is, since the own one can step aside;
//! - [`visits`]: who came; [`handle`]: what the rest of the bridge knows of all this;
//! - [`faulty_connection`]: a connection to a server with a fault.

pub(crate) mod faulty_connection;
mod handle;
mod keeper;
mod ports;
mod visits;

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::fault::Fault;
use echo_core::wire::EchoEnd;
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept::Acceptor;
use crate::targets::{Host, Target};
use faulty_connection::{FaultyConnection, HungUp};
pub(crate) use handle::Handle;
pub(crate) use keeper::Keeper;
pub use ports::{Bound, bind, hold};
use visits::{Visit, Visits};

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
    let server = Server::new(fault, stop.clone());
    server.accept(listeners, stop).await;
    server.ended().await;
}

/// An echo server, wherever it listens.
#[derive(Debug)]
pub(crate) struct Server {
    fault: Option<Arc<Fault>>,
    visits: Arc<Visits>,
    slots: Arc<Semaphore>,
    connections: TaskTracker,
    ending: CancellationToken,
}

impl Server {
    /// One that drops what is under way at `ending`.
    pub(crate) fn new(fault: Option<Fault>, ending: CancellationToken) -> Self {
        Self {
            fault: fault.map(Arc::new),
            visits: Arc::default(),
            slots: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
            connections: TaskTracker::new(),
            ending,
        }
    }

    /// Who came.
    pub(crate) fn visits(&self) -> &Arc<Visits> {
        &self.visits
    }

    /// Accepts on every listener until `stop`, and listens no more.
    pub(crate) async fn accept(&self, listeners: Vec<TcpListener>, stop: CancellationToken) {
        let each = listeners.into_iter().map(|listener| self.accept_on(listener));
        stop.run_until_cancelled(join_all(each)).await;
    }

    async fn accept_on(&self, listener: TcpListener) {
        let mut acceptor = Acceptor::new(listener);
        // The semaphore is never closed.
        while let Ok(slot) = self.slots.clone().acquire_owned().await {
            let (stream, peer) = acceptor.accept().await;
            let (fault, visits) = (self.fault.clone(), self.visits.clone());
            let connection = async move {
                report(stream, peer, fault.as_deref(), &visits).await;
                drop(slot);
            };
            self.connections.spawn(self.ending.clone().run_until_cancelled_owned(connection));
        }
    }

    /// Waits for the connections under way.
    pub(crate) async fn ended(&self) {
        self.connections.close();
        self.connections.wait().await;
    }
}

/// Echoes one connection and says, as `ncat -v` does, who it was and how it ended.
async fn report(stream: TcpStream, peer: SocketAddr, fault: Option<&Fault>, visits: &Visits) {
    tracing::info!("echo: connection from {peer}");
    let visit = visits.arrive(peer);
    let (ended, echoed) = match fault {
        None => (echo(stream, &visit).await.map(|()| HungUp::Fin), visit.echoed()),
        Some(fault) => {
            let mut connection = FaultyConnection::new(stream, fault);
            (connection.run().await, connection.sent())
        }
    };
    visit.ended(end(&ended));
    match ended {
        Ok(HungUp::Fin) => tracing::info!("echo: {peer} finished after {echoed} bytes"),
        Ok(HungUp::Reset) => tracing::info!("echo: {peer} was reset after {echoed} bytes"),
        Err(error) => tracing::info!("echo: {peer} ended after {echoed} bytes: {error}"),
    }
}

fn end(ended: &io::Result<HungUp>) -> EchoEnd {
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

async fn echo(mut stream: TcpStream, visit: &Visit) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = timeout(IDLE, stream.read(&mut buffer)).await.map_err(io::Error::from)??;
        if read == 0 {
            return stream.shutdown().await;
        }
        visit.heard(&buffer[..read]);
        timeout(IDLE, stream.write_all(&buffer[..read])).await.map_err(io::Error::from)??;
        visit.answered(read);
    }
}
