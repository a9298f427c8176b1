//! The client's end of a session: what is said to it outside of the relay.

use std::borrow::Cow;

use echo_core::wire::{BridgeMessage, CloseCode};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncWriteExt as _, copy, sink};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};

use crate::relay::{Dialect, FAREWELL, text};

/// tungstenite fills its whole read buffer with zeros before each read, so a small one is both
/// faster with short messages and the larger part of an idle session's memory saved; longer
/// messages make it grow.
const READ_BUFFER: usize = 4 * 1024;
/// How much is gathered for the client before it is written without being flushed.
const WRITE_BUFFER: usize = 64 * 1024;

/// A WebSocket whose client speaks a dialect.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    dialect: Dialect,
}

impl Client {
    /// The server's end of an upgraded connection; `early` was read along with the request.
    pub async fn new(
        stream: TcpStream,
        early: Vec<u8>,
        dialect: Dialect,
        max_message: usize,
    ) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_message_size(Some(max_message))
            .max_frame_size(Some(max_message));
        let socket =
            WebSocketStream::from_partially_read(stream, early, Role::Server, Some(config)).await;
        Self { socket, dialect }
    }

    /// The WebSocket itself, for the relay.
    pub fn socket(&mut self) -> &mut WebSocketStream<TcpStream> {
        &mut self.socket
    }

    /// Sends a control message, if the client speaks of such. That it cannot be sent is no error:
    /// whoever reads next sees that the client is gone.
    pub(crate) async fn tell(&mut self, message: &BridgeMessage) {
        if self.dialect == Dialect::Control {
            let _ = timeout(FAREWELL, self.socket.send(text(message))).await;
        }
    }

    /// Sends Close, unless one went out already, and then throws away what still arrives until the
    /// client's own Close or its end: a kernel that closes a connection with bytes unread sends
    /// RST, and the client might lose the Close.
    pub async fn close(mut self, code: CloseCode, reason: &str) {
        let frame = CloseFrame {
            code: u16::from(code).into(),
            reason: Cow::from(reason).into_owned().into(),
        };
        let _ = timeout(FAREWELL, async {
            let _ = self.socket.close(Some(frame)).await;
            while let Some(Ok(_)) = self.socket.next().await {}
            // After an error the WebSocket reads no more; the connection below it still does.
            let stream = self.socket.get_mut();
            let _ = stream.shutdown().await;
            let _ = copy(stream, &mut sink()).await;
        })
        .await;
    }
}
