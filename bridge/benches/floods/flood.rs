//! What a flood is, and all of them: a file each.

mod definition;
mod headers;
mod log;
mod look_ups;
mod nothing;
mod packets;
mod page;
mod pings;
mod resets;
mod silent;
mod waves;

pub(crate) use definition::{Flood, Outcome};

/// All floods, in the order in which they run.
pub(crate) const FLOODS: &[&Flood] = &[
    &nothing::FLOOD,
    &pings::FLOOD,
    &pings::FLOOD_RAW,
    &packets::FLOOD,
    &page::FLOOD,
    &silent::FLOOD,
    &log::FLOOD,
    &headers::FLOOD,
    &resets::FLOOD,
    &look_ups::FLOOD,
    &waves::FLOOD,
];
