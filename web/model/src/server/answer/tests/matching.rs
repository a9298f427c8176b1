//! Which rule answers which input.

use proptest::prelude::*;

use super::*;

fn matched(actions: &[Action]) -> Vec<usize> {
    let matched = actions.iter().filter_map(|action| match action {
        Action::Matched(rule) => Some(*rule),
        _ => None,
    });
    matched.collect()
}

#[test]
fn the_first_rule_that_matches_answers_and_takes_the_whole_input() {
    let rules = [
        rule(When::Is, "one", "1"),
        rule(When::StartsWith, "on", "2"),
        rule(When::Contains, "n", "3"),
        rule(When::Anything, "", "4"),
    ];
    for (input, rule) in [("one", 0), ("ones", 1), ("an", 2), ("x", 3)] {
        let mut responder = open(&answer(rules.clone()));
        let actions = receive(&mut responder, input.as_bytes());
        let reply = (rule + 1).to_string();
        let expected = [Action::Consumed(input.len()), Action::Matched(rule), send(reply)];
        assert_eq!(actions, expected, "{input}");
        assert_eq!(matched(&receive(&mut responder, b"x")), [3], "nothing of {input} is left");
    }
}

#[test]
fn input_that_nothing_matches_waits_for_more() {
    let mut responder = open(&answer([rule(When::Contains, r"PING\r\n", "+PONG")]));
    assert_eq!(receive(&mut responder, b"PI"), [Action::Consumed(2)]);
    assert_eq!(receive(&mut responder, b"NG\r"), [Action::Consumed(3)]);
    let actions = receive(&mut responder, b"\n");
    assert_eq!(actions, [Action::Consumed(1), Action::Matched(0), send("+PONG")]);
}

#[test]
fn a_rule_for_whoever_connects_answers_once_and_before_any_input() {
    let rules = [rule(When::Connects, "", "Hello, {peer}"), rule(When::Anything, "", "again")];
    let mut responder = Responder::new(&answer(rules), PEER);
    assert_eq!(responder.handle(Input::Room(99)), []);
    let greeting = responder.handle(Input::Established);
    assert_eq!(greeting, [Action::Matched(0), send(format!("Hello, {PEER}"))]);
    assert_eq!(matched(&receive(&mut responder, b"x")), [1]);
}

#[test]
fn a_rule_with_a_mistake_matches_nothing_and_the_others_keep_their_index() {
    let rules = [rule(When::Contains, r"\q", "1"), rule(When::Contains, "q", "2")];
    assert_eq!(matched(&receive(&mut open(&answer(rules)), b"q")), [1]);
}

#[test]
fn new_rules_apply_to_what_comes_after_them_and_a_reply_that_has_begun_is_completed() {
    let slow = Rule { delay: Delay::from_millis(100), ..rule(When::Is, "a", "old") };
    let mut responder = open(&answer([slow]));
    let actions = receive(&mut responder, b"a");
    assert_eq!(without_consumed(actions), [Action::Matched(0), Action::Wait(100)]);
    assert_eq!(responder.set_answer(&answer([rule(When::Contains, "bc", "new")])), []);
    assert_eq!(responder.handle(Input::DelayElapsed), [send("old")]);
    assert_eq!(matched(&receive(&mut responder, b"b")), [0; 0]);
    let same = answer([rule(When::Contains, "bc", "new")]);
    assert_eq!(responder.set_answer(&same), [], "nothing has changed");
    assert_eq!(matched(&receive(&mut responder, b"c")), [0]);

    assert_eq!(matched(&receive(&mut responder, b"b")), [0; 0]);
    assert_eq!(responder.set_answer(&answer([rule(When::Contains, "bcd", "newer")])), []);
    assert_eq!(matched(&receive(&mut responder, b"cd")), [0; 0], "b came before");
}

#[test]
fn only_the_latest_of_a_long_input_is_kept_and_then_it_has_no_beginning() {
    let rules = [rule(When::StartsWith, "A", "start"), rule(When::Contains, "needle", "{bytes}")];
    let mut responder = open(&answer(rules));
    assert_eq!(matched(&receive(&mut responder, b"B")), [0; 0]);
    let mut total = 1;
    for _ in 0..40 {
        let actions = receive(&mut responder, &[b'A'; 10_000]);
        assert_eq!(actions.iter().filter(|it| matches!(it, Action::Consumed(_))).count(), 1);
        assert_eq!(matched(&actions), [0; 0], "{total}");
        total += 10_000;
    }
    let actions = receive(&mut responder, b"needle");
    assert_eq!(sent(&actions), (total + 6).to_string().as_bytes());
}

#[test]
fn a_pattern_is_found_wherever_a_long_arrival_is_divided() {
    let long = "x".repeat(MAX_TYPED);
    let rules = answer([rule(When::Contains, &long, "found")]);
    for before in [0, 1, MAX_INPUT - MAX_TYPED, MAX_INPUT - 1, MAX_INPUT, 3 * MAX_INPUT - 7] {
        let mut input = vec![b'-'; before];
        input.extend(long.as_bytes());
        input.push(b'-');
        let actions = receive(&mut open(&rules), &input);
        assert_eq!(matched(&actions), [0], "{before} bytes before it");
    }
}

/// Cuts `input` at these places.
fn cut(input: &[u8], places: &[prop::sample::Index]) -> Vec<Vec<u8>> {
    let mut places: Vec<_> = places.iter().map(|place| place.index(input.len() + 1)).collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in places.into_iter().chain([input.len()]) {
        pieces.push(input[start..end].to_vec());
        start = end;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

proptest! {
    /// A rule that can wait for its pattern answers all the same however the input is cut. What
    /// follows the first answer differs, since that takes all that has arrived.
    #[test]
    fn a_rule_that_waits_for_its_pattern_answers_however_the_input_is_cut(
        when in prop::sample::select(vec![When::Contains, When::StartsWith]),
        pattern in "[ab]{1,4}",
        input in "[abc]{0,40}",
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let rules = answer([rule(when, &pattern, "yes")]);
        let answers = |pieces: Vec<Vec<u8>>| {
            let mut responder = open(&rules);
            pieces.iter().any(|piece| !matched(&receive(&mut responder, piece)).is_empty())
        };
        let expected = match when {
            When::StartsWith => input.starts_with(&pattern),
            _ => input.contains(&pattern),
        };
        prop_assert_eq!(answers(vec![input.clone().into_bytes()]), expected);
        prop_assert_eq!(answers(cut(input.as_bytes(), &places)), expected);
    }

    /// A rule for an exact input answers it however it is cut.
    #[test]
    fn an_exact_input_is_answered_however_it_is_cut(
        input in "[ab]{1,20}",
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut responder = open(&answer([rule(When::Is, &input, "yes")]));
        let pieces = cut(input.as_bytes(), &places);
        let answers: Vec<_> =
            pieces.iter().map(|piece| matched(&receive(&mut responder, piece))).collect();
        let (last, before) = answers.split_last().unwrap();
        prop_assert_eq!(last, &[0]);
        prop_assert!(before.iter().all(Vec::is_empty));
    }

    /// All that is received is consumed sooner or later, and never more.
    #[test]
    fn rules_consume_all_that_they_get(
        lengths in prop::collection::vec(1..200_000_usize, 0..4),
    ) {
        let mut responder = open(&answer([rule(When::Contains, "no", "")]));
        let mut consumed = 0;
        for length in &lengths {
            for action in receive(&mut responder, &vec![b'-'; *length]) {
                consumed += if let Action::Consumed(count) = action { count } else { 0 };
            }
        }
        prop_assert_eq!(consumed, lengths.iter().sum::<usize>());
        prop_assert_eq!(responder.held(), 0);
    }
}
