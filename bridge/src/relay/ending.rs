//! How a session ended.

use std::fmt;
use std::io;

use echo_core::wire::{CloseCode, Failure, Kind, Party, Stage};
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

/// How a session ended: one for each session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Both sides finished, in the raw dialect the target alone.
    Finished {
        /// Who finished last.
        by: Party,
    },
    /// The client's Close came; what it had sent before was written, and FIN.
    ClientClosed,
    /// The client asked for RST.
    ClientReset,
    /// The WebSocket broke without a Close.
    ClientVanished(String),
    /// Something failed.
    Failed(Failure),
}

/// What the target gets when a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// FIN: what came before was whole.
    Fin,
    /// RST: what came before may not be whole.
    Reset,
}

impl Ending {
    /// Who ended the session.
    #[must_use]
    pub fn by(&self) -> Party {
        match self {
            Self::Finished { by } => *by,
            Self::Failed(Failure {
                stage: Stage::Connect | Stage::Write | Stage::Read, ..
            }) => Party::Target,
            Self::ClientClosed
            | Self::ClientReset
            | Self::ClientVanished(_)
            | Self::Failed(Failure { stage: Stage::Protocol, .. }) => Party::Client,
            Self::Failed(_) => Party::Bridge,
        }
    }

    /// What the target gets.
    #[must_use]
    pub fn farewell(&self) -> Farewell {
        match self {
            Self::Finished { .. } | Self::ClientClosed => Farewell::Fin,
            Self::ClientReset | Self::ClientVanished(_) | Self::Failed(_) => Farewell::Reset,
        }
    }

    /// Whether the session was refused before anything was dialled: by the policy, or since there
    /// are as many as there may be.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Failed(
                Failure { stage: Stage::Policy, .. } | Failure { kind: Kind::TooMany, .. }
            )
        )
    }

    /// The code that the bridge closes the WebSocket with.
    #[must_use]
    pub fn close_code(&self) -> CloseCode {
        match self {
            Self::Failed(failure) => failure.close_code(),
            _ => CloseCode::Normal,
        }
    }

    pub(super) fn read_failed(error: &io::Error) -> Self {
        Self::failed(Stage::Read, Kind::Reset, error)
    }

    pub(super) fn write_failed(error: &io::Error) -> Self {
        Self::failed(Stage::Write, Kind::Reset, error)
    }

    pub(super) fn malformed(what: impl fmt::Display) -> Self {
        Self::failed(Stage::Protocol, Kind::Malformed, what)
    }

    pub(super) fn too_big(what: &str, limit: usize) -> Self {
        let message = format!("{what} is longer than {limit} bytes");
        Self::failed(Stage::Limit, Kind::TooBig, message)
    }

    /// What an error of the WebSocket means. tungstenite closes for none of them.
    pub(super) fn client_failed(error: WsError) -> Self {
        match error {
            WsError::Capacity(CapacityError::MessageTooLong { max_size, .. }) => {
                Self::too_big("a message", max_size)
            }
            WsError::Utf8(error) => Self::failed(Stage::Protocol, Kind::NotUtf8, error),
            WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
                Self::ClientVanished("no Close came".into())
            }
            WsError::Protocol(error) => Self::malformed(error),
            error => Self::ClientVanished(error.to_string()),
        }
    }

    fn failed(stage: Stage, kind: Kind, message: impl fmt::Display) -> Self {
        Self::Failed(Failure { stage, kind, message: message.to_string() })
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
