//! What passes on the wire of a session, besides its bytes: what was said of it.

use echo_core::wire::{BridgeMessage, ClientMessage};

use crate::effect::Effect;
use crate::event::SessionEvent;

/// How many messages are kept of a session: as many as the bridge tells packets, and as many again.
const MAX_HEARD: usize = 20_000;
/// How many of them are kept for those that do not come by the thousand.
const RESERVED: usize = 100;

/// How closely the bridge is to watch a session's TCP connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceLevel {
    /// Its reads and writes.
    #[default]
    Trace,
    /// And what the kernel knows of it.
    Kernel,
    /// And its packets.
    Packets,
}

/// What was said of a session's TCP connection, in order. What it means for packets is the business
/// of a part that comes later.
#[derive(Debug, Default)]
pub struct ConnectionTrace {
    heard: Vec<TraceEntry>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq)]
pub enum TraceEntry {
    /// By the bridge.
    Said(BridgeMessage),
    /// By the page: it has said all that it will say, or closes the session, which is the same to the
    /// target.
    Finish,
    /// By the page: the connection is to be broken off.
    Reset,
}

impl ConnectionTrace {
    /// All that was said, in order.
    #[must_use]
    pub fn heard(&self) -> &[TraceEntry] {
        &self.heard
    }

    /// Takes in what was said. Of messages that come by the thousand the first are kept.
    fn hear(&mut self, heard: TraceEntry) {
        let bound = match &heard {
            TraceEntry::Said(message) => match message {
                BridgeMessage::Ack { .. } | BridgeMessage::Unknown => return,
                BridgeMessage::Wrote { .. }
                | BridgeMessage::Read { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::TcpInfo(_) => MAX_HEARD - RESERVED,
                BridgeMessage::Connecting { .. }
                | BridgeMessage::Connected { .. }
                | BridgeMessage::Finished { .. }
                | BridgeMessage::Failed(_)
                | BridgeMessage::Closed { .. }
                | BridgeMessage::Capturing { .. }
                | BridgeMessage::NotCapturing { .. }
                | BridgeMessage::Captured { .. } => MAX_HEARD,
            },
            TraceEntry::Finish | TraceEntry::Reset => MAX_HEARD,
        };
        if self.heard.len() < bound {
            self.heard.push(heard);
        }
    }

    /// Takes in what happened in the session.
    pub fn hear_of(&mut self, event: &SessionEvent) {
        if let SessionEvent::Said(message) = event {
            self.hear(TraceEntry::Said(message.clone()));
        }
    }

    /// Takes in what the page does in the session.
    pub fn does(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Say(ClientMessage::Finish) | Effect::Close => self.hear(TraceEntry::Finish),
                Effect::Say(ClientMessage::Reset) => self.hear(TraceEntry::Reset),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use echo_core::wire::TcpInfo;

    use super::*;

    #[test]
    fn the_first_of_many_messages_are_kept_and_the_end_always() {
        let mut wire = ConnectionTrace::default();
        for at_us in 0..2 * MAX_HEARD as u64 {
            wire.hear(TraceEntry::Said(BridgeMessage::Read { bytes: 1, at_us }));
            wire.hear(TraceEntry::Said(BridgeMessage::Ack { bytes: 1 }));
            wire.hear(TraceEntry::Said(BridgeMessage::TcpInfo(TcpInfo::default())));
            wire.hear(TraceEntry::Said(BridgeMessage::Unknown));
        }
        wire.does(&[Effect::Say(ClientMessage::Finish), Effect::FetchInfo]);
        assert_eq!(wire.heard().len(), MAX_HEARD - RESERVED + 1);
        assert_eq!(wire.heard().last(), Some(&TraceEntry::Finish));
    }
}
