//! The echo target, as the rest of the bridge uses it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::wire::{EchoLog, EchoServer};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::Server;
use super::connection_log::{ConnectionLog, PendingDial};
use super::port_manager::{PortManager, ReleaseRequest};
use crate::targets::Target;

/// The most requests to release the port that wait.
const MAX_RELEASE_REQUESTS: usize = 16;

/// The echo target: its address, whose server it is, and the log of the own one.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) target: Target,
    /// The connections to the own echo server; empty for another one.
    pub(crate) log: Arc<ConnectionLog>,
    state: watch::Receiver<EchoServer>,
    requests: mpsc::Sender<ReleaseRequest>,
    /// The addresses on which the own echo server listens.
    addresses: Vec<SocketAddr>,
}

impl Handle {
    /// Creates the handle of an echo server that is not the bridge's own.
    pub(crate) fn external(target: Target, state: EchoServer) -> Self {
        let (_, state) = watch::channel(state);
        let (requests, _) = mpsc::channel(MAX_RELEASE_REQUESTS);
        Self { target, log: Arc::default(), state, requests, addresses: Vec::new() }
    }

    /// Creates the handle of the bridge's own echo server, which shuts down at `ending`, and the
    /// manager of its port. `log` is how much is told of its connections.
    ///
    /// # Errors
    /// Fails if the system does not return the address of a listener.
    pub(crate) fn own(
        target: Target,
        listeners: &[TcpListener],
        log: EchoLog,
        ending: CancellationToken,
    ) -> io::Result<(Self, PortManager)> {
        let addresses: Vec<_> =
            listeners.iter().map(TcpListener::local_addr).collect::<io::Result<_>>()?;
        let server = Server::new(None, ConnectionLog::new(log), ending);
        let log = server.log().clone();
        let (sender, state) = watch::channel(EchoServer::Own);
        let (requests, receiver) = mpsc::channel(MAX_RELEASE_REQUESTS);
        let manager =
            PortManager { server, addresses: addresses.clone(), state: sender, requests: receiver };
        Ok((Self { target, log, state, requests, addresses }, manager))
    }

    /// Returns whose the echo server is now.
    pub(crate) fn state(&self) -> EchoServer {
        *self.state.borrow()
    }

    /// Asks the own echo server to release its port, and returns whose the echo server is then.
    pub(crate) async fn release_port(&self) -> EchoServer {
        let (request, answer) = oneshot::channel();
        if self.requests.send(request).await.is_err() {
            return self.state();
        }
        answer.await.unwrap_or_else(|_| self.state())
    }

    /// Returns a guard to hold while a session dials `address`, if the own echo server listens
    /// there.
    pub(crate) fn begin_dial(&self, address: SocketAddr) -> Option<PendingDial> {
        let reaches = |own: &SocketAddr| {
            own.port() == address.port() && (own.ip() == address.ip() || own.ip().is_unspecified())
        };
        let is_own = self.state() == EchoServer::Own && self.addresses.iter().any(reaches);
        is_own.then(|| self.log.begin_dial())
    }
}
