//! Text with escapes, as in Rust's literals.

use std::fmt::Write as _;

use super::cursor::Cursor;
use super::{LineEnding, Mistake, MistakeKind, is_invisible, push_lines};

/// How many digits `\u{..}` may have: as many as the last character, 10ffff.
const MAX_DIGITS: usize = 6;

/// The bytes of a text whose typed line breaks are as `ending` says.
pub(super) fn parse(text: &str, ending: LineEnding) -> Result<Vec<u8>, Mistake> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut cursor = Cursor::new(text);
    loop {
        push_lines(&mut bytes, cursor.until(|c| c == '\\'), ending);
        if cursor.peek().is_none() {
            return Ok(bytes);
        }
        escape(&mut cursor, &mut bytes)?;
    }
}

/// Reads one escape, from its backslash on.
fn escape(cursor: &mut Cursor, bytes: &mut Vec<u8>) -> Result<(), Mistake> {
    let start = cursor.at();
    cursor.eat("\\");
    let name = cursor.next().ok_or_else(|| cursor.mistake(start, MistakeKind::UnfinishedEscape))?;
    match name {
        'r' => bytes.push(b'\r'),
        'n' => bytes.push(b'\n'),
        't' => bytes.push(b'\t'),
        '0' => bytes.push(0),
        '\\' => bytes.push(b'\\'),
        '\'' => bytes.push(b'\''),
        '"' => bytes.push(b'"'),
        'x' => bytes.push(byte(cursor, start)?),
        'u' => bytes.extend_from_slice(scalar(cursor, start)?.encode_utf8(&mut [0; 4]).as_bytes()),
        c => return Err(cursor.mistake(start, MistakeKind::UnknownEscape(c))),
    }
    Ok(())
}

/// The two digits behind `\x`.
fn byte(cursor: &mut Cursor, start: usize) -> Result<u8, Mistake> {
    let high = cursor.digit(start, MistakeKind::UnfinishedEscape)?;
    let low = cursor.digit(start, MistakeKind::UnfinishedEscape)?;
    Ok(high << 4 | low)
}

/// The digits in their braces behind `\u`.
fn scalar(cursor: &mut Cursor, start: usize) -> Result<char, Mistake> {
    if cursor.peek().is_some() && !cursor.eat("{") {
        return Err(cursor.mistake(start, MistakeKind::MissingBrace));
    }
    let (mut number, mut count) = (0, 0);
    while !cursor.eat("}") {
        let digit = cursor.digit(start, MistakeKind::UnfinishedEscape)?;
        count += 1;
        if count > MAX_DIGITS {
            return Err(cursor.mistake(start, MistakeKind::TooManyDigits));
        }
        number = number << 4 | u32::from(digit);
    }
    if count == 0 {
        return Err(cursor.mistake(start, MistakeKind::NoDigits));
    }
    char::from_u32(number).ok_or_else(|| cursor.mistake(start, MistakeKind::NotAScalar(number)))
}

pub(crate) fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push(&mut text, c);
        }
        for &byte in chunk.invalid() {
            push_byte(&mut text, byte);
        }
    }
    text
}

fn push(text: &mut String, c: char) {
    match c {
        '\r' => text.push_str("\\r"),
        '\n' => text.push_str("\\n"),
        '\t' => text.push_str("\\t"),
        '\0' => text.push_str("\\0"),
        '\\' => text.push_str("\\\\"),
        c if c.is_ascii_control() => push_byte(text, c as u8),
        c if is_invisible(c) => text.extend(c.escape_unicode()),
        c => text.push(c),
    }
}

fn push_byte(text: &mut String, byte: u8) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\x{byte:02x}");
}
