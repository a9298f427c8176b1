//! The time from a failure of the client's side to the session's end, in which what the client had
//! sent before it is written to the target.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Sleep, sleep};
use tokio_tungstenite::tungstenite::Error as WsError;

use super::ending::Ending;
use super::{CLOSE_TIMEOUT, Relay};
use crate::websocket::ClientSocket;

/// A failure of the client's side whose session has not ended yet.
#[derive(Debug)]
pub(super) struct Failing {
    ending: Ending,
    /// Whether the client's connection still stands.
    can_send: bool,
    /// Fires when the target has had [`CLOSE_TIMEOUT`] to take what is queued for it.
    deadline: Pin<Box<Sleep>>,
}

impl Failing {
    /// Returns whether the client can still be sent messages.
    pub(super) fn can_send(&self) -> bool {
        self.can_send
    }

    /// Returns the session's ending.
    pub(super) fn into_ending(self) -> Ending {
        self.ending
    }
}

impl<W, T> Relay<W, T>
where
    W: ClientSocket,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Ends the session with `ending` once the target has taken what the client sent before it, but
    /// within [`CLOSE_TIMEOUT`]. The first failure decides the ending.
    pub(super) fn fail(&mut self, ending: Ending) {
        let can_send = !matches!(ending, Ending::ClientVanished(_));
        if let Some(failing) = &mut self.failing {
            failing.can_send &= can_send;
        } else {
            let deadline = Box::pin(sleep(CLOSE_TIMEOUT));
            self.failing = Some(Failing { ending, can_send, deadline });
        }
    }

    /// Handles an error of the WebSocket. After the client's Close the end of the connection is
    /// none: the client did not wait for the answer, and all its bytes have been read.
    pub(super) fn handle_client_error(&mut self, error: WsError) {
        let is_end = matches!(error, WsError::Io(_));
        if !(is_end && self.up.is_closed()) {
            self.fail(Ending::client_failed(error));
        }
    }

    /// Ends a session whose client's side failed, once what the client had sent is delivered, and
    /// it `is_quiet`: nothing can be moved just now, so what the target has sent by then has been
    /// queued for the client.
    pub(super) fn poll_failing(
        &mut self,
        cx: &mut Context<'_>,
        is_quiet: bool,
    ) -> Result<(), Ending> {
        let Some(failing) = &mut self.failing else { return Ok(()) };
        let is_delivered = is_quiet && self.up.is_delivered();
        let is_done = is_delivered || failing.deadline.as_mut().poll(cx).is_ready();
        if is_done { Err(failing.ending.clone()) } else { Ok(()) }
    }

    /// Ends the session if the client resets its connection while a slow target keeps the relay
    /// from reading it. While the relay reads, the read reports a reset.
    pub(super) fn poll_reset(&mut self, cx: &mut Context<'_>) {
        let is_reading = self.up.has_room(self.options.dialect);
        if is_reading || self.up.is_closed() || self.failing.is_some() {
            self.reset.pause();
        } else if self.reset.poll(cx, &self.client).is_ready() {
            self.fail(Ending::ClientVanished("connection reset by the client".into()));
        }
    }
}

/// A future that resolves once a connection has failed.
type ResetFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A function that returns a future which resolves once the client's connection has failed, without
/// reading from it.
pub type WatchReset<W> = fn(&W) -> ResetFuture;

/// Watches the client's connection while the relay does not read it, and only then, so that
/// sessions that read do not hold the resources of a watch, such as a descriptor.
pub(super) struct ResetWatcher<W> {
    watch: Option<WatchReset<W>>,
    running: Option<ResetFuture>,
}

impl<W> ResetWatcher<W> {
    pub(super) fn new(watch: WatchReset<W>) -> Self {
        Self { watch: Some(watch), running: None }
    }

    fn pause(&mut self) {
        self.running = None;
    }

    fn poll(&mut self, cx: &mut Context<'_>, client: &W) -> Poll<()> {
        let Some(watch) = self.watch else { return Poll::Pending };
        self.running.get_or_insert_with(|| watch(client)).as_mut().poll(cx)
    }
}

impl<W> Default for ResetWatcher<W> {
    fn default() -> Self {
        Self { watch: None, running: None }
    }
}

impl<W> fmt::Debug for ResetWatcher<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetWatcher")
            .field("is_watching", &self.running.is_some())
            .finish_non_exhaustive()
    }
}
