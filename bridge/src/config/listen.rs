//! The flag that says where the bridge listens.

use std::net::{Ipv4Addr, SocketAddr};

use clap::Args;

use crate::listen::ListenAddress;

/// Where the bridge listens unless it is told otherwise.
const DEFAULT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Where the bridge listens.
#[derive(Clone, Debug, Default, Args)]
pub struct ListenFlags {
    /// Address to listen on, or the path of a Unix socket, to which the bridge's user and group may
    /// connect; 0.0.0.0:8080 lets others in (see --public-host); repeatable [default:
    /// 127.0.0.1:8080, or the sockets that systemd hands over]
    #[arg(
        id = "listen",
        long = "listen",
        env = "BRIDGE_LISTEN",
        value_name = "ADDR|unix:PATH",
        value_delimiter = ','
    )]
    pub given: Vec<ListenAddress>,
}

impl ListenFlags {
    /// Returns where to listen; `has_inherited` says whether systemd handed sockets over, which
    /// take the place of the default.
    #[must_use]
    pub fn addresses(&self, has_inherited: bool) -> Vec<ListenAddress> {
        if self.given.is_empty() && !has_inherited {
            return vec![ListenAddress::Tcp(DEFAULT)];
        }
        self.given.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_that_systemd_hands_over_take_the_place_of_the_default_alone() {
        let none = ListenFlags::default();
        assert_eq!(none.addresses(false), [ListenAddress::Tcp(DEFAULT)]);
        assert_eq!(none.addresses(true), []);
        let given = ListenFlags { given: vec!["127.0.0.1:1".parse().unwrap()] };
        assert_eq!(given.addresses(true), given.given);
    }
}
