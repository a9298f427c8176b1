//! How many packet sockets a bridge has at once.

use std::io;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Duration, timeout};

/// How many sessions capture packets at once: each has one packet socket, and the kernel runs every
/// socket's filter for every packet of the machine, whoever's it is.
const MAX_CAPTURES: usize = 32;
/// How long a session waits for its own socket to be closed before it opens another.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The permits for packet sockets, shared by all sessions of a bridge.
#[derive(Clone, Debug)]
pub(crate) struct CaptureLimit(Arc<Semaphore>);

/// The right to a packet socket, until the kernel has closed it.
#[derive(Debug)]
pub(super) struct CapturePermit {
    _permit: OwnedSemaphorePermit,
}

impl CaptureLimit {
    /// No session captures yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(MAX_CAPTURES)))
    }

    /// A permit, if one is free.
    ///
    /// # Errors
    /// Where [`MAX_CAPTURES`] sessions capture.
    pub(super) fn try_acquire(&self) -> io::Result<CapturePermit> {
        let permit = self.0.clone().try_acquire_owned().map_err(|_| full())?;
        Ok(CapturePermit { _permit: permit })
    }

    /// A permit, for a session that has just let go of one: the next that is free is its own.
    ///
    /// # Errors
    /// Where none is free within [`CLOSE_TIMEOUT`].
    pub(super) async fn acquire_again(&self) -> io::Result<CapturePermit> {
        match timeout(CLOSE_TIMEOUT, self.0.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(CapturePermit { _permit: permit }),
            _ => Err(full()),
        }
    }
}

/// Why a session captures nothing.
fn full() -> io::Error {
    io::Error::other(format!(
        "{MAX_CAPTURES} sessions capture packets already, and no more may: try again when one of \
         them has ended"
    ))
}
