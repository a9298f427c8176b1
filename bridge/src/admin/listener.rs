//! Where operators connect to: a TCP address or a Unix socket.

use std::io;
use std::net::IpAddr;
use std::path::Path;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep};

use super::routes::Local;
use crate::config::AdminAddress;
use crate::targets::canonical;

/// How long to wait after an accept that failed, as it does while there are no descriptors left.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

#[cfg(unix)]
type Stream = tokio_util::either::Either<TcpStream, tokio::net::UnixStream>;
#[cfg(not(unix))]
type Stream = TcpStream;

/// A listener for operators. Dropping it removes the file of a Unix socket.
#[derive(Debug)]
pub struct Listener(Socket);

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix {
        listener: tokio::net::UnixListener,
        path: std::path::PathBuf,
    },
}

/// A connection to the listener.
pub(super) struct Accepted {
    pub(super) stream: Stream,
    /// The address that it came from; who comes over a Unix socket is on this machine.
    pub(super) peer: IpAddr,
    pub(super) local: Local,
}

impl Listener {
    /// Listens on `address`. A socket file on which nobody listens any more is replaced.
    ///
    /// # Errors
    /// Fails with a sentence that says what to do if the address cannot be listened on, or if
    /// something else is at the path.
    pub async fn bind(address: &AdminAddress) -> io::Result<Self> {
        let bound = match address {
            AdminAddress::Tcp(address) => TcpListener::bind(address).await.map(Socket::Tcp),
            AdminAddress::Unix(path) => bind_unix(path).await,
        };
        let bound = bound.map_err(|error| {
            let advice = match error.kind() {
                io::ErrorKind::AddrInUse => "; --admin takes another address",
                _ => "",
            };
            let sentence = format!("cannot listen for operators on {address}: {error}{advice}");
            io::Error::new(error.kind(), sentence)
        })?;
        let listener = Self(bound);
        listener.warn_if_open();
        Ok(listener)
    }

    /// Warns if others than those on this machine can connect.
    fn warn_if_open(&self) {
        if let Ok(AdminAddress::Tcp(address)) = self.address()
            && !canonical(address.ip()).is_loopback()
        {
            tracing::warn!(
                "--admin {address}: whoever reaches this address sees all sessions and can end \
                 them; let only operators reach it"
            );
        }
    }

    /// Returns the address that it listens on, with the port that the system chose.
    ///
    /// # Errors
    /// Fails if the system does not tell the address.
    pub fn address(&self) -> io::Result<AdminAddress> {
        match &self.0 {
            Socket::Tcp(listener) => listener.local_addr().map(AdminAddress::Tcp),
            #[cfg(unix)]
            Socket::Unix { path, .. } => Ok(AdminAddress::Unix(path.clone())),
        }
    }

    /// Returns the next connection. Cancelling it loses none.
    pub(super) async fn accept(&mut self) -> Accepted {
        loop {
            match self.try_accept().await {
                Ok(accepted) => return accepted,
                Err(error) => {
                    tracing::warn!("cannot accept a connection to the admin listener: {error}");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    #[cfg(unix)]
    async fn try_accept(&mut self) -> io::Result<Accepted> {
        match &self.0 {
            Socket::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                let local = Local::Address(stream.local_addr()?.ip());
                Ok(Accepted { stream: Stream::Left(stream), peer: peer.ip(), local })
            }
            Socket::Unix { listener, .. } => {
                let (stream, _) = listener.accept().await?;
                let peer = std::net::Ipv4Addr::LOCALHOST.into();
                Ok(Accepted { stream: Stream::Right(stream), peer, local: Local::Unix })
            }
        }
    }

    #[cfg(not(unix))]
    async fn try_accept(&mut self) -> io::Result<Accepted> {
        let Socket::Tcp(listener) = &self.0;
        let (stream, peer) = listener.accept().await?;
        let local = Local::Address(stream.local_addr()?.ip());
        Ok(Accepted { stream, peer: peer.ip(), local })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Socket::Unix { path, .. } = &self.0 {
            // Before the socket is closed: afterwards the file could be another bridge's.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Listens on a Unix socket, in place of one on which nobody listens any more.
#[cfg(unix)]
async fn bind_unix(path: &Path) -> io::Result<Socket> {
    use std::os::unix::fs::FileTypeExt as _;

    use tokio::net::{UnixListener, UnixStream};

    if let Ok(found) = path.symlink_metadata() {
        if !found.file_type().is_socket() {
            let sentence = "there is something that is no socket";
            return Err(io::Error::new(io::ErrorKind::AddrInUse, sentence));
        }
        match UnixStream::connect(path).await {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path)?;
            }
            _ => {
                let sentence = "another program listens there";
                return Err(io::Error::new(io::ErrorKind::AddrInUse, sentence));
            }
        }
    }
    Ok(Socket::Unix { listener: UnixListener::bind(path)?, path: path.into() })
}

#[cfg(not(unix))]
async fn bind_unix(_: &Path) -> io::Result<Socket> {
    Err(io::ErrorKind::Unsupported.into())
}
