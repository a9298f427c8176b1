//! The rows of a transcript.

use echo_core::wire::Address;
use std::ops::Range;
use std::rc::Rc;

use echo_core::Line;
use serde::{Deserialize, Serialize};

use crate::cause::Cause;
use crate::connection::EndRequest;
use crate::time::Micros;

/// The direction of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the page to the target.
    Sent,
    /// From the target to the page.
    Received,
}

/// A row of a transcript.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When it happened, in milliseconds since the start of the transcript.
    pub at_ms: f64,
    /// What happened.
    pub content: RowContent,
    /// What is known of it on the path between the bridge and the target.
    pub evidence: TargetEvidence,
}

/// What a row records.
#[derive(Clone, Debug, PartialEq)]
pub enum RowContent {
    /// The page sent or received bytes.
    Transferred(Segment),
    /// The bridge wrote bytes to the target, in other pieces than the page sent them, or later.
    Written(Segment),
    /// Anything else happened.
    Note(Note),
}

/// What is known of an event of a row on the path between the bridge and the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetEvidence {
    /// Nothing: it may not have happened there.
    #[default]
    Unknown,
    /// It happened there at this time of the bridge's clock: the beginning of a write, the return of
    /// any other call.
    MeasuredAt(Micros),
    /// It happened there, as the bridge reported without a time.
    Reported,
    /// It must have happened there, although nothing reports it: the page asked for it.
    Inferred(EndRequest),
    /// The path to the target failed.
    Failed(PathFailure),
}

/// A failure of the path from the page to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathFailure {
    /// Its cause.
    pub cause: Cause,
    /// Whether the TCP connection had been established.
    pub was_established: bool,
}

/// Who ended the wait for a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The page, at its limit.
    Limit,
    /// The user, who pressed Stop.
    User,
}

/// A piece of bytes, as the page sent or received it, or the bridge wrote it. TCP segments may be
/// divided differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The direction of the bytes.
    pub direction: Direction,
    /// The offsets of the bytes among all bytes of their direction.
    pub range: Range<u64>,
}

/// An event other than bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The tutorial's client printed a line.
    Printed(Rc<Line>),
    /// The TCP connection to this address was established.
    Connected(Address),
    /// The page, as a server, has the TCP connection that came from this address.
    Accepted(Address),
    /// The TLS handshake was over after so long: bytes are encrypted from here on.
    Secured(Micros),
    /// The sender of this direction finished (FIN).
    Finished(Direction),
    /// The sender of this direction reset the connection (RST).
    Reset(Direction),
    /// The connection failed with this error.
    Failed(String),
    /// The connection was closed in order, by the page or after both sides had finished.
    Disconnected,
    /// The page waits no longer. The tutorial's client would go on waiting, and prints nothing.
    Stopped(StoppedBy),
}

impl Direction {
    /// Both directions.
    pub const BOTH: [Self; 2] = [Self::Sent, Self::Received];

    /// Returns the opposite direction.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sent => Self::Received,
            Self::Received => Self::Sent,
        }
    }
}

impl Row {
    /// Returns the piece that the page sent or received, or `None` if the row records something
    /// else.
    #[must_use]
    pub fn segment(&self) -> Option<&Segment> {
        match &self.content {
            RowContent::Transferred(moved) => Some(moved),
            RowContent::Written(_) | RowContent::Note(_) => None,
        }
    }

    /// Returns the piece that the page sent or received, or that the bridge wrote, or `None` if the
    /// row records something else.
    #[must_use]
    pub fn piece(&self) -> Option<&Segment> {
        match &self.content {
            RowContent::Transferred(piece) | RowContent::Written(piece) => Some(piece),
            RowContent::Note(_) => None,
        }
    }

    /// Returns when the event happened between the bridge and the target, by the bridge's clock.
    #[must_use]
    pub fn bridge_time(&self) -> Option<Micros> {
        match self.evidence {
            TargetEvidence::MeasuredAt(at) => Some(at),
            TargetEvidence::Unknown
            | TargetEvidence::Reported
            | TargetEvidence::Inferred(_)
            | TargetEvidence::Failed(_) => None,
        }
    }

    /// Returns the piece if it is known when it passed between the bridge and the target.
    #[must_use]
    pub fn passed(&self) -> Option<&Segment> {
        self.piece().filter(|_| self.bridge_time().is_some())
    }

    /// Returns the line that the tutorial's client printed, or `None` if the row records something
    /// else.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        match &self.content {
            RowContent::Note(Note::Printed(line)) => Some(line),
            RowContent::Note(_) | RowContent::Transferred(_) | RowContent::Written(_) => None,
        }
    }
}

impl Segment {
    /// Returns the number of bytes.
    #[must_use]
    pub fn byte_count(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Returns whether the piece contains the byte at this offset of this direction.
    #[must_use]
    pub fn holds(&self, direction: Direction, offset: u64) -> bool {
        self.direction == direction && self.range.contains(&offset)
    }
}
