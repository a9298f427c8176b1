//! Accepting connections, bounded, and patient when the machine runs out of something.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Duration, sleep};
use tokio_util::sync::CancellationToken;

/// How long to wait after an accept that failed, at first; it doubles with each further failure.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// The longest pause after failed accepts.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Hands each connection to `take`, with the slot of `slots` that it holds, until `stop`.
pub(crate) async fn each<F>(
    listener: TcpListener,
    slots: Arc<Semaphore>,
    stop: CancellationToken,
    mut take: F,
) where
    F: FnMut(TcpStream, SocketAddr, OwnedSemaphorePermit) + Send,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let next = stop.run_until_cancelled(accept(&listener, &slots)).await;
        match next {
            None => return,
            Some(Ok((stream, peer, slot))) => {
                pause = FIRST_PAUSE;
                take(stream, peer, slot);
            }
            Some(Err(error)) => {
                tracing::warn!("cannot accept a connection: {error}; trying again in {pause:?}");
                stop.run_until_cancelled(sleep(pause)).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    // The semaphore is never closed.
    let slot = slots.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, slot))
}
