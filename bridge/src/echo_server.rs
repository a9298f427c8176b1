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

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use echo_core::fault::Fault;
use echo_core::wire::{EchoEnd, EchoLog};
use futures_util::future::join_all;
use tokio::io::{AsyncRead as _, AsyncWrite as _, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accept::Acceptor;
use crate::scratch;
use crate::stream::Stream;
use crate::targets::{Host, Target};
use crate::tls::{self, ServerTls};
use connection_log::{ConnectionLog, LoggedConnection};
use faulty_connection::{FaultyConnection, HungUp};
pub(crate) use handle::Handle;
use limits::{IDLE, MAX_UNECHOED};
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

/// Echoes on every listener, with a fault if there is one, and over TLS if `tls` is given, until
/// `stop`, which ends open connections, too.
pub async fn serve(
    listeners: Vec<TcpListener>,
    fault: Option<Fault>,
    tls: Option<ServerTls>,
    stop: CancellationToken,
) {
    let log = ConnectionLog::new(EchoLog::Off);
    let server = Server { tls, ..Server::new(fault, log, stop.clone()) };
    server.accept(listeners, stop).await;
    server.wait_for_connections().await;
}

/// An echo server, independent of its listeners.
#[derive(Debug)]
pub(crate) struct Server {
    fault: Option<Arc<Fault>>,
    /// How it speaks TLS, if it does.
    tls: Option<ServerTls>,
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
            tls: None,
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
            let (fault, tls, log) = (self.fault.clone(), self.tls.clone(), self.log.clone());
            let connection = async move {
                match tls {
                    None => serve_connection(stream, peer, fault.as_deref(), &log).await,
                    Some(tls) => {
                        // Boxed, so that connections without TLS have no room for it.
                        let serving = serve_over_tls(stream, peer, fault.as_deref(), tls, &log);
                        Box::pin(serving).await;
                    }
                }
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

/// Does TLS's handshake, and echoes.
async fn serve_over_tls(
    stream: TcpStream,
    peer: SocketAddr,
    fault: Option<&Fault>,
    tls: ServerTls,
    log: &ConnectionLog,
) {
    match timeout(IDLE, tls::accept(Stream::from(stream), Vec::new(), tls)).await {
        Ok(Ok(stream)) => {
            serve_connection(Stream::Tls(Box::new(stream)), peer, fault, log).await;
        }
        Ok(Err(error)) => tracing::info!("echo: no TLS with {peer}: {error}"),
        Err(_) => tracing::info!("echo: no TLS with {peer} in time"),
    }
}

/// Echoes on one connection, and logs who it was and how it ended, as `ncat -v` does.
async fn serve_connection(
    stream: impl Into<Stream>,
    peer: SocketAddr,
    fault: Option<&Fault>,
    log: &ConnectionLog,
) {
    let stream = stream.into();
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
async fn echo(mut stream: Stream, connection: &LoggedConnection) -> io::Result<()> {
    if let Some(tcp) = stream.tcp() {
        tcp.set_nodelay(true)?;
    }
    loop {
        let step =
            poll_fn(|cx| scratch::with(|buffer| poll_echo(cx, &mut stream, buffer, connection)));
        let (read, rest) = timeout(IDLE, step).await??;
        if read == 0 {
            return stream.shutdown().await;
        }
        let writing = async {
            stream.write_all(&rest).await?;
            stream.flush().await
        };
        timeout(IDLE, writing).await??;
        connection.record_echoed(rest.len());
    }
}

/// Reads at most [`MAX_UNECHOED`] bytes, and writes what the client takes at once. Returns how many
/// bytes were read, and those of them that were not written.
fn poll_echo(
    cx: &mut Context<'_>,
    stream: &mut Stream,
    buffer: &mut [u8],
    connection: &LoggedConnection,
) -> Poll<io::Result<(usize, Vec<u8>)>> {
    let mut buffer = ReadBuf::new(&mut buffer[..MAX_UNECHOED]);
    ready!(Pin::new(&mut *stream).poll_read(cx, &mut buffer))?;
    let read = buffer.filled();
    connection.record_received(read);
    let written = match Pin::new(stream).poll_write(cx, read) {
        Poll::Ready(written) => written?,
        Poll::Pending => 0,
    };
    connection.record_echoed(written);
    Poll::Ready(Ok((read.len(), read[written..].to_vec())))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::poll;

    use super::*;
    use crate::stream::simulated::connection;

    #[tokio::test]
    async fn of_a_client_that_does_not_read_no_more_is_taken_than_may_wait() {
        let (near, far) = connection(4 * MAX_UNECHOED);
        let log = ConnectionLog::new(EchoLog::Off);
        let logged = log.record_accept(([127, 0, 0, 1], 1).into());
        let mut echoing = pin!(echo(Stream::Simulated(near), &logged));
        let bytes = vec![7; 8 * MAX_UNECHOED];
        let mut sent = 0;
        loop {
            let taken = far.write(&bytes);
            assert!(poll!(&mut echoing).is_pending());
            if taken == 0 {
                break;
            }
            sent += taken;
        }
        let echoed = usize::try_from(far.written_by_bridge()).unwrap();
        let unechoed = sent - far.unread_by_bridge() - echoed;
        assert!((1..=MAX_UNECHOED).contains(&unechoed), "{unechoed}");
        // A client that reads at last gets all of it.
        far.finish();
        let mut received = 0;
        while poll!(&mut echoing).is_pending() {
            received += far.read().len();
        }
        assert_eq!(received + far.read().len(), sent);
    }
}
