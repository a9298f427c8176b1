//! HTTPS: TLS's handshake with a client, and the answer to one that speaks plain HTTP.

use std::io;

use tokio::io::{AsyncWriteExt as _, sink};
use tokio::time::{Duration, timeout};

use super::DISCARD_TIMEOUT;
use crate::stream::Stream;
use crate::tls::{Acceptor, HANDSHAKE};

/// The answer to a client that speaks plain HTTP.
const PLAIN: &[u8] = b"HTTP/1.1 400 Bad Request\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    Content-Length: 55\r\n\
    Connection: close\r\n\
    \r\n\
    This port speaks HTTPS: open it with https:// instead.\n";

/// Does TLS's handshake with the client of `stream`, of which `unread` was read already, within
/// `limit`. Returns `None` if the connection is to be closed.
pub(super) async fn secure(
    stream: Stream,
    unread: Vec<u8>,
    acceptor: &Acceptor,
    limit: Duration,
) -> Option<Stream> {
    match timeout(limit, handshake(stream, unread, acceptor)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            tracing::debug!("TLS with a client: {error}");
            None
        }
        // A browser opens connections ahead, and may never use them.
        Err(_) => {
            tracing::debug!("closed a connection: no handshake came in time");
            None
        }
    }
}

async fn handshake(
    mut stream: Stream,
    unread: Vec<u8>,
    acceptor: &Acceptor,
) -> io::Result<Option<Stream>> {
    let first = match unread.first() {
        Some(first) => Some(*first),
        None => first_byte(&stream).await?,
    };
    match first {
        Some(HANDSHAKE) => {
            let secured = acceptor.accept(stream, unread).await?;
            Ok(Some(Stream::Tls(Box::new(secured))))
        }
        Some(_) => {
            stream.write_all(PLAIN).await?;
            stream.shutdown().await?;
            // Closing with unread bytes would send RST, and the client might lose the answer.
            let _ = timeout(DISCARD_TIMEOUT, tokio::io::copy(&mut stream, &mut sink())).await;
            Ok(None)
        }
        None => Ok(None),
    }
}

/// Returns the first byte that the client sends, which stays unread.
async fn first_byte(stream: &Stream) -> io::Result<Option<u8>> {
    let mut first = [0];
    let Some(tcp) = stream.tcp() else { return Ok(None) };
    Ok((tcp.peek(&mut first).await? > 0).then_some(first[0]))
}
