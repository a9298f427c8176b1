//! Servers with a fault, each of which serves a single connection of one session.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use echo_core::fault::Fault;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Duration, timeout};
use tokio_util::task::AbortOnDropHandle;

use crate::echo_server::faulty_connection::FaultyConnection;
use crate::stream::Stream;
use crate::tls::{self, Authority, Connector, Trust};

/// How long a server waits for its client, and then how long the connection may last, before it is
/// reset. Without this limit, `split:1:60s` would keep a long message for days.
const MAX_DURATION: Duration = Duration::from_mins(2);
/// The listen backlog. A listener expects one connection, and perhaps others from programs that
/// happen to try its port.
const BACKLOG: u32 = 8;

/// A port of the loopback interface for a server with a fault, to which the session has yet to
/// connect.
#[derive(Debug)]
pub(crate) struct FaultListener {
    fault: Fault,
    socket: Socket,
    address: SocketAddr,
}

#[derive(Debug)]
enum Socket {
    Listening(TcpListener),
    /// The socket is bound, so that no other program gets the port, but does not listen.
    Bound {
        _socket: TcpSocket,
    },
}

/// A running server with a fault, which ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct FaultServer {
    _task: Option<AbortOnDropHandle<()>>,
}

impl FaultListener {
    /// Binds a free port of the IPv4 loopback address and listens on it, unless the fault is that
    /// nothing listens.
    ///
    /// # Errors
    /// Returns an error if the system has no port or socket left.
    pub(crate) fn bind(fault: Fault) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr()?;
        let socket = if fault.listens() {
            Socket::Listening(socket.listen(BACKLOG)?)
        } else {
            Socket::Bound { _socket: socket }
        };
        Ok(Self { fault, socket, address })
    }

    /// Returns the address to connect to.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts a server for the connection from `client`, and stops listening once that connection
    /// is accepted.
    pub(crate) fn serve(self, client: SocketAddr) -> FaultServer {
        let Socket::Listening(listener) = self.socket else { return FaultServer { _task: None } };
        let task = tokio::spawn(async move {
            if let Err(error) = serve(listener, client, &self.fault).await {
                tracing::debug!("lab/{}: {error}", self.fault);
            }
        });
        FaultServer { _task: Some(AbortOnDropHandle::new(task)) }
    }
}

/// Returns the authority that certifies the servers with a fault, and that sessions with them trust
/// alone.
///
/// # Errors
/// Fails if the system has no random numbers.
fn authority() -> io::Result<&'static Authority> {
    static AUTHORITY: LazyLock<io::Result<Authority>> = LazyLock::new(Authority::new);
    AUTHORITY.as_ref().map_err(|error| io::Error::other(error.to_string()))
}

/// Returns what does handshakes with servers with a fault.
///
/// # Errors
/// Fails if the system has no random numbers.
pub(crate) fn connector() -> io::Result<Connector> {
    Ok(Connector::new(Trust::only(authority()?.certificate().clone())))
}

async fn serve(listener: TcpListener, client: SocketAddr, fault: &Fault) -> io::Result<()> {
    let mut stream = timeout(MAX_DURATION, accept_from(listener, client)).await??.into();
    if fault.server_speaks_tls() {
        let tls = authority()?.certify(Some(fault), &[])?;
        let secured = timeout(MAX_DURATION, tls::accept(stream, Vec::new(), tls)).await??;
        stream = Stream::Tls(Box::new(secured));
    }
    let mut connection = FaultyConnection::new(stream, fault);
    if let Ok(result) = timeout(MAX_DURATION, connection.run()).await {
        return result.map(drop);
    }
    tracing::info!("lab/{fault} is reset: it lasted longer than {MAX_DURATION:?}");
    connection.reset();
    Ok(())
}

/// Accepts the connection from `client`, and closes the connections of other programs that found
/// the port.
async fn accept_from(listener: TcpListener, client: SocketAddr) -> io::Result<TcpStream> {
    loop {
        let (stream, peer) = listener.accept().await?;
        if peer == client {
            return Ok(stream);
        }
    }
}
