//! The release of the port of the bridge's own echo server, for a server of the user's own: a program
//! in a terminal, or this page.

use echo_core::wire::{EchoServer, RELEASE_PATH};

use crate::command::{Command, FetchError, Reply, Request, Response};

/// How far that has come.
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

/// Asks the bridge to release the port. It takes it back once nothing listens there any more.
#[must_use]
pub fn request<E>(reply: Reply<Response, E>) -> Command<E> {
    Command::Fetch { request: Request::post(RELEASE_PATH), reply }
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
    /// Returns `true` while the learner is about to start an echo server.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Free | Self::Taken)
    }

    /// Handles the bridge's description of its echo server.
    pub fn on_echo_server(&mut self, echo: EchoServer) {
        *self = match (*self, echo) {
            (Self::Free | Self::Taken, EchoServer::Released) => Self::Free,
            (Self::Free, EchoServer::External) => Self::Taken,
            (Self::Free | Self::Taken, EchoServer::Own) => Self::Over,
            (as_it_was, _) => as_it_was,
        };
    }
}
