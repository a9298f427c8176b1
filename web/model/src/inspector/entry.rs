//! What stands in a row of the Timeline.

use crate::transcript::{Segment, Transcript};

/// One row of the Timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum TimelineEntry {
    /// So many milliseconds passed before the row of this number.
    Pause(u64, f64),
    /// The row of this number.
    One(u64),
    /// The bytes in the row of this number, and what the program said of them in the next.
    Described(u64),
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
    /// Returns the number of the entry's first row.
    #[must_use]
    pub fn row(&self) -> u64 {
        match self {
            Self::Pause(row, _) | Self::One(row) | Self::Described(row) => *row,
            Self::Many(fold) => fold.first,
        }
    }

    /// Returns the number of the entry's last row.
    #[must_use]
    pub fn last_row(&self) -> u64 {
        match self {
            Self::Pause(row, _) | Self::One(row) => *row,
            Self::Described(row) => row + 1,
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
            Self::One(row) | Self::Described(row) => of.row(*row)?.piece().cloned(),
            Self::Many(fold) => Some(fold.bytes.clone()),
        }
    }
}
