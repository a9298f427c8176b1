//! What passes on the wire of a session, besides its bytes: what the bridge told of it.

use echo_core::packets::inferred::Trace;
use echo_core::wire::{BridgeMessage, ClientMessage, MAX_PACKETS_TOLD, PacketTold, TcpInfo};

use super::effect::Effect;

/// How closely the bridge is to watch a session's TCP connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// Its reads and writes.
    #[default]
    Trace,
    /// And what the kernel knows of it.
    Kernel,
    /// And its packets.
    Packets,
}

/// What was told of a session's TCP connection.
#[derive(Debug, Default)]
pub struct Wire {
    /// What packets can be inferred from.
    pub trace: Trace,
    /// Whether packets are captured.
    pub capturing: Capturing,
    /// The packets, in the order in which they passed.
    pub packets: Vec<PacketTold>,
    /// What the kernel knew last.
    pub kernel: Option<TcpInfo>,
}

/// Whether the packets of a session are captured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Capturing {
    /// Nobody asked for it.
    #[default]
    Unasked,
    /// The bridge cannot, in the words of whoever forbids it.
    Refused(String),
    /// They are, in a session that began then, in microseconds since 1970 (UTC).
    Since(u64),
    /// They were, in a session that began then; so many passed that were not told.
    Over {
        /// When it began, in microseconds since 1970 (UTC).
        began_us: u64,
        /// How many are lost.
        lost: u64,
    },
}

impl Capturing {
    /// When the session began, if its packets are or were captured.
    #[must_use]
    pub fn began_us(&self) -> Option<u64> {
        match self {
            Self::Unasked | Self::Refused(_) => None,
            Self::Since(began_us) | Self::Over { began_us, .. } => Some(*began_us),
        }
    }
}

impl Wire {
    /// Takes in what the bridge said.
    pub fn told(&mut self, message: &BridgeMessage) {
        self.trace.told(message);
        match message {
            BridgeMessage::Capturing { began_us } => self.capturing = Capturing::Since(*began_us),
            BridgeMessage::NotCapturing { message } => {
                self.capturing = Capturing::Refused(message.clone());
            }
            // A bridge tells no more; one that did would not fill the page's memory.
            BridgeMessage::Packet(packet) if (self.packets.len() as u64) < MAX_PACKETS_TOLD => {
                self.packets.push(packet.clone());
            }
            BridgeMessage::Captured { lost, .. } => {
                if let Capturing::Since(began_us) = self.capturing {
                    self.capturing = Capturing::Over { began_us, lost: *lost };
                }
            }
            BridgeMessage::TcpInfo(info) => self.kernel = Some(*info),
            _ => {}
        }
    }

    /// Takes in what the page does in the session: to close it has the bridge send FIN, too.
    pub fn does(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::In(_, effects) => self.does(effects),
                Effect::Say(ClientMessage::Finish) | Effect::Close => self.trace.finish(),
                Effect::Say(ClientMessage::Reset) => self.trace.reset(),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> BridgeMessage {
        BridgeMessage::Packet(PacketTold { at_ns: 1, link: 1, length: 3, data: "AAAA".into() })
    }

    #[test]
    fn what_was_captured_is_kept_with_what_was_lost() {
        let mut wire = Wire::default();
        wire.told(&BridgeMessage::Capturing { began_us: 7 });
        wire.told(&packet());
        assert_eq!(wire.capturing, Capturing::Since(7));
        wire.told(&BridgeMessage::Captured { packets: 1, lost: 2 });
        assert_eq!(wire.capturing, Capturing::Over { began_us: 7, lost: 2 });
        assert_eq!((wire.packets.len(), wire.capturing.began_us()), (1, Some(7)));
    }

    #[test]
    fn no_bridge_fills_the_pages_memory() {
        let mut wire = Wire::default();
        for _ in 0..MAX_PACKETS_TOLD + 5 {
            wire.told(&packet());
        }
        assert_eq!(wire.packets.len() as u64, MAX_PACKETS_TOLD);
    }
}
