//! The stream below an HTTP connection, which bounds how long a response may stay unread.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Duration, Sleep, sleep};

use crate::connections::Place;
use crate::stream::Stream;

/// How long a response may take from the first write that has to wait until it is written to its
/// end: enough for the largest file of the page, of less than 256 KiB, at 5 kB/s.
pub(crate) const RESPONSE_TIMEOUT: Duration = Duration::from_mins(1);

/// The most bytes of responses that the kernel takes beyond those that it has sent, where it can be
/// told (Linux: `TCP_NOTSENT_LOWAT`). Elsewhere it copies megabytes for each client that does not
/// read.
const MAX_UNSENT: u32 = 128 * 1024;

/// A stream whose writes fail with [`io::ErrorKind::TimedOut`] once a response has been unread for
/// too long, and that tells its [`Place`] how writing goes on.
///
/// hyper flushes only when it has nothing more to write, so a response counts as written to its end
/// when a flush succeeds. With requests that are pipelined, that is once for all their responses.
#[derive(Debug)]
pub(crate) struct HttpStream<S> {
    // Before the place, so that it is closed before its place is free again.
    stream: S,
    /// What was read from the stream before HTTP began, in reverse order.
    unread: Vec<u8>,
    timeout: Duration,
    /// Runs from the first write that had to wait.
    deadline: Option<Pin<Box<Sleep>>>,
    /// Whether anything has been written since the last flush.
    is_unflushed: bool,
    place: Arc<Place>,
}

impl<S> HttpStream<S> {
    pub(crate) fn new(stream: S, place: Arc<Place>, timeout: Duration) -> Self {
        Self { stream, unread: Vec::new(), timeout, deadline: None, is_unflushed: false, place }
    }

    /// Has these bytes be read before those of the stream.
    pub(crate) fn with_unread(mut self, mut bytes: Vec<u8>) -> Self {
        bytes.reverse();
        self.unread = bytes;
        self
    }

    /// Returns the outcome of a write, or an error if it has to wait beyond the deadline.
    fn wait_or_time_out(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_pending() {
            let timeout = self.timeout;
            let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(timeout)));
            ready!(deadline.as_mut().poll(cx));
            let message = format!("the client has not read a response within {timeout:?}");
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, message)));
        }
        self.is_unflushed = true;
        self.place.set_responding();
        written
    }
}

impl HttpStream<Stream> {
    /// Creates a stream of which the kernel takes at most [`MAX_UNSENT`] bytes beyond those that it
    /// has sent, if it is one of TCP; a Unix socket's buffer is bounded anyway.
    pub(crate) fn of_socket(stream: Stream, place: Arc<Place>) -> Self {
        set_max_unsent(&stream, MAX_UNSENT);
        Self::new(stream, place, RESPONSE_TIMEOUT)
    }

    /// Returns the stream, whose writes are no longer bounded, its place, and the bytes that are to
    /// be read before those of the stream.
    pub(crate) fn into_parts(mut self) -> (Stream, Arc<Place>, Vec<u8>) {
        const SYSTEM_DEFAULT: u32 = 0;
        set_max_unsent(&self.stream, SYSTEM_DEFAULT);
        self.unread.reverse();
        (self.stream, self.place, self.unread)
    }

    /// Closes the connection. If a part of a response is unread, RST makes the kernel free its
    /// copy, which it would otherwise keep for minutes.
    pub(crate) fn close(self) {
        if self.deadline.is_some() {
            // Without it the kernel sends FIN, and gives up later.
            self.stream.set_reset_on_close();
        }
    }
}

/// Bounds what the kernel takes. If it fails, a response costs more of the kernel's memory.
fn set_max_unsent(stream: &Stream, bytes: u32) {
    #[cfg(target_os = "linux")]
    if let Some(stream) = stream.tcp() {
        let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(bytes);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (stream, bytes);
}

impl<S: AsyncRead + Unpin> AsyncRead for HttpStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.unread.is_empty() {
            while buf.remaining() > 0
                && let Some(byte) = self.unread.pop()
            {
                buf.put_slice(&[byte]);
            }
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for HttpStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.wait_or_time_out(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.wait_or_time_out(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.deadline = None;
        if std::mem::take(&mut self.is_unflushed) {
            self.place.set_waiting();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;
    use crate::connections::single_place;

    const TIMEOUT: Duration = Duration::from_mins(1);
    const ALMOST_TIMEOUT: Duration = Duration::from_secs(59);

    /// A stream with room for four bytes that the client, its other end, has not read.
    async fn stream() -> (HttpStream<DuplexStream>, DuplexStream) {
        let place = single_place().await;
        let (stream, client) = duplex(4);
        (HttpStream::new(stream, place, TIMEOUT), client)
    }

    #[tokio::test(start_paused = true)]
    async fn a_response_of_which_a_byte_is_read_now_and_then_is_given_up_in_time() {
        let (mut stream, mut client) = stream().await;
        let begin = Instant::now();
        let reading = async {
            loop {
                sleep(Duration::from_secs(1)).await;
                client.read_u8().await.unwrap();
            }
        };
        let error = tokio::select! {
            written = stream.write_all(&[0; 1000]) => written.unwrap_err(),
            never = reading => never,
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begin.elapsed().as_secs(), TIMEOUT.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn each_response_has_the_whole_time_for_itself() {
        let (mut stream, mut client) = stream().await;
        for _ in 0..5 {
            let reading = async {
                sleep(ALMOST_TIMEOUT).await;
                client.read_exact(&mut [0; 8]).await.unwrap();
            };
            let writing = async {
                stream.write_all(&[0; 8]).await.unwrap();
                stream.flush().await.unwrap();
            };
            tokio::join!(reading, writing);
        }
    }
}
