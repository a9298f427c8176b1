//! A connection that stays.

use echo_core::wire::{ACK_EVERY, ClientMessage, Party, WINDOW};

use super::*;
use crate::cause::Cause;
use crate::flow_control::MAX_QUEUED;
use crate::modes::interactive::{Interactive, InteractiveEnd, InteractiveState, WriteHalf};
use crate::modes::{Mode, ModesEvent};
use crate::transcript::Direction;

fn staying() -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page
}

/// A page on which Connect was pressed, and which is connected.
fn standing() -> Page {
    let mut page = staying();
    page.press(|at| ModesEvent::ConnectPressed { at });
    page.heard(SessionEvent::Opened);
    page.heard(SessionEvent::Said(connected()));
    page
}

impl Page {
    fn stay(&self) -> &Interactive {
        self.model.modes.stay.as_ref().unwrap()
    }

    fn press(&mut self, event: impl FnOnce(f64) -> ModesEvent) {
        self.on(Event::Modes(event(self.at)));
    }

    fn heard(&mut self, event: SessionEvent) {
        self.on(Event::Session { run: self.stay().id, at: self.at, event });
    }

    /// What is done in the session of the connection.
    fn done(&self) -> Vec<Effect> {
        let inside = |effect: &Effect| match effect {
            Effect::In(run, effects) if *run == self.stay().id => effects.clone(),
            _ => vec![],
        };
        self.effects.iter().flat_map(inside).collect()
    }

    fn say_aloud(&mut self, message: &str) -> Vec<Effect> {
        self.type_message(message);
        self.press_send();
        self.done()
    }

    fn end(&self) -> &InteractiveEnd {
        match &self.stay().state {
            InteractiveState::Over(end) => end,
            state => panic!("{state:?} is no end"),
        }
    }
}

fn send(text: &str) -> Effect {
    Effect::Send(text.into())
}

fn closed(code: u16) -> SessionEvent {
    SessionEvent::Closed { code, reason: String::new() }
}

#[test]
fn a_message_of_an_unknown_type_is_passed_over() {
    let mut page = standing();
    let before = page.stay().state.clone();
    page.heard(SessionEvent::Said(BridgeMessage::Unknown));
    assert_eq!((&page.stay().state, page.done()), (&before, vec![]));
}

#[test]
fn send_connects_and_what_is_said_meanwhile_goes_out_in_order() {
    let mut page = staying();
    page.press_send();
    assert!(matches!(page.done()[..], [Effect::Open { .. }]));
    assert!(page.say_aloud("two").is_empty());
    page.heard(SessionEvent::Opened);
    page.heard(SessionEvent::Said(connected()));
    assert_eq!(page.done(), [send("Hello!two")]);
}

#[test]
fn many_messages_go_over_one_connection_and_everything_that_comes_is_kept() {
    let mut page = standing();
    assert_eq!(page.say_aloud("one"), [send("one")]);
    page.heard(SessionEvent::Bytes(b"unasked".to_vec()));
    assert_eq!(page.say_aloud("two"), [send("two")]);
    let log = &page.stay().log;
    assert_eq!(log.bytes(Direction::Sent).bytes, b"onetwo");
    assert_eq!(log.bytes(Direction::Received).bytes, b"unasked");
    assert!(page.model.run.is_none());
}

#[test]
fn a_server_that_speaks_first_is_heard_before_anything_is_sent() {
    let mut page = standing();
    assert!(page.done().is_empty());
    page.heard(SessionEvent::Bytes(b"220 ready".to_vec()));
    assert_eq!(page.stay().log.bytes(Direction::Received).bytes, b"220 ready");
}

#[test]
fn after_finish_nothing_is_sent_and_what_comes_is_still_heard() {
    let mut page = standing();
    page.press(|at| ModesEvent::FinishPressed { at });
    assert_eq!(page.done(), [Effect::Say(ClientMessage::Finish)]);
    assert!(page.model.modes.is_deaf());
    assert!(page.say_aloud("more").is_empty());
    page.heard(SessionEvent::Bytes(b"late".to_vec()));
    assert_eq!(page.stay().log.bytes(Direction::Received).bytes, b"late");
    page.heard(SessionEvent::Said(BridgeMessage::Finished { at_us: 900 }));
    assert!(page.stay().is_open());
    page.heard(closed(1000));
    assert_eq!(page.end(), &InteractiveEnd::Finished);
}

#[test]
fn finish_waits_for_what_is_to_be_sent() {
    let mut page = standing();
    page.say_aloud(&"x".repeat(usize::try_from(WINDOW).unwrap() + 1));
    page.press(|at| ModesEvent::FinishPressed { at });
    assert!(page.done().is_empty());
    page.heard(SessionEvent::Said(BridgeMessage::Ack { bytes: ACK_EVERY }));
    assert_eq!(page.done(), [send("x"), Effect::Say(ClientMessage::Finish)]);
}

#[test]
fn a_target_that_finished_can_still_be_told_something() {
    let mut page = standing();
    page.heard(SessionEvent::Said(BridgeMessage::Finished { at_us: 900 }));
    assert_eq!(page.say_aloud("more"), [send("more")]);
    let write_half = |page: &Page| match page.stay().state {
        InteractiveState::Connected { write_half, peer_closed: true, .. } => write_half,
        _ => panic!("{:?}", page.stay().state),
    };
    assert_eq!(write_half(&page), WriteHalf::Open);
    page.press(|at| ModesEvent::FinishPressed { at });
    assert_eq!(write_half(&page), WriteHalf::Finished);
}

#[test]
fn a_reset_is_told_to_the_bridge_and_over_when_it_says_so() {
    let mut page = standing();
    page.press(|at| ModesEvent::ResetPressed { at });
    assert_eq!(page.done(), [Effect::Say(ClientMessage::Reset)]);
    assert!(page.stay().is_open());
    let by = Party::Client;
    let last = BridgeMessage::Closed { by, sent: 0, received: 0, duration_us: 9 };
    page.heard(SessionEvent::Said(last));
    page.heard(closed(1000));
    assert_eq!(page.end(), &InteractiveEnd::Reset);
}

#[test]
fn disconnect_closes_and_says_what_was_never_sent() {
    let mut page = standing();
    page.say_aloud(&"x".repeat(usize::try_from(WINDOW).unwrap() + 7));
    page.press(|at| ModesEvent::DisconnectPressed { at });
    assert_eq!(page.done(), [Effect::Close]);
    assert_eq!((page.end(), page.stay().waiting()), (&InteractiveEnd::Disconnected, 7));
}

#[test]
fn a_connection_can_be_given_up_before_it_stands() {
    let mut page = staying();
    page.press(|at| ModesEvent::ConnectPressed { at });
    page.press(|at| ModesEvent::DisconnectPressed { at });
    assert_eq!((page.end(), page.done()), (&InteractiveEnd::GivenUp, vec![Effect::Close]));
}

#[test]
fn a_refusal_is_said_with_its_cause() {
    let mut page = staying();
    page.press(|at| ModesEvent::ConnectPressed { at });
    page.heard(SessionEvent::Opened);
    let (stage, kind) = (Stage::Connect, Kind::Refused);
    let failure = Failure { stage, kind, message: "Connection refused (os error 111)".into() };
    page.heard(SessionEvent::Said(BridgeMessage::Failed(failure)));
    let expected = "Connection refused (os error 111)".to_owned();
    assert_eq!(page.end(), &InteractiveEnd::NotConnected(expected, Cause::Failed(stage, kind)));
}

#[test]
fn a_connection_that_breaks_is_said_and_not_made_again_behind_ones_back() {
    let mut page = standing();
    page.heard(closed(1006));
    assert_eq!(page.effects.last(), Some(&Effect::FetchInfo));
    assert!(matches!(page.end(), InteractiveEnd::Broken(_, Cause::BridgeGone)));
    page.learn(Ok(info()));
    assert!(page.effects.is_empty());
    let before = page.stay().id;
    page.press(|at| ModesEvent::ConnectPressed { at });
    assert_ne!(page.stay().id, before);
}

#[test]
fn a_close_that_follows_a_failure_does_not_change_what_is_said_of_it() {
    let mut page = standing();
    let (stage, kind) = (Stage::Read, Kind::Reset);
    let failure = Failure { stage, kind, message: "Connection reset by peer".into() };
    page.heard(SessionEvent::Said(BridgeMessage::Failed(failure)));
    page.heard(closed(4005));
    let expected = "Connection reset by peer".to_owned();
    assert_eq!(page.end(), &InteractiveEnd::Broken(expected, Cause::Failed(stage, kind)));
}

#[test]
fn a_bridge_that_is_not_there_is_asked_for() {
    let mut page = staying();
    page.press(|at| ModesEvent::ConnectPressed { at });
    page.heard(closed(1006));
    assert_eq!(page.effects, [Effect::FetchInfo]);
    page.learn(Err(BridgeError::NotThere));
    assert!(matches!(page.end(), InteractiveEnd::NotConnected(_, Cause::NoBridge)));
}

#[test]
fn what_finds_no_room_is_told_and_not_sent_in_part() {
    let mut page = staying();
    page.press(|at| ModesEvent::ConnectPressed { at });
    page.say_aloud(&"x".repeat(MAX_QUEUED));
    assert!(!page.model.modes.is_full);
    page.say_aloud("y");
    assert!(page.model.modes.is_full);
    assert_eq!(page.stay().waiting(), MAX_QUEUED);
}

#[test]
fn connecting_to_nobody_is_told() {
    let mut page = staying();
    page.on(Event::ToTyped(" ".into()));
    page.press(|at| ModesEvent::ConnectPressed { at });
    assert_eq!((page.model.wrong, page.model.modes.is_connected()), (Some(Field::To), false));
}

#[test]
fn the_switch_waits_for_the_connection_to_end() {
    let mut page = standing();
    page.choose(Mode::Once);
    assert_eq!(page.model.modes.mode, Mode::Interactive);
    page.press(|at| ModesEvent::DisconnectPressed { at });
    page.choose(Mode::Once);
    assert_eq!(page.model.modes.mode, Mode::Once);
}
