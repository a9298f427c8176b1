//! A connection as it was recorded: what the inspector shows of an earlier run.
//!
//! In the page this code is loaded on demand, with the list of runs.

use std::rc::Rc;

use echo_core::Line;
use echo_core::wire::Address;

use super::record::RunRecord;
use super::recording::{RecordedEvent, RecordedLine, RecordedRow};
use crate::connection::{ConnectionId, ConnectionTrace};
use crate::expected_reply::{ExpectedReply, ExpectedReplyKind};
use crate::modes::Mode;
use crate::role::Role;
use crate::time::PageTime;
use crate::transcript::{Direction, Note, Row, RowContent, Segment, TargetEvidence, Transcript};

/// The connection of an earlier run.
#[derive(Debug)]
pub struct RestoredConnection {
    /// An id that no other connection has.
    pub id: ConnectionId,
    /// Which end of it the page was.
    pub role: Role,
    /// The mode of the run.
    pub mode: Mode,
    /// The target.
    pub target: String,
    /// The target's end, if the connection was established.
    pub peer: Option<Address>,
    /// What happened on the connection.
    pub log: Transcript,
    /// What the bridge reported of it.
    pub trace: ConnectionTrace,
    /// The bytes with which the reply is compared, if it is compared with any.
    pub expected: Option<(Vec<u8>, ExpectedReplyKind)>,
}

impl RestoredConnection {
    /// Restores the connection of a run, or returns `None` if it was not recorded. `clock_began`
    /// is when the page's clock was at zero, in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn of(record: &RunRecord, id: ConnectionId, clock_began: f64) -> Option<Self> {
        let recording = record.recording.as_ref()?;
        let mut offsets = Offsets::default();
        let rows: Vec<_> = recording.rows.iter().map(|row| offsets.row(row, record)).collect();
        let is_peer = |row: &RecordedRow| match &row.event {
            RecordedEvent::Connected(peer) => Some(peer.clone()),
            _ => None,
        };
        let [mut sent, mut received] = [record.message.bytes().to_vec(), record.received()];
        let mut moved = offsets.moved;
        if recording.more_rows > 0 {
            let received = record.reply.length().saturating_add(record.extra.length());
            moved = [moved[0].max(record.message.length()), moved[1].max(received)];
        } else {
            // Of a message that was not sent whole, the rest is no part of what happened.
            sent.truncate(usize::try_from(offsets.moved[0]).unwrap_or(usize::MAX));
            received.truncate(usize::try_from(offsets.moved[1]).unwrap_or(usize::MAX));
        }
        let log = Transcript::restored(
            PageTime::from_ms(started_ms(record, &rows) - clock_began),
            rows,
            [sent, received],
            moved,
        );
        let trace = ConnectionTrace::restored(recording.trace.clone());
        let peer = recording.rows.iter().find_map(is_peer).or_else(|| trace.peer().cloned());
        let expected = expected(record);
        let (role, mode, target) = (record.role, record.mode, record.target.clone());
        Some(Self { id, role, mode, target, peer, log, trace, expected })
    }
}

/// Returns when a run began, in milliseconds since 1970 (UTC).
fn started_ms(record: &RunRecord, rows: &[Row]) -> f64 {
    let took = rows.last().map_or(0.0, |row| row.at_ms);
    #[allow(clippy::cast_precision_loss, reason = "a date is far below 2^53 ms")]
    let finished = record.finished_ms as f64;
    finished - took
}

/// Returns the bytes with which a reply is compared. A conversation is not compared, and neither is
/// a reply of which anything was accepted, nor one of which more was expected than is kept.
fn expected(record: &RunRecord) -> Option<(Vec<u8>, ExpectedReplyKind)> {
    if record.mode != Mode::Once {
        return None;
    }
    match record.expected_reply()? {
        ExpectedReply::Same => Some((record.message.complete()?.to_vec(), ExpectedReplyKind::Same)),
        ExpectedReply::Bytes(bytes) => Some((bytes, ExpectedReplyKind::Bytes)),
        ExpectedReply::Anything => None,
    }
}

/// The number of bytes that were sent, received and written to the target so far.
#[derive(Default)]
struct Offsets {
    moved: [u64; 2],
    written: u64,
}

impl Offsets {
    fn row(&mut self, row: &RecordedRow, record: &RunRecord) -> Row {
        let content = match &row.event {
            RecordedEvent::Sent(count) => {
                let piece = self.moved(Direction::Sent, *count);
                if matches!(row.evidence, TargetEvidence::MeasuredAt(_)) {
                    self.written = piece.range.end;
                }
                RowContent::Transferred(piece)
            }
            RecordedEvent::Received(count) => {
                RowContent::Transferred(self.moved(Direction::Received, *count))
            }
            RecordedEvent::Wrote(count) => {
                let range = self.written..self.written.saturating_add(*count);
                self.written = range.end;
                RowContent::Written(Segment { direction: Direction::Sent, range })
            }
            RecordedEvent::Printed(it) => {
                RowContent::Note(Note::Printed(Rc::new(line(it, record))))
            }
            RecordedEvent::Connected(peer) => RowContent::Note(match record.role {
                Role::Client => Note::Connected(peer.clone()),
                Role::Server => Note::Accepted(peer.clone()),
            }),
            RecordedEvent::Finished(direction) => RowContent::Note(Note::Finished(*direction)),
            RecordedEvent::Reset(direction) => RowContent::Note(Note::Reset(*direction)),
            RecordedEvent::Failed(error) => RowContent::Note(Note::Failed(error.clone())),
            RecordedEvent::Secured(took) => RowContent::Note(Note::Secured(*took)),
            RecordedEvent::Disconnected => RowContent::Note(Note::Disconnected),
            RecordedEvent::Stopped(by) => RowContent::Note(Note::Stopped(*by)),
        };
        #[allow(clippy::cast_precision_loss, reason = "a time that a page measured")]
        let at_ms = row.at_us as f64 / 1_000.0;
        Row { at_ms, content, evidence: row.evidence }
    }

    fn moved(&mut self, direction: Direction, count: u64) -> Segment {
        let end = &mut self.moved[direction as usize];
        let range = *end..end.saturating_add(count);
        *end = range.end;
        Segment { direction, range }
    }
}

/// Returns a line with the bytes that it quotes.
fn line(line: &RecordedLine, record: &RunRecord) -> Line {
    match line {
        RecordedLine::Connected(port) => Line::Connected(*port),
        // It is recorded only where the whole message is kept.
        RecordedLine::Sent => Line::Sent(record.message.bytes().to_vec()),
        RecordedLine::ReplyOk => Line::ReplyOk,
        RecordedLine::Unexpected => Line::Unexpected(record.reply.bytes().to_vec()),
        RecordedLine::FailedToReceive(error) => Line::FailedToReceive(error.clone()),
        RecordedLine::FailedToConnect(error) => Line::FailedToConnect(error.clone()),
        RecordedLine::Terminated => Line::Terminated,
    }
}
