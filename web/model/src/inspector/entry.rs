//! What stands in a row of the Timeline.

use crate::time::Micros;
use crate::transcript::{Segment, Transcript};

/// One row of the Timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum TimelineEntry {
    /// So many milliseconds passed before the row of this number.
    Pause(u64, f64),
    /// What happened in a row of the transcript, and the lines that the program printed then.
    Event {
        /// The number of the row.
        row: u64,
        /// How many lines were printed: they are the rows that follow.
        lines: u64,
    },
    /// Many rows of bytes that went one way, one after the other.
    Many(FoldedRows),
}

/// Many rows of bytes that went one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldedRows {
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// How many they are.
    pub count: u64,
    /// All their bytes.
    pub bytes: Segment,
    /// Whether they are the bridge's writes, and not what passed between it and the page.
    pub wrote: bool,
}

impl TimelineEntry {
    /// Returns the entry of a row with nothing printed.
    #[must_use]
    pub fn of(row: u64) -> Self {
        Self::Event { row, lines: 0 }
    }

    /// Returns the number of the entry's first row.
    #[must_use]
    pub fn row(&self) -> u64 {
        match self {
            Self::Pause(row, _) | Self::Event { row, .. } => *row,
            Self::Many(fold) => fold.first,
        }
    }

    /// Returns the number of the entry's last row.
    #[must_use]
    pub fn last_row(&self) -> u64 {
        match self {
            Self::Pause(row, _) => *row,
            Self::Event { row, lines } => row + lines,
            Self::Many(fold) => fold.last,
        }
    }

    /// Returns whether something happened in the entry.
    #[must_use]
    pub fn is_event(&self) -> bool {
        !matches!(self, Self::Pause(..))
    }

    /// Returns the bytes that moved in the entry.
    #[must_use]
    pub fn moved(&self, of: &Transcript) -> Option<Segment> {
        match self {
            Self::Pause(..) => None,
            Self::Event { row, .. } => of.row(*row)?.piece().cloned(),
            Self::Many(fold) => Some(fold.bytes.clone()),
        }
    }

    /// Returns when the entry's first and last event happened between the bridge and the target, by
    /// the bridge's clock, as far as the bridge reported that.
    #[must_use]
    pub fn bridge_times(&self, of: &Transcript) -> Option<(Micros, Micros)> {
        let time = |row| of.row(row)?.bridge_time();
        match self {
            Self::Pause(..) => None,
            Self::Event { row, .. } => time(*row).map(|at| (at, at)),
            // The first rows of a fold may be dropped by now.
            Self::Many(fold) => time(fold.first.max(of.dropped())).zip(time(fold.last)),
        }
    }
}
