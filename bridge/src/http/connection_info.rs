//! The two ends of an HTTP connection.

use crate::endpoint::Endpoint;

/// The ends of an HTTP connection, which every request on it carries as an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionInfo {
    /// The bridge's end, to which the client connected; its address is one of the bridge's names.
    pub(crate) local: Endpoint,
    /// The client's end.
    pub(crate) peer: Endpoint,
}
