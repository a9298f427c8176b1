//! Bytes as text a person can read.

use std::fmt::Write as _;

/// `bytes` as one line of text: UTF-8 as it is, everything else escaped.
///
/// Control characters become `\n`, `\r`, `\t` or `\u{..}`, so that a reply can neither break a
/// line nor steer a terminal; bytes that are no UTF-8 become `\xNN`.
#[must_use]
pub fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() || is_bidi_control(c) {
                text.extend(c.escape_default());
            } else {
                text.push(c);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Characters that reorder the text around them (Unicode Standard Annex #9, section 2).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(printable("Hello! 你好 C:\\dir".as_bytes()), "Hello! 你好 C:\\dir");
    }

    #[test]
    fn control_characters_cannot_break_the_line_or_steer_a_terminal() {
        assert_eq!(printable(b"a\r\n\tb\x1b[2J\0"), "a\\r\\n\\tb\\u{1b}[2J\\u{0}");
        assert_eq!(printable("x\u{202e}y".as_bytes()), "x\\u{202e}y");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_escaped_one_by_one() {
        assert_eq!(printable(&[b'H', 0xff, 0xe4, 0xbd, b'!']), "H\\xff\\xe4\\xbd!");
    }
}
