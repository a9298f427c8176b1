//! The packets of one connection.

use std::net::SocketAddr;

use super::decode::{Flags, Packet};
use super::sequence::{Note, Way};

/// The most packets that are kept of one connection; the first ones, since they say what the
/// numbers of all others count from.
pub const MAX_PACKETS: usize = 10_000;
/// The most bytes of packets that are kept of one connection.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// A packet's twin on the loopback interface, once going out and once coming in, follows within
/// this time, in nanoseconds; what is sent again comes later.
const TWIN_NS: u64 = 5_000_000;
/// How many packets back a twin is looked for.
const TWIN_REACH: usize = 8;

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

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is the last one now.
    Added,
    /// The loopback interface showed it twice.
    Twin,
    /// It belongs to another connection.
    Foreign,
    /// There are as many as are kept; it was counted.
    Full,
}

/// The packets of one connection, in the order in which they were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    client: SocketAddr,
    server: SocketAddr,
    packets: Vec<Packet>,
    notes: Vec<Option<Note>>,
    /// Which packets had their twin taken out.
    twins: Vec<bool>,
    ways: [Way; 2],
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
        let (packets, notes, twins) = (Vec::new(), Vec::new(), Vec::new());
        let ways = [Way::default(), Way::default()];
        Self { client, server, packets, notes, twins, ways, bytes: 0, left_out: 0 }
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
        capture.take(packet);
        capture
    }

    /// Takes the next packet.
    pub fn take(&mut self, packet: Packet) -> Taken {
        let Some(by) = self.sender(&packet) else { return Taken::Foreign };
        if self.has_twin(&packet) {
            return Taken::Twin;
        }
        let bytes = self.bytes + packet.frame.bytes.len();
        if self.packets.len() >= MAX_PACKETS || bytes > MAX_BYTES {
            self.left_out += 1;
            return Taken::Full;
        }
        self.bytes = bytes;
        let note = self.note(&packet, by);
        self.notes.push(note);
        self.packets.push(packet);
        self.twins.push(false);
        Taken::Added
    }

    fn note(&mut self, packet: &Packet, by: End) -> Option<Note> {
        let expected = self.way(by.other()).next();
        if packet.flags.has(Flags::ACK) {
            self.ways[by.other() as usize].acknowledged(packet.ack);
        }
        self.ways[by as usize].take(packet, expected)
    }

    /// Whether the loopback interface showed this packet just now; each has one twin at most.
    fn has_twin(&mut self, packet: &Packet) -> bool {
        if !packet.frame.link.is_loopback(&packet.frame.bytes) {
            return false;
        }
        let first = self.packets.len().saturating_sub(TWIN_REACH);
        for index in first..self.packets.len() {
            let other = &self.packets[index].frame;
            let close = packet.frame.at_ns.abs_diff(other.at_ns) <= TWIN_NS;
            if close && !self.twins[index] && other.bytes == packet.frame.bytes {
                self.twins[index] = true;
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
        reset || self.ways.iter().all(|way| way.ended)
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
            seq: self.way(by).relative(packet.seq),
            ack: has_ack.then(|| self.way(by.other()).relative(packet.ack)),
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
        if !self.ways.iter().all(|way| way.saw_syn) {
            return None;
        }
        let both = self.way(by).scale().zip(self.way(by.other()).scale());
        Some(both.map_or(window, |(own, _)| window << own))
    }

    pub(super) fn way(&self, end: End) -> &Way {
        &self.ways[end as usize]
    }
}
