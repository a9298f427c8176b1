use std::time::Duration;

use super::fault;
use crate::fault::{Action, FaultBehavior, MAX_HELD, QUIET};

fn server(text: &str) -> FaultBehavior {
    FaultBehavior::new(&fault(text))
}

/// All that is left to do now.
fn actions(server: &mut FaultBehavior) -> Vec<Action> {
    std::iter::from_fn(|| server.next_action()).collect()
}

/// What a server does on being told these bytes.
fn answer(server: &mut FaultBehavior, bytes: &[u8]) -> Vec<Action> {
    server.on_bytes(bytes);
    actions(server)
}

fn finish(server: &mut FaultBehavior) -> Vec<Action> {
    server.on_finish();
    actions(server)
}

fn send(bytes: &[u8]) -> Action {
    Action::Send(bytes.to_vec())
}

fn pause(millis: u64) -> Action {
    Action::Pause(Duration::from_millis(millis))
}

#[test]
fn truncate_counts_over_the_whole_connection_and_then_finishes() {
    let mut server = server("truncate:8");
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"Hello!")]);
    assert!(!server.is_over());
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"He"), Action::Fin]);
    assert_eq!(answer(&mut server, b"Hello!"), []);
    assert_eq!(finish(&mut server), []);
    assert!(server.is_over());
    assert_eq!((server.received(), server.sent()), (18, 8));
}

#[test]
fn a_hang_up_comes_with_the_last_byte_and_not_before_the_first() {
    assert_eq!(answer(&mut server("truncate:6"), b"Hello!"), [send(b"Hello!"), Action::Fin]);
    let mut server = server("truncate:0");
    assert_eq!(actions(&mut server), []);
    assert_eq!(answer(&mut server, b"H"), [Action::Fin]);
}

#[test]
fn reset_gives_what_was_sent_time_to_arrive() {
    let answered = answer(&mut server("reset:3"), b"Hello!");
    assert_eq!(answered, [send(b"Hel"), Action::Settle, Action::Reset]);
    assert_eq!(answer(&mut server("reset:0"), b"Hello!"), [Action::Reset]);
}

#[test]
fn a_client_that_finishes_first_gets_a_fin() {
    for text in ["truncate:9", "reset:9", "corrupt:9", "upper", "silent", "late-fin", "extra:1"] {
        assert_eq!(finish(&mut server(text)), [Action::Fin], "{text}");
    }
}

#[test]
fn corrupt_flips_one_bit_of_one_byte() {
    let mut server = server("corrupt:7");
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"Hello!")]);
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"Hdllo!")]);
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"Hello!")]);
}

#[test]
fn upper_leaves_what_is_not_ascii_as_it_is() {
    let answered = answer(&mut server("upper"), "Hello, 你 ß!".as_bytes());
    assert_eq!(answered, [send("HELLO, 你 ß!".as_bytes())]);
}

#[test]
fn delay_waits_before_each_answer() {
    let mut server = server("delay:200ms");
    assert_eq!(answer(&mut server, b"Hello!"), [pause(200), send(b"Hello!")]);
    assert_eq!(answer(&mut server, b"again"), [pause(200), send(b"again")]);
}

#[test]
fn what_comes_during_the_delay_belongs_to_the_same_answer() {
    let mut server = server("delay:200ms");
    server.on_bytes(b"Hel");
    assert_eq!(server.next_action(), Some(pause(200)));
    assert_eq!(answer(&mut server, b"lo!"), [send(b"Hello!")]);
}

#[test]
fn split_sends_pieces_with_a_gap_between() {
    let mut server = server("split:2:50ms");
    let answered = answer(&mut server, b"Hello");
    assert_eq!(answered, [send(b"He"), pause(50), send(b"ll"), pause(50), send(b"o")]);
    assert_eq!(answer(&mut server, b"!"), [pause(50), send(b"!")]);
}

#[test]
fn extra_adds_bytes_when_the_message_is_whole() {
    let added = [send(b"Hello!"), Action::Pause(QUIET), send(b"!!!")];
    assert_eq!(answer(&mut server("extra:3"), b"Hello!"), added);

    let mut more = server("extra:3");
    more.on_bytes(b"Hello");
    assert_eq!(more.next_action(), Some(send(b"Hello")));
    assert_eq!(more.next_action(), Some(Action::Pause(QUIET)));
    assert_eq!(answer(&mut more, b"!"), [send(b"!"), Action::Pause(QUIET), send(b"!!!")]);

    let mut finished = server("extra:3");
    finished.on_bytes(b"Hello!");
    assert_eq!(finish(&mut finished), [send(b"Hello!"), send(b"!!!"), Action::Fin]);
}

#[test]
fn banner_speaks_first() {
    let mut server = server(r"banner:220 ready\r\n");
    assert_eq!(actions(&mut server), [send(b"220 ready\r\n")]);
    assert_eq!(answer(&mut server, b"Hello!"), [send(b"Hello!")]);
}

#[test]
fn silent_reads_for_ever_and_says_nothing() {
    let mut server = server("silent");
    assert_eq!(answer(&mut server, &vec![0; MAX_HELD]), []);
    assert_eq!(server.room(), MAX_HELD);
}

#[test]
fn late_fin_answers_after_the_clients() {
    let mut server = server("late-fin");
    assert_eq!(answer(&mut server, b"Hel"), []);
    assert_eq!(answer(&mut server, b"lo!"), []);
    assert_eq!(finish(&mut server), [send(b"Hello!"), Action::Fin]);
}

#[test]
fn late_fin_echoes_once_it_can_hold_no_more() {
    let mut server = server("late-fin");
    assert_eq!(answer(&mut server, &vec![b'a'; MAX_HELD - 1]), []);
    assert_eq!(server.room(), 1);
    assert_eq!(answer(&mut server, b"a"), [Action::Send(vec![b'a'; MAX_HELD])]);
    assert_eq!(answer(&mut server, b"b"), [send(b"b")]);
}

#[test]
fn a_server_that_refuses_does_not_listen() {
    assert!(!fault("refuse").listens());
    assert!(fault("silent").listens());
    assert_eq!(answer(&mut server("refuse"), b"Hello!"), [Action::Reset]);
}

#[test]
fn what_comes_while_it_waits_to_add_is_delayed_like_the_rest() {
    // A test of chaos pins what this seed is made of: upper, delay:100ms, extra:1.
    let mut server = server("chaos:0");
    server.on_bytes(b"a");
    let begun: Vec<_> = std::iter::from_fn(|| server.next_action()).take(3).collect();
    assert_eq!(begun, [pause(100), send(b"A"), Action::Pause(QUIET)]);
    let rest = [pause(100), send(b"B"), Action::Pause(QUIET), send(b"!")];
    assert_eq!(answer(&mut server, b"b"), rest);
}
