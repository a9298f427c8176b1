//! Bytes as text a person can read.

use std::fmt::Write as _;

/// `bytes` as one line of text: UTF-8 as it is, everything else escaped.
///
/// Control characters, line and paragraph separators and what reorders text become `\n`, `\r`, `\t`
/// or `\u{..}`, so that a text from outside can neither break a line nor steer a terminal; bytes
/// that are no UTF-8 become `\xNN`.
#[must_use]
pub fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_printable(c) {
                text.push(c);
            } else {
                text.extend(c.escape_default());
            }
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Returns whether [`printable`] leaves `c` as it is: it neither breaks a line nor steers a terminal.
#[must_use]
pub fn is_printable(c: char) -> bool {
    !(c.is_control() || is_separator(c) || is_bidi_control(c))
}

/// Characters that end a line although they are no control characters (Unicode Standard Annex #14,
/// class BK).
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Characters that reorder the text around them (Unicode Standard Annex #9, section 2).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::printable;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(printable("Hello! 你好 C:\\dir".as_bytes()), "Hello! 你好 C:\\dir");
    }

    #[test]
    fn control_characters_cannot_break_the_line_or_steer_a_terminal() {
        assert_eq!(printable(b"a\r\n\tb\x1b[2J\0"), "a\\r\\n\\tb\\u{1b}[2J\\u{0}");
        assert_eq!(printable("x\u{202e}y".as_bytes()), "x\\u{202e}y");
        assert_eq!(
            printable("a\u{2028}b\u{2029}c\u{9b}1m".as_bytes()),
            "a\\u{2028}b\\u{2029}c\\u{9b}1m"
        );
    }

    #[test]
    fn bytes_that_are_no_utf8_are_escaped_one_by_one() {
        assert_eq!(printable(&[b'H', 0xff, 0xe4, 0xbd, b'!']), "H\\xff\\xe4\\xbd!");
    }

    proptest! {
        #[test]
        fn no_text_keeps_a_character_that_breaks_a_line_or_steers_a_terminal(
            text in any::<Vec<char>>().prop_map(String::from_iter),
        ) {
            let shown = printable(text.as_bytes());
            prop_assert!(!shown.chars().any(char::is_control), "{shown:?}");
            prop_assert!(!shown.contains(['\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}']), "{shown:?}");
            prop_assert_eq!(printable(shown.as_bytes()), shown, "there is nothing left to escape");
        }

        #[test]
        fn text_without_such_characters_stays_as_it_is(text in "[ -~¡-ʯ一-龥😀-😏]*") {
            prop_assert_eq!(printable(text.as_bytes()), text);
        }
    }
}
