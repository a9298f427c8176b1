//! A WebSocket client whose frames are written by hand, to send what a well-behaved one never does.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::{soon, status};

/// Opcodes (RFC 6455, section 11.8).
pub(crate) const CONTINUATION: u8 = 0x0;
pub(crate) const TEXT: u8 = 0x1;
pub(crate) const BINARY: u8 = 0x2;
pub(crate) const CLOSE: u8 = 0x8;
pub(crate) const PING: u8 = 0x9;
/// The bit of the first byte that says that a message ends with this frame.
const FIN: u8 = 0x80;
/// The bit of the second byte that says that the payload is masked.
const MASKED: u8 = 0x80;
/// What stands in place of a length that follows in 16, or in 64 bits.
const LENGTH_16: u8 = 0x7e;
const LENGTH_64: u8 = 0x7f;
/// The receive buffer of a client that does not read, in bytes: so that little fits on the way.
const SMALL_BUFFER: u32 = 4 * 1024;

/// A client that has been upgraded.
pub(crate) struct Probe {
    pub(crate) stream: TcpStream,
}

impl Probe {
    /// Opens a session with a client of `tcp-bridge.v1`, or of the raw dialect where `subprotocol`
    /// is empty; `query` begins with `?`. Little fits into its receive buffer.
    pub(crate) async fn open(bridge: SocketAddr, query: &str, subprotocol: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(SMALL_BUFFER).unwrap();
        let mut stream = soon(socket.connect(bridge)).await.unwrap();
        let offer = match subprotocol {
            "" => String::new(),
            name => format!("Sec-WebSocket-Protocol: {name}\r\n"),
        };
        let request = format!(
            "GET /ws{query} HTTP/1.1\r\nHost: {bridge}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(soon(stream.read_u8()).await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        assert_eq!(status(&head), "101", "{head}");
        Self { stream }
    }

    /// Sends these bytes, whatever they are.
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        soon(self.stream.write_all(bytes)).await.unwrap();
    }

    /// The opcode and the payload of the next frame; `None` at the end of the connection.
    pub(crate) async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let first = soon(self.stream.read_u8()).await.ok()?;
        let length = match soon(self.stream.read_u8()).await.ok()? {
            LENGTH_16 => soon(self.stream.read_u16()).await.ok()?.into(),
            LENGTH_64 => soon(self.stream.read_u64()).await.ok()?,
            length => length.into(),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        soon(self.stream.read_exact(&mut payload)).await.ok()?;
        Some((first & !FIN, payload))
    }

    /// The code and the reason of the Close, after whatever comes before it.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            let (opcode, payload) = self.frame().await.expect("no Close came");
            if opcode == CLOSE {
                let (code, reason) = payload.split_at(2);
                let code = u16::from_be_bytes([code[0], code[1]]);
                return (code, String::from_utf8(reason.to_vec()).unwrap());
            }
        }
    }
}

/// A whole message in one frame.
pub(crate) fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    [header(opcode, true, payload.len()), payload.to_vec()].concat()
}

/// The header of a frame whose payload of this length follows. The mask is of zeros, which leaves a
/// payload as it is.
pub(crate) fn header(opcode: u8, is_final: bool, length: usize) -> Vec<u8> {
    const MASK: [u8; 4] = [0; 4];
    let first = opcode | if is_final { FIN } else { 0 };
    let length = match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ ..LENGTH_16), _) => vec![MASKED | short],
        (_, Ok(medium)) => [&[MASKED | LENGTH_16][..], &medium.to_be_bytes()].concat(),
        _ => [&[MASKED | LENGTH_64][..], &(length as u64).to_be_bytes()].concat(),
    };
    [&[first][..], &length, &MASK].concat()
}
