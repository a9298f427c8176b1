//! How one bridge serves a class: the commands that start it for the network, and the address that
//! everybody opens.

use crate::command::CopiedText;
use crate::copy::CopyableText;
use crate::terminal_command::{self, START_BRIDGE, split};

/// The port on which a bridge listens by default.
const DEFAULT_PORT: u16 = 8080;

/// How one bridge serves a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassView {
    /// The commands that start the bridge for the network: in the project's folder, and with the
    /// program alone. `None` if it serves the network already, as this page came over it.
    pub start: Option<[CopyableText; 2]>,
    /// What everybody opens.
    pub address: ClassAddress,
    /// Whether others in the network can read along, because the page came over plain HTTP.
    pub is_plain: bool,
}

/// The address that everybody opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassAddress {
    /// A URL.
    Known(CopyableText),
    /// A URL with this port; the machine's address in its network is not known.
    Unknown {
        /// The port.
        port: u16,
    },
}

impl ClassView {
    /// Returns what there is to do. The page came from `origin`, the machine has the address `lan`
    /// in its network if that is known, and `copied` is the text that was copied lately.
    #[must_use]
    pub fn new(origin: &str, lan: Option<&str>, copied: Option<&CopiedText>) -> Self {
        let copyable = |text| CopyableText::new(text, copied);
        let is_plain = !origin.starts_with("https:");
        let authority = origin.rsplit_once('/').map_or(origin, |(_, authority)| authority);
        let (host, port) = split(authority).unwrap_or((authority, DEFAULT_PORT));
        if !is_loopback(host) {
            let address = ClassAddress::Known(copyable(format!("{origin}/")));
            return Self { start: None, address, is_plain };
        }
        let is_ipv6 = lan.is_some_and(|lan| lan.bytes().any(|byte| byte == b':'));
        let listen = format!("{}:{port}", if is_ipv6 { "[::]" } else { "0.0.0.0" });
        let start = [START_BRIDGE, "tcp-bridge"].map(|it| terminal_command::listening(it, &listen));
        let address = match lan {
            None => ClassAddress::Unknown { port },
            Some(lan) if is_ipv6 => {
                ClassAddress::Known(copyable(format!("http://[{lan}]:{port}/")))
            }
            Some(lan) => ClassAddress::Known(copyable(format!("http://{lan}:{port}/"))),
        };
        Self { start: Some(start.map(copyable)), address, is_plain }
    }
}

/// Returns `true` if a host, as browsers write it, is this machine alone. A host whose last part is
/// a number can only be an IPv4 address there (URL standard, host parsing).
fn is_loopback(host: &str) -> bool {
    let is_ipv4 = host.starts_with("127.") && host.ends_with(|c: char| c.is_ascii_digit());
    is_ipv4 || host == "::1" || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(origin: &str, lan: Option<&str>) -> ClassView {
        ClassView::new(origin, lan, None)
    }

    fn address(class: &ClassView) -> &str {
        match &class.address {
            ClassAddress::Known(url) => &url.text,
            ClassAddress::Unknown { .. } => "",
        }
    }

    fn commands(class: &ClassView) -> Vec<&str> {
        class.start.iter().flatten().map(|command| &*command.text).collect()
    }

    #[test]
    fn a_page_of_this_machine_tells_how_to_let_a_class_in() {
        for origin in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
            let class = class(origin, Some("192.168.1.5"));
            let run = "cargo xtask run --listen 0.0.0.0:8080";
            assert_eq!(commands(&class), [run, "tcp-bridge --listen 0.0.0.0:8080"]);
            assert_eq!(address(&class), "http://192.168.1.5:8080/");
        }
    }

    #[test]
    fn an_ipv6_address_is_listened_on_and_written_as_one() {
        let class = class("http://localhost:9000", Some("fd00::5"));
        assert!(commands(&class)[0].ends_with("--listen '[::]:9000'"));
        assert_eq!(address(&class), "http://[fd00::5]:9000/");
    }

    #[test]
    fn an_unknown_address_is_left_to_the_user() {
        let class = class("http://localhost:8080", None);
        assert_eq!(class.address, ClassAddress::Unknown { port: 8080 });
    }

    #[test]
    fn a_page_that_came_over_the_network_is_open_already() {
        for (origin, is_plain) in [
            ("http://192.168.1.5:8080", true),
            ("https://bridge.school", false),
            ("http://[fd00::5]:80", true),
        ] {
            let class = class(origin, None);
            assert_eq!((&class.start, class.is_plain), (&None, is_plain));
            assert_eq!(address(&class), format!("{origin}/"));
        }
    }
}
