//! Which Host and Origin a request may have.
//!
//! The Host check prevents DNS rebinding: a foreign name that was made to resolve to this machine.
//! The Origin check prevents cross-site WebSocket hijacking: a browser lets any page open a
//! WebSocket to any server, and only names the page's origin in Origin (RFC 6455, section 10.2).

mod origin;
mod public_host;

use std::net::IpAddr;

use axum::http::uri::Authority;

use crate::targets::{Host, canonical};
pub use origin::Origin;
pub use public_host::PublicHost;

/// The Hosts and Origins that are accepted besides the bridge's addresses and its own page.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Names by which clients reach the bridge, as `--public-host` gives them.
    pub public_hosts: Vec<PublicHost>,
    /// Origins of pages served elsewhere, as `--origin` gives them.
    pub origins: Vec<Origin>,
}

impl Guard {
    /// Checks the Host and Origin of a request, whose connection was made to the address `local`;
    /// one over a Unix socket has none.
    ///
    /// # Errors
    /// Returns a sentence that says what is refused, and which flag would allow it, if there is
    /// one.
    pub fn check(
        &self,
        local: Option<IpAddr>,
        host: &str,
        origin: Option<&str>,
    ) -> Result<(), String> {
        let Some(authority) = authority(host) else {
            return Err(unreadable_host(host));
        };
        if !self.knows_host(local, authority.host()) {
            return Err(foreign_host(authority.host()));
        }
        match origin {
            Some(origin) if !self.knows_origin(&authority, origin) => Err(foreign_origin(origin)),
            _ => Ok(()),
        }
    }

    /// Returns whether `origin` is that of the page that the bridge itself serves under `host`. No
    /// flag adds another one.
    #[must_use]
    pub fn is_own_page(host: &str, origin: &str) -> bool {
        let origin = origin.parse::<Origin>();
        let parsed = authority(host).zip(origin.ok());
        parsed.is_some_and(|(host, origin)| origin.is_served_under(&host))
    }

    /// Returns whether `host` names the bridge: the address that the connection was made to,
    /// `localhost`, or a public host.
    fn knows_host(&self, local: Option<IpAddr>, host: &str) -> bool {
        local.is_some_and(|local| host_address(host) == Some(canonical(local)))
            || host.eq_ignore_ascii_case("localhost")
            || self.public_hosts.iter().any(|name| name.matches(host))
    }

    /// Returns whether `origin` is that of the own page, or one that `--origin` gives.
    fn knows_origin(&self, host: &Authority, origin: &str) -> bool {
        let Ok(origin) = origin.parse::<Origin>() else { return false };
        origin.is_served_under(host) || self.origins.contains(&origin)
    }
}

/// Returns the address that a Host without its port is, in canonical form; `None` for a name. An
/// IPv6 address is in brackets.
pub(crate) fn host_address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok().map(canonical)
}

fn unreadable_host(host: &str) -> String {
    format!(
        "The Host header {host:?} is malformed: open the bridge by the address that it printed."
    )
}

fn foreign_host(host: &str) -> String {
    match host.parse::<PublicHost>() {
        Ok(name) => format!(
            "The bridge is not known as {name}. If it is yours, restart it with: tcp-bridge --public-host {name}"
        ),
        Err(_) => unreadable_host(host),
    }
}

fn foreign_origin(origin: &str) -> String {
    if Origin::is_opaque(origin) {
        return "A page without an origin of its own (a file, or a sandboxed frame) may not use this \
                bridge, since every page can make one. Serve it over HTTP, and let in the origin \
                that it has then with --origin."
            .into();
    }
    match origin.parse::<Origin>() {
        Ok(origin) => format!(
            "A page of {origin} may not use this bridge. If it is yours, restart it with: tcp-bridge --origin {origin}"
        ),
        Err(_) => format!(
            "The Origin header {origin:?} is malformed: send scheme://host:port, or leave it out."
        ),
    }
}

/// Parses `text` as a host with an optional port: without userinfo or path, with a port that is a
/// number of 16 bits, and with a host that is a name or an address.
fn authority(text: &str) -> Option<Authority> {
    let authority: Authority = text.parse().ok()?;
    // `http` accepts other text between host and port, and a sign before the port's digits, which
    // RFC 3986, section 3.2, does not.
    let is_port_valid = match authority.as_str().strip_prefix(authority.host())?.strip_prefix(':') {
        Some(port) => !port.starts_with('+') && port.parse::<u16>().is_ok(),
        None => authority.as_str() == authority.host(),
    };
    let is_host_valid = authority.host().parse::<Host>().is_ok();
    (is_port_valid && is_host_valid && !text.contains('@')).then_some(authority)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(local: &str, host: &str, origin: Option<&str>) -> Result<(), String> {
        let guard = Guard {
            public_hosts: vec!["bridge.school".parse().unwrap()],
            origins: vec!["http://127.0.0.1:8081".parse().unwrap()],
        };
        guard.check(local.parse().ok(), host, origin)
    }

    #[test]
    fn the_pages_own_origin_comes_in_by_each_name_of_the_machine() {
        for (local, host) in [
            ("127.0.0.1", "localhost:8080"),
            ("127.0.0.1", "LOCALHOST:8080"),
            ("127.0.0.1", "127.0.0.1:8080"),
            ("::1", "[::1]:8080"),
            ("::ffff:192.168.1.5", "192.168.1.5:8080"),
            ("192.168.1.5", "bridge.school:8080"),
        ] {
            let origin = format!("http://{host}");
            assert_eq!(check(local, host, Some(&origin)), Ok(()), "{host}");
            assert_eq!(check(local, host, None), Ok(()), "{host} without an Origin");
        }
    }

    #[test]
    fn over_a_unix_socket_the_bridge_is_localhost_and_its_public_hosts() {
        for host in ["localhost", "localhost:8080", "bridge.school"] {
            assert_eq!(check("unix", host, Some(&format!("http://{host}"))), Ok(()), "{host}");
        }
        for host in ["127.0.0.1", "[::1]", "evil.example", "unix", ""] {
            assert!(check("unix", host, None).is_err(), "{host}");
        }
    }

    #[test]
    fn a_default_port_may_be_left_out() {
        assert_eq!(check("127.0.0.1", "localhost", Some("http://localhost:80")), Ok(()));
        assert_eq!(check("127.0.0.1", "bridge.school", Some("https://bridge.school")), Ok(()));
        assert_eq!(check("127.0.0.1", "localhost:80", Some("http://localhost")), Ok(()));
    }

    #[test]
    fn a_foreign_host_stays_out_with_or_without_an_origin() {
        for host in [
            "evil.example:8080",
            "localhost.evil.example",
            "localhost.",
            "192.168.1.5:8080",
            "127.0.0.2:8080",
            "0.0.0.0:8080",
            "2130706433:8080",
            "user@localhost:8080",
            "localhost:port",
            "localhost:+8080",
            "127.0.0.1:80[::1]:8080",
            "localhost:",
            "",
        ] {
            assert!(check("127.0.0.1", host, None).is_err(), "{host:?}");
            let origin = format!("http://{host}");
            assert!(check("127.0.0.1", host, Some(&origin)).is_err(), "{host:?}");
        }
    }

    #[test]
    fn a_foreign_origin_stays_out() {
        for origin in [
            "null",
            "",
            "http://evil.example",
            "http://localhost",
            "http://localhost:8081",
            "http://localhost:80800",
            "http://localhost:8080.evil.example",
            "http://localhost.evil.example:8080",
            "http://evil-localhost:8080",
            "http://evil@localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "ftp://localhost:8080",
            "file://",
            "http://localhost:8080/",
            "tauri://localhost:8080",
            "capacitor://localhost",
            "moz-extension://1b2c-3d",
        ] {
            assert!(check("127.0.0.1", "localhost:8080", Some(origin)).is_err(), "{origin:?}");
        }
    }

    #[test]
    fn an_origin_that_a_flag_gives_comes_in() {
        assert_eq!(check("127.0.0.1", "127.0.0.1", Some("http://127.0.0.1:8081")), Ok(()));
    }

    #[test]
    fn a_scheme_without_a_default_port_is_not_the_own_page_whatever_its_host() {
        for origin in ["tauri://localhost", "capacitor://localhost", "ionic://localhost"] {
            assert!(check("127.0.0.1", "localhost", Some(origin)).is_err(), "{origin}");
            assert!(!Guard::is_own_page("localhost", origin), "{origin}");
        }
    }

    #[test]
    fn the_own_page_is_the_one_under_the_same_host_and_port() {
        assert!(Guard::is_own_page("localhost:8080", "http://localhost:8080"));
        assert!(Guard::is_own_page("bridge.school", "https://bridge.school"));
        for origin in ["http://localhost:8081", "http://127.0.0.1:8080", "null", ""] {
            assert!(!Guard::is_own_page("localhost:8080", origin), "{origin:?}");
        }
    }

    /// The value that a refusal advises for `flag`, if it does.
    fn advice<'a>(refusal: &'a str, flag: &str) -> Option<&'a str> {
        Some(refusal.split_once(&format!("tcp-bridge {flag} "))?.1)
    }

    /// Restarts as each refusal advises, which has to let the request in, and returns whether there
    /// was such advice.
    fn comes_in_as_advised(host: &str, origin: &str) -> bool {
        const ACCEPTED: &str = "a value that is advised is accepted";
        let mut guard = Guard::default();
        let check = |guard: &Guard| guard.check(Some([127, 0, 0, 1].into()), host, Some(origin));
        // First the Host is refused, then the Origin.
        for _ in 0..2 {
            let Err(refusal) = check(&guard) else { return true };
            if let Some(name) = advice(&refusal, "--public-host") {
                guard.public_hosts.push(name.parse().expect(ACCEPTED));
            } else if let Some(origin) = advice(&refusal, "--origin") {
                guard.origins.push(origin.parse().expect(ACCEPTED));
            } else {
                return false;
            }
        }
        assert_eq!(check(&guard), Ok(()));
        true
    }

    #[test]
    fn what_a_refusal_advises_lets_the_request_in() {
        for origin in [
            "http://a.example",
            "https://A.example:8443",
            "moz-extension://1b2c-3d",
            "chrome-extension://abcdefghijklmnop",
            "safari-web-extension://A1B2",
            "tauri://localhost",
            "capacitor://localhost",
            "ionic://localhost",
        ] {
            for host in ["localhost:8080", "lab.example", "Lab.Example.:80", "[fd00::1]:8080"] {
                assert!(comes_in_as_advised(host, origin), "{host} {origin}");
            }
        }
    }

    #[test]
    fn a_host_that_is_none_is_told_with_what_to_do() {
        for host in ["", "localhost:port", "user@localhost", "*"] {
            let refusal = check("127.0.0.1", host, None).unwrap_err();
            assert!(refusal.contains(&format!("{host:?} is malformed")), "{refusal}");
            assert!(refusal.ends_with("by the address that it printed."), "{refusal}");
        }
    }

    #[test]
    fn a_page_without_an_origin_of_its_own_is_told_what_to_do_instead() {
        for origin in ["null", "file://"] {
            let refusal = check("127.0.0.1", "localhost:8080", Some(origin)).unwrap_err();
            assert!(refusal.contains("Serve it over HTTP"), "{refusal}");
            assert!(!refusal.contains("tcp-bridge --origin"), "{refusal}");
        }
    }

    #[test]
    fn a_command_to_paste_cannot_carry_another_one_along() {
        for host in ["$(reboot)", "a;reboot", "a'b", "a&b:80"] {
            let refusal = check("127.0.0.1", host, None).unwrap_err();
            assert!(!refusal.contains("bridge --"), "{refusal}");
            let origin = format!("http://{host}");
            let refusal = check("127.0.0.1", "localhost", Some(&origin)).unwrap_err();
            assert!(!refusal.contains("bridge --"), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn whatever_was_refused_the_advice_is_accepted_and_lets_it_in(
            host in "[a-zA-Z0-9.:*@\\[\\]-]{0,12}(:[0-9]{1,5})?",
            scheme in "[a-z+-]{0,8}",
            from in "[a-zA-Z0-9.:*@/\\[\\]-]{0,12}(:[0-9]{1,5})?",
        ) {
            comes_in_as_advised(&host, &format!("{scheme}://{from}"));
        }
    }

    #[test]
    fn a_refusal_names_the_flag_that_would_let_it_in() {
        let refusal = check("127.0.0.1", "lab.example:8080", None).unwrap_err();
        assert!(refusal.contains("--public-host lab.example"), "{refusal}");
        let refusal = check("127.0.0.1", "localhost:8080", Some("http://a.example")).unwrap_err();
        assert!(refusal.contains("--origin http://a.example"), "{refusal}");
    }
}
