//! What a packet means beside those before it: one direction's sequence numbers.

use super::decode::{Flags, Packet};

/// How many gaps of one direction are remembered: what fills an older one counts as repeated.
const MAX_GAPS: usize = 64;

/// What is worth a word about a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// What it carries was seen before: it was sent again.
    Retransmission,
    /// It fills a gap: packets overtook each other.
    OutOfOrder,
    /// Bytes before it were not seen.
    Gap,
    /// It only asks whether the other end is still there (RFC 9293, section 3.8.4).
    KeepAlive,
    /// It says again what it acknowledged: something is missing at its sender.
    DuplicateAck,
    /// Its sender takes no more bytes for now.
    ZeroWindow,
    /// Its sender takes more bytes than it said.
    WindowUpdate,
}

/// How far `a` is after `b`, on the circle of sequence numbers.
pub(super) fn after(a: u32, b: u32) -> i32 {
    a.wrapping_sub(b).cast_signed()
}

/// The state of one direction: what one end has sent so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Direction {
    /// What relative numbers count from: the SYN's number.
    base: Option<u32>,
    /// The number after the last byte that was sent.
    next: u32,
    /// What was left out below that, from and to.
    gaps: Vec<(u32, u32)>,
    acked: u32,
    window: u16,
    scale: Option<u8>,
    has_sent: bool,
    pub(super) saw_syn: bool,
    pub(super) ended: bool,
}

impl Direction {
    /// The number, counted from the SYN; without one, the first byte seen is number 1.
    pub(super) fn relative(&self, number: u32) -> u32 {
        number.wrapping_sub(self.base.unwrap_or_default())
    }

    /// The number of the first byte of payload, if anything is known of it.
    pub(super) fn first_byte(&self) -> Option<u32> {
        self.base.map(|base| base.wrapping_add(1))
    }

    /// How often this end's windows are to be doubled, as its SYN said.
    pub(super) fn scale(&self) -> Option<u8> {
        self.scale
    }

    /// Records what the other end acknowledged, which is the start of a direction of which nothing
    /// else is known.
    pub(super) fn record_ack(&mut self, ack: u32) {
        if self.base.is_none() {
            self.base = Some(ack.wrapping_sub(1));
            self.next = ack;
        }
    }

    /// Records the next packet that this end sent, and returns what is notable about it. `expected`
    /// is the number the other end would send next: what a receiver that misses nothing
    /// acknowledges.
    pub(super) fn record(&mut self, packet: &Packet, expected: u32) -> Option<Note> {
        let syn = packet.flags.has(Flags::SYN);
        if syn {
            self.scale = packet.window_scale();
        }
        if self.base.is_none() {
            self.base = Some(if syn { packet.seq } else { packet.seq.wrapping_sub(1) });
            self.next = packet.seq;
        }
        let note = self.advance(packet).or_else(|| self.acknowledgement(packet, expected));
        self.saw_syn |= syn;
        self.ended |= packet.flags.has(Flags::FIN | Flags::RST);
        (self.acked, self.window, self.has_sent) = (packet.ack, packet.window, true);
        note
    }

    pub(super) fn next(&self) -> u32 {
        self.next
    }

    fn advance(&mut self, packet: &Packet) -> Option<Note> {
        let marked = packet.flags.has(Flags::SYN | Flags::FIN | Flags::RST);
        let length = packet.sequence_length();
        let ahead = after(packet.seq, self.next);
        let before = self.next;
        if ahead == -1 && length <= 1 && !marked {
            return Some(Note::KeepAlive);
        }
        if length == 0 {
            return None;
        }
        let end = packet.seq.wrapping_add(length);
        if after(end, before) > 0 {
            self.next = end;
        }
        match ahead {
            1.. => {
                self.gaps.push((before, packet.seq));
                let excess = self.gaps.len().saturating_sub(MAX_GAPS);
                self.gaps.drain(..excess);
                Some(Note::Gap)
            }
            0 => None,
            _ if self.fills(packet.seq, end) => Some(Note::OutOfOrder),
            _ => Some(Note::Retransmission),
        }
    }

    /// Whether the bytes from `seq` to `end` fill a gap, or a part of it.
    fn fills(&mut self, seq: u32, end: u32) -> bool {
        let inside = |gap: &(u32, u32)| after(seq, gap.0) >= 0 && after(end, gap.1) <= 0;
        let Some(index) = self.gaps.iter().position(inside) else { return false };
        let (from, to) = self.gaps.remove(index);
        let rest = [(from, seq), (end, to)];
        self.gaps.extend(rest.into_iter().filter(|(from, to)| from != to));
        true
    }

    fn acknowledgement(&self, packet: &Packet, expected: u32) -> Option<Note> {
        let marked = packet.flags.has(Flags::SYN | Flags::FIN | Flags::RST);
        if marked || packet.payload_length > 0 || !packet.flags.has(Flags::ACK) {
            return None;
        }
        if packet.window == 0 {
            return Some(Note::ZeroWindow);
        }
        if !self.has_sent || packet.ack != self.acked {
            return None;
        }
        match packet.window == self.window {
            true if after(expected, packet.ack) > 0 => Some(Note::DuplicateAck),
            false if packet.window > self.window && !self.only_syn() => Some(Note::WindowUpdate),
            _ => None,
        }
    }

    /// Whether all it said was its SYN, whose window is never scaled.
    fn only_syn(&self) -> bool {
        self.saw_syn && self.base.is_some_and(|base| after(self.next, base) == 1)
    }
}
