//! A stream of bytes over TCP or a Unix socket, perhaps with TLS: a client's connection, or that to a
//! target.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use crate::endpoint::Endpoint;
use crate::tls::Secured;

/// A connection over TCP or a Unix socket, perhaps with TLS.
#[derive(Debug)]
pub enum Stream {
    /// A TCP connection.
    Tcp(TcpStream),
    /// A connection over a Unix socket.
    #[cfg(unix)]
    Unix(UnixStream),
    /// TLS over one of the others. It is boxed, since it is larger and most connections have none.
    Tls(Box<Secured<Self>>),
}

impl Stream {
    /// Returns the TCP connection, if it is one, or the one below TLS.
    #[must_use]
    pub fn tcp(&self) -> Option<&TcpStream> {
        match self.socket() {
            Self::Tcp(stream) => Some(stream),
            _ => None,
        }
    }

    /// Returns the connection below TLS, or this one if it has no TLS.
    #[must_use]
    pub fn socket(&self) -> &Self {
        match self {
            Self::Tls(stream) => stream.get_ref().socket(),
            socket => socket,
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
            Self::Tls(stream) => stream.get_ref().local(),
        }
    }

    /// Has closing the connection send RST. A Unix socket has no RST: its other end reads what was
    /// sent, and then the end, or an error if bytes that it sent were not read.
    pub fn set_reset_on_close(&self) {
        if let Some(stream) = self.tcp() {
            // If it fails, the kernel sends FIN.
            let _ = stream.set_zero_linger();
        }
    }

    /// Returns a second handle of the connection, or of the one below TLS, to wait for its events.
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
            Self::Tls(stream) => stream.get_ref().try_clone(),
        }
    }

    /// Waits until the connection, or the one below TLS, is ready for one of these.
    ///
    /// # Errors
    /// Returns the system's error.
    pub async fn ready(&self, interest: tokio::io::Interest) -> io::Result<tokio::io::Ready> {
        match self.socket() {
            Self::Tcp(stream) => stream.ready(interest).await,
            #[cfg(unix)]
            Self::Unix(stream) => stream.ready(interest).await,
            Self::Tls(_) => unreachable!("it is below TLS"),
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
            Stream::Tls(stream) => Pin::new(stream).$method($($argument),*),
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

    /// Sockets write vectors in one system call, and TLS takes them at once.
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
