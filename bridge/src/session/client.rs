//! The client's WebSocket, and what is sent on it before and after the relay.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use echo_core::wire::{BridgeMessage, CloseCode};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use crate::relay::{Dialect, control_json};
use crate::scratch;
use crate::stream::Stream;
use crate::websocket::{ClientSocket as _, WebSocket, close_payload};

/// A WebSocket whose client speaks a dialect, over a TCP connection or any other stream of bytes.
pub struct Client<S = Stream> {
    socket: WebSocket<S>,
    dialect: Dialect,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// Creates the server's end of an upgraded connection. `early` are the bytes that were read
    /// along with the request; `max_message` is the longest message, in bytes.
    pub fn new(stream: S, early: Vec<u8>, dialect: Dialect, max_message: usize) -> Self {
        Self { socket: WebSocket::new(stream, early, max_message), dialect }
    }

    /// Returns the WebSocket, for the relay.
    pub fn socket(&mut self) -> &mut WebSocket<S> {
        &mut self.socket
    }

    /// Sends a control message, if the dialect has such. It waits until the client has taken the
    /// message, so callers bound the time. A failure is ignored: the next read reports that the
    /// client is gone.
    pub(crate) async fn send_control(&mut self, message: &BridgeMessage) {
        if self.dialect == Dialect::Control {
            let text = control_json(message);
            let _ = self.send(OpCode::Data(Data::Text), text.as_bytes()).await;
        }
    }

    /// Sends Close, unless one was sent before. It waits until the client has taken it, so callers
    /// bound the time.
    ///
    /// # Errors
    /// Fails if the client is gone, or a Close was sent before.
    pub async fn send_close(&mut self, code: CloseCode, reason: &str) -> Result<(), Error> {
        let frame = CloseFrame { code: u16::from(code).into(), reason: reason.into() };
        self.send(OpCode::Control(Control::Close), &close_payload(Some(&frame))).await
    }

    /// Discards what arrives until the client's Close or FIN: a kernel that closes a connection
    /// with unread bytes sends RST, and the client might lose the Close.
    pub async fn discard_rest(&mut self) {
        let _ = poll_fn(|cx| self.poll_close(cx)).await;
        // After an error the WebSocket reads no more; the connection below it still does.
        let _ = self.socket.get_mut().shutdown().await;
        let _ = poll_fn(|cx| self.poll_end(cx)).await;
    }

    /// Reads until the client's Close, or until the connection's end or an error.
    fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while !self.socket.has_received_close() {
            let read = |buffer: &mut [u8]| self.poll_discard(cx, buffer);
            if ready!(scratch::with(read))? == 0 {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Reads once, and decodes it only to look for Close. Returns how many bytes were read.
    fn poll_discard(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<Result<usize, Error>> {
        let count = ready!(self.socket.poll_read(cx, buffer))?;
        let mut bytes = &mut buffer[..count];
        while !bytes.is_empty() && !self.socket.has_received_close() {
            let (taken, _) = self.socket.decode(bytes)?;
            bytes = &mut bytes[taken..];
        }
        Poll::Ready(Ok(count))
    }

    /// Reads until the connection's end.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while ready!(scratch::with(|buffer| self.socket.poll_read(cx, buffer)))? > 0 {}
        Poll::Ready(Ok(()))
    }

    /// Sends a message behind what is queued already, and waits until the client has taken all of
    /// it.
    ///
    /// # Errors
    /// Fails if the client is gone, or Close was sent.
    async fn send(&mut self, opcode: OpCode, payload: &[u8]) -> Result<(), Error> {
        self.flush().await?;
        if self.socket.has_sent_close() {
            return Err(Error::AlreadyClosed);
        }
        self.socket.queue(opcode, payload);
        self.flush().await
    }

    async fn flush(&mut self) -> Result<(), Error> {
        poll_fn(|cx| self.socket.poll_flush(cx)).await
    }
}

/// Returns a future that resolves once the client's connection has failed, as it does at a reset,
/// although nothing is read from it.
#[cfg(unix)]
pub(crate) fn watch_reset(
    socket: &&mut WebSocket<Stream>,
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
pub(crate) fn watch_reset(_: &&mut WebSocket<Stream>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(std::future::pending())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, DuplexStream, duplex};
    use tokio::time::timeout;

    use super::*;

    /// A masked binary frame of one byte, and Close.
    const BYTE: &[u8] = &[0x82, 0x81, 0, 0, 0, 0, 7];
    const CLOSE: &[u8] = &[0x88, 0x80, 0, 0, 0, 0];
    /// A frame with a reserved bit set.
    const WRONG: &[u8] = &[0xc1, 0x80, 0, 0, 0, 0];

    /// A client, its end of the connection, and the bridge's.
    fn connect(dialect: Dialect) -> (DuplexStream, Client<DuplexStream>) {
        let (near, far) = duplex(64);
        (near, Client::new(far, Vec::new(), dialect, 1024))
    }

    #[tokio::test]
    async fn a_message_is_sent_if_the_dialect_has_control_messages() {
        for (dialect, expected) in [(Dialect::Control, true), (Dialect::Raw, false)] {
            let (mut near, mut client) = connect(dialect);
            client.send_control(&BridgeMessage::Ack { bytes: 1 }).await;
            drop(client);
            let mut heard = Vec::new();
            near.read_to_end(&mut heard).await.unwrap();
            assert_eq!(!heard.is_empty(), expected, "{dialect:?}");
        }
    }

    #[tokio::test]
    async fn close_is_sent_once() {
        let (mut near, mut client) = connect(Dialect::Raw);
        client.send_close(CloseCode::Normal, "").await.unwrap();
        let again = client.send_close(CloseCode::Normal, "").await;
        assert!(matches!(again, Err(Error::AlreadyClosed)), "{again:?}");
        drop(client);
        let mut heard = Vec::new();
        near.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, [0x88, 2, 0x03, 0xe8]);
    }

    /// A kernel that closes a connection with unread bytes resets it. FIN comes once the client
    /// has closed, or can say nothing more that would be understood.
    #[tokio::test(start_paused = true)]
    async fn the_client_is_read_to_its_close_then_told_fin_and_read_to_its_end() {
        for last in [CLOSE, WRONG] {
            let (mut near, mut client) = connect(Dialect::Raw);
            let mut rest = tokio::spawn(async move { client.discard_rest().await });
            near.write_all(BYTE).await.unwrap();
            let more = timeout(Duration::from_secs(1), near.read_u8()).await;
            assert!(more.is_err(), "{more:?} before the client's last word");
            near.write_all(last).await.unwrap();
            let mut heard = Vec::new();
            near.read_to_end(&mut heard).await.unwrap();
            // More than the connection holds.
            near.write_all(&[0; 256]).await.unwrap();
            let ended = timeout(Duration::from_secs(1), &mut rest).await;
            assert!(ended.is_err(), "the client has not sent FIN");
            near.shutdown().await.unwrap();
            rest.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_client_that_goes_without_close_is_waited_for_no_longer() {
        let (near, mut client) = connect(Dialect::Raw);
        drop(near);
        client.discard_rest().await;
    }
}
