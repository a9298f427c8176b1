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
pub use printable::{is_printable, printable};

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

/// How the lines of a message end: what is sent after the last one, in every notation, and where a
/// line was broken while typing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnding {
    /// Nothing is sent after the message; line breaks in it are line feeds.
    #[default]
    None,
    /// A line feed, as `echo` adds it.
    Lf,
    /// A carriage return and a line feed, as HTTP, SMTP and Redis want it after every line.
    CrLf,
}

impl LineEnding {
    /// Every ending.
    pub const ALL: [Self; 3] = [Self::None, Self::Lf, Self::CrLf];

    /// Its bytes after a message: none, one or two.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }

    /// Its bytes where a line was broken while typing: a text field has a line feed there.
    const fn line_break(self) -> &'static str {
        match self {
            Self::None | Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// The bytes to send for `text`, in which every line ends as `ending` says, the last one too.
///
/// # Errors
/// As [`parse`].
pub fn message(notation: Notation, text: &str, ending: LineEnding) -> Result<Vec<u8>, Mistake> {
    let mut bytes = parse_lines(notation, text, ending)?;
    bytes.extend_from_slice(ending.bytes());
    Ok(bytes)
}

/// The bytes that `text` stands for, where a line that was broken while typing ends as `ending` says.
/// What is written as an escape or in hex stays as it is, and nothing is added after the last line.
///
/// # Errors
/// As [`parse`].
pub fn parse_lines(notation: Notation, text: &str, ending: LineEnding) -> Result<Vec<u8>, Mistake> {
    match notation {
        Notation::Text => {
            let mut bytes = Vec::with_capacity(text.len());
            push_lines(&mut bytes, text, ending);
            Ok(bytes)
        }
        Notation::Escapes => escapes::parse(text, ending),
        Notation::Hex => hex::parse(text),
    }
}

/// A text that stands for exactly these bytes, where its lines end as `ending` says: the reverse of
/// [`parse_lines`]. There is one as [`write()`] says; in [`Notation::Text`] only if no line of the
/// bytes ends otherwise.
#[must_use]
pub fn write_lines(notation: Notation, bytes: &[u8], ending: LineEnding) -> Option<String> {
    if notation != Notation::Text || ending != LineEnding::CrLf {
        return write(notation, bytes);
    }
    let text = str::from_utf8(bytes).ok()?.replace("\r\n", "\n");
    // Every line feed becomes two bytes again: were there one without a CR, there would be more.
    let breaks = text.bytes().filter(|&byte| byte == b'\n').count();
    if text.len() + breaks == bytes.len() { write(notation, text.as_bytes()) } else { None }
}

/// How many bytes [`message`] has for a text in [`Notation::Text`], without making them.
#[must_use]
pub fn text_length(text: &str, ending: LineEnding) -> usize {
    let breaks = match ending {
        LineEnding::None | LineEnding::Lf => 0,
        LineEnding::CrLf => {
            let bytes = text.as_bytes();
            let is_bare = |&at: &usize| bytes[at] == b'\n' && (at == 0 || bytes[at - 1] != b'\r');
            (0..bytes.len()).filter(is_bare).count()
        }
    };
    text.len() + breaks + ending.bytes().len()
}

/// Appends what was typed. A line feed behind a CR is left alone, so that no line ends twice.
fn push_lines(bytes: &mut Vec<u8>, typed: &str, ending: LineEnding) {
    let mut lines = typed.split('\n');
    bytes.extend_from_slice(lines.next().unwrap_or_default().as_bytes());
    for line in lines {
        let has_cr = bytes.last() == Some(&b'\r');
        let line_break = if has_cr { "\n" } else { ending.line_break() };
        bytes.extend_from_slice(line_break.as_bytes());
        bytes.extend_from_slice(line.as_bytes());
    }
}

/// The bytes that `text` stands for: never more of them than the text itself has.
///
/// # Errors
/// The first mistake in the text, with its place. [`Notation::Text`] knows none.
pub fn parse(notation: Notation, text: &str) -> Result<Vec<u8>, Mistake> {
    parse_lines(notation, text, LineEnding::None)
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
