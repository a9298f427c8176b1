//! The client's end of a session: it sends and checks bytes, and knows what it was told.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use echo_core::wire::{ACK_EVERY, BridgeMessage, ClientMessage, Party, SUBPROTOCOL};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::common::websocket::{Opcode, WebSocket, frame};
use crate::pattern;
use crate::plan::Plan;

/// What the bridge said in `closed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Closed {
    pub(crate) by: Party,
    pub(crate) sent: u64,
    pub(crate) received: u64,
}

/// The client's end of a session.
#[derive(Debug)]
pub(crate) struct Connection {
    socket: WebSocket,
    has_control: bool,
    pub(crate) sent: u64,
    pub(crate) received: u64,
    acked: u64,
    /// Whether the target finished.
    pub(crate) has_finished: bool,
    pub(crate) closed: Option<Closed>,
    /// The code of the bridge's Close.
    pub(crate) close_code: Option<u16>,
}

impl Connection {
    /// Opens a session to `target`.
    pub(crate) async fn open(
        bridge: SocketAddr,
        stream: TcpStream,
        target: SocketAddr,
        plan: &Plan,
    ) -> io::Result<Self> {
        let trace = if plan.is_traced { "&trace=1" } else { "" };
        let query = format!("target={target}{trace}");
        let subprotocol = if plan.has_control { SUBPROTOCOL } else { "" };
        let socket = WebSocket::open(stream, bridge, &query, subprotocol).await?;
        Ok(Self {
            socket,
            has_control: plan.has_control,
            sent: 0,
            received: 0,
            acked: 0,
            has_finished: false,
            closed: None,
            close_code: None,
        })
    }

    /// Sends the next `count` bytes.
    pub(crate) async fn send(&mut self, count: usize) -> io::Result<()> {
        self.socket.send(pattern::bytes(self.sent, count)).await?;
        self.sent += count as u64;
        Ok(())
    }

    pub(crate) async fn control(&mut self, message: &ClientMessage) -> io::Result<()> {
        let text = serde_json::to_string(message)?;
        self.socket.stream.write_all(&frame(Opcode::Text, text.as_bytes())).await
    }

    pub(crate) async fn close(&mut self) -> io::Result<()> {
        self.socket.stream.write_all(&frame(Opcode::Close, &1000_u16.to_be_bytes())).await
    }

    /// Reads until this many bytes have been received in all, or Close comes.
    pub(crate) async fn receive(&mut self, bytes: u64) -> io::Result<()> {
        while self.received < bytes && self.close_code.is_none() {
            self.next().await?;
        }
        Ok(())
    }

    /// Reads until the target's FIN, or Close.
    pub(crate) async fn finished(&mut self) -> io::Result<()> {
        while !self.has_finished && self.close_code.is_none() {
            self.next().await?;
        }
        Ok(())
    }

    /// Reads until Close.
    pub(crate) async fn ended(&mut self) -> io::Result<()> {
        while self.close_code.is_none() {
            self.next().await?;
        }
        Ok(())
    }

    /// Ends the connection with FIN, or with RST.
    pub(crate) async fn vanish(mut self, resets: bool) -> io::Result<()> {
        if resets {
            self.socket.stream.set_zero_linger()
        } else {
            self.socket.stream.shutdown().await
        }
    }

    /// Reads a frame, and answers it.
    async fn next(&mut self) -> io::Result<()> {
        let (opcode, payload) = self.socket.next().await?;
        match opcode {
            it if it == Opcode::Binary as u8 => self.take(&payload).await?,
            it if it == Opcode::Text as u8 => self.hear(&serde_json::from_slice(&payload)?),
            it if it == Opcode::Ping as u8 => {
                self.socket.stream.write_all(&frame(Opcode::Pong, &payload)).await?;
            }
            it if it == Opcode::Close as u8 => {
                let code = payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code));
                self.close_code = Some(code);
            }
            _ => {}
        }
        Ok(())
    }

    async fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !pattern::is_at(self.received, bytes) {
            return Err(io::Error::new(ErrorKind::InvalidData, "other bytes came back"));
        }
        self.received += bytes.len() as u64;
        if self.has_control && self.received - self.acked >= ACK_EVERY {
            self.acked = self.received;
            self.control(&ClientMessage::Ack { bytes: self.received }).await?;
        }
        Ok(())
    }

    fn hear(&mut self, message: &BridgeMessage) {
        match message {
            BridgeMessage::Finished { .. } => self.has_finished = true,
            BridgeMessage::Closed { by, sent, received, .. } => {
                self.closed = Some(Closed { by: *by, sent: *sent, received: *received });
            }
            _ => {}
        }
    }
}
