//! One `--allow` pattern: `host:port`, `CIDR:port`, `[CIDR of IPv6]:port`, with a port or a range.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use ipnet::IpNet;

use super::{Host, LOOPBACK, Target, canonical, parse_port};

/// The first port on which a program may listen without a privilege (Linux:
/// `net.ipv4.ip_unprivileged_port_start`, unless it was changed).
pub(crate) const FIRST_UNPRIVILEGED: u16 = 1024;

/// What one pattern allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    host: HostPattern,
    ports: RangeInclusive<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum HostPattern {
    /// A name exactly as the client asks for it, with any address that it resolves to.
    Name(String),
    /// Any host that resolves to an address of this network.
    Network(IpNet),
}

impl Pattern {
    /// Parses the patterns that `text` stands for: one, except for `localhost`, which is the two
    /// loopback addresses (RFC 6761, section 6.3).
    ///
    /// # Errors
    /// Returns a sentence that names the part of `text` that is malformed.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let Some((host, ports)) = text.rsplit_once(':') else {
            return Err(format!("{text:?} has no port: write it as host:port or CIDR:port"));
        };
        let ports = parse_ports(ports)?;
        let hosts = parse_hosts(host)?;
        Ok(hosts.into_iter().map(|host| Self { host, ports: ports.clone() }).collect())
    }

    /// Returns whether it is the pattern of a name, and not of addresses.
    pub(crate) fn is_of_name(&self) -> bool {
        matches!(self.host, HostPattern::Name(_))
    }

    /// Returns whether it allows to listen at an address, in canonical form. Port 0, which stands for
    /// any free one, takes a pattern of all ports that need no privilege.
    pub(crate) fn permits_listening(&self, ip: IpAddr, port: u16) -> bool {
        let HostPattern::Network(network) = &self.host else { return false };
        let has_port = match port {
            0 => self.ports.contains(&FIRST_UNPRIVILEGED) && self.ports.contains(&u16::MAX),
            port => self.ports.contains(&port),
        };
        has_port && network.contains(&ip)
    }

    /// Returns whether some address of `target` could be allowed.
    pub(super) fn may_resolve(&self, target: &Target) -> bool {
        let could_be = match &self.host {
            HostPattern::Name(name) => matches!(&target.host, Host::Name(asked) if asked == name),
            HostPattern::Network(_) => true,
        };
        could_be && self.ports.contains(&target.port)
    }

    /// Returns whether `address`, in canonical form, may be dialled for `target`.
    pub(super) fn permits(&self, target: &Target, address: IpAddr) -> bool {
        let in_network = match &self.host {
            HostPattern::Name(_) => true,
            HostPattern::Network(network) => network.contains(&address),
        };
        in_network && self.may_resolve(target)
    }
}

fn parse_ports(text: &str) -> Result<RangeInclusive<u16>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (parse_port(first)?, parse_port(last)?);
    if first > last {
        return Err(format!("{text:?} is not a range of ports: {first} comes after {last}"));
    }
    Ok(first..=last)
}

fn parse_hosts(text: &str) -> Result<Vec<HostPattern>, String> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if bare.contains('/') {
        let network =
            bare.parse().map_err(|_| format!("{bare:?} is not a network in CIDR notation"))?;
        return Ok(vec![HostPattern::Network(canonical_network(network))]);
    }
    Ok(match text.parse()? {
        Host::Address(address) => vec![HostPattern::Network(address.into())],
        Host::Name(name) if name == "localhost" => {
            LOOPBACK.map(|address| HostPattern::Network(address.into())).into()
        }
        Host::Name(name) => vec![HostPattern::Name(name)],
    })
}

/// Returns the IPv4 network of one that is written as IPv6 (`::ffff:10.0.0.0/104`), since addresses
/// are compared in canonical form.
fn canonical_network(network: IpNet) -> IpNet {
    match (canonical(network.addr()), network.prefix_len().checked_sub(96)) {
        // No network that is written as IPv4 has so long a prefix.
        (IpAddr::V4(address), Some(prefix)) => {
            ipnet::Ipv4Net::new(address, prefix).map_or(network, IpNet::V4)
        }
        _ => network,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_is_none_is_refused_with_the_part_that_is_wrong() {
        for (text, part) in [
            ("localhost", "\"localhost\""),
            ("localhost:http", "\"http\""),
            ("localhost:0", "\"0\""),
            ("localhost:9-1", "\"9-1\""),
            ("10.0.0.0/33:80", "\"10.0.0.0/33\""),
            ("a b:80", "\"a b\""),
            ("10..:80", "\"10..\""),
            ("a..b:80", "\"a..b\""),
        ] {
            let error = Pattern::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn every_form_of_a_pattern_is_read() {
        for text in
            ["db:5432", "db:1-9", "10.0.0.0/8:80", "127.0.0.1:80", "[::1]:80", "[fd00::/8]:80"]
        {
            assert_eq!(Pattern::parse(text).unwrap().len(), 1, "{text}");
        }
        assert_eq!(Pattern::parse("localhost:8888").unwrap().len(), 2);
    }

    #[test]
    fn any_free_port_takes_a_pattern_of_all_that_need_no_privilege() {
        for (ports, expected) in
            [("1024-65535", true), ("1-65535", true), ("1024-2000", false), ("2000-65535", false)]
        {
            let [pattern] = &Pattern::parse(&format!("127.0.0.1:{ports}")).unwrap()[..] else {
                panic!("{ports}");
            };
            assert_eq!(pattern.permits_listening([127, 0, 0, 1].into(), 0), expected, "{ports}");
        }
    }

    #[test]
    fn a_mapped_network_is_that_of_ipv4() {
        assert_eq!(Pattern::parse("[::ffff:10.0.0.0/104]:80"), Pattern::parse("10.0.0.0/8:80"));
    }
}
