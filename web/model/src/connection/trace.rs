//! What the bridge reported about a TCP connection, besides its bytes.

use echo_core::wire::{Address, BridgeMessage};
use serde::{Deserialize, Serialize};

use crate::certificate::Handshake;

/// The most entries that are kept of a connection: as many as the bridge reports packets, and as
/// many again.
const MAX_ENTRIES: usize = 20_000;
/// The most entries that are kept of a connection that came in at a listener.
const MAX_ENTRIES_ACCEPTED: usize = 2_000;
/// How many of them are reserved for messages that do not come by the thousand.
const RESERVED: usize = 100;

/// How much the bridge is to report about a TCP connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceLevel {
    /// Its reads and writes.
    #[default]
    Trace,
    /// Also what the kernel knows of it (`TCP_INFO`).
    Kernel,
    /// Also its packets.
    Packets,
}

/// What the bridge reported about a TCP connection, in order. The first entries are kept.
#[derive(Debug)]
pub struct ConnectionTrace {
    max_entries: usize,
    entries: Vec<TraceEntry>,
    is_secured: bool,
}

/// Something that the bridge reported about a TCP connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceEntry {
    /// The bridge sent a message.
    Message(BridgeMessage),
    /// The page has sent all that it will, or closed the connection, which is the same to the
    /// target.
    Finish,
    /// The page had the connection reset.
    Reset,
}

impl Default for ConnectionTrace {
    fn default() -> Self {
        Self { max_entries: MAX_ENTRIES, entries: vec![], is_secured: false }
    }
}

impl ConnectionTrace {
    /// Creates the empty trace of one of the many connections that come in at a listener.
    #[must_use]
    pub fn of_accepted() -> Self {
        Self { max_entries: MAX_ENTRIES_ACCEPTED, ..Self::default() }
    }

    /// Creates the trace of a connection that is over, from its entries.
    #[must_use]
    pub fn restored(mut entries: Vec<TraceEntry>) -> Self {
        entries.truncate(MAX_ENTRIES);
        let is_secured = entries
            .iter()
            .any(|entry| matches!(entry, TraceEntry::Message(BridgeMessage::Secured(_))));
        Self { entries, is_secured, ..Self::default() }
    }

    /// Returns whether a TLS handshake is over.
    #[must_use]
    pub fn is_secured(&self) -> bool {
        self.is_secured
    }

    /// Returns what came of the TLS handshake, if it is over, or failed after the server had sent
    /// certificates. Both stand near the beginning.
    #[must_use]
    pub fn handshake(&self) -> Option<Handshake> {
        self.entries.iter().find_map(|entry| match entry {
            TraceEntry::Message(message) => Handshake::of(message),
            TraceEntry::Finish | TraceEntry::Reset => None,
        })
    }

    /// Returns the target's end of the connection, if it was established.
    #[must_use]
    pub fn peer(&self) -> Option<&Address> {
        self.entries.iter().rev().find_map(|entry| match entry {
            TraceEntry::Message(
                BridgeMessage::Connected { peer, .. } | BridgeMessage::Accepted { peer, .. },
            ) => Some(peer),
            _ => None,
        })
    }

    /// Returns the entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[TraceEntry] {
        &self.entries
    }

    /// Returns the port that the bridge tried to connect to last, or `None` if it tried none.
    #[must_use]
    pub fn dialled_port(&self) -> Option<u16> {
        self.entries.iter().rev().find_map(|entry| match entry {
            TraceEntry::Message(BridgeMessage::Connecting { address, .. }) => Some(address.port()),
            TraceEntry::Message(_) | TraceEntry::Finish | TraceEntry::Reset => None,
        })
    }

    /// Adds a message of the bridge, if there is room for it.
    pub fn record_message(&mut self, message: &BridgeMessage) {
        self.is_secured |= matches!(message, BridgeMessage::Secured(_));
        self.record(reserved_beside(message), || TraceEntry::Message(message.clone()));
    }

    /// Adds [`TraceEntry::Finish`], if there is room for it.
    pub fn record_finish(&mut self) {
        self.record(0, || TraceEntry::Finish);
    }

    /// Adds [`TraceEntry::Reset`], if there is room for it.
    pub fn record_reset(&mut self) {
        self.record(0, || TraceEntry::Reset);
    }

    /// Adds an entry if there is room for it and for `reserved` others.
    fn record(&mut self, reserved: usize, entry: impl FnOnce() -> TraceEntry) {
        if self.entries.len().saturating_add(reserved) < self.max_entries {
            self.entries.push(entry());
        }
    }
}

/// Returns for how many other entries there has to be room if a message is kept.
fn reserved_beside(message: &BridgeMessage) -> usize {
    match message {
        BridgeMessage::Ack { .. } | BridgeMessage::Unknown => usize::MAX,
        BridgeMessage::Wrote { .. }
        | BridgeMessage::Read { .. }
        | BridgeMessage::Packet(_)
        | BridgeMessage::TcpInfo(_) => RESERVED,
        BridgeMessage::Connecting { .. }
        | BridgeMessage::Connected { .. }
        | BridgeMessage::Finished { .. }
        | BridgeMessage::Failed(_)
        | BridgeMessage::Closed { .. }
        | BridgeMessage::Capturing { .. }
        | BridgeMessage::NotCapturing { .. }
        | BridgeMessage::Listening { .. }
        | BridgeMessage::Incoming { .. }
        | BridgeMessage::Abandoned { .. }
        | BridgeMessage::Accepted { .. }
        | BridgeMessage::Secured(_)
        | BridgeMessage::TlsSecrets { .. }
        | BridgeMessage::Captured { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use echo_core::wire::TcpInfo;

    use super::*;

    #[test]
    fn the_first_of_many_messages_are_kept_and_the_end_always() {
        let mut trace = ConnectionTrace::default();
        for at_us in 0..2 * MAX_ENTRIES as u64 {
            trace.record_message(&BridgeMessage::Read { bytes: 1, at_us });
            trace.record_message(&BridgeMessage::Ack { bytes: 1 });
            trace.record_message(&BridgeMessage::TcpInfo(TcpInfo::default()));
            trace.record_message(&BridgeMessage::Unknown);
        }
        trace.record_finish();
        assert_eq!(trace.entries().len(), MAX_ENTRIES - RESERVED + 1);
        assert_eq!(trace.entries().last(), Some(&TraceEntry::Finish));
    }
}
