//! Which bytes of the connection a packet carried: what ties it to the other views.

use std::ops::Range;

use echo_core::packets::{End, Flags, Row};

use crate::inspector::highlight::Highlighted;
use crate::transcript::Direction;

/// Which way this end's bytes go.
#[must_use]
pub fn direction(by: End) -> Direction {
    match by {
        End::Client => Direction::Sent,
        End::Server => Direction::Received,
    }
}

/// Where a packet's payload stands among all bytes of its direction; none where it has none.
#[must_use]
pub fn carried(row: &Row) -> Option<(Direction, Range<u64>)> {
    let length = u64::from(row.packet.payload_length);
    // The SYN has number 0, and the first byte number 1.
    let syn = u32::from(row.packet.flags.has(Flags::SYN));
    let start = u64::from(row.seq.wrapping_add(syn).checked_sub(1)?);
    (length > 0).then(|| (direction(row.by), start..start + length))
}

/// The byte of the connection that this byte of a packet's frame is, if it is one.
#[must_use]
pub fn byte(row: &Row, octet: usize) -> Option<(Direction, u64)> {
    let payload = &row.packet.payload;
    let (direction, range) = carried(row).filter(|_| payload.contains(&octet))?;
    Some((direction, range.start + (octet - payload.start) as u64))
}

/// Whether a packet carried any of the bytes that are marked.
#[must_use]
pub fn carries(row: &Row, marked: &Highlighted) -> bool {
    let Some((direction, range)) = carried(row) else { return false };
    let meets = |(way, it): &(Direction, Range<u64>)| {
        *way == direction && it.start < range.end && range.start < it.end
    };
    marked.bytes.iter().chain(&marked.counterparts).any(meets)
}
