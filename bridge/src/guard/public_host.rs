//! A name of the bridge, as `--public-host` gives it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::targets::{Host, canonical};

/// A name or an address that the bridge is reached by, at any port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicHost(Host);

impl PublicHost {
    /// Returns whether a Host header with this host, without its port, means the same.
    pub(super) fn matches(&self, host: &str) -> bool {
        host.parse::<Host>().is_ok_and(|host| host == self.0)
    }
}

impl FromStr for PublicHost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err("it is empty: give the name by which others reach the bridge".into());
        }
        if text.contains("://") || text.contains(['/', '?', '#', '@']) {
            return Err("give the name alone, such as bridge.example, and no URL".into());
        }
        if text.contains('*') {
            return Err("a name has no wildcard: give each one, with --public-host again".into());
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self(Host::Address(canonical(address))));
        }
        match (text.parse(), text.rsplit_once(':')) {
            (Ok(host), _) => Ok(Self(host)),
            (Err(_), Some((name, _))) if name.parse::<Host>().is_ok() => {
                Err(format!("the port does not matter here: write {name}"))
            }
            (Err(error), _) => Err(error),
        }
    }
}

impl fmt::Display for PublicHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Host::Name(name) => f.write_str(name),
            Host::Address(IpAddr::V4(address)) => address.fmt(f),
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_an_address_is_read_and_written() {
        for (text, host) in [
            ("bridge.school", "bridge.school"),
            ("Bridge.School.", "bridge.school"),
            ("my_service", "my_service"),
            ("192.168.1.5", "192.168.1.5"),
            ("fd00::1", "[fd00::1]"),
            ("[fd00::1]", "[fd00::1]"),
        ] {
            let parsed: PublicHost = text.parse().unwrap();
            assert_eq!(parsed.to_string(), host);
            assert_eq!(host.parse(), Ok(parsed.clone()), "{host}");
            assert!(parsed.matches(host) && parsed.matches(&host.to_uppercase()), "{host}");
            assert!(!parsed.matches("evil.example"));
        }
    }

    #[test]
    fn what_is_no_name_is_refused_with_what_to_write() {
        for (text, part) in [
            ("", "empty"),
            ("*.school", "wildcard"),
            ("*", "wildcard"),
            ("bridge.school:8080", "write bridge.school"),
            ("192.168.1.5:8080", "write 192.168.1.5"),
            ("[fd00::1]:8080", "write [fd00::1]"),
            ("http://bridge.school", "no URL"),
            ("bridge.school/", "no URL"),
            ("user@bridge.school", "no URL"),
            ("a..b", "\"a..b\""),
            ("a..b:8080", "\"a..b:8080\""),
            ("bücher.example", "\"bücher.example\""),
        ] {
            let error = text.parse::<PublicHost>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
