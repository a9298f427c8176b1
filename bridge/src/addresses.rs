//! Under which URLs the bridge is opened.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::local;

/// The URLs of a bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// The one for this machine.
    pub here: String,
    /// The one for others in its network, if they can open another one.
    pub network: Option<String>,
}

impl Urls {
    /// Returns the URLs of a bridge that listens on an address.
    #[must_use]
    pub fn of(listen: SocketAddr, is_https: bool) -> Self {
        let scheme = if is_https { "https" } else { "http" };
        let url = |ip: IpAddr| format!("{scheme}://{}/", SocketAddr::new(ip, listen.port()));
        match listen.ip() {
            // Nobody can open these.
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => {
                Self { here: url(Ipv4Addr::LOCALHOST.into()), network: in_network().map(url) }
            }
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => {
                Self { here: url(Ipv6Addr::LOCALHOST.into()), network: in_network().map(url) }
            }
            ip => Self { here: url(ip), network: None },
        }
    }
}

/// Returns the address that others in the network reach this machine at, if it has one: the source
/// address of a packet to a distant network.
pub(crate) fn in_network() -> Option<IpAddr> {
    // Addresses for documentation, which no machine has (RFC 5737, section 3; RFC 3849, section 2).
    let far4 = Ipv4Addr::new(192, 0, 2, 1);
    let far6 = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
    towards(far4.into()).or_else(|| towards(far6.into()))
}

/// Returns the source address of packets to `far`, if it is not a loopback address.
fn towards(far: IpAddr) -> Option<IpAddr> {
    let address = local::source(SocketAddr::new(far, local::DISCARD)).ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_nobody_can_open_is_not_told() {
        for (listen, here) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("192.168.1.5:80", "http://192.168.1.5:80/"),
            ("0.0.0.0:8080", "http://127.0.0.1:8080/"),
            ("[::]:8080", "http://[::1]:8080/"),
        ] {
            assert_eq!(Urls::of(listen.parse().unwrap(), false).here, here);
        }
        assert_eq!(Urls::of("[::1]:443".parse().unwrap(), true).here, "https://[::1]:443/");
        assert_eq!(Urls::of("127.0.0.1:8080".parse().unwrap(), false).network, None);
        let network = Urls::of("0.0.0.0:8080".parse().unwrap(), false).network;
        assert_eq!(
            network,
            in_network().map(|ip| format!("http://{}/", SocketAddr::new(ip, 8080)))
        );
    }
}
