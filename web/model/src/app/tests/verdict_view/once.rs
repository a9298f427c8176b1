//! The verdict on a run of the tutorial's client.

use std::rc::Rc;

use super::*;
use crate::cause::Cause;
use crate::composer::TargetHint;
use crate::diagnosis::{Diagnosis, LetterCase};
use crate::difference::Comparison;
use crate::expected_reply::ExpectedReplyKind;
use crate::export::Language;
use crate::modes::once::SLOW_MS;
use crate::modes::reply_timer::ReplyTimes;
use crate::packets::PacketsEvent;
use crate::protocol::Protocol;
use crate::time::Micros;
use crate::verdict::{
    CopyMenu, Difference, Expectation, Extra, Fact, Invitation, Reason, ReplyText, Sentence, Sign,
    Statement, Tone, View,
};

/// Returns a page whose server sent this after it got `Hello!`.
fn replied(reply: &[u8]) -> Page {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.say(BridgeMessage::Read { bytes: reply.len() as u64, at_us: 496 });
    page.bytes(reply);
    page
}

fn mark(view: &View) -> (Tone, Option<Sign>) {
    (view.tone, view.sign)
}

fn program(text: &str) -> Sentence {
    Sentence::Program(text.into())
}

/// What is in sight, and what is told on request.
fn facts(view: &View) -> impl Iterator<Item = &Fact> {
    view.facts.iter().chain(&view.why.facts)
}

fn reason(view: &View) -> Option<&Reason> {
    facts(view).find_map(|fact| match fact {
        Fact::Reason(reason) => Some(reason),
        _ => None,
    })
}

fn diagnosis(view: &View) -> Option<&Diagnosis> {
    facts(view).find_map(|fact| match fact {
        Fact::Diagnosis(diagnosis) => Some(diagnosis),
        _ => None,
    })
}

/// The command that does the same, which is told on request.
fn same_in_terminal(view: &View) -> Option<&str> {
    view.why.next_steps.iter().find_map(|step| match step {
        NextStep::Command { purpose: CommandPurpose::DoTheSame, command } => Some(&**command),
        _ => None,
    })
}

fn comparison(view: &View) -> Option<(Expectation, &Comparison)> {
    view.bytes.as_ref().map(|bytes| (bytes.expectation, &*bytes.comparison))
}

#[test]
fn before_the_first_run_it_says_what_send_would_do() {
    let mut page = Page::with_bridge();
    let sentence = |page: &Page| {
        let view = page.model.verdict_view();
        assert_eq!((view.tone, view.facts.len(), view.next_steps.len()), (Tone::Idle, 0, 0));
        view.sentence
    };
    assert_eq!(sentence(&page), Sentence::Invitation(Invitation::SendToEcho(6)));
    page.on(Event::ToTyped("lab/silent".into()));
    assert_eq!(sentence(&page), Sentence::Invitation(Invitation::Send(6)));
    page.on(Event::ToTyped("localhost:80".into()));
    assert_eq!(sentence(&page), Sentence::Invitation(Invitation::Send(6)));
    page.type_message("");
    assert_eq!(sentence(&page), Sentence::Invitation(Invitation::Type));
}

#[test]
fn without_a_bridge_it_says_how_to_start_one() {
    let mut page = Page::new();
    page.on_bridge_info(Err(BridgeError::NotThere));
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Neutral, Some(Sign::NoConnection)));
    assert_eq!(view.sentence, Sentence::Page(Statement::NoBridge));
    assert_eq!(view.next_steps, [start_bridge(), NextStep::BridgeIsAwaited]);
}

#[test]
fn a_page_that_is_refused_learns_the_flag_that_lets_it_in() {
    let mut page = Page::new();
    page.on_bridge_info(Err(BridgeError::Refused));
    let view = page.model.verdict_view();
    let origin = "http://localhost:8080".into();
    assert_eq!(view.sentence, Sentence::Page(Statement::PageRefused { origin }));
    let restart = "cargo xtask run --origin http://localhost:8080";
    assert_eq!(view.next_steps, [command(CommandPurpose::RestartBridge, restart)]);
}

#[test]
fn a_run_that_is_quick_says_nothing_and_one_that_is_not_can_be_stopped() {
    let mut page = Page::with_bridge();
    page.press_send();
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.is_busy), (Tone::Quick, true));
    assert_eq!((view.sentence, view.next_steps.len()), (Sentence::None, 0));
    page.at += f64::from(SLOW_MS);
    page.elapse(RunEvent::ProgressDue);
    let view = page.model.verdict_view();
    let target = "localhost:8888".into();
    assert_eq!(view.sentence, Sentence::Page(Statement::Connecting { target }));
    assert!(matches!(view.facts[..], [Fact::Waited(ms)] if ms > 300.0));
    assert_eq!(view.next_steps, [NextStep::StopRun]);
}

#[test]
fn while_a_reply_is_awaited_it_counts_what_has_come() {
    let mut page = Page::connected("Hello!");
    page.elapse(RunEvent::ProgressDue);
    page.bytes(b"He");
    let view = page.model.verdict_view();
    assert_eq!(view.sentence, Sentence::Page(Statement::Waiting(progress(2, 6))));
    page.press_stop();
    assert!(!page.model.verdict_view().is_busy);
}

#[test]
fn the_same_bytes_are_good_with_their_times_and_can_be_taken_along() {
    let page = replied(b"Hello!");
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Good, Some(Sign::Ok)));
    assert_eq!(view.sentence, program("Reply is ok!"));
    let times = ReplyTimes { tcp: Some(crate::time::Micros(96)), browser_ms: 3.0 };
    assert_eq!(view.facts, [Fact::Reason(Reason::Unchanged(6)), Fact::Times(times)]);
    assert_eq!(view.why.facts, [Fact::BrowserTime(3.0)]);
    let (expectation, comparison) = comparison(&view).unwrap();
    assert_eq!((expectation, comparison.columns.len()), (Expectation::Sent, 6));
    let command = "(printf 'Hello!'; sleep 1) | ncat localhost 8888";
    assert_eq!(same_in_terminal(&view), Some(command));
    let exports = page.model.exports().unwrap();
    let languages: Vec<_> = exports.programs.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages, [Language::Rust, Language::Python, Language::Ncat, Language::Nc]);
    assert!(view.next_steps.is_empty());
}

#[test]
fn bytes_that_the_client_never_read_are_told() {
    let view = replied(b"Hello!!!!").model.verdict_view();
    let extra = Extra { count: 3, start: "21 21 21".into() };
    assert_eq!(view.facts.last(), Some(&Fact::Extra(extra)));
    assert_eq!(view.sentence, program("Reply is ok!"));
}

#[test]
fn other_bytes_are_bad_and_are_compared() {
    let view = replied(b"HELLO!").model.verdict_view();
    assert_eq!(mark(&view), (Tone::Bad, Some(Sign::Different)));
    assert_eq!(view.sentence, program("Unexpected reply: HELLO!"));
    let difference = Difference { offset: 1, length: 6, expected: b'e', received: b'E' };
    let expectation = Expectation::Sent;
    assert_eq!(reason(&view), Some(&Reason::Different { expectation, difference }));
    assert_eq!(diagnosis(&view), Some(&Diagnosis::CaseChanged(LetterCase::Upper)));
    let (expectation, comparison) = comparison(&view).unwrap();
    assert_eq!((expectation, comparison.columns.len()), (Expectation::Sent, 6));
    assert_eq!(view.copy_menu, CopyMenu::Closed);
    // The diagnosis says more than the place, which is told on request.
    assert!(matches!(view.facts[..], [Fact::Diagnosis(_), Fact::Times(_)]));
}

#[test]
fn a_reply_is_compared_with_what_was_expected_in_place_of_an_echo() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    page.on(Event::Composer(ComposerEvent::ExpectedTyped("+PONG".into())));
    page.connect("PING");
    page.wrote(4, 400);
    page.bytes(b"-PONG");
    let view = page.model.verdict_view();
    let difference = Difference { offset: 0, length: 5, expected: b'+', received: b'-' };
    let expectation = Expectation::Others;
    assert_eq!(reason(&view), Some(&Reason::Different { expectation, difference }));
    page.connect("PING");
    page.wrote(4, 400);
    page.bytes(b"+PONG");
    assert_eq!(reason(&page.model.verdict_view()), Some(&Reason::AsExpected(5)));
}

#[test]
fn another_protocol_comes_with_its_command_in_place_of_the_bytes() {
    let mut page = replied(b"HTT");
    page.bytes(b"P/1.");
    let view = page.model.verdict_view();
    assert_eq!(diagnosis(&view), Some(&Diagnosis::OtherProtocol(Protocol::Http)));
    let speak = "curl -v http://localhost:8888/";
    assert_eq!(view.why.next_steps, [command(CommandPurpose::SpeakProtocol, speak)]);
    assert_eq!(comparison(&view), None);
}

#[test]
fn an_early_end_is_told_once() {
    let mut page = replied(b"Hel");
    page.say(BridgeMessage::Finished { at_us: 900 });
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Bad, Some(Sign::Failed)));
    assert_eq!(view.sentence, program("Failed to receive data: failed to fill whole buffer"));
    // The diagnosis tells the end, so that the cause need not.
    let cut_short = Reason::CutShort { cause: None, progress: progress(3, 6) };
    let short = Fact::Diagnosis(Diagnosis::Truncated(3));
    assert_eq!(
        (&view.facts[..], &view.why.facts[..]),
        (&[short][..], &[Fact::Reason(cut_short)][..])
    );
    assert!(comparison(&view).is_some());
}

#[test]
fn a_reset_is_told_by_its_cause() {
    let mut page = replied(b"Hel");
    page.fail(Stage::Read, Kind::Reset, "Connection reset by peer (os error 104)");
    let view = page.model.verdict_view();
    let cause = Some(cause_view(Cause::Failed(Stage::Read, Kind::Reset)));
    assert_eq!(reason(&view), Some(&Reason::CutShort { cause, progress: progress(3, 6) }));
}

#[test]
fn nothing_is_compared_with_nothing() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.say(BridgeMessage::Finished { at_us: 900 });
    let view = page.model.verdict_view();
    assert_eq!(diagnosis(&view), Some(&Diagnosis::EmptyReply));
    assert_eq!((comparison(&view), view.copy_menu), (None, CopyMenu::Closed));
}

#[test]
fn the_end_of_the_waiting_is_told_with_who_ended_it() {
    let mut page = replied(b"Hel");
    page.elapse(RunEvent::LimitReached);
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Neutral, Some(Sign::Waiting)));
    assert_eq!(view.sentence, Sentence::Page(Statement::StillWaiting(progress(3, 6))));
    assert_eq!(view.facts, [Fact::Reason(Reason::TimeLimit(5))]);
    let mut page = Page::connected("Hello!");
    page.press_stop();
    let silence = Fact::Diagnosis(Diagnosis::NoReply { ends_line: false });
    let view = page.model.verdict_view();
    assert_eq!(view.facts, [Fact::Reason(Reason::StoppedByUser)]);
    assert_eq!(view.why.facts, [silence]);
}

#[test]
fn where_nothing_listens_it_says_what_to_start() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Connect, Kind::Refused, REFUSED);
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Bad, Some(Sign::NoConnection)));
    assert_eq!(view.sentence, program(&format!("Failed to connect: {REFUSED}")));
    let cause = cause_view(Cause::Failed(Stage::Connect, Kind::Refused));
    assert_eq!(view.facts, [Fact::Reason(Reason::Failed(cause))]);
    assert_eq!(view.next_steps, [start_server()]);
}

#[test]
fn a_bridge_that_went_away_is_awaited_and_its_return_told() {
    let mut page = replied(b"Hel");
    page.close(1006);
    page.on_bridge_info(Err(BridgeError::NotThere));
    let next_steps = page.model.verdict_view().next_steps;
    assert_eq!(next_steps[..2], [start_bridge(), NextStep::BridgeIsAwaited]);
    page.on_bridge_info(Ok(info()));
    assert_eq!(page.model.verdict_view().next_steps[0], NextStep::BridgeIsBack);
}

#[test]
fn a_run_that_was_given_up_says_so_and_no_more() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.press_stop();
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Neutral, Some(Sign::Waiting)));
    assert_eq!(view.sentence, Sentence::Page(Statement::GivenUp));
    assert_eq!((view.facts.len(), view.next_steps.len()), (0, 0));
}

#[test]
fn where_anything_may_come_it_shows_what_came() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    page.connect("PING");
    page.wrote(4, 400);
    page.elapse(RunEvent::ProgressDue);
    page.say(BridgeMessage::Read { bytes: 4, at_us: 600 });
    page.bytes(b"+PON");
    page.say(BridgeMessage::Read { bytes: 3, at_us: 795 });
    page.bytes(b"G\r\n");
    let view = page.model.verdict_view();
    assert_eq!(view.sentence, Sentence::Page(Statement::ReceivedSoFar(7)));
    page.elapse(RunEvent::Quiet);
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Good, Some(Sign::Received)));
    assert_eq!(view.sentence, Sentence::Page(Statement::Received(7)));
    let reply = ReplyText { lines: vec!["+PONG\\r\\n".into()], cut_after: None };
    let [Fact::Times(times), Fact::Reply(shown)] = &view.facts[..] else {
        panic!("{:?}", view.facts);
    };
    assert_eq!(times.tcp, Some(Micros(395)), "to the last byte that came");
    assert_eq!(**shown, reply);
}

#[test]
fn where_anything_may_come_an_echo_is_called_one() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    page.connect("PING");
    page.wrote(4, 400);
    page.bytes(b"PING");
    page.elapse(RunEvent::Quiet);
    assert_eq!(reason(&page.model.verdict_view()), Some(&Reason::Unchanged(4)));
}

#[test]
fn where_anything_may_come_a_failure_is_bad_and_silence_is_neither() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    page.connect("PING");
    page.wrote(4, 400);
    page.elapse(RunEvent::LimitReached);
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Neutral, Some(Sign::Waiting)));
    page.connect("PING");
    page.fail(Stage::Read, Kind::Reset, "Connection reset by peer (os error 104)");
    let view = page.model.verdict_view();
    assert_eq!(mark(&view), (Tone::Bad, Some(Sign::Failed)));
    assert!(matches!(reason(&view), Some(Reason::Failed(_))));
}

#[test]
fn a_server_of_the_lab_is_taken_along_as_a_command_and_its_silence_not_guessed_at() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("lab/silent".into()));
    page.connect("Hello!");
    page.wrote(6, 400);
    page.elapse(RunEvent::LimitReached);
    let view = page.model.verdict_view();
    assert_eq!((diagnosis(&view), &view.why.next_steps[..]), (None, &[NextStep::LabServer][..]));
    assert_eq!(view.copy_menu, CopyMenu::Absent);
}

#[test]
fn what_takes_long_to_find_out_is_found_out_once() {
    let mut page = Page::connected(&"Hello!".repeat(1_000));
    page.wrote(6_000, 400);
    page.bytes("HELLO!".repeat(1_000).as_bytes());
    let before = page.model.verdict_view();
    page.type_message("another message");
    let after = page.model.verdict_view();
    assert_eq!(before, after);
    let [before, after] = [before, after].map(|view| view.bytes.unwrap().comparison);
    assert!(Rc::ptr_eq(&before, &after));
    page.bytes(b"!");
    let facts = page.model.verdict_view().facts;
    assert!(facts.iter().any(|fact| matches!(fact, Fact::Extra(Extra { count: 1, .. }))));
}

#[test]
fn what_the_user_has_to_act_on_is_in_sight_and_the_rest_on_request() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:6379".into()));
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Policy, Kind::Forbidden, "localhost:6379 is not allowed");
    let view = page.model.verdict_view();
    let restart = "cargo xtask run --allow localhost:6379";
    assert_eq!(view.next_steps, [command(CommandPurpose::RestartBridge, restart)]);
    assert!(view.why.is_empty());
}

#[test]
fn why_stays_open_until_it_is_closed() {
    let mut page = replied(b"Hello!");
    assert!(!page.model.verdict_view().why.is_open);
    page.on(Event::WhyToggled);
    page.connect("Hello!");
    assert!(page.model.verdict_view().why.is_open);
    page.on(Event::WhyToggled);
    assert!(!page.model.verdict_view().why.is_open);
}

#[test]
fn a_verdict_is_set_apart_while_to_names_another_target() {
    let mut page = replied(b"Hello!");
    assert!(!page.model.verdict_view().is_previous);
    page.on(Event::ToTyped("localhost:7".into()));
    assert!(page.model.verdict_view().is_previous);
    // The name of the echo server means its address.
    page.on(Event::ToTyped("echo".into()));
    assert!(!page.model.verdict_view().is_previous);
    page.on(Event::ToTyped("localhost:7".into()));
    page.press_send();
    assert!(!page.model.verdict_view().is_previous);
}

#[test]
fn a_verdict_is_set_apart_while_a_file_of_packets_is_shown() {
    let mut page = replied(b"Hello!");
    let (name, bytes) = ("a.pcap".into(), Ok(vec![]));
    page.on(Event::Packets(PacketsEvent::FileRead { name, bytes }));
    assert!(page.model.verdict_view().is_previous);
}

#[test]
fn a_bridge_that_went_away_is_told_beside_the_verdict_until_it_is_back() {
    let mut page = replied(b"Hello!");
    page.on_bridge_info(Err(BridgeError::NotThere));
    let view = page.model.verdict_view();
    assert_eq!(view.sentence, program("Reply is ok!"));
    let notice = view.notice.unwrap();
    assert_eq!(notice.statement, Statement::NoBridge);
    assert_eq!(notice.next_steps, [start_bridge(), NextStep::BridgeIsAwaited]);
    page.on_bridge_info(Ok(info()));
    assert_eq!(page.model.verdict_view().notice, None);
}

#[test]
fn a_target_that_is_none_is_told_under_its_field_until_it_is_another() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("nonsense".into()));
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Policy, Kind::Malformed, "nonsense is no target");
    assert_eq!(page.model.target_view().hint, TargetHint::Malformed);
    page.on(Event::ToTyped("localhost:7".into()));
    assert_eq!(page.model.target_view().hint, TargetHint::None);
}

#[test]
fn the_page_scrolls_to_the_verdict_when_a_run_begins_and_when_it_ends() {
    let shows = |page: &Page| page.scrolled_to_verdict;
    let mut page = Page::with_bridge();
    page.press_send();
    assert!(shows(&page));
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    page.wrote(6, 400);
    assert!(!shows(&page));
    page.say(BridgeMessage::Read { bytes: 6, at_us: 496 });
    page.bytes(b"Hello!");
    assert!(shows(&page));
}
