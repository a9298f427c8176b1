//! Bytes as text to be read: lines as they are, and everything that could not be seen escaped.

use std::fmt::Write as _;
use std::ops::Range;

use echo_core::payload::is_invisible;

/// A piece of text that is drawn in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text. Lines end in `\n`.
    pub text: String,
    /// Whether it stands for bytes that could not be seen: control characters, invisible ones, and
    /// what is no UTF-8.
    pub is_escape: bool,
    /// Whether it is something that was searched for.
    pub found: Option<Found>,
}

/// Something that was searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The place that the user went to.
    Current,
    /// Another place.
    Other,
}

/// How the lines of a text end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEndings {
    /// All in CR and LF.
    CrLf,
    /// All in LF.
    Lf,
    /// Some in this way and some in that.
    Mixed,
}

impl LineEndings {
    /// Returns how the lines of these bytes end, or `None` if no line does.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (mut with, mut without) = (false, false);
        for (index, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            let is_crlf = index > 0 && bytes[index - 1] == b'\r';
            with |= is_crlf;
            without |= !is_crlf;
            if with && without {
                return Some(Self::Mixed);
            }
        }
        match (with, without) {
            (true, _) => Some(Self::CrLf),
            (_, true) => Some(Self::Lf),
            _ => None,
        }
    }
}

/// Returns bytes as spans. The ranges of what was found are in order, and do not overlap.
#[must_use]
pub fn spans(bytes: &[u8], found: &[(Range<usize>, Found)]) -> Vec<Span> {
    let (mut spans, mut at) = (Vec::new(), 0);
    for (range, kind) in found {
        let range = range.start.max(at)..range.end.min(bytes.len());
        push_text(&mut spans, &bytes[at..range.start.min(bytes.len())], None);
        push_text(&mut spans, bytes.get(range.clone()).unwrap_or_default(), Some(*kind));
        at = range.end.max(at);
    }
    push_text(&mut spans, &bytes[at..], None);
    spans
}

/// Returns bytes as they are shown, in one text.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    spans(bytes, &[]).into_iter().map(|span| span.text).collect()
}

fn push_text(spans: &mut Vec<Span>, bytes: &[u8], found: Option<Found>) {
    for chunk in bytes.utf8_chunks() {
        let mut characters = chunk.valid().chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                // The end of the line says it.
                '\r' if characters.peek() == Some(&'\n') => {}
                '\n' | '\t' => push(spans, false, found, |text| text.push(c)),
                c if c.is_ascii_control() => {
                    push(spans, true, found, |text| push_byte(text, c as u8));
                }
                c if is_invisible(c) && !is_of_writing(c) => {
                    push(spans, true, found, |text| text.extend(c.escape_unicode()));
                }
                c => push(spans, false, found, |text| text.push(c)),
            }
        }
        for &byte in chunk.invalid() {
            push(spans, true, found, |text| push_byte(text, byte));
        }
    }
}

/// Returns whether an invisible character belongs to texts as people write them: the space of Chinese,
/// and what joins and chooses the pictures of emoji and the letters of some scripts.
fn is_of_writing(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Adds to the last span, if that is drawn in the same way.
fn push(
    spans: &mut Vec<Span>,
    is_escape: bool,
    found: Option<Found>,
    write: impl FnOnce(&mut String),
) {
    let is_alike = |span: &&mut Span| span.is_escape == is_escape && span.found == found;
    if let Some(last) = spans.last_mut().filter(is_alike) {
        write(&mut last.text);
        return;
    }
    let mut text = String::new();
    write(&mut text);
    spans.push(Span { text, is_escape, found });
}

fn push_byte(text: &mut String, byte: u8) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\x{byte:02x}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(bytes: &[u8]) -> Vec<(String, bool)> {
        spans(bytes, &[]).into_iter().map(|span| (span.text, span.is_escape)).collect()
    }

    #[test]
    fn what_cannot_be_seen_is_escaped_and_lines_stay_lines() {
        let bytes = b"one\r\ntwo\tx\n\x1b[0m\0\r \xff\xe4\xbd";
        let expected = [
            ("one\ntwo\tx\n", false),
            ("\\x1b", true),
            ("[0m", false),
            ("\\x00\\x0d", true),
            (" ", false),
            ("\\xff\\xe4\\xbd", true),
        ];
        assert_eq!(shown(bytes), expected.map(|(text, escape)| (text.to_owned(), escape)));
        assert_eq!(shown("a\u{202e}b".as_bytes())[1], ("\\u{202e}".to_owned(), true));
        for text in ["❤\u{fe0f}", "👩\u{200d}💻", "第一章\u{3000}开头"] {
            assert_eq!(shown(text.as_bytes()), [(text.to_owned(), false)]);
        }
    }

    #[test]
    fn what_was_found_is_told_apart() {
        let found = [(0..1, Found::Other), (4..6, Found::Current)];
        let spans = spans(b"a b a\0", &found);
        let kinds: Vec<_> = spans.iter().map(|it| (&it.text[..], it.found)).collect();
        let (other, current) = (Some(Found::Other), Some(Found::Current));
        assert_eq!(kinds, [("a", other), (" b ", None), ("a", current), ("\\x00", current)]);
    }

    #[test]
    fn how_lines_end_is_said() {
        for (bytes, endings) in [
            (&b"one"[..], None),
            (b"one\r\ntwo\r\n", Some(LineEndings::CrLf)),
            (b"\none", Some(LineEndings::Lf)),
            (b"one\r\ntwo\n", Some(LineEndings::Mixed)),
        ] {
            assert_eq!(LineEndings::of(bytes), endings);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_shown_as_what_breaks_a_line_or_steers_a_terminal(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            ends in prop::collection::vec(0..60_usize, 0..4),
        ) {
            let mut ends = ends;
            ends.sort_unstable();
            let found: Vec<_> = ends.windows(2).map(|it| (it[0]..it[1], Found::Other)).collect();
            let all: String = spans(&bytes, &found).into_iter().map(|it| it.text).collect();
            prop_assert!(!all.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{all:?}");
        }
    }
}
