//! Errors of decoding a packet or a capture file.

use std::fmt;

use super::file::MAX_FILE;

/// Why bytes cannot be decoded as a TCP packet, or as a file of packets.
///
/// Its [`Display`](fmt::Display) is an English sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The packet ends inside a header.
    Short,
    /// The link layer of this number is not known.
    Link(u16),
    /// It is no IPv4 or IPv6 packet.
    NotIp,
    /// It is no TCP packet.
    NotTcp,
    /// It is a fragment of an IP packet.
    Fragment,
    /// A header says something that cannot be.
    Malformed,
    /// The file begins with neither pcapng's nor pcap's magic number.
    NotACapture,
    /// The file has no packet of a TCP connection.
    Nothing,
    /// The file is longer than [`MAX_FILE`].
    TooLong,
    /// The file is damaged from this byte on, and has no packet of TCP before it.
    Broken(usize),
    /// The file ends inside what begins at this byte, and has no packet of TCP before it.
    CutOff(usize),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("The packet ends inside a header."),
            Self::Link(number) => write!(f, "The link layer with number {number} is not known."),
            Self::NotIp => f.write_str("This is no IPv4 or IPv6 packet."),
            Self::NotTcp => f.write_str("This is no TCP packet."),
            Self::Fragment => f.write_str("This is a fragment of an IP packet."),
            Self::Malformed => f.write_str("A header of the packet says what cannot be."),
            Self::NotACapture => f.write_str("This file is neither pcapng nor pcap."),
            Self::Nothing => f.write_str("This file has no packet of a TCP connection."),
            Self::TooLong => write!(f, "This file is longer than {} MiB.", MAX_FILE >> 20),
            Self::Broken(at) => write!(f, "This file is damaged from byte {at} on."),
            Self::CutOff(at) => {
                write!(f, "This file is cut off: what begins at byte {at} has no end.")
            }
        }
    }
}

impl std::error::Error for DecodeError {}
