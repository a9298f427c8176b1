//! The echo target, as the rest of the bridge uses it.

use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::wire::{EchoLog, EchoServer};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::Server;
use super::connection_log::{ConnectionLog, PendingDial};
use super::port_manager::{PortManager, PortMessage};
use crate::targets::Target;

/// The most messages to the manager of the port that wait.
const MAX_MESSAGES: usize = 16;

/// The echo target: its address, whose server it is, and the log of the own one.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) target: Target,
    /// The connections to the own echo server; those to another one are not known.
    pub(crate) log: Arc<ConnectionLog>,
    state: watch::Receiver<EchoServer>,
    messages: mpsc::Sender<PortMessage>,
    /// The addresses on which the own echo server listens, if it does.
    addresses: Vec<SocketAddr>,
}

impl Handle {
    /// Creates the handle of the echo server at `addresses`, and the manager of its port, whose own
    /// server shuts down at `ending`. `state` is whose the echo server is at first;
    /// [`EchoServer::Off`] means that it may never be the bridge's own. `log` is how much is told of
    /// the own one's connections.
    pub(crate) fn new(
        target: Target,
        addresses: Vec<SocketAddr>,
        state: EchoServer,
        log: EchoLog,
        ending: CancellationToken,
    ) -> (Self, PortManager) {
        let server = Server::new(None, ConnectionLog::new(log), ending);
        let log = server.log().clone();
        let may_listen = state != EchoServer::Off;
        let (sender, state) = watch::channel(state);
        let (messages, receiver) = mpsc::channel(MAX_MESSAGES);
        let manager = PortManager {
            server,
            addresses: addresses.clone(),
            may_listen,
            state: sender,
            messages: receiver,
        };
        (Self { target, log, state, messages, addresses }, manager)
    }

    /// Returns whose the echo server is now.
    pub(crate) fn state(&self) -> EchoServer {
        *self.state.borrow()
    }

    /// Waits until the echo server is `owner`'s.
    #[cfg(test)]
    pub(super) async fn until(&mut self, owner: EchoServer) {
        self.state.wait_for(|state| *state == owner).await.unwrap();
    }

    /// Asks the own echo server to release its port, and returns whose the echo server is then.
    pub(crate) async fn release_port(&self) -> EchoServer {
        let (request, answer) = oneshot::channel();
        if self.messages.send(PortMessage::Release(request)).await.is_err() {
            return self.state();
        }
        answer.await.unwrap_or_else(|_| self.state())
    }

    /// Reports that a client listens at these addresses. On the echo server's port, it counts as
    /// another server there, however soon it goes.
    pub(crate) fn report_client_listener(&self, addresses: &[SocketAddr]) {
        let is_own = |address: &SocketAddr| {
            self.addresses.iter().any(|own| {
                let is_unspecified = own.ip().is_unspecified() || address.ip().is_unspecified();
                own.port() == address.port() && (own.ip() == address.ip() || is_unspecified)
            })
        };
        if addresses.iter().any(is_own) {
            // Where too many messages wait, or the manager has ended, a check has to find it.
            let _ = self.messages.try_send(PortMessage::ClientListens);
        }
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
