//! Accepting connections, with a pause after an error of the system.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep};

/// How long to wait after an accept that failed, at first; it doubles with each further failure.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// The longest pause after failed accepts.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A listener of any kind.
pub(crate) trait Accept {
    /// A connection, and who opened it.
    type Accepted;

    /// Returns the next connection. Cancelling it loses none.
    fn accept(&self) -> impl Future<Output = io::Result<Self::Accepted>> + Send;
}

impl Accept for TcpListener {
    type Accepted = (TcpStream, SocketAddr);

    async fn accept(&self) -> io::Result<Self::Accepted> {
        Self::accept(self).await
    }
}

/// A listener that logs the errors of `accept`, waits, and tries again.
///
/// Such errors are about the machine (it has no descriptors left) or about one client (it went away
/// while it waited to be accepted), and never about the listener, so none of them ends it.
#[derive(Debug)]
pub(crate) struct Acceptor<L> {
    listener: L,
    pause: Duration,
}

impl<L: Accept> Acceptor<L> {
    pub(crate) fn new(listener: L) -> Self {
        Self { listener, pause: FIRST_PAUSE }
    }

    /// Returns the next connection and the client's address. Cancelling it loses no connection.
    pub(crate) async fn accept(&mut self) -> L::Accepted {
        loop {
            match self.listener.accept().await {
                Ok(accepted) => {
                    self.pause = FIRST_PAUSE;
                    return accepted;
                }
                Err(error) => {
                    let pause = self.pause;
                    tracing::warn!(
                        "cannot accept a connection: {error}; trying again in {pause:?}"
                    );
                    sleep(pause).await;
                    self.pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}
