//! A WebSocket client that writes its frames by itself (RFC 6455, section 5.2).

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::http::unexpected;

/// Any but zero, which a server might take for no mask at all.
const MASK: [u8; 4] = [0x5a, 0xc3, 0x17, 0x8e];
/// The longest answer to an upgrade, in bytes.
const MAX_ANSWER: usize = 16 * 1024;

/// What a frame is (RFC 6455, section 11.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Opcode {
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// A client's frame: final, and masked.
pub(crate) fn frame(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode as u8];
    match payload.len() {
        len @ ..126 => frame.push(0x80 | u8::try_from(len).expect("less than 126")),
        len => {
            frame.push(0x80 | 127);
            frame.extend((len as u64).to_be_bytes());
        }
    }
    frame.extend(MASK);
    frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    frame
}

/// An open WebSocket.
#[derive(Debug)]
pub(crate) struct WebSocket {
    pub(crate) stream: TcpStream,
}

impl WebSocket {
    /// Upgrades `stream` to a session with this query, in the raw dialect where `subprotocol` is
    /// empty.
    pub(crate) async fn open(
        mut stream: TcpStream,
        address: SocketAddr,
        query: &str,
        subprotocol: &str,
    ) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        let offer = match subprotocol {
            "" => String::new(),
            name => format!("Sec-WebSocket-Protocol: {name}\r\n"),
        };
        let request = format!(
            "GET /ws?{query} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        // Byte by byte, since frames may follow the answer at once.
        while !answer.ends_with(b"\r\n\r\n") && answer.len() < MAX_ANSWER {
            answer.push(stream.read_u8().await?);
        }
        if answer.starts_with(b"HTTP/1.1 101 ") {
            Ok(Self { stream })
        } else {
            Err(unexpected(&answer))
        }
    }

    /// Sends `payload` as one message.
    pub(crate) async fn send(&mut self, payload: &[u8]) -> io::Result<()> {
        self.stream.write_all(&frame(Opcode::Binary, payload)).await
    }

    /// Reads until `count` bytes have come in binary messages.
    pub(crate) async fn receive(&mut self, count: usize) -> io::Result<()> {
        let mut missing = count;
        while missing > 0 {
            let (opcode, payload) = self.next().await?;
            if opcode == Opcode::Close as u8 {
                return Err(ErrorKind::ConnectionAborted.into());
            }
            if opcode == Opcode::Binary as u8 {
                missing = missing.saturating_sub(payload.len());
            }
        }
        Ok(())
    }

    /// Sends Close, and reads until the bridge's own.
    pub(crate) async fn close(&mut self) -> io::Result<()> {
        self.stream.write_all(&frame(Opcode::Close, &[])).await?;
        self.closed().await
    }

    /// Reads until a Close.
    pub(crate) async fn closed(&mut self) -> io::Result<()> {
        while self.next().await?.0 != Opcode::Close as u8 {}
        Ok(())
    }

    /// The opcode and the payload of the next frame.
    pub(crate) async fn next(&mut self) -> io::Result<(u8, Vec<u8>)> {
        let mut header = [0; 2];
        self.stream.read_exact(&mut header).await?;
        let len = match header[1] {
            126 => u64::from(self.stream.read_u16().await?),
            127 => self.stream.read_u64().await?,
            short => u64::from(short),
        };
        let mut payload = Vec::new();
        let read = (&mut self.stream).take(len).read_to_end(&mut payload).await?;
        if read as u64 == len {
            Ok((header[0] & 0x0f, payload))
        } else {
            Err(ErrorKind::UnexpectedEof.into())
        }
    }
}
