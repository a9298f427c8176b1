//! How one bridge serves a class: the command that starts it for the network, and the address that
//! everybody opens.

use echo_core::wire::{EchoLog, Info};

use crate::command::CopiedText;
use crate::copy::CopyableText;
use crate::terminal_command::{BridgeFlag, Reader, is_loopback, join, split, split_listen};

/// The port on which a bridge listens by default.
const DEFAULT_PORT: u16 = 8080;

/// How one bridge serves a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassView {
    /// The command that starts the bridge for the network; `None` if it serves the network already.
    pub start: Option<ClassStart>,
    /// What everybody opens.
    pub address: ClassAddress,
    /// Whether they come in by a token.
    pub has_token: bool,
    /// How much everybody is told then of the connections to the echo server.
    pub echo_log: EchoLog,
    /// Whether others in the network can read along, because the page came over plain HTTP.
    pub is_plain: bool,
}

/// The command that starts the bridge for the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassStart {
    /// The command.
    pub command: CopyableText,
    /// Whether it is typed in place of the one that started the bridge; if that is not known, it is
    /// one for the project's folder.
    pub is_restart: bool,
}

/// The address that everybody opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassAddress {
    /// A URL.
    Known(CopyableText),
    /// A URL with this port and this query; the machine's address in its network is not known.
    Unknown {
        /// The port.
        port: u16,
        /// The query, with its `?`, or nothing.
        query: String,
    },
    /// A URL that the bridge prints once it is started so, since it has the token.
    Printed,
}

impl ClassView {
    /// Returns what there is to do. The bridge described itself as `info`, if it is there, and
    /// `copied` is the text that was copied lately.
    #[must_use]
    pub fn new(reader: &Reader<'_>, info: Option<&Info>, copied: Option<&CopiedText>) -> Self {
        let lan = info.and_then(|info| info.lan.as_deref());
        let origin = reader.origin;
        let is_plain = !origin.starts_with("https:");
        let authority = origin.rsplit_once('/').map_or(origin, |(_, authority)| authority);
        let port = split(authority).map_or(DEFAULT_PORT, |(_, port)| port);
        let token = info.map(|info| info.token.as_str()).filter(|token| !token.is_empty());
        let query = token.map(|token| format!("?token={token}")).unwrap_or_default();
        let url = |host: &str| format!("http://{}/", join(host, port));
        let known = if reader.is_at_bridge() { lan.map(url) } else { Some(format!("{origin}/")) };
        let serves_network = !reader.is_at_bridge() || listens_beyond_loopback(reader.flags);
        let start = (!serves_network).then(|| {
            let listen = listen(lan, port);
            let flag = BridgeFlag::Listen(&listen);
            let command = reader.start_bridge(Some(flag)).to_string();
            let command = CopyableText::new(command, copied);
            ClassStart { command, is_restart: !reader.program.is_empty() }
        });
        let has_token = match &start {
            // A bridge that listens for a network asks for a token, where nothing else is said.
            Some(_) => !["off", "header:"]
                .iter()
                .any(|auth| reader.flags.contains(&format!("--auth {auth}"))),
            None => token.is_some(),
        };
        let address = match known {
            // The next bridge has another token, unless it reads the same file.
            _ if start.is_some() && has_token && !reader.flags.contains("--token-file ") => {
                ClassAddress::Printed
            }
            Some(url) => ClassAddress::Known(CopyableText::new(url + &query, copied)),
            None => ClassAddress::Unknown { port, query },
        };
        // Where nothing else is said, a bridge that listens for a network tells no bytes.
        let is_default = start.is_some() && !reader.flags.contains("--echo-log ");
        let echo_log = match info {
            Some(info) if !is_default => info.echo_log,
            _ => EchoLog::Counts,
        };
        Self { start, address, has_token, echo_log, is_plain }
    }
}

/// Returns the address to listen on for a network in which the machine has the address `lan`.
fn listen(lan: Option<&str>, port: u16) -> String {
    let is_ipv6 = lan.is_some_and(|lan| lan.contains(':'));
    format!("{}:{port}", if is_ipv6 { "[::]" } else { "0.0.0.0" })
}

/// Returns whether a bridge with these flags listens for others than its machine.
fn listens_beyond_loopback(flags: &str) -> bool {
    let (listen, _) = split_listen(flags);
    let mut addresses = listen.split(' ').filter_map(|word| split(word.trim_matches('\'')));
    addresses.any(|(host, _)| !is_loopback(host))
}

#[cfg(test)]
mod tests {
    use echo_core::wire::EchoServer;

    use super::*;

    const UNKNOWN: (&str, &str) = ("", "");

    fn invited(
        origin: &str,
        lan: Option<&str>,
        (program, flags): (&str, &str),
        token: &str,
    ) -> ClassView {
        let info = Info {
            version: String::new(),
            targets: vec![],
            echo: EchoServer::Own,
            echo_log: EchoLog::Full,
            max_message: 1,
            lan: lan.map(Into::into),
            listen: vec![],
            capture: None,
            program: program.into(),
            flags: flags.into(),
            token: token.into(),
        };
        let reader = Reader { origin, program, flags, own_echo: None };
        ClassView::new(&reader, Some(&info), None)
    }

    fn class(origin: &str, lan: Option<&str>, start: (&str, &str)) -> ClassView {
        invited(origin, lan, start, "")
    }

    #[test]
    fn a_class_is_not_told_of_bytes_unless_a_flag_says_so() {
        let of_flags = |flags| class("http://localhost:8080", None, ("tcp-bridge", flags)).echo_log;
        assert_eq!(of_flags(""), EchoLog::Counts);
        assert_eq!(of_flags("--echo-log full"), EchoLog::Full);
        // It serves the network already.
        assert_eq!(of_flags("--listen 0.0.0.0:8080"), EchoLog::Full);
    }

    fn address(class: &ClassView) -> &str {
        match &class.address {
            ClassAddress::Known(url) => &url.text,
            ClassAddress::Unknown { .. } | ClassAddress::Printed => "",
        }
    }

    fn command(class: &ClassView) -> &str {
        class.start.as_ref().map_or("", |start| &start.command.text)
    }

    #[test]
    fn a_page_of_this_machine_tells_how_to_let_a_class_in() {
        for origin in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
            let class = class(origin, Some("192.168.1.5"), ("tcp-bridge", "--echo off"));
            assert_eq!(command(&class), "tcp-bridge --echo off --listen 0.0.0.0:8080");
            assert_eq!((&class.address, class.has_token), (&ClassAddress::Printed, true));
        }
        let open = ("tcp-bridge", "--auth off");
        let class = class("http://localhost:8080", Some("192.168.1.5"), open);
        assert_eq!(command(&class), "tcp-bridge --auth off --listen 0.0.0.0:8080");
        assert_eq!((address(&class), class.has_token), ("http://192.168.1.5:8080/", false));
    }

    #[test]
    fn the_address_has_the_token_by_which_its_user_came_in() {
        let token = "7k3m-q9xw";
        let network = ("tcp-bridge", "--listen 0.0.0.0:8080");
        for (origin, lan, expected) in [
            (
                "http://localhost:8080",
                Some("192.168.1.5"),
                "http://192.168.1.5:8080/?token=7k3m-q9xw",
            ),
            ("https://bridge.school", None, "https://bridge.school/?token=7k3m-q9xw"),
        ] {
            let class = invited(origin, lan, network, token);
            assert_eq!((address(&class), class.has_token), (expected, true));
        }
        let class = invited("http://localhost:8080", None, network, token);
        let query = "?token=7k3m-q9xw".into();
        assert_eq!(class.address, ClassAddress::Unknown { port: 8080, query });
    }

    #[test]
    fn where_it_is_not_known_how_the_bridge_was_started_it_is_the_project_that_starts_it() {
        let class = class("http://localhost:8080", None, UNKNOWN);
        assert_eq!(command(&class), "cargo xtask run --listen 0.0.0.0:8080");
        assert!(!class.start.unwrap().is_restart);
    }

    #[test]
    fn an_ipv6_address_is_listened_on_and_written_as_one() {
        let class = class("http://localhost:9000", Some("fd00::5"), ("tcp-bridge", ""));
        assert_eq!(command(&class), "tcp-bridge --listen '[::]:9000'");
        let listening = ("tcp-bridge", "--listen '[::]:9000'");
        let class = self::class("http://localhost:9000", Some("fd00::5"), listening);
        assert_eq!(address(&class), "http://[fd00::5]:9000/");
    }

    #[test]
    fn an_unknown_address_is_left_to_the_user() {
        let class = class("http://localhost:8080", None, ("tcp-bridge", "--auth off"));
        assert_eq!(class.address, ClassAddress::Unknown { port: 8080, query: String::new() });
    }

    #[test]
    fn a_page_that_came_over_the_network_is_open_already() {
        for (origin, is_plain) in [
            ("http://192.168.1.5:8080", true),
            ("https://bridge.school", false),
            ("http://[fd00::5]:80", true),
        ] {
            let class = class(origin, None, UNKNOWN);
            assert_eq!((&class.start, class.is_plain), (&None, is_plain));
            assert_eq!(address(&class), format!("{origin}/"));
        }
    }

    #[test]
    fn a_bridge_that_listens_for_the_network_is_not_to_be_restarted_for_it() {
        for flags in ["--listen 0.0.0.0:8080", "--listen '[::]:8080' --echo off"] {
            let start = ("tcp-bridge", flags);
            let class = class("http://localhost:8080", Some("192.168.1.5"), start);
            assert_eq!((&class.start, address(&class)), (&None, "http://192.168.1.5:8080/"));
        }
    }
}
