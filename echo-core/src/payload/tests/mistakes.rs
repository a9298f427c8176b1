use std::ops::Range;

use proptest::prelude::*;

use crate::payload::{Mistake, MistakeKind, Notation, parse};

fn mistake(mode: Notation, text: &str) -> (MistakeKind, Range<usize>) {
    let mistake = parse(mode, text).unwrap_err();
    (mistake.kind, mistake.range)
}

#[test]
fn every_mistake_in_an_escape_is_told_at_its_place() {
    let cases = [
        (r"a\q", MistakeKind::UnknownEscape('q'), 1..3),
        (r"\e[0m", MistakeKind::UnknownEscape('e'), 0..2),
        (r"你\好", MistakeKind::UnknownEscape('好'), 3..7),
        ("\\\n", MistakeKind::UnknownEscape('\n'), 0..2),
        (r"a\", MistakeKind::UnfinishedEscape, 1..2),
        (r"a\x4", MistakeKind::UnfinishedEscape, 1..4),
        (r"\u", MistakeKind::UnfinishedEscape, 0..2),
        (r"\u{4f", MistakeKind::UnfinishedEscape, 0..5),
        (r"\u4f60", MistakeKind::MissingBrace, 0..2),
        (r"\x4g", MistakeKind::BadHexDigit('g'), 3..4),
        (r"\x4\n", MistakeKind::BadHexDigit('\\'), 3..4),
        (r"\u{4 }", MistakeKind::BadHexDigit(' '), 4..5),
        (r"\u{}", MistakeKind::NoDigits, 0..4),
        (r"\u{0000041}", MistakeKind::TooManyDigits, 0..10),
        (r"\u{d800}", MistakeKind::NotAScalar(0xd800), 0..8),
        (r"\u{110000}", MistakeKind::NotAScalar(0x0011_0000), 0..10),
    ];
    for (text, kind, range) in cases {
        assert_eq!(mistake(Notation::Escapes, text), (kind, range), "{text}");
    }
}

#[test]
fn every_mistake_in_hex_is_told_at_its_place() {
    let cases = [
        ("48 6", MistakeKind::UnpairedDigit, 3..4),
        ("4 8", MistakeKind::UnpairedDigit, 0..1),
        ("486:", MistakeKind::UnpairedDigit, 2..3),
        ("0x123", MistakeKind::UnpairedDigit, 4..5),
        ("48 6g", MistakeKind::BadHexDigit('g'), 4..5),
        ("好", MistakeKind::BadHexDigit('好'), 0..3),
        (r"48\n", MistakeKind::BadHexDigit('\\'), 2..3),
        ("x48", MistakeKind::BadHexDigit('x'), 0..1),
        ("0x5x", MistakeKind::BadHexDigit('x'), 3..4),
        ("0x", MistakeKind::NoDigits, 0..2),
        (r"48 \x, 49", MistakeKind::NoDigits, 3..5),
    ];
    for (text, kind, range) in cases {
        assert_eq!(mistake(Notation::Hex, text), (kind, range), "{text}");
    }
}

#[test]
fn a_mistake_says_in_a_sentence_which_character_it_means() {
    let said = |mode, text| parse(mode, text).unwrap_err().to_string();
    assert_eq!(
        said(Notation::Escapes, r"你好\q"),
        r"At character 3: \q is no escape; a backslash itself is \\."
    );
    assert_eq!(
        said(Notation::Hex, "48 6"),
        "At character 4: a digit stands alone; a byte has two."
    );
}

fn lies_within(text: &str, mistake: &Mistake) -> bool {
    text.get(mistake.range.clone()).is_some_and(|wrong| !wrong.is_empty())
        && text[..mistake.range.start].chars().count() + 1 == mistake.character
}

/// Text that is more likely than any to hold an escape or a digit, or half of one.
fn nearly_right() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            prop::sample::select(vec![
                r"\", "x", "u", "{", "}", "0x", "4", "f", "d8", "n", " ", ",", "你"
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ],
        0..16,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_has_a_mistake_within_it(
        text in prop_oneof![any::<String>(), nearly_right()],
    ) {
        for mode in Notation::ALL {
            match parse(mode, &text) {
                Ok(bytes) => prop_assert!(bytes.len() <= text.len()),
                Err(mistake) => prop_assert!(lies_within(&text, &mistake), "{mistake:?}"),
            }
        }
    }
}
