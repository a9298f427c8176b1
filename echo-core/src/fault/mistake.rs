//! What can be wrong with the text of a fault, and where.

use std::fmt;
use std::ops::Range;

use super::{FORMS, MAX_GREETING, MAX_TIME};
use crate::payload;

/// How much of what is wrong is quoted, in characters.
const MAX_QUOTED: usize = 24;

/// Why a text is no fault, and where.
///
/// Its [`Display`](fmt::Display) is an English sentence that names the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// What is wrong, as bytes of the text, from and to the edge of a character; empty where
    /// something is missing.
    pub range: Range<usize>,
    /// Which character the range begins with, where the text's first is 1.
    pub character: usize,
    wrong: String,
}

/// What is wrong at a place in the text of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// No fault has this name.
    UnknownName,
    /// The text ends where this belongs, or two colons have nothing between them.
    Missing(Expected),
    /// Something else than this stands there, or one beyond its bounds.
    NotA(Expected),
    /// More follows than this fault takes.
    Surplus,
    /// A mistake in an escape of the banner's text.
    Escape(payload::MistakeKind),
}

/// What belongs at a place in the text of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A whole number within bounds.
    Number {
        /// The lowest.
        min: u64,
        /// The highest.
        max: u64,
    },
    /// A time with its unit.
    Time,
    /// What a server says first.
    Greeting,
}

impl Mistake {
    pub(super) fn new(text: &str, range: Range<usize>, kind: MistakeKind) -> Self {
        let character = text[..range.start].chars().count() + 1;
        let mut wrong: String = text[range.clone()].chars().take(MAX_QUOTED).collect();
        if wrong.len() < range.len() {
            wrong.push('…');
        }
        Self { kind, range, character, wrong }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At character {}: ", self.character)?;
        let wrong = &self.wrong;
        match self.kind {
            MistakeKind::UnknownName => {
                write!(f, "no fault is called {wrong:?}; there are {}.", FORMS.join(", "))
            }
            MistakeKind::Missing(expected) => write!(f, "{expected} is missing."),
            MistakeKind::NotA(expected) => write!(f, "{wrong:?} is not {expected}."),
            MistakeKind::Surplus => write!(f, "{wrong:?} is more than this fault takes."),
            MistakeKind::Escape(kind) => write!(f, "{kind}."),
        }
    }
}

impl std::error::Error for Mistake {}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { min, max } => write!(f, "a number from {min} to {max}"),
            Self::Time => {
                write!(f, "a time like 200ms or 1s, at most {}s", MAX_TIME.as_secs())
            }
            Self::Greeting => write!(f, "a text of 1 to {MAX_GREETING} bytes"),
        }
    }
}
