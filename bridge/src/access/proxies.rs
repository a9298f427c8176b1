//! The reverse proxies whose word about a client is believed.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::config::ProxyNetwork;
use crate::targets::canonical;

/// The networks of the reverse proxies that `--trusted-proxy` gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    pub(crate) fn new(networks: &[ProxyNetwork]) -> Self {
        Self(networks.iter().map(|ProxyNetwork(network)| *network).collect())
    }

    /// Returns whether a trusted proxy has this address.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let address = canonical(address);
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
pub(crate) fn proxies(networks: &[&str]) -> Proxies {
    let networks: Vec<_> = networks.iter().map(|network| network.parse().unwrap()).collect();
    Proxies::new(&networks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_of_the_networks_are_trusted_and_no_others() {
        let proxies = proxies(&["10.0.0.0/8", "127.0.0.1", "fd00::/8"]);
        for address in ["10.1.2.3", "::ffff:10.1.2.3", "127.0.0.1", "fd12::1"] {
            assert!(proxies.contains(address.parse().unwrap()), "{address}");
        }
        for address in ["11.0.0.1", "127.0.0.2", "::1", "fe80::1"] {
            assert!(!proxies.contains(address.parse().unwrap()), "{address}");
        }
        assert!(!Proxies::default().contains([127, 0, 0, 1].into()));
    }
}
