//! Which TCP targets may be dialled.
//!
//! A bridge from a browser to TCP opens a network to others, so only targets that a pattern names
//! are allowed. The policy decides on the resolved address, in canonical form, and exactly that
//! address is dialled, so that a name cannot mean one host to the check and another one to the
//! connection.

mod named;
mod pattern;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use echo_core::wire::TLS_PREFIX;
pub(crate) use named::unix_path;
pub use named::{NamedTarget, NamedTargets, ProxyVersion, TargetAddress, TargetName};
pub(crate) use pattern::FIRST_UNPRIVILEGED;
pub use pattern::Pattern;

/// The addresses of `localhost` (RFC 6761, section 6.3), whatever the hosts file says. The IPv4 one
/// is first, since most servers that listen on one of them alone listen there.
pub(crate) const LOOPBACK: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// The longest DNS name, in characters (RFC 1035, section 2.3.4, without the root's label).
const MAX_NAME: usize = 253;

/// A target as a client names it: `host:port`, with an IPv6 address in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The host, a name or an address.
    pub host: Host,
    /// The port, never 0.
    pub port: u16,
}

/// A target's host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name, in lower case and without the root's dot. A number that is not an address in
    /// standard form (`0x7f.1`, `2130706433`) is a name, too, which the resolver may know.
    Name(String),
    /// An address, in canonical form.
    Address(IpAddr),
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((host, port)) = text.rsplit_once(':') else {
            return Err(format!("{text:?} is not a target: write it as host:port"));
        };
        let port = parse_port(port)?;
        let host = host.parse()?;
        Ok(Self { host, port })
    }
}

impl FromStr for Host {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(v6) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            let address = v6.parse().map_err(|_| format!("{v6:?} is not an IPv6 address"))?;
            return Ok(Self::Address(canonical(IpAddr::V6(address))));
        }
        // The root's dot says only that no search domain is to be appended, so `10.0.0.1.` is the
        // address, as it is in a URL.
        let bare = text.strip_suffix('.').unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Self::Address(canonical(IpAddr::V4(address))));
        }
        if bare.len() > MAX_NAME || !bare.split('.').all(is_label) {
            return Err(format!(
                "{text:?} is not a host: write a name, an IPv4 address, or [IPv6 address]"
            ));
        }
        Ok(Self::Name(bare.to_ascii_lowercase()))
    }
}

/// Returns whether `text` is one part of a name: not empty, and of the characters of a host name
/// (RFC 1123, section 2.1) or `_`, which is common in private networks. The resolver judges its
/// length.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

impl Host {
    /// Returns the name or the address as TLS asks for it: an IPv6 address without brackets.
    #[must_use]
    pub fn server_name(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Address(address) => address.to_string(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Name(name) => write!(f, "{name}:{}", self.port),
            Host::Address(address) => SocketAddr::new(*address, self.port).fmt(f),
        }
    }
}

/// A target over TCP, perhaps with TLS: `host:port` or `tls://host:port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcpTarget {
    /// Where it is.
    pub target: Target,
    /// Whether it is asked for over TLS.
    pub is_tls: bool,
}

impl FromStr for TcpTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.strip_prefix(TLS_PREFIX);
        let target = plain.unwrap_or(text).parse()?;
        Ok(Self { target, is_tls: plain.is_some() })
    }
}

impl fmt::Display for TcpTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.is_tls { TLS_PREFIX } else { "" };
        write!(f, "{prefix}{}", self.target)
    }
}

/// Parses a port, from 1 to 65535. Only digits are accepted: `u16` would accept `+80`.
fn parse_port(text: &str) -> Result<u16, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(port) if digits && port > 0 => Ok(port),
        _ => Err(format!("{text:?} is not a port: write a number from 1 to 65535")),
    }
}

/// Returns the canonical form of an address: IPv4 inside IPv6, mapped (RFC 4291, section 2.5.5.2),
/// compatible (2.5.5.1) or translated (`64:ff9b::/96`, RFC 6052, section 2.1), becomes IPv4.
#[must_use]
pub fn canonical(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let embedded = match v6.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some((u32::from(high) << 16) | u32::from(low))
        }
        _ => None,
    };
    embedded.map_or(address, |bits| IpAddr::V4(bits.into()))
}

/// Returns `address` in canonical form, which is the same for both ends of a connection, also where
/// one of them sees IPv4 inside IPv6, as a socket for both does.
#[must_use]
pub(crate) fn canonical_socket(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(canonical(address.ip()), address.port())
}

/// The targets that may be dialled: those that any of its patterns allows.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    patterns: Vec<Pattern>,
}

impl Policy {
    /// Creates a policy that allows what any of `patterns` allows.
    pub fn new(patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self { patterns: patterns.into_iter().collect() }
    }

    /// Returns whether some address of `target` could be allowed, so that its name may be looked
    /// up.
    #[must_use]
    pub fn may_resolve(&self, target: &Target) -> bool {
        match target.host {
            Host::Address(address) => self.permits(target, address),
            Host::Name(_) => self.patterns.iter().any(|pattern| pattern.may_resolve(target)),
        }
    }

    /// Returns whether `address` may be dialled for `target`.
    #[must_use]
    pub fn permits(&self, target: &Target, address: IpAddr) -> bool {
        let address = canonical(address);
        self.patterns.iter().any(|pattern| pattern.permits(target, address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(patterns: &[&str]) -> Policy {
        Policy::new(patterns.iter().flat_map(|text| Pattern::parse(text).unwrap()))
    }

    fn permits(patterns: &[&str], target: &str, address: &str) -> bool {
        policy(patterns).permits(&target.parse().unwrap(), address.parse().unwrap())
    }

    #[test]
    fn a_target_that_is_no_host_and_port_is_refused() {
        for text in [
            "",
            "localhost",
            ":80",
            "localhost:",
            "localhost:0",
            "localhost:+80",
            "localhost:65536",
            "localhost:80\r\nX: y",
            "local\r\nhost:80",
            "user@localhost:80",
            "user:secret@localhost:80",
            "http://localhost:80",
            "localhost/:80",
            "::1:80",
            "[::1:80",
            "[localhost]:80",
            "bücher.example:80",
            ".:80",
            "..:80",
            "a..:80",
            ".a:80",
            "a..b:80",
            "10..:80",
            "10.0.0.1..:80",
            "[::1].:80",
        ] {
            let parsed = text.parse::<Target>();
            assert!(parsed.is_err(), "{text:?} gave {parsed:?}");
        }
    }

    #[test]
    fn a_name_has_at_most_253_characters() {
        for (length, expected) in [(253, true), (254, false), (255, false)] {
            let target = format!("{}:80", "a".repeat(length));
            assert_eq!(target.parse::<Target>().is_ok(), expected, "{length}");
        }
    }

    #[test]
    fn tls_asks_for_a_name_or_for_an_address_without_brackets() {
        for (text, expected) in [
            ("Db.Example:443", "db.example"),
            ("10.0.0.1:443", "10.0.0.1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
        ] {
            assert_eq!(text.parse::<Target>().unwrap().host.server_name(), expected);
        }
    }

    #[test]
    fn a_name_has_one_form_whatever_its_case_or_last_dot() {
        let target: Target = "LocalHost.:8888".parse().unwrap();
        assert_eq!(target.to_string(), "localhost:8888");
    }

    #[test]
    fn an_address_with_the_roots_dot_is_that_address() {
        let address: Target = "10.0.0.1.:80".parse().unwrap();
        assert_eq!(address.host, Host::Address([10, 0, 0, 1].into()));
        assert!(!permits(&["10.0.0.2.:80"], "10.0.0.1.:80", "10.0.0.1"));
        assert!(permits(&["10.0.0.1.:80"], "10.0.0.1:80", "10.0.0.1"));
        assert!(!permits(&["10.0.0.1.:80"], "db:80", "10.0.0.2"));
    }

    #[test]
    fn ipv4_inside_ipv6_is_ipv4() {
        for text in ["::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::10.0.0.1"] {
            assert_eq!(canonical(text.parse().unwrap()).to_string(), "10.0.0.1", "{text}");
        }
        for text in ["::1", "::", "fd00::1", "2001:db8::10.0.0.1"] {
            assert_eq!(
                canonical(text.parse().unwrap()).to_string(),
                text.parse::<IpAddr>().unwrap().to_string()
            );
        }
    }

    #[test]
    fn nothing_is_allowed_that_no_pattern_names() {
        assert!(!permits(&[], "localhost:8888", "127.0.0.1"));
        assert!(!permits(&["localhost:8888"], "localhost:8889", "127.0.0.1"));
        assert!(!permits(&["10.0.0.0/8:80"], "10.0.0.1:81", "10.0.0.1"));
        assert!(!permits(&["10.0.0.0/8:80"], "11.0.0.1:80", "11.0.0.1"));
        assert!(!permits(&["db.internal:5432"], "db.internal.evil:5432", "10.0.0.1"));
    }

    #[test]
    fn localhost_is_both_loopback_addresses_and_no_other() {
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(permits(&["localhost:8888"], "localhost:8888", address), "{address}");
        }
        for address in ["127.0.0.2", "0.0.0.0", "::", "10.0.0.1"] {
            assert!(!permits(&["localhost:8888"], "localhost:8888", address), "{address}");
        }
    }

    #[test]
    fn of_a_names_addresses_only_the_allowed_ones_pass() {
        let patterns = ["192.168.0.0/16:1-1024"];
        assert!(permits(&patterns, "printer:515", "192.168.7.9"));
        assert!(permits(&patterns, "printer:515", "::ffff:192.168.7.9"));
        assert!(!permits(&patterns, "printer:515", "127.0.0.1"));
    }

    #[test]
    fn no_look_up_is_made_for_what_cannot_be_allowed() {
        let policy = policy(&["db.internal:5432", "10.0.0.0/8:80"]);
        let may = |text: &str| policy.may_resolve(&text.parse().unwrap());
        assert!(may("db.internal:5432") && may("anything:80") && may("10.1.2.3:80"));
        assert!(!may("other:5432") && !may("anything:81") && !may("11.1.2.3:80"));
    }
}
