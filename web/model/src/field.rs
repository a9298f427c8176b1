//! The fields of the composer, and what keeps Send from sending.

use std::ops::Range;

use crate::dom::{DomCommand, Focus};

/// A field that the user fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The target.
    To,
    /// The message.
    Message,
    /// The expected reply.
    ExpectedReply,
    /// Where the page listens as a server.
    ListenOn,
}

/// What keeps Send from sending: a field that is empty, or has an error in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// Where the error is, in UTF-16 code units, or `None` if the field is empty.
    pub selection: Option<Range<u32>>,
}

impl Field {
    /// Returns the id of the field's element.
    #[must_use]
    pub fn element_id(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Message => "message",
            Self::ExpectedReply => "these",
            Self::ListenOn => "listen-on",
        }
    }
}

impl FieldError {
    /// Puts the focus into the field, and selects the error.
    #[must_use]
    pub fn focus(self) -> DomCommand {
        let id = self.field.element_id().into();
        DomCommand::Focus(Focus { id, selection: self.selection, scrolls: true })
    }
}

/// Returns a range of the bytes of a text in UTF-16 code units, in which browsers count. A place
/// that is none between two characters of it counts as its end.
pub(crate) fn utf16_range(text: &str, range: &Range<usize>) -> Range<u32> {
    let units = |end: usize| {
        let units = text.get(..end).unwrap_or(text).encode_utf16().count();
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    units(range.start)..units(range.end)
}

/// Returns a range of UTF-16 code units of a text in bytes: the reverse of [`utf16_range`]. A place
/// within a character counts as its end.
pub(crate) fn byte_range(text: &str, range: &Range<u32>) -> Range<usize> {
    let offset = |end: u32| {
        let mut units = 0;
        let starts = text.char_indices().find(|(_, character)| {
            let is_there = units >= end as usize;
            units += character.len_utf16();
            is_there
        });
        starts.map_or(text.len(), |(offset, _)| offset)
    };
    let start = offset(range.start);
    start..offset(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_text_are_found_both_ways() {
        let text = "a你😀b";
        for (bytes, units) in [(0..1, 0..1), (1..4, 1..2), (4..8, 2..4), (8..9, 4..5), (9..9, 5..5)]
        {
            assert_eq!(utf16_range(text, &bytes), units);
            assert_eq!(byte_range(text, &units), bytes);
        }
        assert_eq!(byte_range(text, &(3..99)), 8..9, "a place within a character is its end");
        #[allow(clippy::reversed_empty_ranges, reason = "a browser may give anything")]
        let reversed = byte_range(text, &(4..1));
        assert_eq!(reversed, 8..8);
    }
}
