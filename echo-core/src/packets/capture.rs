//! The packets of one connection.

use std::net::SocketAddr;

use super::decode::{Flags, Packet};
use super::sequence::{Direction, Note};

/// The most packets that are kept of one connection; the first ones, since they say what the
/// numbers of all others count from.
pub const MAX_PACKETS: usize = 10_000;
/// The most bytes of packets that are kept of one connection.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// A loopback interface shows each packet twice, going out and coming in. Both are at most this far
/// apart, in nanoseconds; a retransmission comes later.
const DUPLICATE_WINDOW_NS: u64 = 5_000_000;
/// How many packets back a duplicate is looked for.
const MAX_DUPLICATE_DISTANCE: usize = 8;

/// One of the two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Who connected.
    Client = 0,
    /// Who listened.
    Server = 1,
}

impl End {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// The result of [`Capture::push`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushOutcome {
    /// The packet was added.
    Added,
    /// The loopback interface had shown the packet before; it was not added.
    Duplicate,
    /// The packet belongs to another connection; it was not added.
    Foreign,
    /// The capture is full; the packet was only counted.
    Full,
}

/// The packets of one connection, in the order in which they were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    client: SocketAddr,
    server: SocketAddr,
    packets: Vec<Packet>,
    notes: Vec<Option<Note>>,
    /// For each packet, whether its duplicate was seen.
    duplicates: Vec<bool>,
    directions: [Direction; 2],
    bytes: usize,
    left_out: u64,
}

/// A packet among the others of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The packet itself.
    pub packet: &'a Packet,
    /// Who sent it.
    pub by: End,
    /// How long after the first one it passed, in nanoseconds; 0 if clocks ran backwards.
    pub since_ns: u64,
    /// Its sequence number, counted from its sender's SYN.
    pub seq: u32,
    /// What it acknowledges, counted from the other end's SYN; `None` without the flag.
    pub ack: Option<u32>,
    /// How many more bytes its sender takes, scaled; `None` where no SYN said how.
    pub window: Option<u32>,
    /// What is worth a word about it.
    pub note: Option<Note>,
}

impl Capture {
    /// No packets yet, of the connection between these ends.
    #[must_use]
    pub fn new(client: SocketAddr, server: SocketAddr) -> Self {
        let (packets, notes, duplicates) = (Vec::new(), Vec::new(), Vec::new());
        let directions = [Direction::default(), Direction::default()];
        Self { client, server, packets, notes, duplicates, directions, bytes: 0, left_out: 0 }
    }

    /// The connection that `packet` belongs to, with it alone. Who sent the SYN is the client;
    /// without one, whose port is higher.
    #[must_use]
    pub fn of(packet: Packet) -> Self {
        let is_answer = packet.flags.has(Flags::SYN) && packet.flags.has(Flags::ACK);
        let is_call = packet.flags.has(Flags::SYN) && !is_answer;
        let (from, to) = (packet.source, packet.destination);
        let swapped = is_answer || (!is_call && from.port() < to.port());
        let (client, server) = if swapped { (to, from) } else { (from, to) };
        let mut capture = Self::new(client, server);
        capture.push(packet);
        capture
    }

    /// Appends the next packet, unless it is a duplicate, of another connection, or beyond
    /// [`MAX_PACKETS`] or [`MAX_BYTES`].
    pub fn push(&mut self, packet: Packet) -> PushOutcome {
        let Some(by) = self.sender(&packet) else { return PushOutcome::Foreign };
        if self.has_duplicate(&packet) {
            return PushOutcome::Duplicate;
        }
        let bytes = self.bytes + packet.frame.bytes.len();
        if self.packets.len() >= MAX_PACKETS || bytes > MAX_BYTES {
            self.left_out += 1;
            return PushOutcome::Full;
        }
        self.bytes = bytes;
        let note = self.note(&packet, by);
        self.notes.push(note);
        self.packets.push(packet);
        self.duplicates.push(false);
        PushOutcome::Added
    }

    fn note(&mut self, packet: &Packet, by: End) -> Option<Note> {
        let expected = self.direction(by.other()).next();
        if packet.flags.has(Flags::ACK) {
            self.directions[by.other() as usize].record_ack(packet.ack);
        }
        self.directions[by as usize].record(packet, expected)
    }

    /// Returns whether the loopback interface showed this packet just before. Each packet has at
    /// most one duplicate.
    fn has_duplicate(&mut self, packet: &Packet) -> bool {
        if !packet.frame.link.is_loopback(&packet.frame.bytes) {
            return false;
        }
        let first = self.packets.len().saturating_sub(MAX_DUPLICATE_DISTANCE);
        for index in first..self.packets.len() {
            let other = &self.packets[index].frame;
            let close = packet.frame.at_ns.abs_diff(other.at_ns) <= DUPLICATE_WINDOW_NS;
            if close && !self.duplicates[index] && other.bytes == packet.frame.bytes {
                self.duplicates[index] = true;
                return true;
            }
        }
        false
    }

    /// Who sent `packet`, if it belongs to this connection.
    #[must_use]
    pub fn sender(&self, packet: &Packet) -> Option<End> {
        match (packet.source, packet.destination) {
            ends if ends == (self.client, self.server) => Some(End::Client),
            ends if ends == (self.server, self.client) => Some(End::Server),
            _ => None,
        }
    }

    /// The address and port of one end.
    #[must_use]
    pub fn address(&self, end: End) -> SocketAddr {
        match end {
            End::Client => self.client,
            End::Server => self.server,
        }
    }

    /// The packets.
    #[must_use]
    pub fn packets(&self) -> &[Packet] {
        &self.packets
    }

    /// How many packets there was no more room for.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether both ends sent FIN, or one of them RST.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let reset = self.packets.last().is_some_and(|last| last.flags.has(Flags::RST));
        reset || self.directions.iter().all(|way| way.ended)
    }

    /// The packet of this index, the first being 0, among the others.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let packet = self.packets.get(index)?;
        let by = self.sender(packet)?;
        let has_ack = packet.flags.has(Flags::ACK);
        Some(Row {
            number: index + 1,
            packet,
            by,
            since_ns: packet.frame.at_ns.saturating_sub(self.packets[0].frame.at_ns),
            seq: self.direction(by).relative(packet.seq),
            ack: has_ack.then(|| self.direction(by.other()).relative(packet.ack)),
            window: self.window(packet, by),
            note: self.notes[index],
        })
    }

    /// Windows are scaled only if both SYNs said so, and never in a SYN (RFC 7323, section 2.2).
    fn window(&self, packet: &Packet, by: End) -> Option<u32> {
        let window = u32::from(packet.window);
        if packet.flags.has(Flags::SYN) {
            return Some(window);
        }
        if !self.directions.iter().all(|way| way.saw_syn) {
            return None;
        }
        let both = self.direction(by).scale().zip(self.direction(by.other()).scale());
        Some(both.map_or(window, |(own, _)| window << own))
    }

    pub(super) fn direction(&self, end: End) -> &Direction {
        &self.directions[end as usize]
    }
}
