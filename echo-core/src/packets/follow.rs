//! What both ends said, in the order of the wire.

use super::capture::{Capture, End};
use super::sequence::after;

/// Bytes that one packet brought, which none before it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// Who sent them.
    pub by: End,
    /// The index of the packet, the first being 0.
    pub packet: usize,
    /// Where they begin among all bytes that this end sent.
    pub offset: u64,
    /// The bytes.
    pub bytes: &'a [u8],
    /// How many bytes before them were not captured.
    pub missing: u32,
}

/// The payload of both directions, by sequence numbers: what was sent twice stands once, what
/// overtook stands in its place, what is missing is counted.
#[must_use]
pub fn follow(capture: &Capture) -> Vec<Chunk<'_>> {
    let mut follow = Follow {
        capture,
        streams: [stream(capture, End::Client), stream(capture, End::Server)],
        chunks: Vec::new(),
    };
    for (index, packet) in capture.packets().iter().enumerate() {
        let Some(by) = capture.sender(packet) else { continue };
        let other = &mut follow.streams[by.other() as usize];
        if packet.flags.has(super::Flags::ACK) && after(packet.ack, other.acked) > 0 {
            other.acked = packet.ack;
            follow.release(by.other(), false);
        }
        if packet.payload_length > 0 {
            follow.hold(by, index);
            follow.release(by, false);
        }
    }
    follow.release(End::Client, true);
    follow.release(End::Server, true);
    follow.chunks
}

/// What one end sent so far.
struct Stream {
    /// The sequence number that comes next.
    expected: u32,
    offset: u64,
    /// Up to where the other end has it all, whether it was captured or not.
    acked: u32,
    /// The packets whose bytes could not be placed yet, in the order of their numbers.
    held: Vec<usize>,
}

struct Follow<'a> {
    capture: &'a Capture,
    streams: [Stream; 2],
    chunks: Vec<Chunk<'a>>,
}

fn stream(capture: &Capture, end: End) -> Stream {
    let expected = capture.direction(end).first_byte().unwrap_or_default();
    Stream { expected, offset: 0, acked: expected, held: Vec::new() }
}

impl Follow<'_> {
    fn hold(&mut self, by: End, index: usize) {
        let packets = self.capture.packets();
        let held = &mut self.streams[by as usize].held;
        let is_before = |other: &usize| after(packets[*other].seq, packets[index].seq) <= 0;
        // From the back, since most come in order.
        let place = held.iter().rposition(is_before).map_or(0, |place| place + 1);
        held.insert(place, index);
    }

    /// Places what can be placed: what comes next, what the other end has although bytes before it
    /// were not captured, and at the end everything.
    fn release(&mut self, by: End, all: bool) {
        let packets = self.capture.packets();
        let mut done = 0;
        let stream = &mut self.streams[by as usize];
        for &index in &stream.held {
            let packet = &packets[index];
            // Byte numbers begin behind a SYN that carries some.
            let syn = u32::from(packet.flags.has(super::Flags::SYN));
            let seq = packet.seq.wrapping_add(syn);
            let ahead = after(seq, stream.expected);
            if ahead > 0 && !all && after(stream.acked, seq) < 0 {
                break;
            }
            done += 1;
            // `ahead` may be the lowest number there is, which has no negative.
            let (known, missing) = match ahead {
                0.. => (0, ahead.unsigned_abs()),
                _ => (ahead.unsigned_abs() as usize, 0),
            };
            let end = seq.wrapping_add(packet.payload_length);
            if after(end, stream.expected) <= 0 {
                continue;
            }
            stream.offset += u64::from(missing);
            let bytes = packet.payload().get(known..).unwrap_or_default();
            let chunk = Chunk { by, packet: index, offset: stream.offset, bytes, missing };
            stream.offset += u64::from(end.wrapping_sub(stream.expected.wrapping_add(missing)));
            stream.expected = end;
            self.chunks.push(chunk);
        }
        stream.held.drain(..done);
    }
}
