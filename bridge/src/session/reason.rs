//! Close reasons: why a session ended, and what the user can do.

use echo_core::wire::{Failure, Kind, LAB_PREFIX, Stage, TLS_PREFIX, close_reason};

use super::Wanted;
use crate::client_listener::{IS_THE_MOST, pattern_for};
use crate::relay::Ending;

/// Returns the close reason after `ending`: what happened to what was wanted, and what to do. It is
/// empty where nothing went wrong.
pub(super) fn sentence(ending: &Ending, wanted: &Wanted) -> String {
    let Ending::Failed(failure) = ending else { return String::new() };
    close_reason(&match wanted {
        Wanted::Listener { address, .. } => of_listener(failure, address),
        _ => of_failure(failure, wanted.subject()),
    })
}

/// Returns the reason after the failure of a listener at `address`.
fn of_listener(failure: &Failure, address: &str) -> String {
    let message = &failure.message;
    match (failure.stage, failure.kind) {
        (Stage::Policy, Kind::Forbidden) => {
            let pattern = pattern_for(address);
            format!("That is not allowed. Restart with: tcp-bridge --allow-listen {pattern}")
        }
        (Stage::Listen, Kind::NotLocal | Kind::Internal) => {
            format!("The bridge cannot listen on {address}: {message}")
        }
        (Stage::Limit, Kind::TooMany) if message.ends_with(IS_THE_MOST) => {
            format!("{message}: close another one first.")
        }
        _ => of_failure(failure, address),
    }
}

fn of_failure(failure: &Failure, target: &str) -> String {
    let message = &failure.message;
    match (failure.stage, failure.kind) {
        (Stage::Policy, Kind::Forbidden) => {
            let address = target.strip_prefix(TLS_PREFIX).unwrap_or(target);
            format!("{target} is not allowed. Restart with: tcp-bridge --allow {address}")
        }
        // It advises to allow the address and not the name, which may come to mean any other one.
        (Stage::Policy, Kind::ForbiddenAddress) => {
            let address = Failure::address_to_allow(message).unwrap_or_default();
            format!("The name's address is not allowed. Restart with: tcp-bridge --allow {address}")
        }
        (Stage::Resolve, Kind::NotFound) => format!("{target} has no address: check the name."),
        (Stage::Resolve, Kind::TooMany) => {
            format!("{message}: try again in half a minute, or give an address for the name.")
        }
        (Stage::Resolve, Kind::Timeout) => {
            format!("{target} was not looked up in time: check the name, and the machine's DNS.")
        }
        (Stage::Connect, Kind::Refused) if target.starts_with(LAB_PREFIX) => {
            format!("{target} refused, as it was asked to: nothing listens there.")
        }
        (Stage::Connect, Kind::Refused) => {
            format!("{target} refused: nothing listens there. Start a server, then try again.")
        }
        (Stage::Connect, Kind::Timeout) => {
            format!("{target} did not answer in time: check address and firewall.")
        }
        (Stage::Tls, _) if target.starts_with(LAB_PREFIX) => {
            format!("{target}, as it was asked to: {message}")
        }
        (Stage::Tls, kind) => of_tls(kind, message, target),
        (Stage::Listen, Kind::InUse) => {
            format!("{message}: stop the program that listens there, or choose another port.")
        }
        (Stage::Accept, Kind::NotFound) => {
            "The connection is not there: it was claimed, went away, or waited too long.".into()
        }
        (Stage::Read, Kind::Truncated) => {
            format!("{target} ended without close_notify: bytes may be missing.")
        }
        (Stage::Write | Stage::Read, _) => format!("{target} broke the connection: {message}"),
        (Stage::Idle, _) => {
            format!("{message}: connect again, or raise --idle-timeout (\"off\": no bound).")
        }
        (Stage::Limit, Kind::TooMany) => format!("{message}: try later, or raise it."),
        (Stage::Limit, _) => format!("{message}: send less, or raise --max-message."),
        (Stage::Shutdown, Kind::Restarting) => {
            "The bridge restarts: connect again, now or in a moment.".into()
        }
        (Stage::Operator, _) => "The bridge's operator ended this session.".into(),
        (Stage::Shutdown, _) => {
            "The bridge is shutting down: connect again when it is back.".into()
        }
        _ => message.clone(),
    }
}

/// Returns the reason after a failure of TLS. What to do comes first, since a server's words are
/// long. What a name stands for only the operator can change.
fn of_tls(kind: Kind, message: &str, target: &str) -> String {
    let plain = target.strip_prefix(TLS_PREFIX);
    match (kind, plain) {
        (Kind::UnknownIssuer, _) => {
            "The certificate's issuer is unknown. Trust it with: tcp-bridge --tls-ca FILE".into()
        }
        (Kind::Expired, _) => "The certificate has expired: have the server's renewed.".into(),
        (Kind::NotYetValid, _) => {
            "The certificate is not valid yet: check the clocks of both machines.".into()
        }
        (Kind::WrongName, Some(_)) => {
            format!("The certificate is for another name than {target}: ask for one of its names.")
        }
        (Kind::WrongName, None) => format!(
            "The certificate has other names: restart with --target {target}=tls://NAME:PORT for \
             one of them."
        ),
        (Kind::NotTls, Some(plain)) => {
            format!("The server speaks no TLS: ask for {plain} without TLS.")
        }
        (Kind::NotTls, None) => {
            format!("The server speaks no TLS: restart with --target {target}=HOST:PORT.")
        }
        (Kind::Timeout, _) => format!("{target} did not answer in time: check that it speaks TLS."),
        _ => format!("TLS failed: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use echo_core::wire::MAX_REASON;

    use super::*;

    fn reason(stage: Stage, kind: Kind, message: &str, target: &str) -> String {
        let failure = Failure::new(stage, kind, message);
        let reason = of_failure(&failure, target);
        assert!(reason.len() <= MAX_REASON, "{} bytes: {reason}", reason.len());
        reason
    }

    #[test]
    fn each_failure_is_told_with_what_to_do() {
        for (stage, kind, target, advice) in [
            (
                Stage::Policy,
                Kind::Forbidden,
                "db:1",
                "db:1 is not allowed. Restart with: tcp-bridge --allow db:1",
            ),
            (Stage::Policy, Kind::Forbidden, "tls://db:1", "Restart with: tcp-bridge --allow db:1"),
            (Stage::Resolve, Kind::NotFound, "db:1", "check the name."),
            (Stage::Resolve, Kind::Timeout, "db:1", "check the name, and the machine's DNS."),
            (Stage::Connect, Kind::Refused, "db:1", "Start a server, then try again."),
            (
                Stage::Connect,
                Kind::Refused,
                "lab/refuse",
                "as it was asked to: nothing listens there.",
            ),
            (Stage::Connect, Kind::Timeout, "db:1", "check address and firewall."),
            (Stage::Tls, Kind::Expired, "lab/tls-expired", "as it was asked to: MESSAGE"),
            (Stage::Tls, Kind::UnknownIssuer, "tls://db:1", "tcp-bridge --tls-ca FILE"),
            (Stage::Tls, Kind::Expired, "tls://db:1", "have the server's renewed."),
            (Stage::Tls, Kind::NotYetValid, "tls://db:1", "check the clocks of both machines."),
            (Stage::Tls, Kind::Timeout, "tls://db:1", "check that it speaks TLS."),
            (Stage::Tls, Kind::Handshake, "tls://db:1", "TLS failed: MESSAGE"),
            (Stage::Listen, Kind::InUse, "[::1]:80", "or choose another port."),
            (Stage::Accept, Kind::NotFound, "it", "it was claimed, went away, or waited too long."),
            (Stage::Read, Kind::Truncated, "db:1", "without close_notify: bytes may be missing."),
            (Stage::Read, Kind::Reset, "db:1", "db:1 broke the connection: MESSAGE"),
            (Stage::Write, Kind::Reset, "db:1", "db:1 broke the connection: MESSAGE"),
            (Stage::Idle, Kind::Timeout, "db:1", "or raise --idle-timeout (\"off\": no bound)."),
            (Stage::Limit, Kind::TooMany, "db:1", "MESSAGE: try later, or raise it."),
            (Stage::Limit, Kind::TooBig, "db:1", "MESSAGE: send less, or raise --max-message."),
            (Stage::Shutdown, Kind::Restarting, "db:1", "connect again, now or in a moment."),
            (Stage::Shutdown, Kind::ShuttingDown, "db:1", "connect again when it is back."),
            (Stage::Operator, Kind::Ended, "db:1", "The bridge's operator ended this session."),
            (Stage::Protocol, Kind::Malformed, "db:1", "MESSAGE"),
        ] {
            let reason = reason(stage, kind, "MESSAGE", target);
            assert!(reason.ends_with(advice), "{stage:?}, {kind:?}: {reason}");
        }
    }

    #[test]
    fn a_listener_that_fails_is_told_with_what_to_do() {
        let address = "192.0.2.1:8080";
        let too_many = format!("there are 8 {IS_THE_MOST}");
        for (stage, kind, message, advice) in [
            (Stage::Listen, Kind::NotLocal, "no such address", "192.0.2.1:8080: no such address"),
            (Stage::Listen, Kind::Internal, "out of order", "192.0.2.1:8080: out of order"),
            (
                Stage::Listen,
                Kind::InUse,
                "in use",
                "in use: stop the program that listens there, or choose another port.",
            ),
            (Stage::Limit, Kind::TooMany, &too_many, ": close another one first."),
            (Stage::Limit, Kind::TooMany, "too many", "too many: try later, or raise it."),
        ] {
            let ending = Ending::Failed(Failure::new(stage, kind, message));
            let wanted = Wanted::Listener { address: address.into(), elsewhere: None };
            let reason = sentence(&ending, &wanted);
            assert!(reason.ends_with(advice), "{stage:?}, {kind:?}: {reason}");
        }
    }

    #[test]
    fn where_nothing_went_wrong_there_is_no_reason() {
        assert_eq!(sentence(&Ending::ClientClosed, &Wanted::Target(String::new())), "");
    }

    #[test]
    fn where_a_names_address_is_forbidden_the_advice_is_to_allow_the_address() {
        let address = "[2001:db8:1111:2222:3333:4444:5555:6666]:65535";
        let message = Failure::forbidden_address(&address.parse().unwrap()).message;
        let reason = reason(Stage::Policy, Kind::ForbiddenAddress, &message, "db.example:65535");
        assert!(reason.ends_with(&format!("tcp-bridge --allow {address}")), "{reason}");
    }

    #[test]
    fn where_a_name_stands_for_tls_the_advice_is_what_the_operator_can_change() {
        let name = "a-name-of-thirty-two-characters.";
        for (kind, by_address, by_name) in [
            (Kind::NotTls, "ask for localhost:443 without TLS.", "NAME=HOST:PORT."),
            (Kind::WrongName, "ask for one of its names.", "NAME=tls://NAME:PORT for one of them."),
        ] {
            let asked = reason(Stage::Tls, kind, "", "tls://localhost:443");
            assert!(asked.ends_with(by_address), "{asked}");
            let named = reason(Stage::Tls, kind, "", name);
            let advice = format!("restart with --target {}", by_name.replacen("NAME", name, 1));
            assert!(named.ends_with(&advice), "{named}");
        }
    }

    #[test]
    fn where_a_client_may_not_listen_the_advice_is_the_flag_that_lets_it() {
        let message = String::from("no --allow-listen pattern permits it");
        let failure = Failure::new(Stage::Policy, Kind::Forbidden, message);
        let address = "[2001:db8:1111:2222:3333:4444:5555:6666]";
        for (port, ports) in [("0", "1024-65535"), ("65535", "65535")] {
            let wanted = Wanted::Listener { address: format!("{address}:{port}"), elsewhere: None };
            let reason = sentence(&Ending::Failed(failure.clone()), &wanted);
            let flag = format!("tcp-bridge --allow-listen {address}:{ports}");
            assert!(reason.ends_with(&flag), "{reason}");
        }
    }

    #[test]
    fn too_many_sessions_of_the_longest_address_fit_into_a_reason() {
        let address = "2001:db8:1111:2222:3333:4444:5555:6666";
        for message in [
            format!("{address} has 1000000 sessions (--max-sessions-per-client)"),
            format!("{address} opens over 1000000 in a second (--max-opens-per-client)"),
        ] {
            let reason = reason(Stage::Limit, Kind::TooMany, &message, "");
            assert!(reason.ends_with("raise it."), "{reason}");
        }
    }

    #[test]
    fn too_many_look_ups_are_told_with_what_to_do() {
        let message = "128 look-ups by all clients are under way";
        let reason = reason(Stage::Resolve, Kind::TooMany, message, "db.example:5432");
        assert!(reason.starts_with(message) && reason.contains("give an address"), "{reason}");
        assert!(!reason.contains("--max-sessions"), "{reason}");
    }
}
