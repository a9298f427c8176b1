//! The time between a failure of the client's side and the session's end: what the client had sent
//! before is valid, and still reaches the target.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Sleep, sleep};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::ending::Ending;
use super::{FAREWELL, Relay};

/// A failure of the client's side whose session has not ended yet.
#[derive(Debug)]
pub(super) struct Failing {
    ending: Ending,
    /// Whether the client is still there to be sent something.
    can_send: bool,
    /// When the target has had [`FAREWELL`] to take what is queued for it.
    deadline: Pin<Box<Sleep>>,
}

impl Failing {
    fn new(ending: Ending) -> Self {
        let can_send = !matches!(ending, Ending::ClientVanished(_));
        Self { ending, can_send, deadline: Box::pin(sleep(FAREWELL)) }
    }

    pub(super) fn can_send(&self) -> bool {
        self.can_send
    }

    pub(super) fn into_ending(self) -> Ending {
        self.ending
    }
}

impl<W, T> Relay<W, T>
where
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Ends the session with `ending` once the target has taken what the client sent before it, but
    /// within [`FAREWELL`]. The first failure decides the ending.
    pub(super) fn fail(&mut self, ending: Ending) {
        let new = Failing::new(ending);
        match &mut self.failing {
            Some(failing) => failing.can_send &= new.can_send,
            None => self.failing = Some(new),
        }
    }

    /// Takes an error of the WebSocket. After the client's Close it only says that the client did
    /// not wait for the answer, which is no loss: its bytes were all read.
    pub(super) fn client_failed(&mut self, error: WsError) {
        let is_end =
            matches!(error, WsError::ConnectionClosed | WsError::AlreadyClosed | WsError::Io(_));
        if !(is_end && self.up.is_closed()) {
            self.fail(Ending::client_failed(error));
        }
    }

    /// Ends a session whose client's side failed. It is called when nothing can be moved just now,
    /// so what the target had said by then is on its way to the client, too.
    pub(super) fn poll_failing(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        let Some(failing) = &mut self.failing else { return Ok(()) };
        let is_over = self.up.is_delivered() || failing.deadline.as_mut().poll(cx).is_ready();
        if is_over { Err(failing.ending.clone()) } else { Ok(()) }
    }

    /// Notices a reset by the client while a slow target keeps the relay from reading its
    /// connection. While the relay reads, reading tells.
    pub(super) fn poll_reset(&mut self, cx: &mut Context<'_>) {
        let is_reading = self.up.has_room(self.options.dialect);
        if is_reading || self.up.is_closed() || self.failing.is_some() {
            self.reset.pause();
        } else if self.reset.poll(cx, &self.client).is_ready() {
            self.fail(Ending::ClientVanished("connection reset by the client".into()));
            // The deadline has to be polled once to wake the task.
            cx.waker().wake_by_ref();
        }
    }
}

/// A future that resolves once a connection has failed, whether it is read or not.
type ResetFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Makes a future that resolves once the client's connection has failed, without reading from it.
pub type WatchReset<W> = fn(&W) -> ResetFuture;

/// Watches the client's connection while nothing is read from it, and only then: what it takes to
/// watch, a descriptor for instance, is not held by sessions that read.
pub(super) struct ResetWatch<W> {
    watch: Option<WatchReset<W>>,
    under_way: Option<ResetFuture>,
}

impl<W> ResetWatch<W> {
    pub(super) fn new(watch: WatchReset<W>) -> Self {
        Self { watch: Some(watch), under_way: None }
    }

    fn pause(&mut self) {
        self.under_way = None;
    }

    fn poll(&mut self, cx: &mut Context<'_>, client: &W) -> Poll<()> {
        let Some(watch) = self.watch else { return Poll::Pending };
        self.under_way.get_or_insert_with(|| watch(client)).as_mut().poll(cx)
    }
}

impl<W> Default for ResetWatch<W> {
    fn default() -> Self {
        Self { watch: None, under_way: None }
    }
}

impl<W> fmt::Debug for ResetWatch<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetWatch")
            .field("is_watching", &self.under_way.is_some())
            .finish_non_exhaustive()
    }
}
