//! From a pcapng or pcap file to packets of connections.

use std::net::IpAddr;

use super::blocks::{self, Reader};
use super::{FileEnd, MAX_CONNECTIONS, MAX_FILE, MAX_NAMES, MAX_TLS_SECRETS, Read};
use crate::packets::{
    Capture, DecodeError, Flags, Frame, Link, Origin, Packet, PushOutcome, inferred,
};

/// What a pcap file begins with: times in microseconds, or in nanoseconds.
const PCAP_MICROSECONDS: u32 = 0xa1b2_c3d4;
const PCAP_NANOSECONDS: u32 = 0xa1b2_3c4d;
const NANOSECONDS: u64 = 1_000_000_000;
/// The longest packet that programs write, in bytes: libpcap's `MAXIMUM_SNAPLEN`. A longer one is no
/// packet that was cut off, but a number that cannot be.
const MAX_PACKET: u32 = 256 * 1024;

/// The TCP connections in a pcapng or pcap file. Of a file that is cut off or damaged, it gives what
/// stands before that, and [`Read::end`] says where it is.
///
/// # Errors
/// Where the file is none, is too long, or has no packet of TCP, or none before it is cut off or
/// damaged.
pub fn read(file: &[u8]) -> Result<Read, DecodeError> {
    if file.len() > MAX_FILE {
        return Err(DecodeError::TooLong);
    }
    let magic = u32::from_be_bytes(*file.first_chunk().ok_or(DecodeError::NotACapture)?);
    let mut read = Read::default();
    let big = magic == PCAP_MICROSECONDS || magic == PCAP_NANOSECONDS;
    let parsed = match if big { magic } else { magic.swap_bytes() } {
        PCAP_MICROSECONDS => read.pcap(Reader { bytes: file, big }, 1000),
        PCAP_NANOSECONDS => read.pcap(Reader { bytes: file, big }, 1),
        // The same in either order.
        _ if magic == blocks::SECTION => read.pcapng(file),
        _ => return Err(DecodeError::NotACapture),
    };
    read.end = match parsed {
        Ok(()) => FileEnd::Whole,
        Err(Unread { rest, is_cut_off: true }) => FileEnd::CutOff(file.len() - rest),
        Err(Unread { rest, is_cut_off: false }) => FileEnd::Damaged(file.len() - rest),
    };
    match read.end {
        _ if !read.captures.is_empty() => Ok(read),
        FileEnd::Whole => Err(DecodeError::Nothing),
        FileEnd::CutOff(at) => Err(DecodeError::CutOff(at)),
        FileEnd::Damaged(at) => Err(DecodeError::Broken(at)),
    }
}

/// An interface of a pcapng file.
struct Interface {
    link: Result<Link, DecodeError>,
    snap: u32,
    /// So many units are a second.
    unit: u64,
    /// Seconds to add to all times.
    offset: u64,
}

/// A packet as files have it.
struct Entry<'a> {
    link: Result<Link, DecodeError>,
    at_ns: u64,
    length: u32,
    bytes: &'a [u8],
    origin: Origin,
}

/// What cannot be read of a file.
struct Unread {
    /// How many bytes it has, to the file's end.
    rest: usize,
    /// Whether it is the beginning of what could be read, were the file longer.
    is_cut_off: bool,
}

type Parsed = Result<(), Unread>;

impl Read {
    /// A pcap file, in whose times the fraction of a second counts so many nanoseconds.
    fn pcap(&mut self, mut file: Reader<'_>, unit: u64) -> Parsed {
        let cut = Unread { rest: file.bytes.len(), is_cut_off: true };
        let Some(number) = file.take(20).and_then(|_| file.u32()) else { return Err(cut) };
        // The upper half has other things than the link layer.
        let link = Link::from_number((number & 0xffff) as u16);
        while !file.bytes.is_empty() {
            let before = file;
            let entry = pcap_entry(&mut file, link, unit);
            self.take(&entry.ok_or_else(|| Unread::of(before, is_pcap_entry_begun))?);
        }
        Ok(())
    }

    fn pcapng(&mut self, bytes: &[u8]) -> Parsed {
        let mut file = Reader { bytes, big: false };
        let mut interfaces = Vec::new();
        while !file.bytes.is_empty() {
            let rest = file.bytes.len();
            let Some((kind, body)) = block(&mut file) else {
                // It stands where it stood, and knows the byte order of its section.
                return Err(Unread::of(file, is_block_begun));
            };
            let damaged = || Unread { rest, is_cut_off: false };
            match kind {
                blocks::SECTION => interfaces.clear(),
                blocks::INTERFACE => interfaces.push(interface(body).ok_or_else(damaged)?),
                blocks::ENHANCED_PACKET => {
                    self.take(&enhanced(body, &interfaces).ok_or_else(damaged)?);
                }
                blocks::SIMPLE_PACKET => {
                    self.take(&simple(body, &interfaces).ok_or_else(damaged)?);
                }
                blocks::NAMES => self.names(body),
                blocks::SECRETS => self.secrets(body),
                _ => {}
            }
        }
        Ok(())
    }

    fn take(&mut self, entry: &Entry<'_>) {
        let &Entry { link, at_ns, length, bytes, origin } = entry;
        let frame = |link| Frame { at_ns, link, length, bytes: bytes.to_vec() };
        match link.and_then(|link| Packet::decode(frame(link))) {
            Ok(packet) => self.sort(Packet { origin, ..packet }),
            Err(_) => self.skipped += 1,
        }
    }

    /// Into the connection it belongs to: the last one of these ends, unless that is over and this
    /// begins another.
    fn sort(&mut self, packet: Packet) {
        let begins = packet.flags.has(Flags::SYN) && !packet.flags.has(Flags::ACK);
        let full = self.captures.len() >= MAX_CONNECTIONS;
        let found = self.captures.iter_mut().rfind(|capture| capture.sender(&packet).is_some());
        match found {
            Some(capture) if !(begins && capture.has_ended()) => {
                self.skipped += u64::from(capture.push(packet) == PushOutcome::Full);
            }
            _ if full => self.skipped += 1,
            _ => self.captures.push(Capture::of(packet)),
        }
    }

    /// What is no name is passed over: names are not what a file is read for.
    fn names(&mut self, mut body: Reader<'_>) {
        while let Some((kind, record)) = body.entry() {
            let Some((address, names)) = address(kind, record) else { continue };
            let name = names.split(|byte| *byte == 0).next().unwrap_or_default();
            if let Ok(name) = str::from_utf8(name)
                && !name.is_empty()
                && self.names.len() < MAX_NAMES
            {
                self.names.push((address, name.to_owned()));
            }
        }
    }

    /// Secrets of other kinds, or that are no text, or for which there is no room, are passed over.
    fn secrets(&mut self, mut body: Reader<'_>) {
        let lines = |body: &mut Reader<'_>| {
            let (kind, length) = (body.u32()?, body.u32()?);
            let bytes = body.padded(length as usize)?.to_vec();
            String::from_utf8(bytes).ok().filter(|_| kind == blocks::TLS_KEY_LOG)
        };
        let Some(lines) = lines(&mut body) else { return };
        if self.tls_secrets.len() + lines.len() < MAX_TLS_SECRETS {
            if !self.tls_secrets.is_empty() && !self.tls_secrets.ends_with('\n') {
                self.tls_secrets.push('\n');
            }
            self.tls_secrets.push_str(&lines);
        }
    }
}

impl Unread {
    /// Describes what cannot be read of a file; `is_begun` says whether it is the beginning of what
    /// could be.
    fn of(file: Reader<'_>, is_begun: fn(Reader<'_>) -> bool) -> Self {
        Self { rest: file.bytes.len(), is_cut_off: is_begun(file) }
    }
}

/// Returns whether a packet of a pcap file begins here that is not there to its end.
fn is_pcap_entry_begun(mut file: Reader<'_>) -> bool {
    // Two numbers of the time come first, and the length on the wire last.
    let captured = file.take(8).and_then(|_| file.u32());
    let is_header_whole = file.take(4).is_some();
    captured.is_none_or(|captured| !is_header_whole || captured <= MAX_PACKET)
}

/// Returns whether a block of a pcapng file begins here that is not there to its end.
fn is_block_begun(mut file: Reader<'_>) -> bool {
    let rest = file.bytes.len();
    let Some(length) = file.u32().and_then(|_| file.u32()) else { return true };
    let length = length as usize;
    rest < length && length.is_multiple_of(4) && (12..=MAX_FILE).contains(&length)
}

fn address(kind: u16, record: &[u8]) -> Option<(IpAddr, &[u8])> {
    if kind == blocks::NAME_IPV4 {
        record.split_first_chunk::<4>().map(|(octets, rest)| ((*octets).into(), rest))
    } else if kind == blocks::NAME_IPV6 {
        record.split_first_chunk::<16>().map(|(octets, rest)| ((*octets).into(), rest))
    } else {
        None
    }
}

fn pcap_entry<'a>(
    file: &mut Reader<'a>,
    link: Result<Link, DecodeError>,
    unit: u64,
) -> Option<Entry<'a>> {
    let (seconds, fraction) = (file.number(4)?, file.number(4)?);
    let (captured, length) = (file.u32()?, file.u32()?);
    let bytes = file.take(captured as usize)?;
    let at_ns = seconds * NANOSECONDS + fraction * unit;
    let length = length.max(captured);
    Some(Entry { link, at_ns, length, bytes, origin: Origin::Measured })
}

/// The next block and what is inside, without its frame; a section sets the byte order. Where there
/// is none, the reader stays where it is.
fn block<'a>(file: &mut Reader<'a>) -> Option<(u32, Reader<'a>)> {
    let mut ahead = *file;
    if ahead.u32()? == blocks::SECTION {
        ahead.take(4)?;
        let order = u32::from_le_bytes(*ahead.take(4)?.first_chunk()?);
        file.big = match order {
            blocks::BYTE_ORDER => false,
            order if order.swap_bytes() == blocks::BYTE_ORDER => true,
            _ => return None,
        };
    }
    let mut after = *file;
    let (kind, length) = (after.u32()?, after.u32()?);
    let body = after.take((length as usize).checked_sub(12)?)?;
    let matches = after.u32()? == length && length % 4 == 0;
    *file = if matches { after } else { return None };
    Some((kind, Reader { bytes: body, big: file.big }))
}

fn interface(mut body: Reader<'_>) -> Option<Interface> {
    let link = Link::from_number(body.u16()?);
    body.u16()?;
    let snap = body.u32()?;
    let mut interface = Interface { link, snap, unit: 1_000_000, offset: 0 };
    while let Some((code, value)) = body.entry() {
        match (code, value) {
            // The highest bit says that it is a power of two.
            (blocks::RESOLUTION, &[power]) if power < 0x80 => {
                interface.unit = 10_u64.checked_pow(power.into())?;
            }
            (blocks::RESOLUTION, &[power]) => {
                interface.unit = 2_u64.checked_pow((power & 0x7f).into())?;
            }
            (blocks::OFFSET, _) => {
                interface.offset = Reader { bytes: value, big: body.big }.number(8)?;
            }
            _ => {}
        }
    }
    Some(interface)
}

impl Interface {
    /// A time in its units, in nanoseconds since 1970: as good as 64 bits can say it.
    fn nanoseconds(&self, units: u64) -> u64 {
        let (seconds, fraction) = (units / self.unit, units % self.unit);
        let fraction = if self.unit > NANOSECONDS {
            fraction / (self.unit / NANOSECONDS)
        } else {
            fraction * NANOSECONDS / self.unit
        };
        // An offset may be below zero: as wrapping numbers that is the same.
        let seconds = seconds.wrapping_add(self.offset);
        seconds.saturating_mul(NANOSECONDS).saturating_add(fraction)
    }
}

fn enhanced<'a>(mut body: Reader<'a>, interfaces: &[Interface]) -> Option<Entry<'a>> {
    let interface = interfaces.get(body.u32()? as usize)?;
    let (high, low) = (body.number(4)?, body.number(4)?);
    let (captured, length) = (body.u32()?, body.u32()?);
    let bytes = body.padded(captured as usize)?;
    let at_ns = interface.nanoseconds(high << 32 | low);
    let length = length.max(captured);
    Some(Entry { link: interface.link, at_ns, length, bytes, origin: origin(body) })
}

/// A packet without a time, of the first interface.
fn simple<'a>(mut body: Reader<'a>, interfaces: &[Interface]) -> Option<Entry<'a>> {
    let interface = interfaces.first()?;
    let length = body.u32()?;
    let captured = if interface.snap == 0 { length } else { length.min(interface.snap) };
    let bytes = body.padded(captured as usize)?;
    Some(Entry { link: interface.link, at_ns: 0, length, bytes, origin: Origin::Measured })
}

/// What an inferred packet was is read back from its comment.
fn origin(mut options: Reader<'_>) -> Origin {
    while let Some((code, value)) = options.entry() {
        let is_it = |known: &&&[_]| inferred::text(known).as_bytes() == value;
        if code == blocks::COMMENT
            && let Some(known) = inferred::KNOWN.iter().find(is_it)
        {
            return Origin::Inferred(known);
        }
    }
    Origin::Measured
}
