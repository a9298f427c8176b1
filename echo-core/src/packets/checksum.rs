//! Whether a checksum is right.

use std::net::IpAddr;

use etherparse::checksum::Sum16BitWords;

/// What a checksum says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It is that of the bytes.
    Right,
    /// It is not: the packet was damaged, or made so.
    Wrong,
    /// It was left to the network card, or to nobody, as on loopback: it covers the pseudo-header
    /// alone, as Linux leaves it then.
    Offloaded,
    /// It cannot be told, since the packet was cut short.
    Unknown,
}

/// The pseudo-header of a TCP segment of this length (RFC 9293, section 3.1).
fn pseudo_header(source: IpAddr, destination: IpAddr, length: usize) -> Sum16BitWords {
    let mut sum = Sum16BitWords::new();
    for address in [source, destination] {
        sum = match address {
            IpAddr::V4(address) => sum.add_4bytes(address.octets()),
            IpAddr::V6(address) => sum.add_16bytes(address.octets()),
        };
    }
    // TCP is protocol 6. No segment is longer than 4 GiB.
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    sum.add_4bytes(length.to_be_bytes()).add_2bytes([0, 6])
}

/// The checksum that belongs into this segment, in whose own place there is zero.
pub(super) fn of_segment(source: IpAddr, destination: IpAddr, segment: &[u8]) -> u16 {
    let sum = pseudo_header(source, destination, segment.len()).add_slice(segment);
    sum.ones_complement().to_be()
}

/// Judges the checksum of a whole segment: header and payload.
pub(super) fn judge(source: IpAddr, destination: IpAddr, segment: &[u8]) -> Checksum {
    let pseudo = pseudo_header(source, destination, segment.len());
    let stored = &segment[16..18];
    // Summed with its own checksum in place, a segment gives zero.
    if pseudo.clone().add_slice(segment).ones_complement() == 0 {
        Checksum::Right
    } else if (!pseudo.ones_complement()).to_be().to_be_bytes() == stored {
        Checksum::Offloaded
    } else {
        Checksum::Wrong
    }
}

/// Judges the checksum of an IPv4 header, which none leaves out but a card that cuts it anew.
pub(super) fn judge_header(header: &[u8]) -> Checksum {
    if Sum16BitWords::new().add_slice(header).ones_complement() == 0 {
        Checksum::Right
    } else if header[10..12] == [0, 0] {
        Checksum::Offloaded
    } else {
        Checksum::Wrong
    }
}
