//! The records of interactive connections and load tests.

use super::record::{Exchanges, LogLine, MAX_LINES, RunOutcome, RunRecord};
use super::recording::Recording;
use crate::bounded_bytes::BoundedBytes;
use crate::format;
use crate::modes::Mode;
use crate::modes::conversation::{Conversation, ConversationEnd, ConversationState};
use crate::modes::interactive::Interactive;
use crate::modes::load::LoadTest;
use crate::transcript::{Direction, Row, Segment, Transcript};

/// The most bytes of a piece that its line shows.
const MAX_LINE_BYTES: usize = 200;

impl RunRecord {
    /// Creates the record of an interactive connection, or returns `None` while it is open.
    /// [`dated`](Self::dated) adds the date.
    #[must_use]
    pub fn of_interactive(interactive: &Interactive) -> Option<Self> {
        Self::of_conversation(&interactive.conversation, &interactive.target)
    }

    /// Creates the record of a conversation with `target`, or returns `None` while it is open.
    /// [`dated`](Self::dated) adds the date.
    #[must_use]
    pub fn of_conversation(conversation: &Conversation, target: &str) -> Option<Self> {
        let ConversationState::Over(end) = &conversation.state else { return None };
        let (outcome, failed) = match end {
            ConversationEnd::NotConnected(error, cause) => {
                (RunOutcome::NotConnected, Some((error, *cause)))
            }
            ConversationEnd::Broken(error, cause) => (RunOutcome::Broken, Some((error, *cause))),
            ConversationEnd::GivenUp => (RunOutcome::GivenUp, None),
            ConversationEnd::Finished => (RunOutcome::Finished, None),
            ConversationEnd::Reset => (RunOutcome::Reset, None),
            ConversationEnd::Disconnected => (RunOutcome::Disconnected, None),
        };
        let mut lines = LogLine::of_pieces(&conversation.log);
        if let Some((error, _)) = failed {
            // `RunRecord::sentence` takes the last line for the result.
            lines.truncate(MAX_LINES - 1);
            let at = conversation.log.rows().next_back().map_or(0.0, |row| row.at_ms);
            lines.push(LogLine::new(at, error.clone(), None, None));
        }
        Some(Self {
            message: beginning(&conversation.log, Direction::Sent),
            reply: beginning(&conversation.log, Direction::Received),
            cause: failed.map(|(_, cause)| cause),
            lines,
            recording: Recording::of(&conversation.log, conversation.trace()),
            ..Self::new(Mode::Interactive, target, outcome)
        })
    }

    /// Creates the record of a load test, or returns `None` while it is in progress.
    /// [`dated`](Self::dated) adds the date.
    #[must_use]
    pub fn of_load_test(load: &LoadTest) -> Option<Self> {
        let exchanges = Exchanges { done: load.done(), same: load.same };
        (!load.is_running()).then(|| Self {
            message: BoundedBytes::copy_of(&load.message),
            cause: load.cause_of_all(),
            tcp_us: load.tcp.percentile(50),
            browser_us: load.browser.percentile(50),
            exchanges: Some(exchanges),
            ..Self::new(Mode::Load, &load.spec.address, RunOutcome::Repeated)
        })
    }
}

/// Returns the first bytes of a direction and their total number. If the transcript does not retain
/// the first bytes any more, it returns the number only.
fn beginning(log: &Transcript, direction: Direction) -> BoundedBytes {
    let bytes = log.bytes(direction);
    BoundedBytes::prefix_of(bytes.from_start(), bytes.end())
}

impl LogLine {
    /// Returns lines for the first pieces of bytes that were sent or received.
    fn of_pieces(log: &Transcript) -> Vec<Self> {
        let line = |row: &Row| Some(Self::of_piece(row.at_ms, row.segment()?, log));
        log.rows().filter_map(line).take(MAX_LINES).collect()
    }

    /// Returns the line of a piece with its first [`MAX_LINE_BYTES`] as text.
    fn of_piece(at: f64, piece: &Segment, log: &Transcript) -> Self {
        let bytes = log.bytes_of(piece);
        let text = format::excerpt(bytes, MAX_LINE_BYTES, bytes.len() as u64);
        let count = |direction| (piece.direction == direction).then(|| piece.byte_count());
        Self::new(at, text, count(Direction::Sent), count(Direction::Received))
    }
}
