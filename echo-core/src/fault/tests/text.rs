use std::ops::Range;
use std::time::Duration;

use proptest::prelude::*;

use super::{any_fault, fault};
use crate::fault::{
    Count, Expected, FORMS, Fault, Greeting, MAX_GREETING, Mistake, MistakeKind, Size, Time,
};
use crate::payload;

const COUNT: Expected = Expected::Number { min: 0, max: 1 << 30 };
const SIZE: Expected = Expected::Number { min: 1, max: 1 << 16 };

fn mistake(text: &str) -> (MistakeKind, Range<usize>) {
    let mistake = text.parse::<Fault>().unwrap_err();
    (mistake.kind, mistake.range)
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
        ("chaos:18446744073709551615", Fault::Chaos(u64::MAX)),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text), expected);
        assert_eq!(expected.to_string(), text);
    }
}

#[test]
fn every_form_begins_with_the_name_of_a_fault() {
    for form in FORMS {
        let text = form.replace("SIZE:GAP", "1:1s").replace("TIME", "1s");
        let text =
            ["N", "OFFSET", "SEED", "TEXT"].iter().fold(text, |t, word| t.replace(word, "1"));
        assert!(form.starts_with(fault(&text).name()), "{form}");
    }
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
fn every_mistake_is_told_at_its_place() {
    let seed = Expected::Number { min: 0, max: u64::MAX };
    let escape = MistakeKind::Escape(payload::MistakeKind::UnknownEscape('q'));
    let cases = [
        ("", MistakeKind::UnknownName, 0..0),
        ("trunkate:3", MistakeKind::UnknownName, 0..8),
        ("Upper", MistakeKind::UnknownName, 0..5),
        ("好:1", MistakeKind::UnknownName, 0..3),
        ("truncate", MistakeKind::Missing(COUNT), 8..8),
        ("truncate:", MistakeKind::Missing(COUNT), 9..9),
        ("reset:x", MistakeKind::NotA(COUNT), 6..7),
        ("reset:-1", MistakeKind::NotA(COUNT), 6..8),
        ("reset:+1", MistakeKind::NotA(COUNT), 6..8),
        ("reset:1 ", MistakeKind::NotA(COUNT), 6..8),
        ("corrupt:1073741825", MistakeKind::NotA(COUNT), 8..18),
        ("extra:0", MistakeKind::NotA(SIZE), 6..7),
        ("split:0:1s", MistakeKind::NotA(SIZE), 6..7),
        ("split::1s", MistakeKind::Missing(SIZE), 6..6),
        ("split:2", MistakeKind::Missing(Expected::Time), 7..7),
        ("split:2:", MistakeKind::Missing(Expected::Time), 8..8),
        ("split:2:1s:", MistakeKind::Surplus, 10..11),
        ("upper:3", MistakeKind::Surplus, 5..7),
        ("truncate:3:4", MistakeKind::Surplus, 10..12),
        ("delay:200", MistakeKind::NotA(Expected::Time), 6..9),
        ("delay:ms", MistakeKind::NotA(Expected::Time), 6..8),
        ("delay:61s", MistakeKind::NotA(Expected::Time), 6..9),
        ("delay:18446744073709551615s", MistakeKind::NotA(Expected::Time), 6..27),
        ("chaos:18446744073709551616", MistakeKind::NotA(seed), 6..26),
        ("banner:", MistakeKind::Missing(Expected::Greeting), 7..7),
        (r"banner:你\q", escape, 10..12),
    ];
    for (text, kind, range) in cases {
        assert_eq!(mistake(text), (kind, range), "{text}");
    }
    let long = format!("banner:{}", "a".repeat(MAX_GREETING + 1));
    assert_eq!(mistake(&long), (MistakeKind::NotA(Expected::Greeting), 7..long.len()));
}

#[test]
fn a_mistake_is_a_sentence_that_shows_where() {
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
    assert!(unknown.ends_with("late-fin, refuse, chaos:SEED."));
}

fn lies_within(text: &str, mistake: &Mistake) -> bool {
    text.get(mistake.range.clone()).is_some()
        && text[..mistake.range.start].chars().count() + 1 == mistake.character
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
    fn any_text_is_a_fault_or_has_a_mistake_within_it(
        text in prop_oneof![any::<String>(), nearly_right()],
    ) {
        match text.parse::<Fault>() {
            Ok(fault) => prop_assert_eq!(fault.to_string().parse(), Ok(fault)),
            Err(mistake) => prop_assert!(lies_within(&text, &mistake), "{mistake:?}"),
        }
    }
}
