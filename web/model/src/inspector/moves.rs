//! How the focus moves among the bytes.

use super::dump::{Dump, DumpRow};
use crate::transcript::Direction;

/// A move of the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the byte before.
    Left,
    /// To the next byte.
    Right,
    /// Up by this number of rows.
    Up(usize),
    /// Down by this number of rows.
    Down(usize),
    /// To the first byte of the row.
    Start,
    /// To the last byte of the row.
    End,
    /// To the first byte of all.
    First,
    /// To the last byte of all.
    Last,
}

impl Move {
    /// Returns the byte that the move leads to from a byte, or `None` if there is none.
    #[must_use]
    pub fn from(self, dump: &Dump, at: (Direction, u64)) -> Option<(Direction, u64)> {
        let number = dump.row_of(at.0, at.1)?;
        let row = dump.row(number)?;
        let column = usize::try_from(at.1 - row.offset).ok()?;
        match self {
            Self::Left if column > 0 => byte(&row, column - 1),
            Self::Left => byte(&dump.row(number.checked_sub(1)?)?, usize::MAX),
            Self::Right if column + 1 < bytes(&row) => byte(&row, column + 1),
            Self::Right => byte(&dump.row(number + 1)?, 0),
            Self::Up(rows) => byte(&dump.row(number.saturating_sub(rows))?, column),
            Self::Down(rows) => byte(&dump.row((number + rows).min(dump.len() - 1))?, column),
            Self::Start => byte(&row, 0),
            Self::End => byte(&row, usize::MAX),
            Self::First => dump.first(),
            Self::Last => dump.last(),
        }
    }
}

fn bytes(row: &DumpRow) -> usize {
    row.bytes.map_or(0, |row| row.bytes.len())
}

/// Returns the byte in this column, or the last byte of the row.
fn byte(row: &DumpRow, column: usize) -> Option<(Direction, u64)> {
    let last = bytes(row).checked_sub(1)?;
    Some((row.direction, row.offset + column.min(last) as u64))
}
