//! Rules as JSON.

use echo_core::payload::{LineEnding, Notation};
use proptest::prelude::*;

use super::*;

fn read(json: &str) -> Result<RuleSet, String> {
    RuleSet::from_json(json)
}

#[test]
fn what_is_at_its_default_is_left_out() {
    let set = RuleSet::new(vec![rule(When::Contains, r"PING\r\n", r"+PONG\r\n")]).unwrap();
    let json = r#"{"rules":[{"when":"contains","pattern":"PING\\r\\n","reply":"+PONG\\r\\n"}]}"#;
    assert_eq!(set.to_json(), json);
    assert_eq!(read(json), Ok(set));
}

#[test]
fn the_form_of_everything_is_as_documented() {
    let json = r#"{"rules":[
        {"when":"connects","reply":"Hi","reply_as":"text","end":"lf"},
        {"when":"starts_with","pattern":"00","pattern_as":"hex","delay_ms":500,"then":"fin"},
        {"when":"is","pattern":"a","then":"reset"},
        {"when":"anything","end":"crlf","then":"keep_open","later":1}
    ],"later":{}}"#;
    let set = read(json).unwrap();
    let [connects, starts, is, anything] = set.rules() else { panic!("{set:?}") };
    assert_eq!((connects.when, connects.ending), (When::Connects, LineEnding::Lf));
    assert_eq!(connects.reply, TypedBytes { text: "Hi".into(), notation: Notation::Text });
    assert_eq!((starts.when, starts.then), (When::StartsWith, Then::Fin));
    assert_eq!((starts.pattern.notation, starts.delay.millis()), (Notation::Hex, Some(500)));
    assert_eq!((is.when, is.then), (When::Is, Then::Reset));
    assert_eq!((anything.when, anything.ending), (When::Anything, LineEnding::CrLf));
}

#[test]
fn the_rules_in_the_documentation_are_read() {
    let formats = include_str!("../../../../../../docs/formats.md");
    let (_, section) = formats.split_once("\n## Rules\n").unwrap();
    let (_, json) = section.split_once("```json").unwrap();
    let set = read(json.split_once("```").unwrap().0).unwrap();
    assert_eq!(set.rules().len(), 3);
    assert!(set.rules().iter().all(|rule| rule.mistakes().is_empty()));
}

#[test]
fn bounds_are_checked_on_reading() {
    let rules = |rule: &str, count: usize| {
        read(&format!(r#"{{"rules":[{}]}}"#, vec![rule; count].join(",")))
    };
    let error = |result: Result<RuleSet, String>, begin: &str| {
        let error = result.unwrap_err();
        assert!(error.starts_with(begin), "{error}");
    };
    let one = r#"{"when":"anything"}"#;
    assert!(rules(one, MAX_RULES).is_ok());
    error(rules(one, MAX_RULES + 1), "there are at most 20 rules");
    let long = "x".repeat(MAX_TYPED + 1);
    for name in ["pattern", "reply"] {
        let rule = format!(r#"{{"when":"anything","{name}":"{long}"}}"#);
        error(rules(&rule, 1), "a text of rule 1 is longer than 4096 bytes");
    }
    error(rules(r#"{"when":"anything","delay_ms":60001}"#, 1), "the delay of rule 1 is longer");
    error(rules(r#"{"when":"never"}"#, 1), "unknown variant `never`");
    error(rules("{}", 1), "missing field `when`");
    error(read("[]"), "invalid length 0");
}

fn any_typed() -> impl Strategy<Value = TypedBytes> {
    (".{0,40}", prop::sample::select(Notation::ALL.to_vec()))
        .prop_map(|(text, notation)| TypedBytes { text, notation })
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let choices = (
        prop::sample::select(When::ALL.to_vec()),
        prop::sample::select(LineEnding::ALL.to_vec()),
        prop::sample::select(Then::ALL.to_vec()),
    );
    (choices, any_typed(), any_typed(), 0..=MAX_DELAY_MS).prop_map(
        |((when, ending, then), pattern, reply, delay)| {
            let delay = Delay::from_millis(delay);
            Rule { when, pattern, reply, ending, delay, then }
        },
    )
}

proptest! {
    #[test]
    fn every_set_is_read_as_it_was_written(
        rules in prop::collection::vec(any_rule(), 0..=MAX_RULES),
    ) {
        let set = RuleSet::new(rules).unwrap();
        prop_assert_eq!(read(&set.to_json()), Ok(set));
    }
}
