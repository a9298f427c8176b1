//! The two addresses of an HTTP connection.

use std::net::SocketAddr;

/// The addresses of an HTTP connection, which every request on it carries as an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionInfo {
    /// The address of the bridge that the client connected to, which is one of the bridge's names.
    pub(crate) local: SocketAddr,
    /// The client's address.
    pub(crate) peer: SocketAddr,
}
