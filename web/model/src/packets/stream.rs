//! Which bytes of the connection a packet carried: what ties the packets to the other views.

use echo_core::packets::{End, Flags, Row};

use crate::inspector::highlight::{Highlight, Highlighted};
use crate::role::Role;
use crate::transcript::{Direction, Segment};

/// Returns the end at which the page is, in this role.
#[must_use]
pub fn near_end(role: Role) -> End {
    match role {
        Role::Client => End::Client,
        Role::Server => End::Server,
    }
}

/// Returns the direction of the bytes that an end sent, where the page is at the end `near`.
#[must_use]
pub fn direction(near: End, by: End) -> Direction {
    if near == by { Direction::Sent } else { Direction::Received }
}

/// Returns where a packet's payload stands among all bytes of its direction, or `None` if it has
/// none.
#[must_use]
pub fn payload_segment(near: End, row: &Row) -> Option<Segment> {
    let length = u64::from(row.packet.payload_length);
    // The SYN has number 0, and the first byte number 1.
    let syn = u32::from(row.packet.flags.has(Flags::SYN));
    let start = u64::from(row.seq.wrapping_add(syn).checked_sub(1)?);
    (length > 0)
        .then(|| Segment { direction: direction(near, row.by), range: start..start + length })
}

/// Returns where the byte at offset `octet` of a packet's frame stands among all bytes of its
/// direction, or `None` if it is in a header.
#[must_use]
pub fn stream_offset(near: End, row: &Row, octet: usize) -> Option<(Direction, u64)> {
    let payload = &row.packet.payload;
    let segment = payload_segment(near, row);
    let Segment { direction, range } = segment.filter(|_| payload.contains(&octet))?;
    Some((direction, range.start + (octet - payload.start) as u64))
}

/// Returns what the other views highlight for a packet: its payload, if it has one.
#[must_use]
pub fn payload_highlight(near: End, row: &Row) -> Option<Highlight> {
    let Segment { direction, range } = payload_segment(near, row)?;
    Some(Highlight::Bytes(direction, range.start, range.end))
}

/// Returns what the other views highlight for the byte at offset `octet` of a packet's frame, if
/// it is not in a header.
#[must_use]
pub fn octet_highlight(near: End, row: &Row, octet: usize) -> Option<Highlight> {
    let (direction, offset) = stream_offset(near, row, octet)?;
    Some(Highlight::Byte(direction, offset))
}

/// Returns whether a packet carried any of the highlighted bytes.
#[must_use]
pub fn carries(near: End, row: &Row, highlighted: &Highlighted) -> bool {
    let Some(Segment { direction, range: payload }) = payload_segment(near, row) else {
        return false;
    };
    let overlaps = |it: &Segment| {
        it.direction == direction && it.range.start < payload.end && payload.start < it.range.end
    };
    highlighted.bytes.iter().chain(&highlighted.counterparts).any(overlaps)
}
