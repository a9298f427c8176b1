//! The echo server of the bridge makes room for the learner's own.

use echo_core::wire::EchoServer;

use crate::command::FetchError;

/// How far that has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PortRelease {
    /// Nobody asked for it.
    #[default]
    No,
    /// The bridge is asked to give its port free.
    Asked,
    /// It would not.
    Refused(ReleaseError),
    /// The port is free.
    Free,
    /// Something listens there, and it is not the bridge's.
    Taken,
    /// The bridge has its port again.
    Over,
}

/// Why the bridge would not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseError {
    /// Only a page on the bridge's own machine may ask for it.
    Forbidden,
    /// There is no echo server of its own that could.
    Conflict,
    /// No bridge answered, or one that does not know the question.
    Unknown,
}

impl From<FetchError> for ReleaseError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Status(403) => Self::Forbidden,
            FetchError::Status(409) => Self::Conflict,
            FetchError::Status(_) | FetchError::Unreachable => Self::Unknown,
        }
    }
}

impl PortRelease {
    /// Whether the learner is about to start an echo server.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Free | Self::Taken)
    }

    /// What the bridge says of its echo server.
    pub(super) fn on_echo_server(&mut self, echo: EchoServer) {
        *self = match (*self, echo) {
            (Self::Free | Self::Taken, EchoServer::Released) => Self::Free,
            (Self::Free, EchoServer::External) => Self::Taken,
            (Self::Free | Self::Taken, EchoServer::Own) => Self::Over,
            (as_it_was, _) => as_it_was,
        };
    }
}
