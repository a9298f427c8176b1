//! The verdict on a connection of the interactive mode.

use echo_core::wire::WINDOW;

use super::*;
use crate::cause::Cause;
use crate::modes::ModesEvent;
use crate::verdict::{Fact, Invitation, Reason, Sentence, Sign, Statement, Tone, Turn};

fn chosen() -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page
}

/// Returns a page on which Connect was pressed, and which is connected.
fn standing() -> Page {
    let mut page = chosen();
    page.on(Event::ConnectPressed { at: now(page.at) });
    receive(&mut page, ConnectionEvent::Opened);
    receive(&mut page, ConnectionEvent::Message(connected()));
    page
}

fn modes(page: &mut Page, event: impl FnOnce(PageTime) -> ModesEvent) {
    page.on(Event::Modes(event(now(page.at))));
}

fn receive(page: &mut Page, event: ConnectionEvent) {
    let id = page.model.modes.interactive.as_ref().unwrap().id();
    page.receive_on(id, event);
}

fn turn(page: &Page) -> Turn {
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Good, Some(Sign::Ok)));
    match view.facts[0] {
        Fact::Turn(turn) => turn,
        ref fact => panic!("{fact:?} does not say who may send"),
    }
}

fn assert_ended(page: &Page, statement: Statement, reason: Option<Reason>, unsent: usize) {
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Neutral, Some(Sign::NoConnection)));
    assert_eq!(view.sentence, Sentence::Page(statement));
    assert_eq!(view.facts, [Fact::End { reason, unsent }]);
    assert_eq!(view.next_steps, [NextStep::ConnectAgain]);
}

#[test]
fn before_the_first_connection_it_says_what_connect_and_send_would_do() {
    let page = chosen();
    let sentence = page.model.verdict_view().sentence;
    assert_eq!(sentence, Sentence::Invitation(Invitation::Connect(6)));
}

#[test]
fn a_connection_that_takes_long_can_be_given_up() {
    let mut page = chosen();
    page.on(Event::ConnectPressed { at: now(page.at) });
    assert_eq!(page.model.verdict_view().tone, Tone::Quick);
    page.at += 1_000.0;
    modes(&mut page, |at| ModesEvent::InteractiveTicked { at });
    let view = page.model.verdict_view();
    let target = "localhost:8888".into();
    assert_eq!(view.sentence, Sentence::Page(Statement::Connecting { target }));
    assert_eq!(view.next_steps, [NextStep::GiveUpConnecting]);
    modes(&mut page, |at| ModesEvent::DisconnectPressed { at });
    assert_ended(&page, Statement::GivenUp, None, 0);
}

#[test]
fn it_says_who_may_still_send() {
    let mut page = standing();
    assert_eq!(turn(&page), Turn::NobodyHasSent);
    receive(&mut page, ConnectionEvent::Bytes(b"220 ready".to_vec()));
    assert_eq!(turn(&page), Turn::Both);
    receive(&mut page, ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    assert_eq!(turn(&page), Turn::Page);
    let ends = |page: &Page| page.model.verdict_view().next_steps;
    assert_eq!(ends(&page), [NextStep::EndConnection { can_finish: true }]);
    modes(&mut page, |at| ModesEvent::FinishPressed { at });
    assert_eq!(turn(&page), Turn::Server);
    assert_eq!(ends(&page), [NextStep::EndConnection { can_finish: false }]);
    modes(&mut page, |at| ModesEvent::ResetPressed { at });
    assert_eq!(turn(&page), Turn::Resetting);
}

#[test]
fn bytes_that_wait_are_counted_and_those_that_were_never_sent_are_told() {
    let mut page = standing();
    page.set_message(&"x".repeat(usize::try_from(WINDOW).unwrap() + 1));
    page.press_send();
    assert_eq!(page.model.verdict_view().facts[1], Fact::Queued(1));
    modes(&mut page, |at| ModesEvent::FinishPressed { at });
    assert_eq!(turn(&page), Turn::Finishing);
    modes(&mut page, |at| ModesEvent::DisconnectPressed { at });
    assert_ended(&page, Statement::Disconnected, Some(Reason::ClosedByUser), 1);
}

#[test]
fn each_end_is_told_with_its_reason() {
    let mut page = standing();
    modes(&mut page, |at| ModesEvent::ResetPressed { at });
    receive(&mut page, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    assert_ended(&page, Statement::Reset, Some(Reason::ResetByUser), 0);
    let mut page = standing();
    modes(&mut page, |at| ModesEvent::FinishPressed { at });
    receive(&mut page, ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    receive(&mut page, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    assert_ended(&page, Statement::Finished, Some(Reason::BothFinished), 0);
}

#[test]
fn a_failure_comes_with_its_cause_and_what_may_help() {
    let mut page = chosen();
    page.on(Event::ConnectPressed { at: now(page.at) });
    receive(&mut page, ConnectionEvent::Opened);
    let (stage, kind) = (Stage::Connect, Kind::Refused);
    let failure = Failure::new(stage, kind, REFUSED);
    receive(&mut page, ConnectionEvent::Message(BridgeMessage::Failed(failure)));
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Bad, Some(Sign::NoConnection)));
    let error = REFUSED.into();
    assert_eq!(view.sentence, Sentence::Page(Statement::NotConnected { error }));
    let reason = Some(Reason::Failed(cause_view(Cause::Failed(stage, kind))));
    assert_eq!(view.facts, [Fact::End { reason, unsent: 0 }]);
    assert_eq!(view.next_steps, [start_server(), NextStep::ConnectAgain]);
}

#[test]
fn a_connection_that_broke_is_told_apart_from_one_that_never_stood() {
    let mut page = standing();
    receive(&mut page, ConnectionEvent::Closed { code: 1006, reason: String::new() });
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Bad, Some(Sign::Failed)));
    let error = "the bridge went away".into();
    assert_eq!(view.sentence, Sentence::Page(Statement::Broken { error }));
}

#[test]
fn without_a_bridge_the_latest_run_of_another_mode_is_not_shown() {
    let mut page = Page::connected("Hello!");
    page.press_stop();
    page.on_bridge_info(Err(BridgeError::NotThere));
    page.choose(Mode::Interactive);
    assert_eq!(page.model.verdict_view().sentence, Sentence::Page(Statement::NoBridge));
}
