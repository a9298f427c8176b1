//! From bytes to a TCP packet.

use std::net::{IpAddr, SocketAddr};
use std::ops::{BitOr, Range};

use etherparse::{Ipv4HeaderSlice, Ipv6HeaderSlice, TcpHeaderSlice};

use super::checksum::{self, Checksum};
use super::option::{self, OptionKind, TcpOption};
use super::{DecodeError, Frame, Origin};

/// The flags of a TCP header: its last nine bits of bytes 12 and 13 (RFC 9293, section 3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u16);

impl Flags {
    /// No more bytes follow.
    pub const FIN: Self = Self(0x01);
    /// Begins a connection.
    pub const SYN: Self = Self(0x02);
    /// Ends it at once.
    pub const RST: Self = Self(0x04);
    /// Pass it on without waiting for more.
    pub const PSH: Self = Self(0x08);
    /// The acknowledgement number counts.
    pub const ACK: Self = Self(0x10);
    /// The urgent pointer counts.
    pub const URG: Self = Self(0x20);
    /// Congestion was met (RFC 3168).
    pub const ECE: Self = Self(0x40);
    /// The sender slowed down (RFC 3168).
    pub const CWR: Self = Self(0x80);

    /// The names of the flags, lowest bit first.
    pub const NAMES: [&str; 8] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    /// Whether any of `others` is set.
    #[must_use]
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The names of those that are set, as Wireshark lists them: `SYN, ACK`.
    #[must_use]
    pub fn names(self) -> String {
        let mut names = String::new();
        for (bit, name) in Self::NAMES.iter().enumerate() {
            if self.0 >> bit & 1 == 1 {
                names.push_str(if names.is_empty() { "" } else { ", " });
                names.push_str(name);
            }
        }
        names
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A TCP packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its bytes, and when it passed.
    pub frame: Frame,
    /// What of it was measured.
    pub origin: Origin,
    /// Who sent it.
    pub source: SocketAddr,
    /// To whom.
    pub destination: SocketAddr,
    /// Its flags.
    pub flags: Flags,
    /// The sequence number of its first byte, as it stands there.
    pub seq: u32,
    /// The sequence number that the sender expects next, as it stands there.
    pub ack: u32,
    /// How many more bytes the sender takes, before it is scaled.
    pub window: u16,
    /// The options.
    pub options: Vec<TcpOption>,
    /// Where the payload is in the frame's bytes, as far as it was captured.
    pub payload: Range<usize>,
    /// How many bytes of payload passed.
    pub payload_length: u32,
    /// What its TCP checksum says.
    pub checksum: Checksum,
    /// Where the IP header begins in the frame's bytes.
    pub(super) ip: usize,
    /// Where the TCP header begins.
    pub(super) tcp: usize,
}

/// What an IP header says.
struct Ip {
    source: IpAddr,
    destination: IpAddr,
    /// How long it is, in bytes.
    header: usize,
    /// How long the packet is with it; as much as is there, where that is left to a card.
    total: usize,
}

impl Packet {
    /// The TCP packet in `frame`, which was captured.
    ///
    /// # Errors
    /// Why it is none.
    pub fn decode(frame: Frame) -> Result<Self, DecodeError> {
        let bytes = &frame.bytes[..];
        let at = frame.link.length(bytes)?;
        let ip = ip(&bytes[at..])?;
        let tcp = at + ip.header;
        // Ethernet pads what is shorter than 60 bytes.
        let end = bytes.len().min(at + ip.total);
        let segment = bytes.get(tcp..end).ok_or(DecodeError::Short)?;
        let header = TcpHeaderSlice::from_slice(segment).map_err(|_| DecodeError::Short)?;
        let start = tcp + header.slice().len();
        let missing = (at + ip.total) - end;
        let length = u32::try_from(end - start + missing).map_err(|_| DecodeError::Malformed)?;
        let checksum = if missing > 0 {
            Checksum::Unknown
        } else {
            checksum::judge(ip.source, ip.destination, segment)
        };
        Ok(Self {
            origin: Origin::Measured,
            source: SocketAddr::new(ip.source, header.source_port()),
            destination: SocketAddr::new(ip.destination, header.destination_port()),
            flags: Flags(u16::from(segment[12] & 1) << 8 | u16::from(segment[13])),
            seq: header.sequence_number(),
            ack: header.acknowledgment_number(),
            window: header.window_size(),
            options: option::options(bytes, tcp + 20..start),
            payload: start..end,
            payload_length: length,
            checksum,
            ip: at,
            tcp,
            frame,
        })
    }

    /// What the checksum of its IPv4 header says; IPv6 has none.
    #[must_use]
    pub fn header_checksum(&self) -> Option<Checksum> {
        let header = self.frame.bytes.get(self.ip..self.tcp).filter(|_| self.source.is_ipv4())?;
        Some(checksum::judge_header(header))
    }

    /// The payload, as far as it was captured.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.frame.bytes[self.payload.clone()]
    }

    /// How far it moves the sequence: its payload, and one each for SYN and FIN.
    #[must_use]
    pub fn sequence_length(&self) -> u32 {
        let marks = u32::from(self.flags.has(Flags::SYN)) + u32::from(self.flags.has(Flags::FIN));
        self.payload_length.wrapping_add(marks)
    }

    /// How often the sender's windows are to be doubled, as its SYN says; `None` without a word.
    pub(super) fn window_scale(&self) -> Option<u8> {
        self.options.iter().find_map(|option| match option.kind {
            OptionKind::WindowScale(scale) => Some(scale),
            _ => None,
        })
    }
}

fn ip(bytes: &[u8]) -> Result<Ip, DecodeError> {
    match bytes.first().ok_or(DecodeError::Short)? >> 4 {
        4 => ipv4(bytes),
        6 => ipv6(bytes),
        _ => Err(DecodeError::NotIp),
    }
}

fn ipv4(bytes: &[u8]) -> Result<Ip, DecodeError> {
    let header = Ipv4HeaderSlice::from_slice(bytes).map_err(|_| DecodeError::Short)?;
    if header.is_fragmenting_payload() {
        return Err(DecodeError::Fragment);
    }
    let total = match usize::from(header.total_len()) {
        0 => bytes.len(),
        total => total,
    };
    let (source, destination) = (header.source_addr().into(), header.destination_addr().into());
    of_tcp(header.protocol().0, Ip { source, destination, header: header.slice().len(), total })
}

fn ipv6(bytes: &[u8]) -> Result<Ip, DecodeError> {
    let header = Ipv6HeaderSlice::from_slice(bytes).map_err(|_| DecodeError::Short)?;
    let total = match usize::from(header.payload_length()) {
        0 => bytes.len(),
        payload => 40 + payload,
    };
    let (source, destination) = (header.source_addr().into(), header.destination_addr().into());
    of_tcp(header.next_header().0, Ip { source, destination, header: 40, total })
}

/// TCP is protocol 6; no extension header of IPv6 stands before it in practice.
fn of_tcp(protocol: u8, ip: Ip) -> Result<Ip, DecodeError> {
    match protocol {
        6 if ip.total < ip.header => Err(DecodeError::Malformed),
        6 => Ok(ip),
        _ => Err(DecodeError::NotTcp),
    }
}
