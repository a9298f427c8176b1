//! What waits for the client, and how it is sent.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use echo_core::wire::BridgeMessage;
use futures_util::{Sink, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::failing::Failing;
use super::{Relay, control_message};

/// Messages for the client that did not fit into the WebSocket's write buffer.
///
/// There are at most the few that one step of the relay queues, since the client does not count as
/// ready while there are any.
#[derive(Debug, Default)]
pub(super) struct Unsent(VecDeque<Message>);

impl<W, T> Relay<W, T>
where
    W: Stream<Item = Result<Message, WsError>> + Sink<Message, Error = WsError> + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Returns whether anything can be sent to the client: it has neither closed nor gone.
    pub(super) fn can_send(&self) -> bool {
        !self.up.is_closed() && self.failing.as_ref().is_none_or(Failing::can_send)
    }

    /// Makes room for a message to the client. Returns whether there is room; if not, the task is
    /// woken when there may be.
    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> bool {
        while !self.unsent.0.is_empty() {
            // Whatever fills the write buffer, pongs for instance, has to leave first.
            let flushed = Pin::new(&mut self.client).poll_flush(cx);
            if !self.is_done(flushed) {
                return false;
            }
            let Some(message) = self.unsent.0.pop_front() else { break };
            self.start_send(message);
        }
        let ready = Pin::new(&mut self.client).poll_ready(cx);
        self.is_done(ready)
    }

    /// Writes what is queued for the client. Returns whether all of it has been written.
    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.unsent.0.is_empty() && !self.poll_ready(cx) {
            return false;
        }
        let flushed = Pin::new(&mut self.client).poll_flush(cx);
        self.is_done(flushed)
    }

    /// Queues a message for the client; [`Self::poll_ready`] has returned true before.
    pub(super) fn send(&mut self, message: Message) {
        if self.unsent.0.is_empty() {
            self.start_send(message);
        } else {
            self.unsent.0.push_back(message);
        }
    }

    /// Queues a control message for the client, as [`Self::send`] does.
    pub(super) fn send_control(&mut self, message: &BridgeMessage) {
        self.send(control_message(message));
    }

    /// Hands a message to the WebSocket, or keeps it if the write buffer is full.
    fn start_send(&mut self, message: Message) {
        match Pin::new(&mut self.client).start_send(message) {
            Ok(()) => {}
            Err(WsError::WriteBufferFull(message)) => self.unsent.0.push_front(*message),
            Err(error) => self.handle_client_error(error),
        }
    }

    /// Returns whether an operation of the WebSocket is complete, and records its error.
    fn is_done(&mut self, polled: Poll<Result<(), WsError>>) -> bool {
        if let Poll::Ready(Err(error)) = polled {
            self.handle_client_error(error);
            return false;
        }
        polled.is_ready()
    }
}
