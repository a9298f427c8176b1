//! What a person types as bytes, and bytes as text that a person can read.
//!
//! [`parse`] and [`write()`] are each other's reverse: what `write` gives in a notation parses back, in
//! that notation, to exactly the same bytes. Whoever switches the notation of a message parses it
//! in the one and writes it in the other.

mod cursor;
mod escapes;
mod hex;
mod invisible;
mod mistake;
mod printable;
#[cfg(test)]
mod tests;

pub use invisible::is_invisible;
pub use mistake::{Mistake, MistakeKind};
pub use printable::printable;

pub(crate) use escapes::write as escaped;

use serde::{Deserialize, Serialize};

/// How a text stands for bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notation {
    /// Its UTF-8, as it is.
    #[default]
    Text,
    /// Its UTF-8, with the escapes of Rust's byte and string literals: `\r` `\n` `\t` `\0` `\\`
    /// `\'` `\"`, `\x` with two hex digits for any byte, `\u{..}` with one to six hex digits for a
    /// character. No others: `\e` and `\a` are mistakes, as they are in Rust.
    Escapes,
    /// Pairs of hex digits, a byte each. Between bytes there may be white space, `,` `:` `;` `-`
    /// (the full-width `，` `：` `；` too) and, before a byte, `0x` or `\x`. A digit must have
    /// its pair, save one that stands alone behind a prefix: `0x5` is the byte 5.
    Hex,
}

impl Notation {
    /// Every notation.
    pub const ALL: [Self; 3] = [Self::Text, Self::Escapes, Self::Hex];
}

/// What is sent after a message, in every notation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnding {
    /// Nothing.
    #[default]
    None,
    /// A line feed, as `echo` adds it.
    Lf,
    /// A carriage return and a line feed, as HTTP, SMTP and Redis want it.
    CrLf,
}

impl LineEnding {
    /// Every ending.
    pub const ALL: [Self; 3] = [Self::None, Self::Lf, Self::CrLf];

    /// Its bytes: none, one or two.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }
}

/// The bytes to send for `text` and its ending.
///
/// # Errors
/// As [`parse`].
pub fn message(notation: Notation, text: &str, ending: LineEnding) -> Result<Vec<u8>, Mistake> {
    let mut bytes = parse(notation, text)?;
    bytes.extend_from_slice(ending.bytes());
    Ok(bytes)
}

/// The bytes that `text` stands for: never more of them than the text itself has.
///
/// # Errors
/// The first mistake in the text, with its place. [`Notation::Text`] knows none.
pub fn parse(notation: Notation, text: &str) -> Result<Vec<u8>, Mistake> {
    match notation {
        Notation::Text => Ok(text.as_bytes().to_vec()),
        Notation::Escapes => escapes::parse(text),
        Notation::Hex => hex::parse(text),
    }
}

/// A text that stands for exactly these bytes.
///
/// There is always one in [`Notation::Escapes`], where all that can be seen stays as it is and
/// controls, invisible characters and what is no UTF-8 are escaped; and in [`Notation::Hex`]: pairs
/// of lower-case digits with a space between. In [`Notation::Text`] there is none for bytes that
/// are no UTF-8 or hold a control character other than tab and line feed: a text field makes CR and
/// CRLF an LF, and the others could neither be seen there nor be sure to survive a copy.
#[must_use]
pub fn write(notation: Notation, bytes: &[u8]) -> Option<String> {
    match notation {
        Notation::Text => {
            let text = str::from_utf8(bytes).ok()?;
            let keeps = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
            text.chars().all(keeps).then(|| text.to_owned())
        }
        Notation::Escapes => Some(escapes::write(bytes)),
        Notation::Hex => Some(hex::write(bytes)),
    }
}
