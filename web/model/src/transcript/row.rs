//! What a transcript's rows are made of.

use echo_core::wire::Address;
use std::ops::Range;
use std::rc::Rc;

use echo_core::Line;

/// Which way bytes went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the target.
    Sent,
    /// From the target.
    Received,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When, in milliseconds since the start.
    pub at: f64,
    /// What.
    pub what: What,
    /// What is known of it between the bridge and the target.
    pub evidence: TargetEvidence,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Bytes moved between the page and the bridge.
    Moved(Moved),
    /// The bridge wrote bytes to the target, cut otherwise than the page sent them.
    Wrote(Moved),
    /// Anything else.
    Note(Note),
}

/// What is known of what a row tells, between the bridge and the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetEvidence {
    /// Nothing: it may not have come to that.
    #[default]
    Unknown,
    /// It happened there, too, so many microseconds after the session's start, by the bridge's clock.
    At(u64),
    /// It happened there: the bridge says so, and not when.
    Told,
    /// It must have happened there: nobody says so.
    Inferred,
    /// It did not come to that, since the page does not reach the bridge.
    NoBridge,
    /// The bridge does not reach the target.
    NoTarget,
}

/// One piece of bytes, as it was handed over or came; TCP may have cut it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which way.
    pub direction: Direction,
    /// Where the piece stands among all bytes of its direction.
    pub range: Range<u64>,
}

/// What is noted besides the bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The tutorial's program printed a line.
    Printed(Rc<Line>),
    /// The connection to this address stands.
    Connected(Address),
    /// One side has said all it will say (FIN).
    Finished(Direction),
    /// One side broke the connection off (RST).
    Reset(Direction),
    /// It failed, in the words of whoever noticed.
    Failed(String),
    /// It is over.
    Disconnected,
}

impl Direction {
    /// Both of them.
    pub const BOTH: [Self; 2] = [Self::Sent, Self::Received];

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sent => Self::Received,
            Self::Received => Self::Sent,
        }
    }
}

impl Row {
    /// What moved, if bytes did.
    #[must_use]
    pub fn moved(&self) -> Option<&Moved> {
        match &self.what {
            What::Moved(moved) => Some(moved),
            What::Wrote(_) | What::Note(_) => None,
        }
    }

    /// The bytes that it tells of, on either part of their way.
    #[must_use]
    pub fn piece(&self) -> Option<&Moved> {
        match &self.what {
            What::Moved(piece) | What::Wrote(piece) => Some(piece),
            What::Note(_) => None,
        }
    }

    /// The bytes that passed between the bridge and the target then.
    #[must_use]
    pub fn passed(&self) -> Option<&Moved> {
        self.piece().filter(|_| matches!(self.evidence, TargetEvidence::At(_)))
    }

    /// The program's line, if it printed one.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        match &self.what {
            What::Note(Note::Printed(line)) => Some(line),
            What::Note(_) | What::Moved(_) | What::Wrote(_) => None,
        }
    }
}

impl Moved {
    /// How many bytes it is.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Whether this byte is among them.
    #[must_use]
    pub fn holds(&self, direction: Direction, offset: u64) -> bool {
        self.direction == direction && self.range.contains(&offset)
    }
}
