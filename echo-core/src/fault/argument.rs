//! The arguments of a fault, as text.

use std::fmt;

use super::bounds::{Bounded, Count, Greeting, MAX_GREETING, MAX_TIME, Size, Time};
use crate::payload::{self, Notation};

/// The value of one parameter of a [`Fault`](super::Fault).
///
/// It is printed as in the fault's text form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A number of bytes, or an offset.
    Count(Count),
    /// The size of something that is sent.
    Size(Size),
    /// A duration.
    Time(Time),
    /// A text that the server sends.
    Text(&'a Greeting),
    /// A seed.
    Seed(u64),
}

impl fmt::Display for Argument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Size(size) => size.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Text(greeting) => greeting.fmt(f),
            Self::Seed(seed) => seed.fmt(f),
        }
    }
}

/// What an argument in the text form of a fault has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A whole number within these bounds.
    Number {
        /// The lowest number.
        min: u64,
        /// The highest number.
        max: u64,
    },
    /// A duration with its unit, at most [`MAX_TIME`].
    Time,
    /// A text of one to [`MAX_GREETING`] bytes.
    Greeting,
}

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

/// A type of argument that can be parsed.
pub(super) trait ParseArgument: Sized {
    /// What an error message says that this argument has to be.
    const EXPECTED: Expected;
    /// Whether the argument extends to the end of the text, so that it can contain colons.
    const TAKES_REST: bool = false;

    /// Parses the argument.
    fn parse(text: &str) -> Result<Self, ArgumentError>;
}

/// The reason why a text is not an argument.
pub(super) enum ArgumentError {
    /// The text as a whole is of another type or out of bounds.
    Invalid,
    /// An escape in the text is invalid.
    Escape(payload::Mistake),
}

impl<const MIN: u32, const MAX: u32> ParseArgument for Bounded<MIN, MAX> {
    const EXPECTED: Expected = Expected::Number { min: MIN as u64, max: MAX as u64 };

    fn parse(text: &str) -> Result<Self, ArgumentError> {
        parse_digits(text).and_then(Self::new).ok_or(ArgumentError::Invalid)
    }
}

impl ParseArgument for u64 {
    const EXPECTED: Expected = Expected::Number { min: 0, max: Self::MAX };

    fn parse(text: &str) -> Result<Self, ArgumentError> {
        parse_digits(text).ok_or(ArgumentError::Invalid)
    }
}

impl ParseArgument for Time {
    const EXPECTED: Expected = Expected::Time;

    fn parse(text: &str) -> Result<Self, ArgumentError> {
        let millis = match text.strip_suffix("ms") {
            Some(millis) => parse_digits(millis),
            None => text
                .strip_suffix('s')
                .and_then(parse_digits)
                .and_then(|seconds| seconds.checked_mul(1000)),
        };
        millis.and_then(Self::from_millis).ok_or(ArgumentError::Invalid)
    }
}

impl ParseArgument for Greeting {
    const EXPECTED: Expected = Expected::Greeting;
    const TAKES_REST: bool = true;

    fn parse(text: &str) -> Result<Self, ArgumentError> {
        let bytes = payload::parse(Notation::Escapes, text).map_err(ArgumentError::Escape)?;
        Self::new(bytes).ok_or(ArgumentError::Invalid)
    }
}

/// Parses a number that consists of digits only, without a sign or white space.
fn parse_digits(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
