//! The bytes below TLS: a stream that remembers how its other end began.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many of the first bytes are remembered.
const REMEMBERED: usize = 24;

/// A stream that remembers the first bytes that were read from it, by which a server that speaks no
/// TLS is recognised. Bytes that were read before are not among them.
#[derive(Debug)]
pub(super) struct Wire<S> {
    stream: S,
    /// What was read from the stream before TLS began.
    unread: Vec<u8>,
    first: [u8; REMEMBERED],
    remembered: u8,
}

impl<S> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self::with_unread(stream, Vec::new())
    }

    /// Has `unread` be read before the bytes of the stream.
    pub(super) fn with_unread(stream: S, unread: Vec<u8>) -> Self {
        Self { stream, unread, first: [0; REMEMBERED], remembered: 0 }
    }

    /// Returns the first bytes that were read.
    pub(super) fn first(&self) -> &[u8] {
        &self.first[..usize::from(self.remembered)]
    }

    pub(super) fn get_ref(&self) -> &S {
        &self.stream
    }

    pub(super) fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }

    fn remember(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let Some(place) = self.first.get_mut(usize::from(self.remembered)) else { break };
            *place = *byte;
            self.remembered += 1;
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.unread.is_empty() {
            let count = this.unread.len().min(buf.remaining());
            buf.put_slice(&this.unread[..count]);
            this.unread.drain(..count);
            return Poll::Ready(Ok(()));
        }
        let begin = buf.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(cx, buf))?;
        this.remember(&buf.filled()[begin..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
