//! Packets as a file that somebody takes along.

use std::net::IpAddr;

use echo_core::packets::file::{About, write};

use super::{Packets, PacketsContext, PacketsEvent};
use crate::command::Command;

/// What kind of file it is: pcapng has no registered name, and tools go by this one.
const KIND: &str = "application/x-pcapng";

impl Packets {
    /// The run's packets as a file, if it has any.
    #[must_use]
    pub fn save(&self, scene: &PacketsContext) -> Option<Command<PacketsEvent>> {
        let record = scene.record.as_ref()?;
        let capture = self.told.capture(record, scene.clock_began)?;
        let version = scene.version.unwrap_or(env!("CARGO_PKG_VERSION"));
        let about = About {
            application: &format!("Echo Playground {version}"),
            interface: self.told.interface(),
            name: host(record.target).unwrap_or_default(),
            lost: self.told.lost(),
        };
        let bytes = write(capture, &about);
        Some(Command::SaveFile {
            name: file_name(record.target),
            media_type: KIND,
            contents: bytes,
        })
    }
}

/// The name in a target; none, where there is an address, or a server of the lab.
fn host(target: &str) -> Option<&str> {
    let (host, _) = target.rsplit_once(':')?;
    let is_name = host.bytes().all(is_plain);
    (is_name && host.parse::<IpAddr>().is_err()).then_some(host)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// After the target; one stroke stands for all that systems might not like in a name.
fn file_name(target: &str) -> String {
    let mut name = String::from("packets-");
    let mut has_stroke = true;
    for byte in target.bytes() {
        if is_plain(byte) {
            name.push(char::from(byte));
        } else if !has_stroke {
            name.push('-');
        }
        has_stroke = !is_plain(byte);
    }
    name.push_str(".pcapng");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_told_as_one() {
        assert_eq!(host("localhost:8888"), Some("localhost"));
        assert_eq!(host("127.0.0.1:8888"), None);
        assert_eq!(host("[::1]:8888"), None);
        assert_eq!(host("lab/truncate:3"), None);
    }

    #[test]
    fn a_file_is_called_after_the_target() {
        assert_eq!(file_name("localhost:8888"), "packets-localhost-8888.pcapng");
        assert_eq!(file_name("[::1]:7"), "packets-1-7.pcapng");
        assert_eq!(file_name("lab/truncate:3"), "packets-lab-truncate-3.pcapng");
    }
}
