//! For a class: how one bridge serves a room, and what everybody in it opens.

use crate::terminal_command::{self, START_BRIDGE, split};

/// The port that a bridge listens on unless it is told otherwise.
const PORT: u16 = 8080;

/// How one bridge serves a room.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// The commands that start it so: in the project's folder, or the program alone. None where it
    /// is: the page came over the network.
    pub start: Option<[String; 2]>,
    /// What everybody opens, with the machine's address or, where that is not known, `nowhere`.
    pub address: String,
    /// Whether the machine's address is known.
    pub is_known: bool,
}

impl Class {
    /// What there is to do for a page from `origin`, on a machine with this address in its network;
    /// `nowhere` stands for one that is not known.
    #[must_use]
    pub fn of(origin: &str, lan: Option<&str>, nowhere: &str) -> Self {
        let authority = origin.rsplit_once('/').map_or(origin, |(_, authority)| authority);
        let (host, port) = split(authority).unwrap_or((authority, PORT));
        if !is_loopback(host) {
            return Self { start: None, address: format!("{origin}/"), is_known: true };
        }
        let is_ipv6 = |address: &&str| address.bytes().any(|byte| byte == b':');
        let everywhere = if lan.as_ref().is_some_and(is_ipv6) { "[::]" } else { "0.0.0.0" };
        let listen = format!("{everywhere}:{port}");
        let start = [START_BRIDGE, "tcp-bridge"].map(|it| terminal_command::listening(it, &listen));
        let host = lan.unwrap_or(nowhere);
        let address = match lan.filter(is_ipv6) {
            Some(lan) => format!("http://[{lan}]:{port}/"),
            None => format!("http://{host}:{port}/"),
        };
        Self { start: Some(start), address, is_known: lan.is_some() }
    }
}

/// Whether a host, as a browser writes it, is this machine alone. One whose last part is a number
/// can only be an address of IPv4 there (URL standard, host parsing).
fn is_loopback(host: &str) -> bool {
    let is_ipv4 = host.starts_with("127.") && host.ends_with(|c: char| c.is_ascii_digit());
    is_ipv4 || host == "::1" || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(origin: &str, lan: Option<&str>) -> Class {
        Class::of(origin, lan, "THIS MACHINE")
    }

    #[test]
    fn a_page_of_this_machine_tells_how_to_let_a_room_in() {
        for origin in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
            let class = class(origin, Some("192.168.1.5"));
            let run = "cargo xtask run --listen 0.0.0.0:8080".to_owned();
            assert_eq!(class.start, Some([run, "tcp-bridge --listen 0.0.0.0:8080".to_owned()]));
            assert_eq!(class.address, "http://192.168.1.5:8080/");
        }
    }

    #[test]
    fn an_address_of_ipv6_is_listened_on_and_written_as_one() {
        let class = class("http://localhost:9000", Some("fd00::5"));
        assert!(class.start.unwrap()[0].ends_with("--listen '[::]:9000'"));
        assert_eq!(class.address, "http://[fd00::5]:9000/");
    }

    #[test]
    fn a_machine_whose_address_is_not_known_is_put_in_words() {
        let class = class("http://localhost:8080", None);
        assert_eq!((&*class.address, class.is_known), ("http://THIS MACHINE:8080/", false));
    }

    #[test]
    fn a_page_that_came_over_the_network_is_open_already() {
        for origin in ["http://192.168.1.5:8080", "https://bridge.school", "http://[fd00::5]:80"] {
            let class = class(origin, None);
            assert_eq!((class.start, class.address), (None, format!("{origin}/")));
        }
    }
}
