//! How a session ended.

use std::fmt;
use std::io::{self, ErrorKind};
use std::time::Duration;

use echo_core::wire::{CloseCode, Failure, Kind, Party, Stage};
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::error::CapacityError;

/// How a session ended. Each session has exactly one ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Both sides finished, in the raw dialect the target alone.
    Finished {
        /// The one that finished last.
        by: Party,
    },
    /// The client sent Close. What it had sent before was written to the target, and FIN.
    ClientClosed,
    /// The client sent `reset`.
    ClientReset,
    /// The WebSocket's connection ended without a Close, for this reason.
    ClientVanished(String),
    /// The session failed.
    Failed(Failure),
}

/// How the connection to the target is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseMode {
    /// With FIN: the target got all that the client sent.
    Fin,
    /// With RST: the target may not have got all that the client sent.
    Reset,
}

impl Ending {
    /// Returns who ended the session.
    #[must_use]
    pub fn by(&self) -> Party {
        match self {
            Self::Finished { by } => *by,
            Self::Failed(Failure {
                stage: Stage::Connect | Stage::Tls | Stage::Write | Stage::Read,
                ..
            }) => Party::Target,
            Self::ClientClosed
            | Self::ClientReset
            | Self::ClientVanished(_)
            | Self::Failed(Failure { stage: Stage::Protocol, .. }) => Party::Client,
            Self::Failed(_) => Party::Bridge,
        }
    }

    /// Returns how the connection to the target is closed after this ending.
    #[must_use]
    pub fn close_mode(&self) -> CloseMode {
        match self {
            Self::Finished { .. } | Self::ClientClosed => CloseMode::Fin,
            Self::ClientReset | Self::ClientVanished(_) | Self::Failed(_) => CloseMode::Reset,
        }
    }

    /// Returns whether the session was refused before anything was dialled, by the policy or by a
    /// limit.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Failed(
                Failure { stage: Stage::Policy, .. } | Failure { kind: Kind::TooMany, .. }
            )
        )
    }

    /// Returns the code of the Close that the bridge sends.
    #[must_use]
    pub fn close_code(&self) -> CloseCode {
        match self {
            Self::Failed(failure) => failure.close_code(),
            _ => CloseCode::Normal,
        }
    }

    /// Returns the ending after the end of the client's connection.
    pub(crate) fn no_close() -> Self {
        Self::ClientVanished("no Close came".into())
    }

    /// Returns the ending of a client that did not answer a ping.
    pub(crate) fn unanswered_ping() -> Self {
        Self::ClientVanished("no answer to a ping".into())
    }

    /// Returns the ending after an error of a read from the target. Of a stream over TLS,
    /// [`ErrorKind::UnexpectedEof`] means that it was truncated, and [`ErrorKind::InvalidData`] that
    /// TLS failed; a stream without has neither.
    pub(super) fn read_failed(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof => Self::failed(Stage::Read, Kind::Truncated, error),
            ErrorKind::InvalidData => Self::failed(Stage::Tls, Kind::Handshake, error),
            _ => Self::failed(Stage::Read, Kind::Reset, error),
        }
    }

    /// Returns the ending after an error of a write to the target.
    pub(super) fn write_failed(error: &io::Error) -> Self {
        Self::failed(Stage::Write, Kind::Reset, error)
    }

    /// Returns the ending after a target has not taken the client's last bytes for `limit`.
    pub(super) fn write_timed_out(limit: Duration) -> Self {
        let limit = humantime::format_duration(limit);
        let message = format!("the last bytes for it were not taken for {limit}");
        Self::failed(Stage::Write, Kind::Timeout, message)
    }

    /// Returns the ending after a message that breaks the protocol.
    pub(crate) fn malformed(what: impl fmt::Display) -> Self {
        Self::failed(Stage::Protocol, Kind::Malformed, what)
    }

    /// Returns the ending after a message of more than `limit` bytes.
    pub(super) fn too_big(what: &str, limit: usize) -> Self {
        let message = format!("{what} is longer than {limit} bytes");
        Self::failed(Stage::Limit, Kind::TooBig, message)
    }

    /// Returns the ending after an error of the WebSocket. No Close has been sent for it yet.
    pub(crate) fn client_failed(error: WsError) -> Self {
        match error {
            WsError::Capacity(CapacityError::MessageTooLong { max_size, .. }) => {
                Self::too_big("a message", max_size)
            }
            WsError::Utf8(error) => Self::failed(Stage::Protocol, Kind::NotUtf8, error),
            WsError::Protocol(error) => Self::malformed(error),
            error => Self::ClientVanished(error.to_string()),
        }
    }

    fn failed(stage: Stage, kind: Kind, message: impl fmt::Display) -> Self {
        Self::Failed(Failure::new(stage, kind, message.to_string()))
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished { .. } => f.write_str("finished"),
            Self::ClientClosed => f.write_str("the client closed"),
            Self::ClientReset => f.write_str("the client asked for RST"),
            Self::ClientVanished(error) => write!(f, "the WebSocket broke: {error}"),
            Self::Failed(failure) => write!(f, "{}", failure.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_refused_by_the_policy_or_by_a_limit_on_their_number() {
        for (stage, kind, expected) in [
            (Stage::Policy, Kind::Forbidden, true),
            (Stage::Limit, Kind::TooMany, true),
            (Stage::Limit, Kind::TooBig, false),
            (Stage::Connect, Kind::Refused, false),
        ] {
            let ending = Ending::failed(stage, kind, "no");
            assert_eq!(ending.is_refusal(), expected, "{stage:?}, {kind:?}");
        }
        assert!(!Ending::ClientClosed.is_refusal());
    }

    #[test]
    fn a_target_over_tls_that_breaks_off_or_breaks_tls_is_told_from_one_that_resets() {
        for (error, stage, kind) in [
            (ErrorKind::UnexpectedEof, Stage::Read, Kind::Truncated),
            (ErrorKind::InvalidData, Stage::Tls, Kind::Handshake),
            (ErrorKind::ConnectionReset, Stage::Read, Kind::Reset),
        ] {
            let ending = Ending::read_failed(&error.into());
            let Ending::Failed(failure) = ending else { panic!("{ending:?}") };
            assert_eq!((failure.stage, failure.kind), (stage, kind), "{error:?}");
        }
    }

    #[test]
    fn a_failure_is_told_in_its_own_words() {
        let ending = Ending::malformed("bytes after finish");
        assert_eq!(ending.to_string(), "bytes after finish");
        assert_eq!(Ending::no_close().to_string(), "the WebSocket broke: no Close came");
    }
}
