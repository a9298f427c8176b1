//! What is kept of the connection of a run, so that it can be looked at again as the latest one is.

use echo_core::Line;
use echo_core::wire::{Address, BridgeMessage, Failure, TlsSession};
use serde::{Deserialize, Serialize};

use crate::certificate;
use crate::connection::{ConnectionTrace, TraceEntry};
use crate::format;
use crate::time::Micros;
use crate::transcript::{Direction, Note, Row, RowContent, StoppedBy, TargetEvidence, Transcript};

/// The most rows of a transcript that are kept: the first ones.
pub const MAX_ROWS: usize = 100;
/// The most bytes that the kept entries of the trace take, about as they are written.
pub const MAX_TRACE_BYTES: usize = 16 * 1024;
/// About how many bytes an entry of the trace takes without texts.
const ENTRY_BYTES: usize = 64;
/// The longest error in a row, in characters.
const MAX_ERROR: usize = 1_000;
/// The most characters of all errors in the rows: a connection fails once, and a program prints
/// that once.
const MAX_ERRORS: usize = 2 * (MAX_ERROR + 1);

/// What happened on the connection of a run: the beginning, with a bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The first rows of the transcript.
    pub rows: Vec<RecordedRow>,
    /// The number of rows after them, which were not kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_rows: u64,
    /// What the bridge reported of the TCP connection.
    pub trace: Vec<TraceEntry>,
    /// The number of reads, writes and packets that the bridge reported and that were not kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_trace: u64,
}

/// A row of a transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRow {
    /// When it happened, since Send or Connect was pressed, by the page's clock, in microseconds.
    pub at_us: u64,
    /// What happened.
    pub event: RecordedEvent,
    /// What is known of it between the bridge and the target.
    #[serde(default, skip_serializing_if = "is_unknown")]
    pub evidence: TargetEvidence,
}

/// What happened in a row. The bytes are those of the run's message and reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedEvent {
    /// The page sent this number of bytes.
    Sent(u64),
    /// The page received this number of bytes.
    Received(u64),
    /// The bridge wrote this number of bytes to the target, cut otherwise than the page sent them.
    Wrote(u64),
    /// The tutorial's client printed a line.
    Printed(RecordedLine),
    /// The connection to this address was established.
    Connected(Address),
    /// The TLS handshake was over after this number of microseconds.
    Secured(Micros),
    /// The sender of this direction finished (FIN).
    Finished(Direction),
    /// The sender of this direction reset the connection (RST).
    Reset(Direction),
    /// The connection failed with this error.
    Failed(String),
    /// The connection was closed in order.
    Disconnected,
    /// The page waited no longer.
    Stopped(StoppedBy),
}

/// A line of the tutorial's client, without the bytes that it quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedLine {
    /// The connection to this port was established.
    Connected(u16),
    /// The message was sent.
    Sent,
    /// The reply was the expected one.
    ReplyOk,
    /// The reply was another one.
    Unexpected,
    /// The reply did not come, with this error.
    FailedToReceive(String),
    /// There was no connection, with this error.
    FailedToConnect(String),
    /// The client ended.
    Terminated,
}

impl Recording {
    /// Records a connection, or returns `None` if the transcript has dropped its beginning.
    #[must_use]
    pub fn of(log: &Transcript, trace: &ConnectionTrace) -> Option<Self> {
        if log.dropped() > 0 {
            return None;
        }
        let rows: Vec<_> = log.rows().take(MAX_ROWS).map(RecordedRow::of).collect();
        let more_rows = log.total() - rows.len() as u64;
        let mut room = MAX_TRACE_BYTES;
        let entries = trace.entries();
        let fits = |entry: &&TraceEntry| {
            // Once one of those that come by the thousand is left out, so are those after it.
            let rest = room.checked_sub(size(entry));
            room = rest.unwrap_or(if is_frequent(entry) { 0 } else { room });
            rest.is_some() || !is_frequent(entry)
        };
        let kept = entries.iter().filter(|entry| !is_secret(entry));
        let trace: Vec<_> = kept.clone().filter(fits).map(recorded).collect();
        let more_trace = (kept.count() - trace.len()) as u64;
        Some(Self { rows, more_rows, trace, more_trace })
    }

    /// Returns whether it is within the limits of those that the page itself creates.
    pub(super) fn is_bounded(&self) -> bool {
        let errors: usize = self.rows.iter().map(|row| row.event.error().chars().count()).sum();
        // Entries that do not come by the thousand are kept beyond the limit.
        let sizes = || self.trace.iter().filter(|entry| is_frequent(entry)).map(size);
        let texts: usize = self.trace.iter().filter(|entry| !is_frequent(entry)).map(size).sum();
        self.rows.len() <= MAX_ROWS
            && errors <= MAX_ERRORS
            && sizes().sum::<usize>() <= MAX_TRACE_BYTES
            && texts <= MAX_TRACE_BYTES
    }
}

impl RecordedRow {
    fn of(row: &Row) -> Self {
        let event = match &row.content {
            RowContent::Transferred(piece) => match piece.direction {
                Direction::Sent => RecordedEvent::Sent(piece.byte_count()),
                Direction::Received => RecordedEvent::Received(piece.byte_count()),
            },
            RowContent::Written(piece) => RecordedEvent::Wrote(piece.byte_count()),
            RowContent::Note(note) => RecordedEvent::of(note),
        };
        Self { at_us: Micros::from_ms(row.at_ms).0, event, evidence: row.evidence }
    }
}

impl RecordedEvent {
    fn of(note: &Note) -> Self {
        match note {
            Note::Printed(line) => Self::Printed(RecordedLine::of(line)),
            Note::Connected(peer) | Note::Accepted(peer) => Self::Connected(peer.clone()),
            Note::Secured(took) => Self::Secured(*took),
            Note::Finished(direction) => Self::Finished(*direction),
            Note::Reset(direction) => Self::Reset(*direction),
            Note::Failed(error) => Self::Failed(shortened(error)),
            Note::Disconnected => Self::Disconnected,
            Note::Stopped(by) => Self::Stopped(*by),
        }
    }

    fn error(&self) -> &str {
        match self {
            Self::Failed(error)
            | Self::Printed(
                RecordedLine::FailedToConnect(error) | RecordedLine::FailedToReceive(error),
            ) => error,
            _ => "",
        }
    }
}

impl RecordedLine {
    fn of(line: &Line) -> Self {
        match line {
            Line::Connected(port) => Self::Connected(*port),
            Line::Sent(_) => Self::Sent,
            Line::ReplyOk => Self::ReplyOk,
            Line::Unexpected(_) => Self::Unexpected,
            Line::FailedToReceive(error) => Self::FailedToReceive(shortened(error)),
            Line::FailedToConnect(error) => Self::FailedToConnect(shortened(error)),
            Line::Terminated => Self::Terminated,
        }
    }
}

fn shortened(error: &str) -> String {
    format::shortened(error.to_owned(), MAX_ERROR)
}

/// Returns whether the entry tells secrets, which are kept only as long as the page is open.
fn is_secret(entry: &TraceEntry) -> bool {
    matches!(entry, TraceEntry::Message(BridgeMessage::TlsSecrets { .. }))
}

/// Returns an entry as it is recorded: of a server's certificates, no more than is shown.
fn recorded(entry: &TraceEntry) -> TraceEntry {
    match entry {
        TraceEntry::Message(BridgeMessage::Secured(session)) => {
            let chain = certificate::bounded(&session.chain);
            let session = TlsSession { chain, ..session.clone() };
            TraceEntry::Message(BridgeMessage::Secured(session))
        }
        TraceEntry::Message(BridgeMessage::Failed(failure)) => {
            let chain = certificate::bounded(&failure.chain);
            TraceEntry::Message(BridgeMessage::Failed(Failure { chain, ..failure.clone() }))
        }
        other => other.clone(),
    }
}

/// Returns whether the entry is one of those that come by the thousand.
fn is_frequent(entry: &TraceEntry) -> bool {
    matches!(
        entry,
        TraceEntry::Message(
            BridgeMessage::Wrote { .. }
                | BridgeMessage::Read { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::TcpInfo(_)
        )
    )
}

/// Returns about how many bytes an entry takes.
fn size(entry: &TraceEntry) -> usize {
    let text = match entry {
        TraceEntry::Message(BridgeMessage::Packet(packet)) => packet.data.len(),
        TraceEntry::Message(BridgeMessage::Connecting { target, .. }) => target.len(),
        TraceEntry::Message(BridgeMessage::Failed(Failure { message, chain, .. })) => {
            message.len() + certificate::size(chain)
        }
        TraceEntry::Message(BridgeMessage::NotCapturing { message }) => message.len(),
        TraceEntry::Message(BridgeMessage::Secured(session)) => certificate::size(&session.chain),
        TraceEntry::Message(BridgeMessage::Captured { interface, .. }) => interface.len(),
        _ => 0,
    };
    ENTRY_BYTES + text
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_unknown(evidence: &TargetEvidence) -> bool {
    *evidence == TargetEvidence::Unknown
}
