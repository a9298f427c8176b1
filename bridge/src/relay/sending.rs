//! Messages for the client, and whether it takes them.

use std::task::{Context, Poll};

use echo_core::wire::BridgeMessage;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::failing::Failing;
use super::{Relay, control};
use crate::websocket::ClientSocket;

impl<W, T> Relay<W, T>
where
    W: ClientSocket,
    T: AsyncRead + AsyncWrite + Unpin,
{
    /// Returns whether anything can be sent to the client: it has neither closed nor gone.
    pub(super) fn can_send(&self) -> bool {
        !self.up.is_closed() && self.failing.as_ref().is_none_or(Failing::can_send)
    }

    /// Returns whether there is room for messages to the client; if not, the task is woken when
    /// there may be.
    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> bool {
        let ready = self.client.poll_ready(cx);
        self.is_done(ready)
    }

    /// Writes what is queued for the client. Returns whether all of it has been written.
    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> bool {
        let flushed = self.client.poll_flush(cx);
        self.is_done(flushed)
    }

    /// Queues a control message for the client; [`Self::poll_ready`] has returned true before.
    pub(super) fn send_control(&mut self, message: &BridgeMessage) {
        let text = control::to_json(message);
        self.client.queue(OpCode::Data(Data::Text), text.as_bytes());
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
