//! What a reply stands for, and the mistakes in a rule.

use echo_core::payload::{LineEnding, Notation};

use super::*;

fn reply_rule(notation: Notation, text: &str) -> Rule {
    let reply = TypedBytes { text: text.into(), notation };
    Rule { reply, ..rule(When::Anything, "", "") }
}

fn reply_to(rule: Rule, input: &[u8]) -> Vec<u8> {
    assert_eq!(rule.mistakes(), []);
    sent(&receive(&mut open(&answer([rule])), input))
}

fn mistake(rule: &Rule) -> (RuleField, RuleMistakeKind, Option<std::ops::Range<usize>>) {
    let mut mistakes = rule.mistakes();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    let RuleMistake { field, kind, range } = mistakes.remove(0);
    (field, kind, range)
}

#[test]
fn placeholders_stand_for_what_was_received() {
    let input = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let reply = |text| reply_to(reply_rule(Notation::Escapes, text), input);
    assert_eq!(reply("<{input}>"), [b"<", &input[..], b">"].concat());
    assert_eq!(reply("{line}"), b"GET / HTTP/1.1");
    assert_eq!(reply("{bytes}"), input.len().to_string().as_bytes());
    assert_eq!(reply("{peer}"), PEER.as_bytes());
    assert_eq!(reply(r"{bytes}{line}\r\n"), b"27GET / HTTP/1.1\r\n");
}

#[test]
fn a_line_without_an_ending_is_the_whole_input() {
    for (input, line) in [("abc", "abc"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("\nabc", "")] {
        let reply = reply_to(reply_rule(Notation::Text, "{line}"), input.as_bytes());
        assert_eq!(reply, line.as_bytes(), "{input:?}");
    }
}

#[test]
fn braces_can_be_written_in_text_and_with_escapes() {
    for notation in [Notation::Text, Notation::Escapes] {
        let reply = reply_to(reply_rule(notation, r#"{{"a":1}}{{input}"#), b"x");
        assert_eq!(reply, br#"{"a":1}}{input}"#);
    }
    let reply = reply_to(reply_rule(Notation::Escapes, r"\u{4f60}\x7b{bytes}\\{bytes}"), b"x");
    assert_eq!(reply, r"你{1\1".as_bytes());
    let reply = reply_to(reply_rule(Notation::Text, r"\u{{4f60}\{bytes}"), b"x");
    assert_eq!(reply, br"\u{4f60}\1");
}

#[test]
fn hex_has_placeholders_too() {
    let reply = reply_to(reply_rule(Notation::Hex, "2b {bytes} 0d{input}0a"), b"PING");
    assert_eq!(reply, b"+4\rPING\n");
}

#[test]
fn every_line_ends_as_chosen_and_what_was_received_stays_as_it_is() {
    let rule = Rule { ending: LineEnding::CrLf, ..reply_rule(Notation::Text, "a\n{input}\nb") };
    assert_eq!(reply_to(rule, b"1\n2"), b"a\r\n1\n2\r\nb\r\n");
}

#[test]
fn a_mistake_has_its_place_in_what_was_typed() {
    let rule = reply_rule(Notation::Escapes, r"你{bytes}\q");
    let (field, kind, range) = mistake(&rule);
    assert_eq!((field, range), (RuleField::Reply, Some(10..12)));
    let RuleMistakeKind::Notation(inner) = kind else { panic!("{kind:?}") };
    assert_eq!((inner.character, inner.range), (9, 10..12));

    let (_, kind, range) = mistake(&reply_rule(Notation::Hex, "0d {{ 0a"));
    assert_eq!((kind, range), (RuleMistakeKind::UnknownPlaceholder, Some(3..4)));
    assert_eq!(mistake(&reply_rule(Notation::Hex, "4{bytes}8")).2, Some(0..1));
}

#[test]
fn a_brace_that_begins_no_placeholder_is_a_mistake() {
    for (text, range) in [
        ("{inputs}", 0..8),
        ("a{Input} b", 1..8),
        ("{", 0..1),
        ("{}", 0..2),
        ("{ input }", 0..1),
        ("{\"a\":1}", 0..1),
        ("{{{", 2..3),
        ("{输入}", 0..8),
    ] {
        let (field, kind, at) = mistake(&reply_rule(Notation::Text, text));
        assert_eq!((field, kind), (RuleField::Reply, RuleMistakeKind::UnknownPlaceholder));
        assert_eq!(at, Some(range), "{text}");
    }
}

#[test]
fn no_reply_is_longer_than_its_bound() {
    let filler = "{peer}".repeat((MAX_TYPED - MAX_INPUTS * 7) / 6);
    let longest = "{input}".repeat(MAX_INPUTS) + &filler;
    assert!(longest.len() <= MAX_TYPED);
    let reply = reply_to(reply_rule(Notation::Text, &longest), &vec![b'x'; MAX_INPUT]);
    assert!((MAX_INPUTS * MAX_INPUT..=MAX_REPLY).contains(&reply.len()), "{}", reply.len());

    let longer = "{line}".repeat(MAX_INPUTS + 1);
    let (_, kind, range) = mistake(&reply_rule(Notation::Text, &longer));
    assert_eq!((kind, range), (RuleMistakeKind::TooManyInputs, None));
}

#[test]
fn patterns_and_delays_can_be_mistaken_too() {
    let empty = mistake(&rule(When::Contains, "", ""));
    assert_eq!(empty, (RuleField::Pattern, RuleMistakeKind::Empty, None));
    let long = mistake(&rule(When::Is, &"x".repeat(MAX_TYPED + 1), ""));
    assert_eq!(long, (RuleField::Pattern, RuleMistakeKind::TooLong, None));
    assert_eq!(rule(When::Anything, r"\q", "").mistakes(), [], "its pattern is not shown");
    let (field, _, range) = mistake(&rule(When::StartsWith, r"a\q", ""));
    assert_eq!((field, range), (RuleField::Pattern, Some(1..3)));

    for (typed, millis) in [("0", Some(0)), ("60000", Some(60_000)), (" 5 ", Some(5))] {
        assert_eq!(Delay(typed.into()).millis(), millis);
    }
    for typed in ["", "60001", "-1", "+1", "1.5", "99999999999", "1e3"] {
        let rule = Rule { delay: Delay(typed.into()), ..rule(When::Anything, "", "") };
        assert_eq!(mistake(&rule), (RuleField::Delay, RuleMistakeKind::NoDelay, None), "{typed}");
    }
}

#[test]
fn each_field_tells_its_first_mistake() {
    let rule = Rule { delay: Delay("x".into()), ..rule(When::Contains, r"\q", "{no}") };
    let fields: Vec<_> = rule.mistakes().iter().map(|mistake| mistake.field).collect();
    assert_eq!(fields, [RuleField::Pattern, RuleField::Reply, RuleField::Delay]);
}
