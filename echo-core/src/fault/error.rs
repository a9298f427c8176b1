//! Errors in the text form of a fault.

use std::fmt;
use std::ops::Range;

use super::argument::Expected;
use super::spec::forms;
use crate::payload;

/// The longest part of a text that an error message quotes, in characters.
const MAX_QUOTED: usize = 24;

/// An error in the text form of a [`Fault`](super::Fault), with its place.
///
/// Its [`Display`](fmt::Display) is an English sentence that names the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFaultError {
    /// The kind of error.
    pub kind: ParseFaultErrorKind,
    /// The bytes of the text that are wrong. The range begins and ends at character boundaries, and
    /// is empty where something is missing.
    pub range: Range<usize>,
    /// The number of the character at which the range begins. The first character has number 1.
    pub character: usize,
    quoted: String,
}

/// The kind of a [`ParseFaultError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseFaultErrorKind {
    /// There is no fault of this name.
    UnknownName,
    /// The text ends before this argument, or the argument is empty.
    Missing(Expected),
    /// The argument is of another type or out of bounds.
    NotA(Expected),
    /// Text follows after the last argument.
    Surplus,
    /// The text of a banner has an invalid escape.
    Escape(payload::MistakeKind),
}

impl ParseFaultError {
    /// Creates an error of this kind at `range` of `text`, which begins and ends at character
    /// boundaries.
    pub(super) fn new(text: &str, range: Range<usize>, kind: ParseFaultErrorKind) -> Self {
        let character = text[..range.start].chars().count() + 1;
        let mut quoted: String = text[range.clone()].chars().take(MAX_QUOTED).collect();
        if quoted.len() < range.len() {
            quoted.push('…');
        }
        Self { kind, range, character, quoted }
    }
}

impl fmt::Display for ParseFaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At character {}: ", self.character)?;
        let quoted = &self.quoted;
        match self.kind {
            ParseFaultErrorKind::UnknownName => {
                write!(f, "no fault is called {quoted:?}; there are {}.", forms().join(", "))
            }
            ParseFaultErrorKind::Missing(expected) => write!(f, "{expected} is missing."),
            ParseFaultErrorKind::NotA(expected) => write!(f, "{quoted:?} is not {expected}."),
            ParseFaultErrorKind::Surplus => {
                write!(f, "{quoted:?} is more than this fault takes.")
            }
            ParseFaultErrorKind::Escape(kind) => write!(f, "{kind}."),
        }
    }
}

impl std::error::Error for ParseFaultError {}
