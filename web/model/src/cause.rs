//! Why a run failed, and a terminal command that may solve the problem.

use echo_core::lines;
use echo_core::wire::{CloseCode, Failure, Kind, Stage};
use serde::{Deserialize, Serialize};

use crate::bridge::{Bridge, BridgeError};
use crate::terminal_command;
use crate::transcript::TargetEvidence;

/// Why a run failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The target closed the connection before the reply was complete.
    EarlyEnd,
    /// The bridge reported a failure: the stage at which it happened, and its kind.
    Failed(Stage, Kind),
    /// The WebSocket did not open, because the bridge is not running.
    NoBridge,
    /// The WebSocket did not open, because the bridge refuses this page.
    PageRefused,
    /// The WebSocket broke, or the bridge closed it to shut down.
    BridgeGone,
    /// The bridge closed the WebSocket with this close code, without reporting a failure.
    Closed(u16),
}

impl Cause {
    /// The bridge did not understand the target.
    pub const MALFORMED_TARGET: Self = Self::Failed(Stage::Policy, Kind::Malformed);

    /// Returns the error, as the tutorial's client prints it, and the cause of a failure that the
    /// bridge reported.
    #[must_use]
    pub fn from_failure(failure: Failure) -> (String, Self) {
        (failure.message, Self::Failed(failure.stage, failure.kind))
    }

    /// Returns the error, as the tutorial's client prints it, and the cause of a close of the
    /// WebSocket, by its close code and reason (RFC 6455, section 7.1).
    #[must_use]
    pub fn from_close(code: u16, reason: String) -> (String, Self) {
        // Browsers report it if no Close frame was received (RFC 6455, section 7.4.1).
        const ABNORMAL_CLOSURE: u16 = 1006;
        const NORMAL: u16 = CloseCode::Normal as u16;
        const GOING_AWAY: u16 = CloseCode::GoingAway as u16;
        match code {
            ABNORMAL_CLOSURE | GOING_AWAY => ("the bridge went away".into(), Self::BridgeGone),
            NORMAL => (lines::EARLY_END.into(), Self::EarlyEnd),
            _ if reason.is_empty() => (format!("close code {code}"), Self::Closed(code)),
            _ => (reason, Self::Closed(code)),
        }
    }

    /// Returns the error, as the tutorial's client prints it, and the cause of a WebSocket that did
    /// not open, by what is known of the bridge.
    #[must_use]
    pub fn from_unopened(bridge: &Bridge) -> (String, Self) {
        match bridge {
            Bridge::Up(_) | Bridge::Down(BridgeError::Refused) => {
                ("the bridge refused this page".into(), Self::PageRefused)
            }
            Bridge::Unknown | Bridge::Down(BridgeError::NotThere) => {
                ("the bridge is not running".into(), Self::NoBridge)
            }
        }
    }

    /// Returns what the cause implies about the path from the page to the target. `connected` says
    /// whether the TCP connection had been established.
    #[must_use]
    pub fn evidence(self, connected: bool) -> TargetEvidence {
        match self {
            Self::NoBridge | Self::PageRefused | Self::BridgeGone => TargetEvidence::NoBridge,
            Self::Failed(_, Kind::Reset) => TargetEvidence::Reported,
            Self::Failed(..) if !connected => TargetEvidence::NoTarget,
            Self::Failed(..) | Self::EarlyEnd | Self::Closed(_) => TargetEvidence::Unknown,
        }
    }

    /// Returns whether the bridge is not running, or is shutting down.
    #[must_use]
    pub fn is_missing_bridge(self) -> bool {
        matches!(self, Self::NoBridge | Self::BridgeGone | Self::Failed(Stage::Shutdown, _))
    }

    /// Returns a terminal command that may solve the problem, or `None` if there is none. `target`
    /// is the target of the run, and `origin` the page's origin.
    #[must_use]
    pub fn remedy(self, target: &str, origin: &str) -> Option<String> {
        match self {
            Self::Failed(Stage::Policy, Kind::Forbidden) => {
                Some(terminal_command::bridge("--allow", target))
            }
            Self::Failed(_, Kind::Refused) => terminal_command::echo_server(target),
            // The bridge does not accept `null`, the origin of files and sandboxed frames, since
            // any page can have it.
            Self::PageRefused if origin != "null" => {
                Some(terminal_command::bridge("--origin", origin))
            }
            Self::NoBridge | Self::BridgeGone => Some(terminal_command::START_BRIDGE.into()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy(cause: Cause, target: &str) -> Option<String> {
        cause.remedy(target, "http://127.0.0.1:8081")
    }

    #[test]
    fn a_target_that_may_not_be_dialled_comes_with_the_flag_that_allows_it() {
        let forbidden = Cause::Failed(Stage::Policy, Kind::Forbidden);
        let command = remedy(forbidden, "localhost:6379");
        assert_eq!(command.as_deref(), Some("tcp-bridge --allow localhost:6379"));
    }

    #[test]
    fn where_a_names_address_may_not_be_dialled_the_name_is_not_to_be_allowed() {
        let forbidden = Cause::Failed(Stage::Policy, Kind::ForbiddenAddress);
        assert_eq!(remedy(forbidden, "db.example:5432"), None);
    }

    #[test]
    fn a_page_that_is_refused_comes_with_the_flag_that_lets_it_in_if_there_is_one() {
        let refused = |origin| Cause::PageRefused.remedy("echo", origin);
        let command = refused("http://a.example:81");
        assert_eq!(command.as_deref(), Some("tcp-bridge --origin http://a.example:81"));
        assert_eq!(refused("null"), None);
    }

    #[test]
    fn where_nothing_listens_a_server_for_that_port_is_named() {
        let refused = Cause::Failed(Stage::Connect, Kind::Refused);
        let command = remedy(refused, "[::1]:8888");
        assert_eq!(command.as_deref(), Some("ncat -v -l 8888 --keep-open --exec /bin/cat"));
        assert_eq!(remedy(refused, "echo"), None);
    }

    #[test]
    fn a_socket_that_breaks_means_that_the_bridge_is_gone() {
        for code in [1001, 1006] {
            let (_, cause) = Cause::from_close(code, String::new());
            assert!(cause.is_missing_bridge());
        }
        let (error, cause) = Cause::from_close(1013, "too many sessions".into());
        assert_eq!((error.as_str(), cause), ("too many sessions", Cause::Closed(1013)));
    }
}
