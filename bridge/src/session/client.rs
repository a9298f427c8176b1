//! The client's WebSocket, and what is sent on it before and after the relay.

use std::pin::Pin;

use echo_core::wire::{BridgeMessage, CloseCode};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, copy, sink};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::relay::{Dialect, control_message};
use crate::stream::Stream;

/// The size of tungstenite's read buffer, in bytes, which grows for longer messages. It is filled
/// with zeros before each read, so a small one is faster for short messages, and it is the larger
/// part of an idle session's memory.
const READ_BUFFER: usize = 4 * 1024;
/// How many bytes are gathered for the client until they are written without a flush.
const WRITE_BUFFER: usize = 64 * 1024;
/// The most bytes that wait for the client in the write buffer: those that are gathered, the
/// longest message that the bridge sends (a packet in base64, less than 128 KiB), and the answers
/// to the pings of a client that does not read. Each ping that no longer fits replaces the one
/// before it, as RFC 6455, section 5.5.3, allows.
const MAX_WRITE_BUFFER: usize = 4 * WRITE_BUFFER;

/// A WebSocket whose client speaks a dialect, over a TCP connection or any other stream of bytes.
pub struct Client<S = Stream> {
    socket: WebSocketStream<S>,
    dialect: Dialect,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Creates the server's end of an upgraded connection. `early` are the bytes that were read
    /// along with the request; `max_message` is the longest message, in bytes.
    pub async fn new(stream: S, early: Vec<u8>, dialect: Dialect, max_message: usize) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(MAX_WRITE_BUFFER)
            .max_message_size(Some(max_message))
            .max_frame_size(Some(max_message));
        let socket =
            WebSocketStream::from_partially_read(stream, early, Role::Server, Some(config)).await;
        Self { socket, dialect }
    }

    /// Returns the WebSocket, for the relay.
    pub fn socket(&mut self) -> &mut WebSocketStream<S> {
        &mut self.socket
    }

    /// Sends a control message, if the dialect has such. It waits until the client has taken the
    /// message, so callers bound the time. A failure is ignored: the next read reports that the
    /// client is gone.
    pub(crate) async fn send_control(&mut self, message: &BridgeMessage) {
        if self.dialect == Dialect::Control {
            let _ = self.send(control_message(message)).await;
        }
    }

    /// Sends Close, unless one was sent before. It waits until the client has taken it, so callers
    /// bound the time.
    ///
    /// # Errors
    /// Fails if the client is gone.
    pub async fn send_close(&mut self, code: CloseCode, reason: &str) -> Result<(), Error> {
        let frame = CloseFrame { code: u16::from(code).into(), reason: reason.into() };
        self.send(Message::Close(Some(frame))).await
    }

    /// Discards what arrives until the client's Close or FIN: a kernel that closes a connection
    /// with unread bytes sends RST, and the client might lose the Close.
    pub async fn discard_rest(&mut self) {
        while let Some(Ok(_)) = self.socket.next().await {}
        // After an error the WebSocket reads no more; the connection below it still does.
        let stream = self.socket.get_mut();
        let _ = stream.shutdown().await;
        let _ = copy(stream, &mut sink()).await;
    }

    /// Flushes the write buffer, which pongs may fill, and sends `message`.
    async fn send(&mut self, message: Message) -> Result<(), Error> {
        self.socket.flush().await?;
        self.socket.send(message).await
    }
}

/// Returns a future that resolves once the client's connection has failed, as it does at a reset,
/// although nothing is read from it.
#[cfg(unix)]
pub(crate) fn watch_reset(
    socket: &&mut WebSocketStream<Stream>,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    use tokio::io::{Interest, Ready};

    // tokio cannot wait for an error on a stream that is borrowed for reading.
    let watched = socket.get_ref().try_clone();
    Box::pin(async move {
        if let Ok(stream) = watched
            && stream.ready(Interest::ERROR).await.is_ok_and(Ready::is_error)
        {
            return;
        }
        // What cannot be watched is noticed once the connection is read again.
        std::future::pending::<()>().await;
    })
}

/// Returns a future that never resolves: on other systems than Unix a reset is noticed once the
/// connection is read again.
#[cfg(not(unix))]
pub(crate) fn watch_reset(
    _: &&mut WebSocketStream<Stream>,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(std::future::pending())
}
