//! How to serve a class with one bridge: the command that starts it, and the address that everybody
//! opens.

use crate::terminal_command::{self, START_BRIDGE, split};

/// The port on which a bridge listens by default.
const DEFAULT_PORT: u16 = 8080;

/// How to serve a class with one bridge.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// The commands that start the bridge so that other machines reach it: in the project's folder,
    /// and with the installed program. `None` if they reach it already, since the page itself was
    /// loaded over the network.
    pub start: Option<[String; 2]>,
    /// The URL to open. It contains the placeholder if the machine's address is not known.
    pub address: String,
    /// Whether the URL contains the machine's address rather than the placeholder.
    pub is_known: bool,
}

impl Class {
    /// Returns the commands and the URL for a page from `origin`. `lan` is the machine's address in
    /// its local network, in place of which `placeholder` is written if it is not known.
    #[must_use]
    pub fn of(origin: &str, lan: Option<&str>, placeholder: &str) -> Self {
        let authority = origin.rsplit_once('/').map_or(origin, |(_, authority)| authority);
        let (host, port) = split(authority).unwrap_or((authority, DEFAULT_PORT));
        if !is_loopback(host) {
            return Self { start: None, address: format!("{origin}/"), is_known: true };
        }
        let is_ipv6 = |address: &&str| address.bytes().any(|byte| byte == b':');
        let unspecified = if lan.as_ref().is_some_and(is_ipv6) { "[::]" } else { "0.0.0.0" };
        let listen = format!("{unspecified}:{port}");
        let start = [START_BRIDGE, "tcp-bridge"].map(|it| terminal_command::listening(it, &listen));
        let host = lan.unwrap_or(placeholder);
        let address = match lan.filter(is_ipv6) {
            Some(lan) => format!("http://[{lan}]:{port}/"),
            None => format!("http://{host}:{port}/"),
        };
        Self { start: Some(start), address, is_known: lan.is_some() }
    }
}

/// Returns whether a host, as a browser serializes it, is a loopback address or `localhost`. What
/// starts with `127.` and ends with a digit counts as an IPv4 address, since a host whose last
/// label is a number can be nothing else (URL standard, "host parsing").
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
