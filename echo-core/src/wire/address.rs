//! The address of one end of a connection, kept as its text.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An address and a port, written as std writes a [`SocketAddr`]: `127.0.0.1:7`, `[::1]:7`; or a
/// Unix socket, as `unix:` and its path, which is empty for an end that has no name.
///
/// The bridge makes it of one. The page only shows it, and is 2 kB smaller for not taking it apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Address(String);

/// A text has no port behind its last colon, and is no Unix socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an address ends in a colon and a port from 0 to 65535, or begins with unix:")]
pub struct NoPort;

/// What a Unix socket begins with.
const UNIX: &str = "unix:";

impl Address {
    /// Returns the address of the Unix socket at this path.
    #[must_use]
    pub fn unix(path: &str) -> Self {
        Self(format!("{UNIX}{path}"))
    }

    /// Returns the port, which is 0 for a Unix socket.
    #[must_use]
    pub fn port(&self) -> u16 {
        port(&self.0).unwrap_or(0)
    }

    /// The same as std's type. None for a text that only looked like one.
    #[must_use]
    pub fn socket(&self) -> Option<SocketAddr> {
        self.0.parse().ok()
    }
}

fn port(text: &str) -> Option<u16> {
    if text.starts_with(UNIX) { Some(0) } else { text.rsplit_once(':')?.1.parse().ok() }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self(address.to_string())
    }
}

impl TryFrom<String> for Address {
    type Error = NoPort;

    /// Refuses a text without a port; what is before it stays as it is.
    fn try_from(text: String) -> Result<Self, NoPort> {
        port(&text).ok_or(NoPort)?;
        Ok(Self(text))
    }
}

impl FromStr for Address {
    type Err = NoPort;

    fn from_str(text: &str) -> Result<Self, NoPort> {
        text.to_owned().try_into()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_text_of_a_socket_address_and_knows_its_port() {
        for text in ["127.0.0.1:7", "[::1]:65535", "[fe80::1%3]:80"] {
            let socket: SocketAddr = text.parse().unwrap();
            let address = Address::from(socket);
            assert_eq!((address.to_string(), address.port()), (text.to_owned(), socket.port()));
            assert_eq!((address.socket(), text.parse().unwrap()), (Some(socket), address));
        }
    }

    #[test]
    fn a_unix_socket_has_a_path_and_no_port() {
        for path in ["/run/pg.sock", "/run/a:80", ""] {
            let address = Address::unix(path);
            assert_eq!((address.port(), address.socket()), (0, None));
            assert_eq!(address.to_string().parse(), Ok(address));
        }
    }

    #[test]
    fn a_text_without_a_port_is_none() {
        for text in ["", "echo", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "7"] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
