//! When a connection's last packet has passed.

use echo_core::packets::{Capture, End, Flags, Packet};

/// How far the end of a connection has come.
#[derive(Debug, Default)]
pub(super) struct Over {
    /// The number after each end's FIN.
    fins: [Option<u32>; 2],
    acknowledged: [bool; 2],
    reset: bool,
}

impl Over {
    /// Takes the next packet of the connection that `ends` knows.
    pub(super) fn take(&mut self, ends: &Capture, packet: &Packet) {
        let Some(by) = ends.sender(packet) else { return };
        self.reset |= packet.flags.has(Flags::RST);
        if packet.flags.has(Flags::FIN) {
            let end = packet.seq.wrapping_add(packet.sequence_length());
            self.fins[by as usize] = Some(end);
        }
        let other = by.other() as usize;
        let is_ack = packet.flags.has(Flags::ACK);
        self.acknowledged[other] |= is_ack && self.fins[other] == Some(packet.ack);
    }

    /// Whether nothing follows: RST passed, or both FINs and what acknowledges them.
    pub(super) fn is_it(&self) -> bool {
        self.reset || [End::Client, End::Server].iter().all(|end| self.acknowledged[*end as usize])
    }
}
