//! What is not known of an earlier run, because it was not kept.

use super::record::RunRecord;
use crate::bounded_bytes::{BoundedBytes, MAX_COPIED_BYTES};
use crate::modes::Mode;
use crate::transcript::Direction;

/// What was not kept of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// Everything that happened on the connection: the message is longer than this number of bytes.
    LongMessage(usize),
    /// Everything that happened on the connection: its beginning was gone when it ended.
    Beginning,
    /// The events after the first ones.
    Events {
        /// How many are kept.
        kept: usize,
        /// How many there were.
        total: u64,
    },
    /// Reads, writes and packets after the first ones: this number.
    Packets(u64),
    /// Bytes after the first ones.
    Bytes {
        /// Which way they went.
        direction: Direction,
        /// How many are kept.
        kept: usize,
        /// How many there were.
        total: u64,
    },
}

/// Returns what was not kept of a run that could have been.
pub(super) fn not_kept(record: &RunRecord) -> Vec<NotKept> {
    if record.mode == Mode::Load {
        return vec![];
    }
    let Some(recording) = &record.recording else {
        let is_long = record.mode == Mode::Once && record.message.complete().is_none();
        let not_kept =
            if is_long { NotKept::LongMessage(MAX_COPIED_BYTES) } else { NotKept::Beginning };
        return vec![not_kept];
    };
    let kept = recording.rows.len();
    let events = (recording.more_rows > 0)
        .then(|| NotKept::Events { kept, total: recording.more_rows.saturating_add(kept as u64) });
    let packets = (recording.more_trace > 0).then_some(NotKept::Packets(recording.more_trace));
    let bytes = |direction, bytes: &BoundedBytes| {
        let (kept, total) = (bytes.bytes().len(), bytes.length());
        bytes.complete().is_none().then_some(NotKept::Bytes { direction, kept, total })
    };
    let received = if record.reply.complete().is_some() && !record.extra.is_empty() {
        &record.extra
    } else {
        &record.reply
    };
    let bytes = [bytes(Direction::Sent, &record.message), bytes(Direction::Received, received)];
    [events, packets].into_iter().chain(bytes).flatten().collect()
}
