//! The bound on the packet sockets of a bridge.

use std::io;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Duration, timeout};

/// The most sessions that capture packets at once. Each has one packet socket, and the kernel runs
/// every socket's filter for every packet of the machine.
const MAX_CAPTURES: usize = 32;
/// How long a session waits for its previous socket to be closed before it opens another one.
const SOCKET_CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The permits for packet sockets, shared by all sessions of a bridge.
#[derive(Clone, Debug)]
pub(crate) struct CaptureLimit(Arc<Semaphore>);

/// The permit of one packet socket, held until the kernel has closed it.
#[derive(Debug)]
pub(super) struct CapturePermit {
    _permit: OwnedSemaphorePermit,
}

impl CaptureLimit {
    /// Creates the permits, all of them free.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(MAX_CAPTURES)))
    }

    /// Returns a permit if one is free.
    ///
    /// # Errors
    /// Fails if [`MAX_CAPTURES`] sessions capture already.
    pub(super) fn try_acquire(&self) -> io::Result<CapturePermit> {
        let permit = self.0.clone().try_acquire_owned().map_err(|_| full())?;
        Ok(CapturePermit { _permit: permit })
    }

    /// Waits for a permit, for a session that has just released its own. Permits go to those who
    /// wait in the order in which they asked.
    ///
    /// # Errors
    /// Fails if none is free within [`SOCKET_CLOSE_TIMEOUT`].
    pub(super) async fn acquire_again(&self) -> io::Result<CapturePermit> {
        match timeout(SOCKET_CLOSE_TIMEOUT, self.0.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(CapturePermit { _permit: permit }),
            _ => Err(full()),
        }
    }
}

/// Returns the error of a session that gets no packet socket.
fn full() -> io::Error {
    io::Error::other(format!(
        "{MAX_CAPTURES} sessions capture packets already, which is the most: try again when one \
         of them has ended"
    ))
}
