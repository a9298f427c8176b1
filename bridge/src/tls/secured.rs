//! A stream of bytes over TLS.

use std::io::{self, IoSlice, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsStream;

use super::problem;
use super::wire::Wire;

/// A stream of bytes over TLS, which is over another stream.
///
/// Its end is only the other end's `close_notify`: without that, reading fails with
/// [`io::ErrorKind::UnexpectedEof`]. What breaks TLS fails with [`io::ErrorKind::InvalidData`]. All
/// bytes that came before are read first.
#[derive(Debug)]
pub struct Secured<S> {
    tls: TlsStream<Wire<S>>,
    /// An error that is told once the bytes before it have been read.
    failed: Option<io::Error>,
}

impl<S> Secured<S> {
    pub(super) fn new(tls: TlsStream<Wire<S>>) -> Self {
        Self { tls, failed: None }
    }

    /// Returns the stream below.
    pub fn get_ref(&self) -> &S {
        self.tls.get_ref().0.get_ref()
    }

    /// Reads what was decrypted before an error. Returns how many bytes that are.
    fn read_rest(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        let mut reader = match &mut self.tls {
            TlsStream::Client(tls) => tls.get_mut().1.reader(),
            TlsStream::Server(tls) => tls.get_mut().1.reader(),
        };
        let count = reader.read(buf.initialize_unfilled()).unwrap_or_default();
        buf.advance(count);
        count
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Secured<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let error = match self.failed.take() {
            Some(error) => error,
            None => match Pin::new(&mut self.tls).poll_read(cx, buf) {
                Poll::Ready(Err(error)) => problem::of_read(error),
                polled => return polled,
            },
        };
        if self.read_rest(buf) > 0 {
            self.failed = Some(error);
            return Poll::Ready(Ok(()));
        }
        Poll::Ready(Err(error))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Secured<S> {
    /// Takes bytes, of which some may be kept until the stream is flushed.
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tls).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tls).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.tls.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_flush(cx)
    }

    /// Sends `close_notify`, and ends the stream below.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_shutdown(cx)
    }
}
