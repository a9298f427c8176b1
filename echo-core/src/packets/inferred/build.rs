//! One packet after the other, as a plain TCP would send them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use etherparse::{IpNumber, Ipv4Header, Ipv6Header, TcpHeader};

use super::known;
use crate::packets::capture::{Capture, End, PushOutcome};
use crate::packets::decode::{Flags, Packet};
use crate::packets::{Aspect, Frame, Link, Origin, checksum};

/// The port of a client whose address is not known: the first dynamic one (RFC 6335, section 6).
const PLACEHOLDER_PORT: u16 = 49152;
/// The window that is made up: the largest that fits.
const WINDOW: u16 = 0xffff;
/// As Linux sends them.
const TIME_TO_LIVE: u8 = 64;
/// The largest segment on loopback, whose packets may have 65,536 bytes; one on Ethernet.
const MSS_LOOPBACK: u16 = 65_483;
const MSS_ETHERNET: u16 = 1_440;

pub(super) struct Builder<'a> {
    pub(super) capture: Capture,
    ends: [SocketAddr; 2],
    /// Whether the client's address is known.
    is_client_known: bool,
    mss: u16,
    /// The next sequence number of each end; they begin with 0.
    next: [u32; 2],
    /// What each end says from here on, as far as it is known.
    rest: [&'a [u8]; 2],
    at_ns: u64,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        client: Option<SocketAddr>,
        server: SocketAddr,
        mss: Option<u16>,
        said: [&'a [u8]; 2],
    ) -> Self {
        let is_client_known = client.is_some();
        let client = client.unwrap_or_else(|| placeholder_client(server));
        let usual = if server.ip().is_loopback() { MSS_LOOPBACK } else { MSS_ETHERNET };
        // A packet with its headers fits into 65,535 bytes.
        let mss = mss.filter(|mss| *mss > 0).unwrap_or(usual).min(MSS_LOOPBACK - 20);
        let capture = Capture::new(client, server);
        Self {
            capture,
            ends: [client, server],
            is_client_known,
            mss,
            next: [0; 2],
            rest: said,
            at_ns: 0,
        }
    }

    /// What follows happened then.
    pub(super) fn at(&mut self, at_ns: u64) {
        self.at_ns = at_ns;
    }

    pub(super) fn call(&mut self) {
        let known = if self.is_client_known { known::MARK } else { known::CALLED };
        self.send(End::Client, Flags::SYN, &[], known);
    }

    pub(super) fn connect(&mut self) {
        self.send(End::Server, Flags::SYN | Flags::ACK, &[], known::MARK);
        self.acknowledge(End::Client);
    }

    pub(super) fn refuse(&mut self) {
        self.send(End::Server, Flags::RST | Flags::ACK, &[], known::REFUSED);
    }

    pub(super) fn data(&mut self, by: End, bytes: u64) {
        let mut left = bytes;
        while left > 0 {
            let length = usize::try_from(left).unwrap_or(usize::MAX).min(usize::from(self.mss));
            left -= length as u64;
            let (known, payload) = self.payload(by, length);
            let flags = if left == 0 { Flags::PSH | Flags::ACK } else { Flags::ACK };
            let outcome = self.send(by, flags, &payload, known);
            if matches!(outcome, PushOutcome::Full | PushOutcome::Foreign) {
                return;
            }
        }
        if bytes > 0 {
            self.acknowledge(by.other());
        }
    }

    /// The next bytes that `by` said, or as many zeros where they are not known any more.
    fn payload(&mut self, by: End, length: usize) -> (&'static [Aspect], Vec<u8>) {
        let rest = &mut self.rest[by as usize];
        match rest.split_at_checked(length) {
            Some((bytes, after)) => {
                *rest = after;
                (known::DATA, bytes.to_vec())
            }
            None => (known::FORGOTTEN, vec![0; length]),
        }
    }

    pub(super) fn finish(&mut self, by: End, timed: bool) {
        let known = if timed { known::MARK } else { known::UNTIMED };
        self.send(by, Flags::FIN | Flags::ACK, &[], known);
        self.acknowledge(by.other());
    }

    pub(super) fn reset(&mut self, by: End) {
        self.send(by, Flags::RST | Flags::ACK, &[], known::UNTIMED);
    }

    fn acknowledge(&mut self, by: End) {
        self.send(by, Flags::ACK, &[], known::ACK);
    }

    fn send(
        &mut self,
        by: End,
        flags: Flags,
        payload: &[u8],
        known: &'static [Aspect],
    ) -> PushOutcome {
        let bytes = self.bytes(by, flags, payload);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let frame = Frame { at_ns: self.at_ns, link: Link::Raw, length, bytes };
        let Ok(mut packet) = Packet::decode(frame) else { return PushOutcome::Foreign };
        packet.origin = Origin::Inferred(known);
        let next = &mut self.next[by as usize];
        *next = next.wrapping_add(packet.sequence_length());
        self.capture.push(packet)
    }

    fn bytes(&self, by: End, flags: Flags, payload: &[u8]) -> Vec<u8> {
        let (from, to) = (self.ends[by as usize], self.ends[by.other() as usize]);
        let mut header = TcpHeader::new(from.port(), to.port(), self.next[by as usize], WINDOW);
        header.syn = flags.has(Flags::SYN);
        header.fin = flags.has(Flags::FIN);
        header.rst = flags.has(Flags::RST);
        header.psh = flags.has(Flags::PSH);
        header.ack = flags.has(Flags::ACK);
        if header.ack {
            header.acknowledgment_number = self.next[by.other() as usize];
        }
        if header.syn {
            let [high, low] = self.mss.to_be_bytes();
            // Kind 2, four bytes long: the largest segment.
            let _ = header.set_options_raw(&[2, 4, high, low]);
        }
        let mut segment = header.to_bytes().to_vec();
        segment.extend_from_slice(payload);
        let checksum = checksum::of_segment(from.ip(), to.ip(), &segment);
        segment[16..18].copy_from_slice(&checksum.to_be_bytes());
        let mut bytes = ip_header(from.ip(), to.ip(), segment.len());
        bytes.append(&mut segment);
        bytes
    }
}

/// Returns an address of the server's family, for a client whose address is not known.
fn placeholder_client(server: SocketAddr) -> SocketAddr {
    let address: IpAddr = match server.ip() {
        address if address.is_loopback() => address,
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    SocketAddr::new(address, PLACEHOLDER_PORT)
}

fn ip_header(from: IpAddr, to: IpAddr, length: usize) -> Vec<u8> {
    // No segment is longer than the MSS allows, so it fits.
    let length = u16::try_from(length).unwrap_or(u16::MAX);
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            let (from, to) = (from.octets(), to.octets());
            let header = Ipv4Header::new(length, TIME_TO_LIVE, IpNumber::TCP, from, to);
            let mut header = header.unwrap_or_default();
            header.header_checksum = header.calc_header_checksum();
            header.to_bytes().to_vec()
        }
        (from, to) => {
            let octets = |address: IpAddr| match address {
                IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
                IpAddr::V6(address) => address.octets(),
            };
            let header = Ipv6Header {
                payload_length: length,
                next_header: IpNumber::TCP,
                hop_limit: TIME_TO_LIVE,
                source: octets(from),
                destination: octets(to),
                ..Ipv6Header::default()
            };
            header.to_bytes().to_vec()
        }
    }
}
