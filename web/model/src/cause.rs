//! Why a run failed, and a terminal command that may solve the problem.

use echo_core::lines;
use echo_core::wire::{CloseCode, Failure, Kind, Stage};
use serde::{Deserialize, Serialize};

use crate::bridge::{Bridge, BridgeError};
use crate::terminal_command::{
    BridgeFlag, CommandPurpose, NcatServer, Reader, TcpTarget, without_scheme,
};

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

    /// Returns what a terminal command would do that may have the bridge listen at `address`, and the
    /// command; `None` if there is none.
    #[must_use]
    pub fn listen_remedy(
        self,
        address: &str,
        reader: &Reader<'_>,
    ) -> Option<(CommandPurpose, String)> {
        match self {
            Self::Failed(Stage::Policy, Kind::Forbidden) => {
                Some(restart(BridgeFlag::AllowListen(address), reader))
            }
            _ => self.remedy(&FailedRun { target: address, error: "" }, reader),
        }
    }

    /// Returns whether the bridge is not running, or is shutting down.
    #[must_use]
    pub fn is_missing_bridge(self) -> bool {
        matches!(self, Self::NoBridge | Self::BridgeGone | Self::Failed(Stage::Shutdown, _))
    }

    /// Returns whether the server did not prove who it is, so that a connection without that proof
    /// would be possible.
    #[must_use]
    pub fn is_unverified(self) -> bool {
        use Kind::{Expired, NotYetValid, UnknownIssuer, WrongName};
        matches!(self, Self::Failed(Stage::Tls, UnknownIssuer | Expired | NotYetValid | WrongName))
    }

    /// Returns what a terminal command would do that may solve the problem, and the command; `None`
    /// if there is none. `failed` is what failed for this cause.
    #[must_use]
    pub fn remedy(
        self,
        failed: &FailedRun<'_>,
        reader: &Reader<'_>,
    ) -> Option<(CommandPurpose, String)> {
        match self {
            Self::Failed(Stage::Policy, Kind::Forbidden) => {
                Some(restart(BridgeFlag::Allow(without_scheme(failed.target)), reader))
            }
            // The address and not the name, which may come to mean another machine.
            Self::Failed(Stage::Policy, Kind::ForbiddenAddress) => {
                let address = Failure::address_to_allow(failed.error)?;
                Some(restart(BridgeFlag::Allow(address), reader))
            }
            Self::Failed(_, Kind::Refused) => {
                let TcpTarget { port, is_tls, .. } = TcpTarget::of(failed.target)?;
                Some((CommandPurpose::StartServer, NcatServer { port, is_tls }.to_string()))
            }
            // The bridge does not accept `null`, the origin of files and sandboxed frames, since
            // any page can have it.
            Self::PageRefused if reader.origin != "null" => {
                Some(restart(BridgeFlag::Origin(reader.origin), reader))
            }
            Self::NoBridge | Self::BridgeGone if reader.is_at_bridge() => {
                let purpose = if reader.program.is_empty() {
                    CommandPurpose::StartBridge
                } else {
                    CommandPurpose::StartBridgeAgain
                };
                Some((purpose, reader.start_bridge(None).to_string()))
            }
            _ => None,
        }
    }
}

/// What failed: its target, and the error.
#[derive(Clone, Copy, Debug)]
pub struct FailedRun<'a> {
    /// The target, as the bridge was asked for it.
    pub target: &'a str,
    /// The error, as the tutorial's client prints it; empty if there is none.
    pub error: &'a str,
}

/// Returns the command that starts the bridge with one more flag. On another machine than the
/// bridge's it is the flag alone.
fn restart(flag: BridgeFlag<'_>, reader: &Reader<'_>) -> (CommandPurpose, String) {
    if reader.is_at_bridge() {
        (CommandPurpose::RestartBridge, reader.start_bridge(Some(flag)).to_string())
    } else {
        (CommandPurpose::AddFlag, flag.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: Cause = Cause::Failed(Stage::Connect, Kind::Refused);
    const FORBIDDEN: Cause = Cause::Failed(Stage::Policy, Kind::Forbidden);

    fn remedy(
        cause: Cause,
        (target, error): (&str, &str),
        origin: &str,
        (program, flags): (&str, &str),
    ) -> Option<(CommandPurpose, String)> {
        let reader = Reader { origin, program, flags, own_echo: None };
        cause.remedy(&FailedRun { target, error }, &reader)
    }

    fn at_bridge(cause: Cause, target: &str, error: &str) -> Option<String> {
        let start = ("tcp-bridge", "--echo off");
        Some(remedy(cause, (target, error), "http://127.0.0.1:8080", start)?.1)
    }

    #[test]
    fn a_target_that_may_not_be_dialled_comes_with_the_flag_that_allows_it() {
        let command = at_bridge(FORBIDDEN, "localhost:6379", "");
        assert_eq!(command.as_deref(), Some("tcp-bridge --echo off --allow localhost:6379"));
    }

    #[test]
    fn tls_is_no_matter_of_what_may_be_dialled_and_one_of_the_server_that_is_started() {
        let allow = at_bridge(FORBIDDEN, "tls://localhost:8443", "");
        assert_eq!(allow.as_deref(), Some("tcp-bridge --echo off --allow localhost:8443"));
        let serve = at_bridge(REFUSED, "tls://localhost:8443", "");
        let ncat = "ncat --ssl -v -l 8443 --keep-open --exec /bin/cat";
        assert_eq!(serve.as_deref(), Some(ncat));
    }

    #[test]
    fn only_a_server_that_proved_not_who_it_is_can_be_connected_to_without_that() {
        for kind in Kind::ALL {
            let names = ["UnknownIssuer", "Expired", "NotYetValid", "WrongName"];
            let is_proof = names.contains(&format!("{kind:?}").as_str());
            assert_eq!(Cause::Failed(Stage::Tls, kind).is_unverified(), is_proof, "{kind:?}");
            assert!(!Cause::Failed(Stage::Connect, kind).is_unverified());
        }
    }

    #[test]
    fn where_a_names_address_may_not_be_dialled_the_address_is_to_be_allowed() {
        let failure = Failure::forbidden_address(&"10.0.0.7:5432".parse().unwrap());
        let cause = Cause::Failed(failure.stage, failure.kind);
        let command = at_bridge(cause, "db.example:5432", &failure.message);
        assert_eq!(command.as_deref(), Some("tcp-bridge --echo off --allow 10.0.0.7:5432"));
        assert_eq!(at_bridge(cause, "db.example:5432", "in another version's words"), None);
    }

    #[test]
    fn a_page_that_is_refused_comes_with_the_flag_that_lets_it_in_if_there_is_one() {
        let refused = |origin| remedy(Cause::PageRefused, ("echo", ""), origin, ("", ""));
        let (_, command) = refused("http://127.0.0.1:8081").unwrap();
        assert_eq!(command, "cargo xtask run --origin http://127.0.0.1:8081");
        assert_eq!(refused("null"), None);
    }

    #[test]
    fn where_nothing_listens_a_server_for_that_port_is_named() {
        let command = at_bridge(REFUSED, "[::1]:8888", "");
        assert_eq!(command.as_deref(), Some("ncat -v -l 8888 --keep-open --exec /bin/cat"));
        assert_eq!(at_bridge(REFUSED, "echo", ""), None);
    }

    #[test]
    fn a_bridge_that_is_gone_is_started_as_it_was() {
        let start = |program, flags| {
            let start = (program, flags);
            remedy(Cause::BridgeGone, ("echo", ""), "http://localhost:8080", start)
        };
        let again = (CommandPurpose::StartBridgeAgain, "tcp-bridge --echo off".into());
        assert_eq!(start("tcp-bridge", "--echo off"), Some(again));
        let first = (CommandPurpose::StartBridge, "cargo xtask run".into());
        assert_eq!(start("", ""), Some(first));
    }

    #[test]
    fn on_another_machine_the_bridge_is_not_to_be_started_and_a_flag_is_to_be_asked_for() {
        let there =
            |cause| remedy(cause, ("localhost:6379", ""), "http://192.168.1.5:8080", ("", ""));
        let flag = (CommandPurpose::AddFlag, "--allow localhost:6379".into());
        assert_eq!(there(FORBIDDEN), Some(flag));
        assert_eq!(there(Cause::BridgeGone), None);
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
