//! The order of actions, what ends a connection, and how a peer that is too fast is held.

use super::*;

fn then(then: Then, delay: u32) -> Rule {
    Rule { then, delay: Delay::from_millis(delay), ..rule(When::Anything, "", "<{input}>") }
}

#[test]
fn a_reply_that_waits_holds_the_later_ones() {
    let mut responder = open(&answer([then(Then::KeepOpen, 500)]));
    let actions = receive(&mut responder, b"a");
    assert_eq!(actions, [Action::Consumed(1), Action::Matched(0), Action::Wait(500)]);
    assert_eq!(receive(&mut responder, b"b"), []);
    assert_eq!(receive(&mut responder, b"c"), [], "a second wait would end the first one");
    assert_eq!(responder.held(), 2);
    let actions = responder.handle(Input::DelayElapsed);
    let next = [Action::Consumed(2), Action::Matched(0), Action::Wait(500)];
    assert_eq!(actions, [&[send("<a>")], &next[..]].concat());
    assert_eq!(responder.handle(Input::DelayElapsed), [send("<bc>")]);
}

#[test]
fn fin_follows_the_reply_and_later_input_is_consumed_without_an_answer() {
    let mut responder = open(&answer([then(Then::Fin, 0)]));
    let actions = receive(&mut responder, b"a");
    assert_eq!(without_consumed(actions), [Action::Matched(0), send("<a>"), Action::Finish]);
    assert!(responder.is_over());
    assert_eq!(receive(&mut responder, b"more"), [Action::Consumed(4)]);
    assert_eq!(responder.handle(Input::PeerFinished), []);
}

#[test]
fn rst_gives_the_reply_time_to_arrive() {
    let mut responder = open(&answer([then(Then::Reset, 0)]));
    let actions = without_consumed(receive(&mut responder, b"a"));
    assert_eq!(actions, [Action::Matched(0), send("<a>"), Action::Wait(100)]);
    assert_eq!(responder.handle(Input::DelayElapsed), [Action::Reset]);

    let silent = Rule { reply: TypedBytes::new(""), ..then(Then::Reset, 0) };
    let actions = without_consumed(receive(&mut open(&answer([silent])), b"a"));
    assert_eq!(actions, [Action::Matched(0), Action::Reset]);
}

#[test]
fn the_peers_fin_is_answered_once_all_that_came_before_it_is() {
    let mut responder = open(&answer([then(Then::KeepOpen, 10)]));
    let _ = receive(&mut responder, b"a");
    assert_eq!(receive(&mut responder, b"b"), []);
    assert_eq!(responder.handle(Input::PeerFinished), []);
    let actions = without_consumed(responder.handle(Input::DelayElapsed));
    assert_eq!(actions, [send("<a>"), Action::Matched(0), Action::Wait(10)]);
    assert_eq!(responder.handle(Input::DelayElapsed), [send("<b>"), Action::Finish]);
}

#[test]
fn by_hand_nothing_is_answered_not_even_fin() {
    let mut responder = open(&Answer::ByHand);
    assert_eq!(receive(&mut responder, b"Hello!"), [Action::Consumed(6)]);
    assert_eq!(responder.handle(Input::PeerFinished), []);
    assert!(!responder.is_over());
}

#[test]
fn an_echo_takes_no_more_than_it_can_pass_on() {
    let mut responder = Responder::new(&Answer::Echo, PEER);
    assert_eq!(responder.handle(Input::Established), []);
    assert_eq!(receive(&mut responder, b"Hello!"), []);
    assert_eq!(responder.handle(Input::PeerFinished), []);
    assert_eq!(responder.handle(Input::Room(4)), [Action::Consumed(4), send("Hell")]);
    assert_eq!(responder.handle(Input::Room(0)), []);
    assert_eq!(responder.held(), 2);
    let last = [Action::Consumed(2), send("o!"), Action::Finish];
    assert_eq!(responder.handle(Input::Room(4)), last);
}

#[test]
fn a_long_reply_goes_out_as_there_is_room_and_what_follows_waits_for_it() {
    let mut responder = Responder::new(&answer([then(Then::Fin, 0)]), PEER);
    let actions = receive(&mut responder, b"abc");
    assert_eq!(actions, [Action::Consumed(3), Action::Matched(0)]);
    assert_eq!(receive(&mut responder, b"held"), []);
    assert_eq!(responder.handle(Input::Room(2)), [send("<a")]);
    assert_eq!(responder.handle(Input::Room(2)), [send("bc")]);
    let actions = responder.handle(Input::Room(2));
    assert_eq!(actions, [send(">"), Action::Finish, Action::Consumed(4)]);
}

#[test]
fn another_answer_takes_over_where_the_one_before_stopped() {
    let mut responder = open(&Answer::ByHand);
    let _ = receive(&mut responder, b"read by the user");
    assert_eq!(responder.set_answer(&Answer::Echo), []);
    assert_eq!(receive(&mut responder, b"a"), [Action::Consumed(1), send("a")]);
    let banner = Answer::Fault(r"banner:Hi!\n".parse().unwrap());
    assert_eq!(responder.set_answer(&banner), [send("Hi!\n")]);
    assert_eq!(responder.set_answer(&banner), [], "it is the same one");
    assert_eq!(receive(&mut responder, b"b"), [Action::Consumed(1), send("b")]);
}
