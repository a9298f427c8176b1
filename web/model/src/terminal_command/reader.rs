//! Who reads the page, and on which machine.

use echo_core::wire::TLS_PREFIX;

use super::{BridgeCommand, BridgeFlag, TcpTarget, join, split};

/// Who reads the page: what a command for their terminal has to name.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Where the page was loaded from, as in `http://localhost:8080`.
    pub origin: &'a str,
    /// What starts the bridge's program, as it reported that last. It is empty if it did not, since
    /// it tells it on its own machine alone.
    pub program: &'a str,
    /// The flags of the bridge, likewise.
    pub flags: &'a str,
    /// The address of the bridge's own echo server, if it runs one now.
    pub own_echo: Option<&'a str>,
}

impl Reader<'_> {
    /// Returns whether the reader's terminal is on the bridge's machine, as far as a page can know.
    #[must_use]
    pub fn is_at_bridge(&self) -> bool {
        is_loopback(self.bridge_host())
    }

    /// Returns what starts the bridge's program.
    #[must_use]
    pub fn program(&self) -> &str {
        if self.program.is_empty() { "tcp-bridge" } else { self.program }
    }

    /// Returns the command that starts the bridge as it was, with one more flag if there is one.
    #[must_use]
    pub fn start_bridge<'a>(&'a self, added: Option<BridgeFlag<'a>>) -> BridgeCommand<'a> {
        BridgeCommand { program: self.program, flags: self.flags, added }
    }

    /// Returns the address by which the reader's terminal reaches a target of the bridge: on another
    /// machine, `localhost` is not the bridge's. Returns `None` for the bridge's own echo server if
    /// only the bridge's machine reaches that, and if `target` is neither
    /// `host:port` nor `tls://host:port`.
    #[must_use]
    pub fn reach(&self, target: &str) -> Option<String> {
        let TcpTarget { host, port, is_tls } = TcpTarget::of(target)?;
        if self.is_at_bridge() || !is_loopback(host) {
            return Some(target.into());
        }
        let scheme = if is_tls { TLS_PREFIX } else { "" };
        (self.own_echo != Some(target)).then(|| scheme.to_owned() + &join(self.bridge_host(), port))
    }

    fn bridge_host(&self) -> &str {
        let authority = self.origin.rsplit('/').next().unwrap_or_default();
        split(authority).map_or(authority, |(host, _)| host)
    }
}

/// Returns `true` if a host, as browsers write it, is this machine alone. A host whose last part is
/// a number can only be an IPv4 address there (URL standard, host parsing).
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let is_ipv4 = host.starts_with("127.") && host.ends_with(|c: char| c.is_ascii_digit());
    is_ipv4 || host == "::1" || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(origin: &str) -> Reader<'_> {
        Reader { origin, program: "", flags: "", own_echo: Some("localhost:8888") }
    }

    #[test]
    fn on_the_bridges_machine_a_target_is_what_it_is() {
        for origin in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"] {
            assert!(reader(origin).is_at_bridge());
            assert_eq!(reader(origin).reach("localhost:8888").as_deref(), Some("localhost:8888"));
        }
        assert_eq!(reader("http://localhost:8080").reach("lab/upper"), None);
    }

    #[test]
    fn on_another_machine_localhost_is_not_the_bridges() {
        for (origin, reached) in [
            ("http://192.168.1.5:8080", "192.168.1.5:7"),
            ("http://[fd00::5]:8080", "[fd00::5]:7"),
            ("https://bridge.school", "bridge.school:7"),
        ] {
            assert!(!reader(origin).is_at_bridge());
            for target in ["localhost:7", "127.0.0.1:7", "[::1]:7"] {
                assert_eq!(reader(origin).reach(target).as_deref(), Some(reached));
            }
            let tls = reader(origin).reach("tls://localhost:7");
            assert_eq!(tls, Some(format!("tls://{reached}")));
            assert_eq!(reader(origin).reach("db.example:7").as_deref(), Some("db.example:7"));
            assert_eq!(reader(origin).reach("localhost:8888"), None);
        }
    }
}
