use proptest::prelude::*;

use crate::payload::{LineEnding, Notation, is_invisible, message, parse, write};

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

proptest! {
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
