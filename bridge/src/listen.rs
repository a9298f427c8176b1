//! Listening: on addresses, on Unix sockets, and on sockets that systemd handed over.

mod advice;
mod inherited;
#[cfg(unix)]
mod unix;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use tokio::net::{TcpListener, TcpSocket};

use crate::accept::Accept;
use crate::endpoint::Endpoint;
use crate::stream::Stream;
use crate::targets::{canonical, unix_path};
pub use advice::with_advice;
pub use inherited::Inherited;
#[cfg(unix)]
pub use unix::UnixSocketListener;

/// How many connections wait at most to be accepted, as far as the system allows (Linux:
/// `net.core.somaxconn`). Beyond that a client's kernel tries again after a second.
const BACKLOG: u32 = 4096;

/// Where to listen, as one `--listen` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// On an address of this machine.
    Tcp(SocketAddr),
    /// On a Unix socket, which is made at this path.
    Unix(PathBuf),
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match unix_path(text) {
            Some(path) => path.map(Self::Unix),
            None => text.parse().map(Self::Tcp).map_err(|_| {
                format!(
                    "{text:?} is not an address to listen on: write it as 127.0.0.1:8080, \
                     [::1]:8080 or unix:/run/tcp-bridge.sock"
                )
            }),
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// A socket on which the bridge listens.
#[derive(Debug)]
pub enum Listener {
    /// On an address of this machine.
    Tcp(TcpListener),
    /// On a Unix socket.
    #[cfg(unix)]
    Unix(UnixSocketListener),
}

impl Listener {
    /// Listens on `address`, as the value of `flag` says.
    ///
    /// # Errors
    /// Returns a sentence that names flag and address, and says what to do.
    pub fn bind(address: &ListenAddress, flag: &str) -> io::Result<Self> {
        let bound = match address {
            ListenAddress::Tcp(address) => bind_tcp(*address, flag).map(Self::Tcp),
            #[cfg(unix)]
            ListenAddress::Unix(path) => UnixSocketListener::bind(path, flag).map(Self::Unix),
            #[cfg(not(unix))]
            ListenAddress::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
        };
        bound.map_err(|error| {
            let sentence = format!("cannot listen on {address}: {error}");
            io::Error::new(error.kind(), sentence)
        })
    }

    /// Returns where it listens: the address with the port that the system chose, or the path.
    ///
    /// # Errors
    /// Returns the system's error.
    pub fn address(&self) -> io::Result<ListenAddress> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(ListenAddress::Tcp),
            #[cfg(unix)]
            Self::Unix(listener) => listener.path().map(ListenAddress::Unix),
        }
    }

    /// Returns whether only programs on this machine reach it: over a loopback address or a Unix
    /// socket.
    ///
    /// # Errors
    /// Returns the system's error.
    pub fn is_local(&self) -> io::Result<bool> {
        Ok(match self.address()? {
            ListenAddress::Tcp(address) => canonical(address.ip()).is_loopback(),
            ListenAddress::Unix(_) => true,
        })
    }
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self::Tcp(listener)
    }
}

impl Accept for Listener {
    type Accepted = (Stream, Endpoint);

    async fn accept(&self) -> io::Result<Self::Accepted> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                Ok((stream.into(), peer.into()))
            }
            #[cfg(unix)]
            Self::Unix(listener) => Ok((Stream::Unix(listener.accept().await?), Endpoint::Unix)),
        }
    }
}

fn bind_tcp(address: SocketAddr, flag: &str) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Elsewhere than on Windows it only lets a bridge listen again soon after its end.
    socket.set_reuseaddr(cfg!(unix))?;
    let listening = socket.bind(address).and_then(|()| socket.listen(BACKLOG));
    listening.map_err(|error| with_advice(error, flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_an_interface_or_of_a_unix_socket() {
        for text in ["127.0.0.1:8080", "[::1]:0", "unix:/run/tcp-bridge.sock"] {
            assert_eq!(text.parse::<ListenAddress>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused_with_how_to_write_one() {
        for text in ["", "8080", "localhost:8080", "127.0.0.1", "unix", "http://127.0.0.1:8080"] {
            let error = text.parse::<ListenAddress>().unwrap_err();
            assert!(error.contains("127.0.0.1:8080") && error.contains("unix:/run"), "{error}");
        }
    }
}
