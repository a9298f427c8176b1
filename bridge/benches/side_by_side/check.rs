//! Whether a candidate does what it should at all.

use std::io::{self, ErrorKind};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::candidate::{Candidate, Connection};
use crate::link::bounded;
use crate::wire::Wire;

const HELLO: &[u8] = b"Hello!";

/// One message there and back, by a client that does not only count.
pub(crate) async fn answers(candidate: &Candidate) -> io::Result<()> {
    let stream = bounded(candidate.connect()).await?;
    let came = match candidate.wire {
        Wire::Tcp => bounded(tcp_echo(stream)).await?,
        Wire::WebSocket | Wire::Control => bounded(websocket_echo(stream, candidate)).await?,
    };
    if came == HELLO {
        Ok(())
    } else {
        Err(io::Error::other(format!("unexpected reply: {came:?}")))
    }
}

async fn tcp_echo(mut stream: Box<dyn Connection>) -> io::Result<Vec<u8>> {
    stream.write_all(HELLO).await?;
    stream.flush().await?;
    let mut reply = vec![0; HELLO.len()];
    stream.read_exact(&mut reply).await?;
    Ok(reply)
}

async fn websocket_echo(stream: Box<dyn Connection>, candidate: &Candidate) -> io::Result<Vec<u8>> {
    let url = format!("ws://{}{}", candidate.address, candidate.path);
    let (mut socket, _) = client_async(url, stream).await.map_err(io::Error::other)?;
    socket.send(Message::binary(HELLO)).await.map_err(io::Error::other)?;
    let mut reply = Vec::new();
    while reply.len() < HELLO.len() {
        let message = socket.next().await.ok_or(ErrorKind::UnexpectedEof)?;
        // Text is control.
        if let Message::Binary(bytes) = message.map_err(io::Error::other)? {
            reply.extend(bytes);
        }
    }
    Ok(reply)
}
