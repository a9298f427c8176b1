//! Which fields the headers have, and where: RFC 791, 8200 and 9293, IEEE 802.3, and
//! <https://www.tcpdump.org/linktypes.html> for the rest.

use crate::packets::{Aspect, Origin};

/// Which field it is; the words for it are the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are called as the standards call them")]
pub enum Key {
    MacDestination,
    MacSource,
    EtherType,
    AddressFamily,
    PacketType,
    HardwareType,
    AddressLength,
    HardwareAddress,
    InterfaceIndex,
    Version,
    HeaderLength,
    TrafficClass,
    FlowLabel,
    TotalLength,
    PayloadLength,
    Identification,
    FragmentFlags,
    FragmentOffset,
    TimeToLive,
    Protocol,
    HeaderChecksum,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Sequence,
    Acknowledgment,
    Flags,
    Window,
    Checksum,
    UrgentPointer,
    EndOfOptions,
    NoOperation,
    MaximumSegmentSize,
    WindowScale,
    SackPermitted,
    Sack,
    Timestamps,
    OtherOption,
    Payload,
}

/// How a value is written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Number,
    Hex,
    Mac,
    Source,
    Destination,
    /// A number of words of four bytes, as bytes.
    Words4,
    Flags,
}

/// A field: where its bytes are in the header, and which bits of them it has.
pub(super) struct Spec {
    pub(super) key: Key,
    at: u8,
    length: u8,
    shift: u8,
    bits: u8,
    pub(super) form: Form,
}

impl Spec {
    pub(super) fn at(&self) -> usize {
        usize::from(self.at)
    }

    pub(super) fn end(&self) -> usize {
        usize::from(self.at + self.length)
    }

    /// The value of its bits in `bytes`, which are its own.
    pub(super) fn number(&self, bytes: &[u8]) -> u32 {
        let whole = bytes.iter().fold(0, |sum: u32, byte| sum << 8 | u32::from(*byte));
        let mask = u32::MAX >> (32 - self.bits);
        whole >> self.shift & mask
    }

    /// Whether it was measured in a packet of this origin.
    pub(super) fn measured(&self, origin: Origin) -> bool {
        match self.key {
            Key::Source | Key::SourcePort => origin.measured(Aspect::Source),
            Key::Destination | Key::DestinationPort => origin.measured(Aspect::Destination),
            Key::Flags => origin.measured(Aspect::Flags),
            _ => origin == Origin::Measured,
        }
    }
}

/// A field of whole bytes.
const fn whole(key: Key, at: u8, length: u8, form: Form) -> Spec {
    let bits = if length > 4 { 32 } else { length * 8 };
    Spec { key, at, length, shift: 0, bits, form }
}

/// A field of some bits.
const fn bits(key: Key, at: u8, length: u8, shift: u8, bits: u8, form: Form) -> Spec {
    Spec { key, at, length, shift, bits, form }
}

pub(super) const ETHERNET: &[Spec] = &[
    whole(Key::MacDestination, 0, 6, Form::Mac),
    whole(Key::MacSource, 6, 6, Form::Mac),
    whole(Key::EtherType, 12, 2, Form::Hex),
];

pub(super) const NULL: &[Spec] = &[whole(Key::AddressFamily, 0, 4, Form::Hex)];

pub(super) const COOKED: &[Spec] = &[
    whole(Key::PacketType, 0, 2, Form::Number),
    whole(Key::HardwareType, 2, 2, Form::Number),
    whole(Key::AddressLength, 4, 2, Form::Number),
    whole(Key::HardwareAddress, 6, 8, Form::Mac),
    whole(Key::EtherType, 14, 2, Form::Hex),
];

pub(super) const COOKED2: &[Spec] = &[
    whole(Key::EtherType, 0, 2, Form::Hex),
    whole(Key::InterfaceIndex, 4, 4, Form::Number),
    whole(Key::HardwareType, 8, 2, Form::Number),
    whole(Key::PacketType, 10, 1, Form::Number),
    whole(Key::AddressLength, 11, 1, Form::Number),
    whole(Key::HardwareAddress, 12, 8, Form::Mac),
];

pub(super) const IPV4: &[Spec] = &[
    bits(Key::Version, 0, 1, 4, 4, Form::Number),
    bits(Key::HeaderLength, 0, 1, 0, 4, Form::Words4),
    whole(Key::TrafficClass, 1, 1, Form::Hex),
    whole(Key::TotalLength, 2, 2, Form::Number),
    whole(Key::Identification, 4, 2, Form::Hex),
    bits(Key::FragmentFlags, 6, 1, 5, 3, Form::Hex),
    bits(Key::FragmentOffset, 6, 2, 0, 13, Form::Number),
    whole(Key::TimeToLive, 8, 1, Form::Number),
    whole(Key::Protocol, 9, 1, Form::Number),
    whole(Key::HeaderChecksum, 10, 2, Form::Hex),
    whole(Key::Source, 12, 4, Form::Source),
    whole(Key::Destination, 16, 4, Form::Destination),
];

pub(super) const IPV6: &[Spec] = &[
    bits(Key::Version, 0, 1, 4, 4, Form::Number),
    bits(Key::TrafficClass, 0, 2, 4, 8, Form::Hex),
    bits(Key::FlowLabel, 1, 3, 0, 20, Form::Hex),
    whole(Key::PayloadLength, 4, 2, Form::Number),
    whole(Key::Protocol, 6, 1, Form::Number),
    whole(Key::TimeToLive, 7, 1, Form::Number),
    whole(Key::Source, 8, 16, Form::Source),
    whole(Key::Destination, 24, 16, Form::Destination),
];

pub(super) const TCP: &[Spec] = &[
    whole(Key::SourcePort, 0, 2, Form::Number),
    whole(Key::DestinationPort, 2, 2, Form::Number),
    whole(Key::Sequence, 4, 4, Form::Number),
    whole(Key::Acknowledgment, 8, 4, Form::Number),
    bits(Key::HeaderLength, 12, 1, 4, 4, Form::Words4),
    bits(Key::Flags, 12, 2, 0, 9, Form::Flags),
    whole(Key::Window, 14, 2, Form::Number),
    whole(Key::Checksum, 16, 2, Form::Hex),
    whole(Key::UrgentPointer, 18, 2, Form::Number),
];
