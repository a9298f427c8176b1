//! The echo target, as the rest of the bridge knows it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::Server;
use super::keeper::{self, Ask, Keeper};
use super::visits::{Dialling, Visits};
use crate::targets::Target;

/// How many requests to step aside wait at most.
const MAX_ASKS: usize = 16;

/// Where the echo server is, whose it is just now, and who came to the own one.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) target: Target,
    pub(crate) visits: Arc<Visits>,
    whose: watch::Receiver<EchoServer>,
    asks: mpsc::Sender<Ask>,
    /// Where the own one listens.
    addresses: Vec<SocketAddr>,
}

impl Handle {
    /// An echo server that is not the bridge's.
    pub(crate) fn foreign(target: Target, whose: EchoServer) -> Self {
        let (_, whose) = watch::channel(whose);
        let (asks, _) = mpsc::channel(MAX_ASKS);
        Self { target, visits: Arc::default(), whose, asks, addresses: Vec::new() }
    }

    /// The bridge's own, which goes down at `ending`, and its keeper.
    ///
    /// # Errors
    /// Where a listener does not know its own address.
    pub(crate) fn own(
        target: Target,
        listeners: &[TcpListener],
        ending: CancellationToken,
    ) -> io::Result<(Self, Keeper)> {
        let addresses = keeper::addresses(listeners)?;
        let server = Server::new(None, ending);
        let visits = server.visits().clone();
        let (say, whose) = watch::channel(EchoServer::Own);
        let (asks, asked) = mpsc::channel(MAX_ASKS);
        let keeper = Keeper { server, addresses: addresses.clone(), whose: say, asks: asked };
        Ok((Self { target, visits, whose, asks, addresses }, keeper))
    }

    /// Whose the echo server is.
    pub(crate) fn whose(&self) -> EchoServer {
        *self.whose.borrow()
    }

    /// Asks the own echo server to step aside, and says whose the port is then.
    pub(crate) async fn step_aside(&self) -> EchoServer {
        let (ask, answer) = oneshot::channel();
        if self.asks.send(ask).await.is_err() {
            return self.whose();
        }
        answer.await.unwrap_or_else(|_| self.whose())
    }

    /// To be held while `address` is dialled, if the own echo server listens there.
    pub(crate) fn dialling(&self, address: SocketAddr) -> Option<Dialling> {
        let reaches = |own: &SocketAddr| {
            own.port() == address.port() && (own.ip() == address.ip() || own.ip().is_unspecified())
        };
        let own = self.whose() == EchoServer::Own && self.addresses.iter().any(reaches);
        own.then(|| self.visits.dial())
    }
}
