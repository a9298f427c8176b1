//! A packet as it was captured.

use super::Link;

/// The bytes of a packet, from its link layer on, and when it passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// When it passed, in nanoseconds since 1970 (UTC).
    pub at_ns: u64,
    /// What the bytes begin with.
    pub link: Link,
    /// How long it was, in bytes; more than was captured, if it was cut short.
    pub length: u32,
    /// What was captured of it.
    pub bytes: Vec<u8>,
}

impl Frame {
    /// Whether more of it passed than was captured.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.bytes.len() < self.length as usize
    }
}
