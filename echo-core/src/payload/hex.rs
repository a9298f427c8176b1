//! Bytes as pairs of hex digits.

use super::cursor::Cursor;
use super::{Mistake, MistakeKind};

/// What may stand before a byte: as C and Rust write a number, and as they write it in a string.
const PREFIXES: [&str; 3] = ["0x", "0X", "\\x"];

pub(super) fn parse(text: &str) -> Result<Vec<u8>, Mistake> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut cursor = Cursor::new(text);
    loop {
        cursor.until(|c| !separates(c));
        if cursor.peek().is_none() {
            return Ok(bytes);
        }
        let start = cursor.at();
        let prefixed = PREFIXES.iter().any(|prefix| cursor.eat(prefix));
        if prefixed && ends_byte(cursor.peek()) {
            return Err(cursor.mistake(start, MistakeKind::NoDigits));
        }
        bytes.push(byte(&mut cursor, prefixed)?);
    }
}

/// One byte: a pair of digits, or, behind a prefix, a digit alone.
fn byte(cursor: &mut Cursor, prefixed: bool) -> Result<u8, Mistake> {
    let start = cursor.at();
    let high = cursor.digit(start, MistakeKind::UnpairedDigit)?;
    if !ends_byte(cursor.peek()) {
        Ok(high << 4 | cursor.digit(start, MistakeKind::UnpairedDigit)?)
    } else if prefixed {
        Ok(high)
    } else {
        Err(cursor.mistake(start, MistakeKind::UnpairedDigit))
    }
}

/// Whether a byte cannot go on here: at the end, between bytes, and before `\x`.
fn ends_byte(next: Option<char>) -> bool {
    next.is_none_or(|c| separates(c) || c == '\\')
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ':' | ';' | '-' | '，' | '：' | '；')
}

pub(super) fn write(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(bytes.len() * 3);
    for &byte in bytes {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xf)]]);
    }
    text
}
