//! One connection to a candidate.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead as _, AsyncReadExt as _, AsyncWrite as _, AsyncWriteExt as _, ReadBuf};
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::acks::Acks;
use crate::candidate::{Candidate, Connection};
use crate::load::{Flow, Load};
use crate::wire::{Counter, Wire};

/// How many bytes are read at once: as many as the bridge reads.
const BUFFER: usize = 256 * 1024;
/// Far beyond what any step takes.
pub(crate) const TOO_LONG: Duration = Duration::from_secs(20);

/// A future's outcome, or an error when it takes far too long.
pub(crate) async fn bounded<T>(future: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(TOO_LONG, future).await?
}

pub(crate) struct Link {
    stream: Box<dyn Connection>,
    wire: Wire,
    counter: Counter,
    acks: Acks,
    buffer: Vec<u8>,
}

impl Link {
    /// Connects, and upgrades where the candidate speaks WebSocket.
    pub(crate) async fn open(candidate: &Candidate) -> io::Result<Self> {
        let stream = bounded(candidate.connect()).await?;
        let (wire, counter) = (candidate.wire, Counter::new(candidate.wire));
        let acks = Acks::new(wire);
        let mut link = Self { stream, wire, counter, acks, buffer: vec![0; BUFFER] };
        if wire != Wire::Tcp {
            bounded(link.upgrade(candidate)).await?;
        }
        Ok(link)
    }

    async fn upgrade(&mut self, candidate: &Candidate) -> io::Result<()> {
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            candidate.path, candidate.address
        );
        self.send(request.as_bytes()).await?;
        let mut answer = Vec::new();
        let end = loop {
            let read = self.stream.read(&mut self.buffer).await?;
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            answer.extend_from_slice(&self.buffer[..read]);
            if let Some(at) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        // No payload: the echo server does not speak first.
        self.counter.count(&answer[end..]);
        if answer.starts_with(b"HTTP/1.1 101 ") {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&answer).into_owned()))
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        // TLS keeps what the socket does not take.
        self.stream.flush().await
    }

    /// Sends one message and waits until it has come back.
    pub(crate) async fn round_trip(&mut self, load: &Load) -> io::Result<()> {
        self.send(load.one()).await?;
        let mut missing = load.len;
        while missing > 0 {
            missing = missing.saturating_sub(poll_fn(|cx| self.poll_receive(cx)).await?);
        }
        match self.acks.due() {
            Some(ack) => self.send(&ack).await,
            None => Ok(()),
        }
    }

    /// Keeps messages in flight until `end`; says how many came back, all that were sent.
    pub(crate) async fn stream(&mut self, load: &Load, end: Instant) -> io::Result<u64> {
        let mut flow = Flow::new(load, end);
        timeout_at(end + TOO_LONG, poll_fn(|cx| self.poll_stream(cx, &mut flow))).await??;
        Ok(flow.messages())
    }

    fn poll_stream(&mut self, cx: &mut Context<'_>, flow: &mut Flow) -> Poll<io::Result<()>> {
        loop {
            if let Some(ack) = self.acks.due() {
                flow.insert(ack);
            }
            while let Some(bytes) = flow.to_send() {
                match Pin::new(&mut self.stream).poll_write(cx, bytes)? {
                    Poll::Ready(count) => flow.sent(count),
                    Poll::Pending => break,
                }
            }
            let _ = Pin::new(&mut self.stream).poll_flush(cx)?;
            if flow.is_done() {
                return Poll::Ready(Ok(()));
            }
            flow.received(ready!(self.poll_receive(cx))?);
        }
    }

    /// Reads once; says how many payload bytes came.
    fn poll_receive(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut buffer = ReadBuf::new(&mut self.buffer);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
        if buffer.filled().is_empty() || self.counter.closed {
            return Poll::Ready(Err(ErrorKind::UnexpectedEof.into()));
        }
        let count = self.counter.count(buffer.filled());
        self.acks.received(count);
        Poll::Ready(Ok(count))
    }

    /// The connection alone, for one that is to be kept and not used.
    pub(crate) fn into_stream(self) -> Box<dyn Connection> {
        self.stream
    }

    /// Ends the session in order: with FIN, or with Close, and waits for the answer.
    pub(crate) async fn close(mut self) -> io::Result<()> {
        match self.wire.close() {
            Some(close) => self.send(&close).await?,
            None => self.stream.shutdown().await?,
        }
        while !self.counter.closed {
            let read = self.stream.read(&mut self.buffer).await?;
            if read == 0 {
                break;
            }
            self.counter.count(&self.buffer[..read]);
        }
        Ok(())
    }
}
