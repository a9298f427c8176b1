//! Saving the packets of a connection as a file.

use std::net::IpAddr;

use echo_core::packets::file::{About, write};

use super::analyzer::PacketAnalyzer;
use super::context::PacketsContext;
use super::event::PacketsRequest;
use crate::role::Role;
use crate::terminal_command::without_scheme;

impl PacketAnalyzer {
    /// Returns the request to save the connection's packets, if there are any.
    #[must_use]
    pub fn save(&self, context: &PacketsContext) -> Option<PacketsRequest> {
        let record = context.record.as_ref()?;
        let capture = self.snapshot.capture(record, context.clock_began)?;
        let version = context.bridge.map_or(env!("CARGO_PKG_VERSION"), |info| &info.version);
        let about = About {
            application: &format!("Echo Playground {version}"),
            interface: self.snapshot.interface(),
            // A server does not know the name of its client.
            name: host_name(record.target)
                .filter(|_| record.role == Role::Client)
                .unwrap_or_default(),
            lost: self.snapshot.lost(),
            tls_secrets: self.snapshot.tls_secrets(),
        };
        let contents = write(capture, &about);
        Some(PacketsRequest::Save { name: file_name(record.target), contents })
    }
}

/// Returns the host of a target if it is a name: neither an address nor a server of the lab.
fn host_name(target: &str) -> Option<&str> {
    let (host, _) = without_scheme(target).rsplit_once(':')?;
    let is_name = host.bytes().all(is_plain);
    (is_name && host.parse::<IpAddr>().is_err()).then_some(host)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Returns the name of the file for a target. One hyphen stands for any run of characters that a
/// file system might not accept.
fn file_name(target: &str) -> String {
    let mut name = String::from("packets-");
    let mut has_hyphen = true;
    for byte in target.bytes() {
        if is_plain(byte) {
            name.push(char::from(byte));
        } else if !has_hyphen {
            name.push('-');
        }
        has_hyphen = !is_plain(byte);
    }
    name.push_str(".pcapng");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_told_as_one() {
        assert_eq!(host_name("localhost:8888"), Some("localhost"));
        assert_eq!(host_name("tls://localhost:8888"), Some("localhost"));
        assert_eq!(host_name("tls://127.0.0.1:8888"), None);
        assert_eq!(host_name("127.0.0.1:8888"), None);
        assert_eq!(host_name("[::1]:8888"), None);
        assert_eq!(host_name("lab/truncate:3"), None);
    }

    #[test]
    fn a_file_is_called_after_the_target() {
        assert_eq!(file_name("localhost:8888"), "packets-localhost-8888.pcapng");
        assert_eq!(file_name("tls://localhost:8443"), "packets-tls-localhost-8443.pcapng");
        assert_eq!(file_name("[::1]:7"), "packets-1-7.pcapng");
        assert_eq!(file_name("lab/truncate:3"), "packets-lab-truncate-3.pcapng");
    }
}
