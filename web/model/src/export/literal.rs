//! Bytes and texts as literals of Rust and Python.

use echo_core::payload::is_invisible;

/// A language, by how it writes what cannot be seen.
pub(super) type Escape = fn(char) -> String;

/// `bytes` as an expression: a text with characters beyond ASCII as a text whose bytes are taken
/// by `to_bytes`, all else as a literal of bytes, which both languages write alike.
pub(super) fn bytes(bytes: &[u8], escape: Escape, to_bytes: &str) -> String {
    match str::from_utf8(bytes) {
        Ok(words) if !words.is_ascii() => text(words, escape) + to_bytes,
        _ => format!("b\"{}\"", bytes.iter().map(|&byte| ascii(byte)).collect::<String>()),
    }
}

/// `text` as a literal.
pub(super) fn text(text: &str, escape: Escape) -> String {
    let character = |c: char| match c {
        '\u{80}'.. if is_invisible(c) => escape(c),
        '\u{80}'.. => c.to_string(),
        _ => ascii(c as u8),
    };
    format!("\"{}\"", text.chars().map(character).collect::<String>())
}

/// An ASCII character, or a byte that is none, in a literal between double quotes.
fn ascii(byte: u8) -> String {
    match byte {
        b'\'' => "'".into(),
        _ => byte.escape_ascii().to_string(),
    }
}

/// A character as Rust escapes it.
pub(super) fn rust(c: char) -> String {
    c.escape_unicode().to_string()
}

/// A character as Python escapes it.
pub(super) fn python(c: char) -> String {
    match u32::from(c) {
        number @ ..=0xffff => format!("\\u{number:04x}"),
        number => format!("\\U{number:08x}"),
    }
}
