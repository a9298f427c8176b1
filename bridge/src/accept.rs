//! Accepting connections, with a pause after an error of the system.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep};

/// How long to wait after an accept that failed, at first; it doubles with each further failure.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// The longest pause after failed accepts.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A listener that logs the errors of `accept`, waits, and tries again.
///
/// Such errors are about the machine (it has no descriptors left) or about one client (it went away
/// while it waited to be accepted), and never about the listener, so none of them ends it.
#[derive(Debug)]
pub(crate) struct Acceptor {
    listener: TcpListener,
    pause: Duration,
}

impl Acceptor {
    pub(crate) fn new(listener: TcpListener) -> Self {
        Self { listener, pause: FIRST_PAUSE }
    }

    /// Returns the next connection and the client's address. Cancelling it loses no connection.
    pub(crate) async fn accept(&mut self) -> (TcpStream, SocketAddr) {
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
