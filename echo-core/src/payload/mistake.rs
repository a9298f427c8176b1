//! What can be wrong with a text, and where.

use std::fmt;
use std::ops::Range;

/// Why a text stands for no bytes, and where: the first mistake in it.
///
/// Its [`Display`](fmt::Display) is an English sentence that names the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// The characters that are wrong: at least one, as bytes of the text, from and to the edge of
    /// a character.
    pub range: Range<usize>,
    /// Which character the range begins with, where the text's first is 1. Characters are Unicode
    /// scalar values, as in Rust's `char`.
    pub character: usize,
}

/// What is wrong at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// No escape is called `\` and this character.
    UnknownEscape(char),
    /// The text ends inside an escape.
    UnfinishedEscape,
    /// `\u` without the brace behind it.
    MissingBrace,
    /// This character stands where a hex digit belongs.
    BadHexDigit(char),
    /// `\u{}`, `0x` or `\x` without a digit.
    NoDigits,
    /// More than six digits in `\u{..}`.
    TooManyDigits,
    /// The number in `\u{..}` is no character: beyond 10ffff, or half of a surrogate pair.
    NotAScalar(u32),
    /// A hex digit without the other one of its byte.
    UnpairedDigit,
}

impl Mistake {
    pub(super) fn new(text: &str, range: Range<usize>, kind: MistakeKind) -> Self {
        let character = text[..range.start].chars().count() + 1;
        Self { kind, range, character }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At character {}: {}.", self.character, self.kind)
    }
}

impl std::error::Error for Mistake {}

impl fmt::Display for MistakeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownEscape(c) => {
                write!(f, "\\{} is no escape; a backslash itself is \\\\", c.escape_debug())
            }
            Self::UnfinishedEscape => f.write_str("an escape is not finished"),
            Self::MissingBrace => f.write_str("\\u wants braces, as in \\u{4f60}"),
            Self::BadHexDigit(c) => {
                write!(f, "a hex digit belongs here, 0 to 9 or a to f, not {c:?}")
            }
            Self::NoDigits => f.write_str("the hex digits are missing"),
            Self::TooManyDigits => f.write_str("there are more than six digits"),
            Self::NotAScalar(number) => write!(f, "{number:x} is the number of no character"),
            Self::UnpairedDigit => f.write_str("a digit stands alone; a byte has two"),
        }
    }
}
