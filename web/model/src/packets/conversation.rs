//! What both ends of a file's connection said, in the order of the wire.

use echo_core::packets::{Capture, End, follow};

/// How many bytes of a conversation are shown.
pub const MAX_CONVERSATION_BYTES: usize = 64 * 1024;
/// How many turns of a conversation are shown.
const MAX_TURNS: usize = 1_000;

/// The beginning of what both ends said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// What was said, turn by turn.
    pub turns: Vec<ConversationTurn>,
    /// Whether more was said.
    pub has_more: bool,
}

/// What one end said before the other end said something.
#[derive(Debug, PartialEq, Eq)]
pub struct ConversationTurn {
    /// Who said it.
    pub by: End,
    /// How many bytes before it were not captured.
    pub missing: u32,
    /// What was said.
    pub bytes: Vec<u8>,
}

impl Conversation {
    /// Returns the conversation of a connection.
    #[must_use]
    pub fn of(capture: &Capture) -> Self {
        let mut all = Self::default();
        let mut room = MAX_CONVERSATION_BYTES;
        for chunk in follow::follow(capture) {
            if room == 0 || all.turns.len() == MAX_TURNS {
                all.has_more = true;
                break;
            }
            let fitting = &chunk.bytes[..chunk.bytes.len().min(room)];
            room -= fitting.len();
            all.has_more |= fitting.len() < chunk.bytes.len();
            match all.turns.last_mut() {
                Some(turn) if turn.by == chunk.by && chunk.missing == 0 => {
                    turn.bytes.extend_from_slice(fitting);
                }
                _ => all.turns.push(ConversationTurn {
                    by: chunk.by,
                    missing: chunk.missing,
                    bytes: fitting.to_vec(),
                }),
            }
        }
        all
    }
}
