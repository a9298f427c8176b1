//! Literals of Rust and Python for bytes and strings.

use echo_core::payload::is_invisible;

/// Formats an invisible character as an escape sequence of a language.
pub(super) type Escape = fn(char) -> String;

/// Formats `bytes` as an expression. UTF-8 with non-ASCII characters becomes a string literal, to
/// which `to_bytes` is appended, such as `.as_bytes()`. Anything else becomes a byte string
/// literal, whose syntax is the same in both languages.
pub(super) fn bytes_expression(bytes: &[u8], escape: Escape, to_bytes: &str) -> String {
    match str::from_utf8(bytes) {
        Ok(text) if !text.is_ascii() => string_literal(text, escape) + to_bytes,
        _ => format!("b\"{}\"", bytes.iter().map(|&byte| escape_byte(byte)).collect::<String>()),
    }
}

/// Formats `text` as a string literal, with invisible characters escaped.
pub(super) fn string_literal(text: &str, escape: Escape) -> String {
    let character = |c: char| match c {
        '\u{80}'.. if is_invisible(c) => escape(c),
        '\u{80}'.. => c.to_string(),
        _ => escape_byte(c as u8),
    };
    format!("\"{}\"", text.chars().map(character).collect::<String>())
}

/// Formats a byte for a literal in double quotes. A double quote, a backslash, and anything but
/// printable ASCII is escaped.
fn escape_byte(byte: u8) -> String {
    match byte {
        b'\'' => "'".into(),
        _ => byte.escape_ascii().to_string(),
    }
}

/// Formats a character as an escape sequence of Rust: `\u{..}`.
pub(super) fn rust_escape(c: char) -> String {
    c.escape_unicode().to_string()
}

/// Formats a character as an escape sequence of Python: `\u` with four hexadecimal digits, or `\U`
/// with eight.
pub(super) fn python_escape(c: char) -> String {
    match u32::from(c) {
        number @ ..=0xffff => format!("\\u{number:04x}"),
        number => format!("\\U{number:08x}"),
    }
}
