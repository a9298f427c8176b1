//! A connection that stays.

use echo_core::wire::{ACK_EVERY, Party, WINDOW};

use super::*;
use crate::cause::Cause;
use crate::connection::flow_control::MAX_QUEUED;
use crate::field::Field;
use crate::modes::conversation::{ConversationEnd, ConversationState, WriteHalf};
use crate::modes::interactive::Interactive;
use crate::transcript::Direction;

fn staying() -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Interactive);
    page
}

/// A page on which Connect was pressed, and which is connected.
fn standing() -> Page {
    let mut page = staying();
    page.press_connect();
    page.heard(ConnectionEvent::Opened);
    page.heard(ConnectionEvent::Message(connected()));
    page
}

impl Page {
    fn stay(&self) -> &Interactive {
        self.model.modes.interactive.as_ref().unwrap()
    }

    fn press(&mut self, event: impl FnOnce(PageTime) -> ModesEvent) {
        self.on(Event::Modes(event(now(self.at))));
    }

    fn press_connect(&mut self) {
        self.on(Event::ConnectPressed { at: now(self.at) });
    }

    fn heard(&mut self, event: ConnectionEvent) {
        self.receive_on(self.stay().id(), event);
    }

    /// What is to be done on the connection.
    fn done(&self) -> Vec<String> {
        let id = self.stay().id();
        let is_here = |command: &&Command<Event>| match command {
            Command::Connect { id: of, .. }
            | Command::SendBytes { id: of, .. }
            | Command::SendMessage { id: of, .. }
            | Command::Close(of) => *of == id,
            _ => false,
        };
        self.commands.iter().filter(is_here).map(|command| format!("{command:?}")).collect()
    }

    /// What [`done`](Self::done) returns for these commands on the connection.
    fn expect(&self, commands: &[Done]) -> Vec<String> {
        let id = self.stay().id();
        let command = |done: &Done| match done {
            Done::Send(text) => Command::SendBytes { id, bytes: text.clone().into_bytes() },
            Done::Tell(message) => Command::SendMessage { id, message: *message },
            Done::Close => Command::<Event>::Close(id),
        };
        commands.iter().map(|done| format!("{:?}", command(done))).collect()
    }

    fn say_aloud(&mut self, message: &str) -> Vec<String> {
        self.set_message(message);
        self.press_send();
        self.done()
    }

    fn end(&self) -> &ConversationEnd {
        match &self.stay().conversation.state {
            ConversationState::Over(end) => end,
            state => panic!("{state:?} is no end"),
        }
    }
}

/// Something to be done on a connection.
enum Done {
    Send(String),
    Tell(ClientMessage),
    Close,
}

fn send(text: &str) -> Done {
    Done::Send(text.into())
}

fn closed(code: u16) -> ConnectionEvent {
    ConnectionEvent::Closed { code, reason: String::new() }
}

#[test]
fn a_message_of_an_unknown_type_is_passed_over() {
    let mut page = standing();
    let before = page.stay().conversation.state.clone();
    page.heard(ConnectionEvent::Message(BridgeMessage::Unknown));
    assert_eq!((&page.stay().conversation.state, page.done()), (&before, Vec::<String>::new()));
}

#[test]
fn send_connects_and_what_is_said_meanwhile_goes_out_in_order() {
    let mut page = staying();
    page.press_send();
    assert!(page.done()[0].starts_with("Connect"));
    assert!(page.say_aloud("two").is_empty());
    page.heard(ConnectionEvent::Opened);
    page.heard(ConnectionEvent::Message(connected()));
    let done = page.done();
    assert_eq!(done, page.expect(&[send("Hello!two")]));
}

#[test]
fn many_messages_go_over_one_connection_and_everything_that_comes_is_kept() {
    let mut page = standing();
    let done = page.say_aloud("one");
    assert_eq!(done, page.expect(&[send("one")]));
    page.heard(ConnectionEvent::Bytes(b"unasked".to_vec()));
    let done = page.say_aloud("two");
    assert_eq!(done, page.expect(&[send("two")]));
    let log = &page.stay().conversation.log;
    assert_eq!(log.bytes(Direction::Sent).bytes, b"onetwo");
    assert_eq!(log.bytes(Direction::Received).bytes, b"unasked");
    assert!(page.model.modes.run.is_none());
}

#[test]
fn a_server_that_speaks_first_is_heard_before_anything_is_sent() {
    let mut page = standing();
    assert!(page.done().is_empty());
    page.heard(ConnectionEvent::Bytes(b"220 ready".to_vec()));
    assert_eq!(page.stay().conversation.log.bytes(Direction::Received).bytes, b"220 ready");
}

#[test]
fn after_finish_nothing_is_sent_and_what_comes_is_still_heard() {
    let mut page = standing();
    page.press(|at| ModesEvent::FinishPressed { at });
    let done = page.done();
    assert_eq!(done, page.expect(&[Done::Tell(ClientMessage::Finish)]));
    assert!(!page.model.modes.can_send());
    assert!(page.say_aloud("more").is_empty());
    page.heard(ConnectionEvent::Bytes(b"late".to_vec()));
    assert_eq!(page.stay().conversation.log.bytes(Direction::Received).bytes, b"late");
    page.heard(ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    assert!(page.stay().is_open());
    page.heard(closed(1000));
    assert_eq!(page.end(), &ConversationEnd::Finished);
}

#[test]
fn finish_waits_for_what_is_to_be_sent() {
    let mut page = standing();
    page.say_aloud(&"x".repeat(usize::try_from(WINDOW).unwrap() + 1));
    page.press(|at| ModesEvent::FinishPressed { at });
    assert!(page.done().is_empty());
    page.heard(ConnectionEvent::Message(BridgeMessage::Ack { bytes: ACK_EVERY }));
    let done = page.done();
    assert_eq!(done, page.expect(&[send("x"), Done::Tell(ClientMessage::Finish)]));
}

#[test]
fn a_target_that_finished_can_still_be_told_something() {
    let mut page = standing();
    page.heard(ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    let done = page.say_aloud("more");
    assert_eq!(done, page.expect(&[send("more")]));
    let write_half = |page: &Page| match page.stay().conversation.state {
        ConversationState::Connected { write_half, peer_closed: true, .. } => write_half,
        _ => panic!("{:?}", page.stay().conversation.state),
    };
    assert_eq!(write_half(&page), WriteHalf::Open);
    page.press(|at| ModesEvent::FinishPressed { at });
    assert_eq!(write_half(&page), WriteHalf::Finished);
}

#[test]
fn a_reset_is_told_to_the_bridge_and_over_when_it_says_so() {
    let mut page = standing();
    page.press(|at| ModesEvent::ResetPressed { at });
    let done = page.done();
    assert_eq!(done, page.expect(&[Done::Tell(ClientMessage::Reset)]));
    assert!(page.stay().is_open());
    let by = Party::Client;
    let last = BridgeMessage::Closed { by, sent: 0, received: 0, duration_us: 9 };
    page.heard(ConnectionEvent::Message(last));
    page.heard(closed(1000));
    assert_eq!(page.end(), &ConversationEnd::Reset);
}

#[test]
fn disconnect_closes_and_says_what_was_never_sent() {
    let mut page = standing();
    page.say_aloud(&"x".repeat(usize::try_from(WINDOW).unwrap() + 7));
    page.press(|at| ModesEvent::DisconnectPressed { at });
    let done = page.done();
    assert_eq!(done, page.expect(&[Done::Close]));
    assert_eq!(
        (page.end(), page.stay().conversation.waiting_bytes()),
        (&ConversationEnd::Disconnected, 7)
    );
}

#[test]
fn a_connection_can_be_given_up_before_it_stands() {
    let mut page = staying();
    page.press_connect();
    page.press(|at| ModesEvent::DisconnectPressed { at });
    assert_eq!(page.done(), page.expect(&[Done::Close]));
    assert_eq!(page.end(), &ConversationEnd::GivenUp);
}

#[test]
fn a_refusal_is_said_with_its_cause() {
    let mut page = staying();
    page.press_connect();
    page.heard(ConnectionEvent::Opened);
    let (stage, kind) = (Stage::Connect, Kind::Refused);
    let failure = Failure::new(stage, kind, "Connection refused (os error 111)");
    page.heard(ConnectionEvent::Message(BridgeMessage::Failed(failure)));
    let expected = "Connection refused (os error 111)".to_owned();
    assert_eq!(page.end(), &ConversationEnd::NotConnected(expected, Cause::Failed(stage, kind)));
}

#[test]
fn a_connection_that_breaks_is_said_and_not_made_again_behind_ones_back() {
    let mut page = standing();
    page.heard(closed(1006));
    assert_eq!(page.commands.last(), Some(&fetch()));
    assert!(matches!(page.end(), ConversationEnd::Broken(_, Cause::BridgeGone)));
    page.on_bridge_info(Ok(info()));
    assert_eq!(page.commands, [poll()]);
    let before = page.stay().id();
    page.press_connect();
    assert_ne!(page.stay().id(), before);
}

#[test]
fn a_close_that_follows_a_failure_does_not_change_what_is_said_of_it() {
    let mut page = standing();
    let (stage, kind) = (Stage::Read, Kind::Reset);
    let failure = Failure::new(stage, kind, "Connection reset by peer");
    page.heard(ConnectionEvent::Message(BridgeMessage::Failed(failure)));
    page.heard(closed(4005));
    let expected = "Connection reset by peer".to_owned();
    assert_eq!(page.end(), &ConversationEnd::Broken(expected, Cause::Failed(stage, kind)));
}

#[test]
fn a_bridge_that_is_not_there_is_asked_for() {
    let mut page = staying();
    page.press_connect();
    page.heard(closed(1006));
    assert_eq!(page.commands, [fetch()]);
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert!(matches!(page.end(), ConversationEnd::NotConnected(_, Cause::NoBridge)));
}

#[test]
fn what_finds_no_room_is_told_and_not_sent_in_part() {
    let mut page = staying();
    page.press_connect();
    page.say_aloud(&"x".repeat(MAX_QUEUED));
    assert!(!page.stay().conversation.is_full);
    page.say_aloud("y");
    assert!(page.stay().conversation.is_full);
    assert_eq!(page.stay().conversation.waiting_bytes(), MAX_QUEUED);
}

#[test]
fn connecting_to_nobody_is_told() {
    let mut page = staying();
    page.on(Event::ToTyped(" ".into()));
    page.press_connect();
    assert_eq!(
        (page.model.invalid_field, page.model.modes.is_connected()),
        (Some(Field::To), false)
    );
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

#[test]
fn as_text_it_is_the_conversation_in_its_order() {
    let mut page = standing();
    page.say_aloud("PING");
    page.heard(ConnectionEvent::Bytes(b"+PO".to_vec()));
    page.heard(ConnectionEvent::Bytes(b"NG\r\n".to_vec()));
    page.say_aloud("QUIT");
    let view = page.model.text_view().unwrap();
    let turns = view.document.0.turns.iter();
    let turns: Vec<_> = turns.map(|turn| (turn.direction, &turn.bytes[..])).collect();
    let expected = [
        (Direction::Sent, &b"PING"[..]),
        (Direction::Received, b"+PONG\r\n"),
        (Direction::Sent, b"QUIT"),
    ];
    assert_eq!(turns, expected);
    assert!(view.sticks, "it is read from its end");
}
