//! A stream of bytes over TCP or a Unix socket: a client's connection, or that to a target.

#[cfg(test)]
pub(crate) mod simulated;

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use crate::endpoint::Endpoint;

/// A connection over TCP or a Unix socket.
#[derive(Debug)]
pub enum Stream {
    /// A TCP connection.
    Tcp(TcpStream),
    /// A connection over a Unix socket.
    #[cfg(unix)]
    Unix(UnixStream),
    /// One in memory.
    #[cfg(test)]
    #[expect(private_interfaces, reason = "only tests of this crate have it")]
    Simulated(simulated::Simulated),
}

impl Stream {
    /// Returns the TCP connection, if it is one.
    #[must_use]
    pub fn tcp(&self) -> Option<&TcpStream> {
        match self {
            Self::Tcp(stream) => Some(stream),
            #[cfg(unix)]
            Self::Unix(_) => None,
            #[cfg(test)]
            Self::Simulated(_) => None,
        }
    }

    /// Returns the bridge's end of the connection.
    ///
    /// # Errors
    /// Returns the system's error.
    pub fn local(&self) -> io::Result<Endpoint> {
        match self {
            Self::Tcp(stream) => stream.local_addr().map(Endpoint::Tcp),
            #[cfg(unix)]
            Self::Unix(_) => Ok(Endpoint::Unix),
            #[cfg(test)]
            Self::Simulated(_) => Ok(Endpoint::Unix),
        }
    }

    /// Has closing the connection send RST. A Unix socket has no RST: its other end reads what was
    /// sent, and then the end, or an error if bytes that it sent were not read.
    pub fn set_reset_on_close(&self) {
        if let Self::Tcp(stream) = self {
            // If it fails, the kernel sends FIN.
            let _ = stream.set_zero_linger();
        }
        #[cfg(test)]
        if let Self::Simulated(stream) = self {
            stream.set_reset_on_close();
        }
    }

    /// Returns a second handle of the connection, to wait for its events.
    ///
    /// # Errors
    /// Returns the system's error, if it has no descriptor left.
    #[cfg(unix)]
    pub fn try_clone(&self) -> io::Result<Self> {
        use std::os::fd::AsFd as _;
        match self {
            Self::Tcp(stream) => {
                let duplicate = stream.as_fd().try_clone_to_owned()?;
                TcpStream::from_std(duplicate.into()).map(Self::Tcp)
            }
            Self::Unix(stream) => {
                let duplicate = stream.as_fd().try_clone_to_owned()?;
                UnixStream::from_std(duplicate.into()).map(Self::Unix)
            }
            #[cfg(test)]
            Self::Simulated(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Waits until the connection is ready for one of these.
    ///
    /// # Errors
    /// Returns the system's error.
    pub async fn ready(&self, interest: tokio::io::Interest) -> io::Result<tokio::io::Ready> {
        match self {
            Self::Tcp(stream) => stream.ready(interest).await,
            #[cfg(unix)]
            Self::Unix(stream) => stream.ready(interest).await,
            #[cfg(test)]
            Self::Simulated(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

impl From<TcpStream> for Stream {
    fn from(stream: TcpStream) -> Self {
        Self::Tcp(stream)
    }
}

/// Calls a method of whichever stream it is, pinned.
macro_rules! either {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        match $self.get_mut() {
            Stream::Tcp(stream) => Pin::new(stream).$method($($argument),*),
            #[cfg(unix)]
            Stream::Unix(stream) => Pin::new(stream).$method($($argument),*),
            #[cfg(test)]
            Stream::Simulated(stream) => Pin::new(stream).$method($($argument),*),
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        either!(self.poll_read(cx, buf))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        either!(self.poll_write(cx, buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        either!(self.poll_write_vectored(cx, bufs))
    }

    /// Both kinds of sockets write vectors in one system call.
    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self.poll_shutdown(cx))
    }
}
