//! One end of a connection that a client opened.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// One end of a client's connection: the client's, or the bridge's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The address of this end of a TCP connection.
    Tcp(SocketAddr),
    /// This end of a connection over a Unix socket, whose clients have no address of their own.
    Unix,
}

impl Endpoint {
    /// Returns the IP address; a Unix socket has none.
    #[must_use]
    pub fn ip(self) -> Option<IpAddr> {
        match self {
            Self::Tcp(address) => Some(address.ip()),
            Self::Unix => None,
        }
    }
}

impl From<SocketAddr> for Endpoint {
    fn from(address: SocketAddr) -> Self {
        Self::Tcp(address)
    }
}

impl fmt::Display for Endpoint {
    /// Writes the address, or `unix`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix => f.write_str("unix"),
        }
    }
}
