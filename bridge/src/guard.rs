//! Which Host and Origin may come in.
//!
//! The Host check keeps out DNS rebinding: a foreign name that was made to resolve to this
//! machine. The Origin check keeps out cross-site WebSocket hijacking: a browser lets any page open
//! a WebSocket to anywhere, and only says in Origin whose page it is (RFC 6455, section 10.2).

use std::net::IpAddr;
use std::str::FromStr;

use axum::http::uri::Authority;

use crate::targets::canonical;

/// Who may come in besides the page's own.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Names that the bridge is reached by, as `--public-host` gives them.
    pub public_hosts: Vec<String>,
    /// Origins of pages served elsewhere, as `--origin` gives them.
    pub origins: Vec<Origin>,
}

/// An origin of the web: scheme, host and port (RFC 6454, section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Scheme {
    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let none = || format!("{text:?} is no origin: write it as http://host:port");
        let (scheme, rest) = text.split_once("://").ok_or_else(none)?;
        let scheme = match scheme {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(none()),
        };
        let authority = authority(rest).ok_or_else(none)?;
        Ok(Self::of(scheme, &authority))
    }
}

impl Origin {
    fn of(scheme: Scheme, authority: &Authority) -> Self {
        let port = authority.port_u16().unwrap_or_else(|| scheme.default_port());
        Self { scheme, host: authority.host().to_ascii_lowercase(), port }
    }
}

impl Guard {
    /// Whether a request with this Host and Origin, on a connection that arrived at `local`, may
    /// come in.
    ///
    /// # Errors
    /// A sentence that says what was refused, and which flag would let it in.
    pub fn check(&self, local: IpAddr, host: &str, origin: Option<&str>) -> Result<(), String> {
        let Some(authority) = authority(host) else {
            return Err(format!("The Host {host:?} is none."));
        };
        if !self.knows_host(local, authority.host()) {
            let name = authority.host();
            return Err(format!(
                "The bridge is not known as {name}. If it is yours, restart it with: bridge --public-host {name}"
            ));
        }
        match origin {
            Some(origin) if !self.knows_origin(&authority, origin) => Err(format!(
                "A page of {origin} may not use this bridge. If it is yours, restart it with: bridge --origin {origin}"
            )),
            _ => Ok(()),
        }
    }

    /// Whether this is the Origin of the page that the bridge itself serves under this Host: no
    /// flag lets another one in.
    #[must_use]
    pub fn is_own_page(host: &str, origin: &str) -> bool {
        let origin = origin.parse::<Origin>();
        let parsed = authority(host).zip(origin.ok());
        parsed.is_some_and(|(host, origin)| origin == Origin::of(origin.scheme, &host))
    }

    fn knows_host(&self, local: IpAddr, host: &str) -> bool {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let is_arrival =
            bare.parse().is_ok_and(|address: IpAddr| canonical(address) == canonical(local));
        is_arrival
            || host.eq_ignore_ascii_case("localhost")
            || self.public_hosts.iter().any(|name| name.eq_ignore_ascii_case(bare))
    }

    fn knows_origin(&self, host: &Authority, origin: &str) -> bool {
        let Ok(origin) = origin.parse::<Origin>() else { return false };
        origin == Origin::of(origin.scheme, host) || self.origins.contains(&origin)
    }
}

/// `text` as host and port alone: no userinfo, no path, no port that is none.
fn authority(text: &str) -> Option<Authority> {
    let authority: Authority = text.parse().ok()?;
    let port_is_one = authority.port_u16().is_some() || authority.as_str() == authority.host();
    (port_is_one && !authority.host().is_empty() && !text.contains('@')).then_some(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(local: &str, host: &str, origin: Option<&str>) -> Result<(), String> {
        let guard = Guard {
            public_hosts: vec!["bridge.school".into()],
            origins: vec!["http://127.0.0.1:8081".parse().unwrap()],
        };
        guard.check(local.parse().unwrap(), host, origin)
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
        ] {
            assert!(check("127.0.0.1", "localhost:8080", Some(origin)).is_err(), "{origin:?}");
        }
    }

    #[test]
    fn an_origin_that_a_flag_gives_comes_in() {
        assert_eq!(check("127.0.0.1", "127.0.0.1", Some("http://127.0.0.1:8081")), Ok(()));
    }

    #[test]
    fn the_own_page_is_the_one_under_the_same_host_and_port() {
        assert!(Guard::is_own_page("localhost:8080", "http://localhost:8080"));
        assert!(Guard::is_own_page("bridge.school", "https://bridge.school"));
        for origin in ["http://localhost:8081", "http://127.0.0.1:8080", "null", ""] {
            assert!(!Guard::is_own_page("localhost:8080", origin), "{origin:?}");
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
