//! The filter of the rows of the Timeline.

use crate::format::find_ignoring_case;
use crate::transcript::{Direction, Note, Row, RowContent, Transcript};

/// What is asked of a row; at first, nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Bytes that went this way.
    pub direction: Option<Direction>,
    /// This text in its line or its bytes, whatever the case of its ASCII letters.
    pub text: String,
}

impl Filter {
    /// Returns whether a filter is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Returns whether a row passes the filter.
    #[must_use]
    pub fn wants(&self, row: &Row, of: &Transcript) -> bool {
        let way = row.piece().map(|moved| moved.direction);
        (self.direction.is_none() || self.direction == way) && self.finds(row, of)
    }

    fn finds(&self, row: &Row, of: &Transcript) -> bool {
        let text = self.text.as_bytes();
        match &row.content {
            _ if text.is_empty() => true,
            RowContent::Transferred(piece) | RowContent::Written(piece) => {
                contains(of.bytes_of(piece), text)
            }
            RowContent::Note(Note::Printed(line)) => contains(line.to_string().as_bytes(), text),
            RowContent::Note(Note::Failed(error)) => contains(error.as_bytes(), text),
            RowContent::Note(_) => false,
        }
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    find_ignoring_case(bytes, 0, text).is_some()
}
