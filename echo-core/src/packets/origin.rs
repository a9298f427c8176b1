//! What was measured, and what was made up to fit it.

/// Where a packet comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was captured: all of it was measured.
    Measured,
    /// It was inferred from what is known of the connection; only these aspects were measured.
    Inferred(&'static [Aspect]),
}

/// What can be known of a packet that was not captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// When: to the microsecond that the system call returned, not when the packet passed.
    Time,
    /// The sender's address and port; the client's is not known if no connection came about.
    Source,
    /// The receiver's address and port.
    Destination,
    /// The bytes that it carries, if not how they were cut into packets.
    Payload,
    /// That there was a packet with these flags: no connection without SYN, no end without FIN.
    Flags,
}

impl Origin {
    /// Whether this aspect was measured.
    #[must_use]
    pub fn measured(self, aspect: Aspect) -> bool {
        match self {
            Self::Measured => true,
            Self::Inferred(known) => known.contains(&aspect),
        }
    }
}
