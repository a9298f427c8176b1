//! What the client of `tcp-bridge.v1` acknowledges.

use echo_core::wire::{ACK_EVERY, ClientMessage};

use crate::wire::{Wire, text};

/// How much of what arrived was acknowledged.
#[derive(Debug)]
pub(crate) struct Acks {
    wire: Wire,
    received: u64,
    acked: u64,
}

impl Acks {
    pub(crate) fn new(wire: Wire) -> Self {
        Self { wire, received: 0, acked: 0 }
    }

    pub(crate) fn received(&mut self, count: usize) {
        self.received += count as u64;
    }

    /// The message that is due now, if one is.
    pub(crate) fn due(&mut self) -> Option<Vec<u8>> {
        if self.wire != Wire::Control || self.received - self.acked < ACK_EVERY {
            return None;
        }
        self.acked = self.received;
        let ack = ClientMessage::Ack { bytes: self.received };
        Some(text(serde_json::to_string(&ack).expect("it has a form in JSON")))
    }
}
