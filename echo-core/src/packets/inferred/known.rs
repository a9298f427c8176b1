//! What of an inferred packet was measured, and how a file says so.

use crate::packets::Aspect::{self, Destination, Flags, Payload, Source, Time};

/// A SYN from an address that nobody told, and the RST that answers it.
pub(super) const CALLED: &[Aspect] = &[Destination, Flags];
pub(super) const REFUSED: &[Aspect] = &[Source, Flags];
/// A packet that there must have been, at this time.
pub(super) const MARK: &[Aspect] = &[Time, Source, Destination, Flags];
/// One that there must have been, at some time.
pub(super) const UNTIMED: &[Aspect] = &[Source, Destination, Flags];
/// Bytes that were written or read at this time.
pub(super) const DATA: &[Aspect] = &[Time, Source, Destination, Payload];
/// The same, of bytes that are not known any more.
pub(super) const FORGOTTEN: &[Aspect] = &[Time, Source, Destination];
/// An acknowledgement, as TCP sends them.
pub(super) const ACK: &[Aspect] = &[Source, Destination];

/// All that there are.
pub(in crate::packets) const ALL: [&[Aspect]; 7] =
    [CALLED, REFUSED, MARK, UNTIMED, DATA, FORGOTTEN, ACK];

/// How a file says what was measured; no two are the same.
pub(in crate::packets) fn text(known: &[Aspect]) -> String {
    let mut text = String::from("Inferred, not captured. Measured:");
    for (index, aspect) in known.iter().enumerate() {
        text.push_str(if index == 0 { " " } else { ", " });
        text.push_str(match aspect {
            Time => "time (when a call returned)",
            Source => "source",
            Destination => "destination",
            Payload => "payload",
            Flags => "flags",
        });
    }
    text.push_str(". Made up: all other fields.");
    text
}
