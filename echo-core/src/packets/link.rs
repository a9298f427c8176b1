//! What the bytes of a captured packet begin with.

use etherparse::Ethernet2HeaderSlice;

use super::DecodeError;

/// A link layer, by the numbers of the registry that pcap and pcapng use
/// (<https://www.tcpdump.org/linktypes.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// BSD's loopback: the address family in the byte order of the machine that captured.
    Null = 0,
    /// Ethernet; Linux' loopback has it, too, with all addresses zero.
    Ethernet = 1,
    /// None: the bytes begin with IPv4 or IPv6.
    Raw = 101,
    /// OpenBSD's loopback: the address family in network byte order.
    Loop = 108,
    /// Linux "cooked", of the interface `any`.
    Cooked = 113,
    /// None: the bytes begin with IPv4.
    Ipv4 = 228,
    /// None: the bytes begin with IPv6.
    Ipv6 = 229,
    /// Linux "cooked", version 2.
    Cooked2 = 276,
}

const ALL: [Link; 8] = [
    Link::Null,
    Link::Ethernet,
    Link::Raw,
    Link::Loop,
    Link::Cooked,
    Link::Ipv4,
    Link::Ipv6,
    Link::Cooked2,
];

/// The `EtherType` of a VLAN's tag (IEEE 802.1Q): four bytes follow, and the next `EtherType`.
const VLAN: u16 = 0x8100;
const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;

impl Link {
    /// Its number in files.
    #[must_use]
    pub fn number(self) -> u16 {
        self as u16
    }

    /// The link layer of this number.
    ///
    /// # Errors
    /// [`DecodeError::Link`] for all that is not listed here.
    pub fn from_number(number: u16) -> Result<Self, DecodeError> {
        ALL.into_iter().find(|link| link.number() == number).ok_or(DecodeError::Link(number))
    }

    /// How many bytes of it stand before the IP header.
    pub(super) fn length(self, bytes: &[u8]) -> Result<usize, DecodeError> {
        let (kind, length) = match self {
            Self::Raw | Self::Ipv4 | Self::Ipv6 => return Ok(0),
            // 2 is IPv4 everywhere; IPv6's number is each system's own, and the IP header says it.
            Self::Null | Self::Loop => return has(bytes, 4),
            Self::Ethernet => {
                let header =
                    Ethernet2HeaderSlice::from_slice(bytes).map_err(|_| DecodeError::Short)?;
                let kind = header.ether_type().0;
                if kind == VLAN { (be16(bytes, 16)?, 18) } else { (kind, 14) }
            }
            Self::Cooked => (be16(bytes, 14)?, 16),
            Self::Cooked2 => (be16(bytes, 0)?, 20),
        };
        if kind != IPV4 && kind != IPV6 {
            return Err(DecodeError::NotIp);
        }
        has(bytes, length)
    }

    /// Whether it is a loopback interface's, on which some see each packet twice.
    pub(super) fn is_loopback(self, bytes: &[u8]) -> bool {
        match self {
            Self::Null | Self::Loop => true,
            Self::Ethernet => bytes.len() > 12 && bytes[..12] == [0; 12],
            // ARPHRD_LOOPBACK of Linux.
            Self::Cooked => be16(bytes, 2) == Ok(772),
            Self::Cooked2 => be16(bytes, 8) == Ok(772),
            Self::Raw | Self::Ipv4 | Self::Ipv6 => false,
        }
    }
}

fn has(bytes: &[u8], length: usize) -> Result<usize, DecodeError> {
    if bytes.len() < length { Err(DecodeError::Short) } else { Ok(length) }
}

/// The number in two bytes, in network byte order.
pub(super) fn be16(bytes: &[u8], at: usize) -> Result<u16, DecodeError> {
    match bytes.get(at..at + 2) {
        Some(&[high, low]) => Ok(u16::from_be_bytes([high, low])),
        _ => Err(DecodeError::Short),
    }
}
