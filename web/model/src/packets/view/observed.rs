//! Values that were measured, or made up.

use echo_core::packets::{Aspect, Packet};

/// A value that was measured, or made up to fit what was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed<T> {
    /// The value.
    pub value: T,
    /// Whether the value was measured.
    pub is_measured: bool,
}

impl<T> Observed<T> {
    /// Returns a value of a packet; `aspect` is what has to be measured for the value to be.
    pub(super) fn of(value: T, packet: &Packet, aspect: Aspect) -> Self {
        Self { value, is_measured: packet.origin.measured(aspect) }
    }
}
