//! One end of a connection that a client opened.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use crate::targets::canonical;

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

    /// Returns what messages call the client at this end: its IP address in canonical form, or
    /// `unix`.
    #[must_use]
    pub(crate) fn name(self) -> String {
        self.ip().map_or_else(|| self.to_string(), |ip| canonical(ip).to_string())
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
