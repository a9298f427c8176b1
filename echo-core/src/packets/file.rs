//! Packets as files: pcapng written, pcapng and pcap read
//! (<https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/>,
//! <https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/>).
//!
//! The crate that does this in general, `pcap-file`, would be a tenth of the page (16 KiB under
//! brotli, and this 4); tests hold the two against each other, and against tshark.

mod blocks;
mod read;
mod write;

use std::net::IpAddr;

use super::Capture;
pub use read::read;
pub use write::write;

/// The longest file that is read, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;
/// The most connections that are kept of a file; packets of others are counted.
pub const MAX_CONNECTIONS: usize = 64;
/// The most names that are kept of a file.
const MAX_NAMES: usize = 64;
/// The most bytes of TLS secrets that are kept of a file: those of some hundred connections.
pub const MAX_TLS_SECRETS: usize = 64 * 1024;

/// What a file says besides its packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// The program that writes it, with its version.
    pub application: &'a str,
    /// The network interface, if it is known.
    pub interface: &'a str,
    /// The target's name; empty, if it was an address.
    pub name: &'a str,
    /// How many packets passed that were not captured, as far as is known.
    pub lost: u64,
    /// Lines of a key log (RFC 9850), by which the packets can be decrypted; empty if there are none.
    pub tls_secrets: &'a str,
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Its TCP connections: at least one, in the order of their first packets.
    pub captures: Vec<Capture>,
    /// What addresses are called.
    pub names: Vec<(IpAddr, String)>,
    /// Lines of key logs (RFC 9850) by which packets of TLS can be decrypted, at most
    /// [`MAX_TLS_SECRETS`] bytes.
    pub tls_secrets: String,
    /// How many packets are not shown: no TCP, or more than there is room for.
    pub skipped: u64,
    /// Whether the file could be read to its end.
    pub end: FileEnd,
}

/// Whether a file could be read to its end, or where that was not possible any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileEnd {
    /// All of it was read.
    #[default]
    Whole,
    /// The packet, or other block, that begins at this byte is not there to its end: the file was
    /// copied before it was complete, or the program that wrote it was stopped.
    CutOff(usize),
    /// What stands from this byte on is no packet and no other block.
    Damaged(usize),
}

impl Read {
    /// Returns how many packets the file has, whether they are shown or not.
    #[must_use]
    pub fn packet_count(&self) -> u64 {
        let shown = self.captures.iter().map(|capture| capture.packets().len() as u64);
        shown.sum::<u64>() + self.skipped
    }
}
