use std::ops::Range;
use std::time::Duration;

use proptest::prelude::*;

use super::{any_fault, fault};
use crate::fault::{
    Count, Expected, Fault, FaultKind, Greeting, MAX_GREETING, ParseFaultError,
    ParseFaultErrorKind, Size, Time,
};
use crate::payload;

const COUNT: Expected = Expected::Number { min: 0, max: 1 << 30 };
const SIZE: Expected = Expected::Number { min: 1, max: 1 << 16 };

fn error(text: &str) -> (ParseFaultErrorKind, Range<usize>) {
    let error = text.parse::<Fault>().unwrap_err();
    (error.kind, error.range)
}

#[test]
fn every_fault_has_its_text() {
    let size = Size::new(2).unwrap();
    let gap = Time::from_millis(50).unwrap();
    let second = Time::from_millis(1000).unwrap();
    let greeting = Greeting::new(b"220 a:b\r\n".to_vec()).unwrap();
    let cases = [
        ("truncate:3", Fault::Truncate(Count::new(3).unwrap())),
        ("reset:0", Fault::Reset(Count::MIN)),
        ("corrupt:1073741824", Fault::Corrupt(Count::MAX)),
        ("upper", Fault::Upper),
        ("delay:1s", Fault::Delay(second)),
        ("split:2:50ms", Fault::Split { size, gap }),
        ("extra:2", Fault::Extra(size)),
        (r"banner:220 a:b\r\n", Fault::Banner(greeting)),
        ("silent", Fault::Silent),
        ("late-fin", Fault::LateFin),
        ("refuse", Fault::Refuse),
        ("expired", Fault::Expired),
        ("wrong-name", Fault::WrongName),
        ("self-signed", Fault::SelfSigned),
        ("plaintext", Fault::Plaintext),
        ("no-close-notify", Fault::NoCloseNotify),
        ("chaos:18446744073709551615", Fault::Chaos(u64::MAX)),
    ];
    for (text, expected) in &cases {
        assert_eq!(fault(text), *expected);
        assert_eq!(expected.to_string(), *text);
    }
    let tested: Vec<_> = cases.iter().map(|(_, fault)| fault.kind()).collect();
    assert_eq!(tested, FaultKind::ALL);
}

#[test]
fn a_time_has_a_unit_and_prints_in_the_larger_one() {
    for (text, printed) in
        [("1000ms", "1s"), ("0s", "0ms"), ("1500ms", "1500ms"), ("60s", "60s"), ("007ms", "7ms")]
    {
        assert_eq!(fault(&format!("delay:{text}")).to_string(), format!("delay:{printed}"));
    }
    assert_eq!(Time::from_millis(200).unwrap().get(), Duration::from_millis(200));
    assert_eq!(Time::from_millis(60_001), None);
}

#[test]
fn every_error_names_its_place() {
    let seed = Expected::Number { min: 0, max: u64::MAX };
    let escape = ParseFaultErrorKind::Escape(payload::MistakeKind::UnknownEscape('q'));
    let cases = [
        ("", ParseFaultErrorKind::UnknownName, 0..0),
        ("trunkate:3", ParseFaultErrorKind::UnknownName, 0..8),
        ("Upper", ParseFaultErrorKind::UnknownName, 0..5),
        ("好:1", ParseFaultErrorKind::UnknownName, 0..3),
        ("truncate", ParseFaultErrorKind::Missing(COUNT), 8..8),
        ("truncate:", ParseFaultErrorKind::Missing(COUNT), 9..9),
        ("reset:x", ParseFaultErrorKind::NotA(COUNT), 6..7),
        ("reset:-1", ParseFaultErrorKind::NotA(COUNT), 6..8),
        ("reset:+1", ParseFaultErrorKind::NotA(COUNT), 6..8),
        ("reset:1 ", ParseFaultErrorKind::NotA(COUNT), 6..8),
        ("corrupt:1073741825", ParseFaultErrorKind::NotA(COUNT), 8..18),
        ("extra:0", ParseFaultErrorKind::NotA(SIZE), 6..7),
        ("split:0:1s", ParseFaultErrorKind::NotA(SIZE), 6..7),
        ("split::1s", ParseFaultErrorKind::Missing(SIZE), 6..6),
        ("split:2", ParseFaultErrorKind::Missing(Expected::Time), 7..7),
        ("split:2:", ParseFaultErrorKind::Missing(Expected::Time), 8..8),
        ("split:2:1s:", ParseFaultErrorKind::Surplus, 10..11),
        ("upper:3", ParseFaultErrorKind::Surplus, 5..7),
        ("truncate:3:4", ParseFaultErrorKind::Surplus, 10..12),
        ("delay:200", ParseFaultErrorKind::NotA(Expected::Time), 6..9),
        ("delay:ms", ParseFaultErrorKind::NotA(Expected::Time), 6..8),
        ("delay:61s", ParseFaultErrorKind::NotA(Expected::Time), 6..9),
        ("delay:18446744073709551615s", ParseFaultErrorKind::NotA(Expected::Time), 6..27),
        ("chaos:18446744073709551616", ParseFaultErrorKind::NotA(seed), 6..26),
        ("banner:", ParseFaultErrorKind::Missing(Expected::Greeting), 7..7),
        (r"banner:你\q", escape, 10..12),
    ];
    for (text, kind, range) in cases {
        assert_eq!(error(text), (kind, range), "{text}");
    }
    let long = format!("banner:{}", "a".repeat(MAX_GREETING + 1));
    assert_eq!(error(&long), (ParseFaultErrorKind::NotA(Expected::Greeting), 7..long.len()));
}

#[test]
fn an_error_is_a_sentence_that_names_its_place() {
    let cases = [
        ("reset:x", r#"At character 7: "x" is not a number from 0 to 1073741824."#),
        ("delay", "At character 6: a time like 200ms or 1s, at most 60s is missing."),
        ("upper:3", r#"At character 6: ":3" is more than this fault takes."#),
        (r"banner:你\q", r"At character 9: \q is no escape; a backslash itself is \\."),
    ];
    for (text, sentence) in cases {
        assert_eq!(text.parse::<Fault>().unwrap_err().to_string(), sentence);
    }
    let unknown = "x".repeat(1000).parse::<Fault>().unwrap_err().to_string();
    assert!(
        unknown.contains("no fault is called \"xxxxxxxxxxxxxxxxxxxxxxxx…\"; there are truncate:N")
    );
    assert!(unknown.ends_with("plaintext, no-close-notify, chaos:SEED."));
}

fn lies_within(text: &str, error: &ParseFaultError) -> bool {
    text.get(error.range.clone()).is_some()
        && text[..error.range.start].chars().count() + 1 == error.character
}

/// The text of a fault with something else at one place of it.
fn nearly_right() -> impl Strategy<Value = String> {
    (any_fault(), any::<prop::sample::Index>(), ".{0,3}").prop_map(|(fault, at, other)| {
        let mut text: Vec<_> = fault.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, other.chars());
        text.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn what_is_printed_parses_back(fault in any_fault()) {
        prop_assert_eq!(fault.to_string().parse(), Ok(fault));
    }

    #[test]
    fn any_text_is_a_fault_or_has_an_error_within_it(
        text in prop_oneof![any::<String>(), nearly_right()],
    ) {
        match text.parse::<Fault>() {
            Ok(fault) => prop_assert_eq!(fault.to_string().parse(), Ok(fault)),
            Err(error) => prop_assert!(lies_within(&text, &error), "{error:?}"),
        }
    }
}
