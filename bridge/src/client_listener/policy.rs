//! Where clients may listen.
//!
//! Whoever listens on a machine is taken for its services: a program that connects to a port there,
//! or a browser that sends its cookies, cannot tell who answers. So a client beyond the bridge's
//! machine listens nowhere, unless the operator says where.

use std::net::IpAddr;
use std::str::FromStr;

use echo_core::wire::{Failure, Kind, Stage};

use crate::config::AllowListen;
use crate::targets::{FIRST_UNPRIVILEGED, Host, LOOPBACK, Pattern, Target};

/// Where clients on the bridge's own machine may listen without a flag, written as a pattern.
const OWN_MACHINE: &str = "localhost:1024-65535";

/// An address to listen on, as a client asks for it. Port 0 stands for any free one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListenTarget(Target);

impl ListenTarget {
    /// Returns the IP addresses: the one, or both loopback addresses for `localhost`.
    pub(super) fn ips(&self) -> Vec<IpAddr> {
        match self.0.host {
            Host::Address(ip) => vec![ip],
            Host::Name(_) => LOOPBACK.into(),
        }
    }

    /// Returns the port.
    pub(super) fn port(&self) -> u16 {
        self.0.port
    }
}

impl FromStr for ListenTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || {
            format!(
                "{text:?} is not an address to listen on: write it as localhost:9000, \
                 127.0.0.1:9000 or [::1]:9000; port 0 takes a free one"
            )
        };
        let target = match text.strip_suffix(":0") {
            Some(host) => Target { host: host.parse().map_err(|_: String| malformed())?, port: 0 },
            None => text.parse().map_err(|_: String| malformed())?,
        };
        match &target.host {
            Host::Name(name) if name != "localhost" => Err(malformed()),
            _ => Ok(Self(target)),
        }
    }
}

/// Where clients may listen.
#[derive(Debug)]
pub(crate) struct ListenPolicy(Vec<AllowListen>);

impl ListenPolicy {
    /// Creates the policy of these flags.
    pub(crate) fn new(flags: &[AllowListen]) -> Self {
        Self(flags.to_vec())
    }

    /// Checks that a client may listen at `target`, which it wrote as `text`. `elsewhere` says by
    /// what the client does not count as on the bridge's own machine, unless it does.
    ///
    /// # Errors
    /// Fails in the stage `policy`, with a sentence that says why.
    pub(crate) fn check(
        &self,
        target: &ListenTarget,
        text: &str,
        elsewhere: Option<&str>,
    ) -> Result<(), Failure> {
        if self.is_off() {
            return Err(forbidden("no client may listen (--allow-listen off)".into()));
        }
        let port = target.port();
        let is_permitted =
            |ip: &IpAddr| self.patterns().any(|pattern| pattern.permits_listening(*ip, port));
        let is_own = |ip: &IpAddr| ip.is_loopback() && (port == 0 || port >= FIRST_UNPRIVILEGED);
        let ips = target.ips();
        if ips.iter().all(|ip| is_permitted(ip) || is_own(ip) && elsewhere.is_none()) {
            return Ok(());
        }
        let message = match elsewhere {
            Some(reason) if ips.iter().all(is_own) => {
                format!("only the bridge's own machine may listen on {text}, but {reason}")
            }
            _ => format!("no --allow-listen pattern permits {text}"),
        };
        Err(forbidden(message))
    }

    /// Returns where a client may listen, as patterns.
    pub(crate) fn permitted_patterns(&self, is_on_own_machine: bool) -> Vec<String> {
        let own = is_on_own_machine && !self.is_off();
        let flags = self.0.iter().filter_map(|flag| match flag {
            AllowListen::Off => None,
            AllowListen::At { text, .. } => Some(text.clone()),
        });
        own.then(|| OWN_MACHINE.to_owned()).into_iter().chain(flags).collect()
    }

    fn is_off(&self) -> bool {
        self.0.contains(&AllowListen::Off)
    }

    fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.0.iter().flat_map(|flag| match flag {
            AllowListen::Off => &[],
            AllowListen::At { patterns, .. } => patterns.as_slice(),
        })
    }
}

/// Returns the pattern that would allow to listen at an address that a client wrote so.
pub(crate) fn pattern_for(text: &str) -> String {
    text.strip_suffix(":0").map_or_else(|| text.into(), |host| format!("{host}:1024-65535"))
}

fn forbidden(message: String) -> Failure {
    Failure::new(Stage::Policy, Kind::Forbidden, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELSEWHERE: Option<&str> = Some("this request came from 192.0.2.7");

    fn policy(flags: &[&str]) -> ListenPolicy {
        ListenPolicy(flags.iter().map(|flag| flag.parse().unwrap()).collect())
    }

    fn permits(flags: &[&str], text: &str, elsewhere: Option<&str>) -> bool {
        policy(flags).check(&text.parse().unwrap(), text, elsewhere).is_ok()
    }

    #[test]
    fn an_address_to_listen_on_is_localhost_or_an_address_with_a_port() {
        for text in ["localhost:9000", "LOCALHOST.:0", "127.0.0.1:80", "[::1]:0", "10.0.0.1:9"] {
            text.parse::<ListenTarget>().unwrap();
        }
        for text in ["", "9000", ":9000", "localhost", "db:9000", "::1:9000", "localhost:65536"] {
            let error = text.parse::<ListenTarget>().unwrap_err();
            assert!(error.contains("localhost:9000"), "{text}: {error}");
        }
    }

    #[test]
    fn the_own_machine_may_listen_on_loopback_at_ports_without_a_privilege_and_others_nowhere() {
        for text in ["localhost:9000", "127.0.0.1:1024", "127.0.0.2:9000", "[::1]:0", "localhost:0"]
        {
            assert!(permits(&[], text, None), "{text}");
            assert!(!permits(&[], text, ELSEWHERE), "{text}");
        }
        for text in ["localhost:80", "0.0.0.0:9000", "[::]:9000", "10.0.0.1:0"] {
            assert!(!permits(&[], text, None), "{text}");
        }
        // The address in IPv6 is the one in IPv4.
        assert!(!permits(&[], "[::ffff:10.0.0.1]:9000", None));
        assert!(permits(&[], "[::ffff:127.0.0.1]:9000", None));
    }

    #[test]
    fn a_pattern_lets_everybody_listen_where_it_says() {
        let flags = ["10.0.0.0/8:9000-9100", "localhost:80"];
        for elsewhere in [None, ELSEWHERE] {
            assert!(permits(&flags, "10.1.2.3:9100", elsewhere));
            assert!(permits(&flags, "localhost:80", elsewhere));
            assert!(!permits(&flags, "10.1.2.3:0", elsewhere));
            assert!(!permits(&flags, "10.1.2.3:9101", elsewhere));
            assert!(!permits(&flags, "11.1.2.3:9000", elsewhere));
        }
        // Both loopback addresses have to be permitted.
        assert!(!permits(&["127.0.0.1:80"], "localhost:80", None));
        assert!(permits(&["10.0.0.1:1024-65535"], "10.0.0.1:0", ELSEWHERE));
    }

    #[test]
    fn nobody_listens_where_it_is_off() {
        assert!(!permits(&["off"], "localhost:9000", None));
        assert!(policy(&["off"]).permitted_patterns(true).is_empty());
    }

    #[test]
    fn a_client_is_told_where_it_may_listen() {
        assert_eq!(policy(&[]).permitted_patterns(true), ["localhost:1024-65535"]);
        assert!(policy(&[]).permitted_patterns(false).is_empty());
        assert_eq!(policy(&["0.0.0.0:9000"]).permitted_patterns(false), ["0.0.0.0:9000"]);
        assert_eq!(
            policy(&["[::1]:80"]).permitted_patterns(true),
            ["localhost:1024-65535", "[::1]:80"]
        );
    }

    #[test]
    fn the_pattern_that_a_refusal_advises_permits_what_was_refused() {
        for text in ["localhost:80", "10.0.0.1:0", "[2001:db8::1]:9000"] {
            assert!(!permits(&[], text, ELSEWHERE));
            assert!(permits(&[&pattern_for(text)], text, ELSEWHERE), "{text}");
        }
    }
}
