use proptest::prelude::*;

use crate::payload::{
    LineEnding, Notation, is_invisible, message, parse, parse_lines, text_length, write,
    write_lines,
};

/// Bytes of all kinds: any at all, text, and text that was cut or changed.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let text = || any::<String>().prop_map(String::into_bytes);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..64),
        text(),
        (text(), text(), any::<prop::sample::Index>()).prop_map(|(mut begin, rest, at)| {
            begin.truncate(at.index(begin.len() + 1));
            [begin, rest].concat()
        }),
    ]
}

#[test]
fn every_byte_survives_alone_and_beside_any_other() {
    for first in 0..=255 {
        for second in [b'0', b'\\', b'x', 0x80, 0xbd, first] {
            for mode in [Notation::Escapes, Notation::Hex] {
                let written = write(mode, &[first, second]).unwrap();
                assert_eq!(parse(mode, &written).unwrap(), [first, second], "{written}");
            }
        }
    }
}

#[test]
fn the_ending_follows_the_message_in_every_mode() {
    let sent = |mode, text, ending| message(mode, text, ending).unwrap();
    assert_eq!(sent(Notation::Text, "PING", LineEnding::CrLf), b"PING\r\n");
    assert_eq!(sent(Notation::Hex, "50", LineEnding::Lf), b"P\n");
    assert_eq!(sent(Notation::Escapes, r"P\0", LineEnding::None), b"P\0");
}

#[test]
fn every_line_that_was_typed_ends_as_the_ending_says() {
    let sent = |mode, text, ending| message(mode, text, ending).unwrap();
    let typed = "GET / HTTP/1.1\nHost: a\n";
    let expected = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_eq!(sent(Notation::Text, typed, LineEnding::CrLf), expected);
    assert_eq!(sent(Notation::Escapes, typed, LineEnding::CrLf), expected);
    assert_eq!(sent(Notation::Text, "a\nb", LineEnding::Lf), b"a\nb\n");
    assert_eq!(sent(Notation::Text, "a\nb", LineEnding::None), b"a\nb");
    assert_eq!(sent(Notation::Text, "a\r\nb", LineEnding::CrLf), b"a\r\nb\r\n", "not twice");
}

#[test]
fn an_escape_or_hex_is_sent_as_it_is_written() {
    let sent = |mode, text| message(mode, text, LineEnding::CrLf).unwrap();
    assert_eq!(sent(Notation::Escapes, r"a\nb\r"), b"a\nb\r\r\n");
    assert_eq!(sent(Notation::Hex, "61 0a\n62"), b"a\nb\r\n");
}

#[test]
fn bytes_with_a_line_that_ends_otherwise_are_no_text_of_that_ending() {
    let write = |bytes: &[u8]| write_lines(Notation::Text, bytes, LineEnding::CrLf);
    assert_eq!(write(b"a\r\nb\r\n").as_deref(), Some("a\nb\n"));
    for bytes in [&b"a\nb"[..], b"a\r\nb\n", b"a\rb", b"a\r\r\nb"] {
        assert_eq!(write(bytes), None, "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn the_length_of_a_text_is_that_of_its_message(
        text in "[ab你\r\n]{0,12}",
        ending in prop::sample::select(LineEnding::ALL.to_vec()),
    ) {
        let sent = message(Notation::Text, &text, ending).unwrap();
        prop_assert_eq!(text_length(&text, ending), sent.len());
    }

    #[test]
    fn lines_that_are_written_parse_back_to_the_same_bytes(
        bytes in prop_oneof![bytes(), "[ab\r\n\\\\]{0,12}".prop_map(String::into_bytes)],
        ending in prop::sample::select(LineEnding::ALL.to_vec()),
    ) {
        for mode in Notation::ALL {
            if let Some(text) = write_lines(mode, &bytes, ending) {
                prop_assert_eq!(parse_lines(mode, &text, ending).unwrap(), bytes.clone());
            } else {
                prop_assert_eq!(mode, Notation::Text);
            }
        }
    }

    #[test]
    fn what_is_written_parses_back_to_the_same_bytes(bytes in bytes()) {
        for mode in Notation::ALL {
            let parsed = write(mode, &bytes).map(|text| parse(mode, &text).unwrap());
            prop_assert!(parsed.is_some() || mode == Notation::Text);
            prop_assert_eq!(parsed.as_ref().unwrap_or(&bytes), &bytes);
        }
    }

    #[test]
    fn switching_the_mode_keeps_the_bytes(
        bytes in bytes(),
        modes in prop::collection::vec(prop::sample::select(Notation::ALL.to_vec()), 0..8),
    ) {
        let (mut mode, mut text) = (Notation::Hex, write(Notation::Hex, &bytes).unwrap());
        for next in modes {
            if let Some(written) = write(next, &parse(mode, &text).unwrap()) {
                (mode, text) = (next, written);
            }
        }
        prop_assert_eq!(parse(mode, &text).unwrap(), bytes);
    }

    #[test]
    fn written_escapes_hold_nothing_invisible(bytes in bytes()) {
        let text = write(Notation::Escapes, &bytes).unwrap();
        prop_assert!(!text.chars().any(is_invisible), "{text:?}");
    }
}
