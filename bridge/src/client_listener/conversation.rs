//! What is sent on the WebSocket of a listener.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll};

use echo_core::wire::BridgeMessage;
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use crate::relay::{Ending, Keepalive, KeepaliveAction, control_json};
use crate::scratch;
use crate::websocket::{ClientSocket, Event};

/// A listener's side of its WebSocket: messages for the client, and pings. The client sends nothing
/// but Close.
#[derive(Debug)]
pub(super) struct Conversation<'a, W> {
    client: &'a mut W,
    keepalive: Keepalive,
    /// Messages that wait for the client. The listener bounds them: while there are any, it accepts
    /// no connection.
    waiting: VecDeque<BridgeMessage>,
}

impl<'a, W: ClientSocket> Conversation<'a, W> {
    pub(super) fn new(client: &'a mut W) -> Self {
        Self { client, keepalive: Keepalive::new(), waiting: VecDeque::new() }
    }

    /// Queues a message for the client.
    pub(super) fn queue(&mut self, message: BridgeMessage) {
        self.waiting.push_back(message);
    }

    /// Returns whether no message waits until its WebSocket has room.
    pub(super) fn is_flushed(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Converses until the client takes the messages that waited for it, or until the session's end,
    /// which is returned. Dropping the future loses nothing.
    pub(super) async fn run(&mut self) -> Option<Ending> {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Ending>> {
        match self.poll_until_ending(cx) {
            Err(ending) => Poll::Ready(Some(ending)),
            Ok(true) => Poll::Ready(None),
            Ok(false) => Poll::Pending,
        }
    }

    /// Reads and writes what can be. Returns whether messages waited, and none does any more.
    fn poll_until_ending(&mut self, cx: &mut Context<'_>) -> Result<bool, Ending> {
        while let Poll::Ready(()) = self.poll_read(cx)? {}
        let was_flushed = self.is_flushed();
        let has_room = self.poll_send(cx).map_err(Ending::client_failed)?;
        match self.keepalive.poll(cx, !has_room) {
            None => {}
            Some(KeepaliveAction::Ping) => {
                self.client.queue(OpCode::Control(Control::Ping), &[]);
            }
            Some(KeepaliveAction::Disconnect) => return Err(Ending::unanswered_ping()),
        }
        if let Poll::Ready(flushed) = self.client.poll_flush(cx) {
            flushed.map_err(Ending::client_failed)?;
        }
        Ok(!was_flushed && self.is_flushed())
    }

    /// Passes the messages on that its WebSocket has room for. Returns whether it has room for more.
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Result<bool, WsError> {
        loop {
            match self.client.poll_ready(cx) {
                Poll::Pending => return Ok(false),
                Poll::Ready(ready) => ready?,
            }
            let Some(message) = self.waiting.pop_front() else { return Ok(true) };
            let text = control_json(&message);
            self.client.queue(OpCode::Data(Data::Text), text.as_bytes());
        }
    }

    /// Reads once from the client.
    ///
    /// # Errors
    /// Fails at the client's Close, at the end of its connection, and for any message.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Ending>> {
        scratch::with(|buffer| {
            let read = std::task::ready!(self.client.poll_read(cx, buffer));
            let count = read.map_err(|error| Ending::client_failed(error.into()))?;
            if count == 0 {
                return Poll::Ready(Err(Ending::no_close()));
            }
            self.keepalive.record_activity();
            Poll::Ready(self.handle(&mut buffer[..count]))
        })
    }

    /// Handles the bytes of one read.
    fn handle(&mut self, mut bytes: &mut [u8]) -> Result<(), Ending> {
        while !bytes.is_empty() {
            let (taken, event) = self.client.decode(bytes).map_err(Ending::client_failed)?;
            bytes = &mut bytes[taken..];
            match event {
                Some(Event::Data { .. }) => {
                    // The client's Close may be there, for which the end of the session waits.
                    self.client.unread(bytes);
                    return Err(Ending::malformed(
                        "a message to a listener, which takes none: claim a connection by accept=",
                    ));
                }
                Some(Event::Close(_)) => return Err(Ending::ClientClosed),
                // The WebSocket answers pings.
                Some(Event::Ping(_) | Event::Pong(_)) | None => {}
            }
        }
        Ok(())
    }
}
