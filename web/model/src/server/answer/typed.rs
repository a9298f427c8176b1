//! A text in a rule that stands for bytes, and what can be wrong in one.

use echo_core::payload::{Mistake, Notation};

/// The longest pattern and the longest reply, as typed, in bytes.
pub const MAX_TYPED: usize = 4 * 1024;

/// A text that stands for bytes, of at most [`MAX_TYPED`] bytes itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBytes {
    /// The text.
    pub text: String,
    /// How it stands for bytes.
    pub notation: Notation,
}

impl Default for TypedBytes {
    fn default() -> Self {
        Self::new("")
    }
}

impl TypedBytes {
    /// Creates a text with escapes, in which any byte can be written.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), notation: Notation::Escapes }
    }
}

/// What can be wrong in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleMistakeKind {
    /// The pattern stands for no byte.
    Empty,
    /// The text is longer than [`MAX_TYPED`].
    TooLong,
    /// The text does not stand for bytes.
    Notation(Mistake),
    /// A brace begins none of the [placeholders](super::Placeholder).
    UnknownPlaceholder,
    /// More than [`MAX_INPUTS`](super::MAX_INPUTS) placeholders could each be the whole input.
    TooManyInputs,
    /// The delay is no number up to [`MAX_DELAY_MS`](super::MAX_DELAY_MS).
    NoDelay,
}
