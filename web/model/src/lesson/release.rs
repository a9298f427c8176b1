//! The release of the echo server's port, for a server of the learner's own.

use echo_core::wire::EchoServer;

/// The state of the release of the echo server's port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PortRelease {
    /// The release was not requested.
    #[default]
    No,
    /// The release was requested.
    Asked,
    /// The request was refused.
    Refused(ReleaseError),
    /// The port is free.
    Free,
    /// Another program listens on the port.
    Taken,
    /// The bridge listens on the port again.
    Over,
}

/// Why the bridge refused to release the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseError {
    /// Only a page on the bridge's own machine may request it.
    Forbidden,
    /// The bridge runs no echo server of its own on that port.
    Conflict,
    /// No bridge answered, or one that does not know the request.
    Unknown,
}

impl ReleaseError {
    /// Returns the error that an HTTP response with this status means.
    #[must_use]
    pub fn of(status: u16) -> Self {
        match status {
            403 => Self::Forbidden,
            409 => Self::Conflict,
            _ => Self::Unknown,
        }
    }
}

impl PortRelease {
    /// Returns `true` while the learner is about to start an echo server.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Free | Self::Taken)
    }

    /// Follows what the bridge reports about its echo server.
    pub(super) fn learn(&mut self, echo: EchoServer) {
        *self = match (*self, echo) {
            (Self::Free | Self::Taken, EchoServer::Released) => Self::Free,
            (Self::Free, EchoServer::External) => Self::Taken,
            (Self::Free | Self::Taken, EchoServer::Own) => Self::Over,
            (as_it_was, _) => as_it_was,
        };
    }
}
