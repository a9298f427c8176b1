//! Tests of writing and reading links.

use proptest::prelude::*;

use super::*;
use crate::expected_reply::ExpectedReply;
use crate::modes::Mode;
use crate::setup::{MAX_MESSAGE, ServerSetup};
use echo_core::payload::{LineEnding, Notation};

#[test]
fn the_link_of_the_plan_is_understood() {
    let fragment = "to=lab/truncate:3&msg=%E4%BD%A0%E5%A5%BD&as=text&end=none&how=once&expect=same\
                    &view=bytes&lesson=4&lang=zh";
    let (link, invalid) = Link::parse(fragment);
    let setup =
        Setup { to: Some("lab/truncate:3".into()), message: "你好".into(), ..Setup::default() };
    let expected = Link {
        setup: Some(setup),
        view: Tab::Bytes,
        lesson: Some(4),
        lang: Some(Lang::Zh),
        presents: false,
    };
    assert_eq!((&link, &invalid[..]), (&expected, &[][..]));
    let shortest = "to=lab/truncate:3&msg=%E4%BD%A0%E5%A5%BD&view=bytes&lesson=4&lang=zh";
    assert_eq!(link.print(), shortest);
}

#[test]
fn what_is_at_its_default_is_left_out() {
    let link = Link { setup: Some(Setup::default()), lang: Some(Lang::En), ..Link::default() };
    assert_eq!(link.print(), "");
    assert_eq!(Link::parse(""), (Link::default(), vec![]));
}

#[test]
fn a_link_that_says_something_of_the_setup_means_the_default_for_the_rest() {
    let (link, _) = Link::parse("how=repeat");
    assert_eq!(link.setup, Some(Setup { mode: Mode::Load, ..Setup::default() }));
    assert_eq!(Link::parse("lesson=4&view=packets&lang=en").0.setup, None);
    assert_eq!(Link::parse("listened=1").0.setup, None, "only a draft has a use for it");
}

#[test]
fn unknown_keys_are_passed_over() {
    assert_eq!(Link::parse("a=b&&=&to&%=%&section"), (Link::default(), vec![]));
}

#[test]
fn a_value_that_is_not_understood_is_told_and_left_at_its_default() {
    for fragment in [
        "as=base64",
        "end=cr",
        "how=twice",
        "expect=these:4",
        "expect=nothing",
        "view=hex",
        "lesson=0",
        "lesson=7",
        "lesson=first",
        "lang=de",
        "present=yes",
        "msg=%ff",
        "to=%E4%BD",
    ] {
        let (link, invalid) = Link::parse(fragment);
        let key = fragment.split('=').next().unwrap();
        assert_eq!(invalid.len(), 1, "{fragment}");
        assert_eq!(invalid[0].key, key);
        assert_eq!(link.print(), "", "{fragment}");
    }
}

#[test]
fn a_message_too_long_for_a_link_is_told_and_its_value_shortened() {
    let (link, invalid) = Link::parse(&format!("msg={}", "x".repeat(MAX_MESSAGE + 1)));
    assert_eq!(link.setup, Some(Setup::default()));
    assert_eq!(invalid, [InvalidValue { key: "msg", value: "x".repeat(MAX_SHOWN) }]);
}

#[test]
fn a_plus_is_a_plus() {
    assert_eq!(Link::parse("msg=1+1").0.setup.unwrap().message, "1+1");
}

#[test]
fn characters_that_a_field_would_lose_are_escaped() {
    let setup = Link::parse("msg=PING%0D%0A").0.setup.unwrap();
    assert_eq!((setup.notation, setup.message.as_str()), (Notation::Escapes, r"PING\r\n"));
    let bytes = Setup::sending(None, &[0xff, b'a']);
    assert_eq!((bytes.notation, bytes.message.as_str()), (Notation::Escapes, r"\xffa"));
}

fn setups() -> impl Strategy<Value = Setup> {
    let notation = prop::sample::select(Notation::ALL.to_vec());
    let ending = prop::sample::select(LineEnding::ALL.to_vec());
    let mode = prop::sample::select(vec![Mode::Once, Mode::Interactive, Mode::Load]);
    let expected = prop_oneof![
        Just(ExpectedReply::Same),
        Just(ExpectedReply::Anything),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(ExpectedReply::Bytes),
    ];
    let to = prop::option::of("[^ ]{1,20}".prop_filter("is trimmed", |to| to.trim() == to));
    (to, "[^\\pC]{0,40}", notation, ending, mode, expected, servers()).prop_map(
        |(to, message, notation, ending, mode, expected, server)| Setup {
            to,
            message,
            attachment: None,
            notation,
            ending,
            mode,
            expected,
            server,
        },
    )
}

fn servers() -> impl Strategy<Value = Option<ServerSetup>> {
    let listen = prop::option::of("[^ ]{1,20}".prop_filter("is trimmed", |it| it.trim() == it));
    let text = || prop::option::of(".{0,20}");
    let server = (listen, text(), text(), any::<bool>()).prop_map(
        |(listen, answer, rules, was_listening)| {
            let rules = rules.map(Into::into);
            ServerSetup { listen, answer, rules, was_listening }
        },
    );
    prop::option::of(server)
}

proptest! {
    #[test]
    fn what_is_printed_is_parsed(
        setup in prop::option::of(setups()),
        view in prop::sample::select(vec![Tab::Timeline, Tab::Bytes, Tab::Packets]),
        lesson in prop::option::of(1..=5u8),
        presents: bool,
    ) {
        let setup = setup.map(Setup::visible).filter(|setup| *setup != Setup::default());
        let link = Link { setup, view, lesson, lang: Some(Lang::Zh), presents };
        prop_assert_eq!(Link::parse(&link.print()), (link, vec![]));
    }

    #[test]
    fn whatever_is_behind_the_hash_is_survived(fragment in "\\PC{0,80}") {
        let (link, _) = Link::parse(&fragment);
        let printed = link.print();
        prop_assert_eq!(Link::parse(&printed).0.print(), printed);
    }
}
