//! Recognizes the last packet of a TCP connection.

use echo_core::packets::{Capture, End, Flags, Packet};

/// Follows the packets of one connection up to its end: an RST, or a FIN of each end and the ACK of
/// each FIN.
#[derive(Debug, Default)]
pub(super) struct CloseTracker {
    /// For each end that sent FIN, the sequence number that acknowledges it.
    fins: [Option<u32>; 2],
    /// For each end, whether its FIN was acknowledged.
    acknowledged: [bool; 2],
    reset: bool,
}

impl CloseTracker {
    /// Records the next packet of the connection whose ends `ends` knows.
    pub(super) fn record(&mut self, ends: &Capture, packet: &Packet) {
        let Some(sender) = ends.sender(packet) else { return };
        self.reset |= packet.flags.has(Flags::RST);
        if packet.flags.has(Flags::FIN) {
            let end = packet.seq.wrapping_add(packet.sequence_length());
            self.fins[sender as usize] = Some(end);
        }
        let other = sender.other() as usize;
        let is_ack = packet.flags.has(Flags::ACK);
        self.acknowledged[other] |= is_ack && self.fins[other] == Some(packet.ack);
    }

    /// Returns whether no more packets follow.
    pub(super) fn is_closed(&self) -> bool {
        self.reset || [End::Client, End::Server].iter().all(|end| self.acknowledged[*end as usize])
    }
}
