//! What the server sees, and how that ticks a step of the lesson.

use echo_core::wire::EchoConnection;

use super::*;
use crate::connection_log::{ConnectionLogEffect, ConnectionLogEvent, PayloadState};
use crate::lesson::{LessonEvent, Step};

fn connection(id: u64, bridge: bool) -> EchoConnection {
    EchoConnection {
        id,
        peer: "127.0.0.1:40000".parse().unwrap(),
        bridge,
        began_ms: 0,
        received: 6,
        echoed: 6,
        end: None,
    }
}

impl Page {
    fn connection_log(&mut self, event: ConnectionLogEvent) {
        self.on(Event::ConnectionLog(event));
    }

    fn tell(&mut self, connections: &[EchoConnection]) {
        self.connection_log(ConnectionLogEvent::Came(Some(connections.to_vec())));
    }

    fn at_hello() -> Self {
        let mut page = Self::with_bridge();
        page.on(Event::Lesson(LessonEvent::Chosen(Step::Hello)));
        page
    }

    fn said_hello(&self) -> bool {
        self.model.lesson.progress.is_done(Step::Hello)
    }
}

const ASK: Effect = Effect::ConnectionLog(ConnectionLogEffect::Ask);
const LATER: Effect = Effect::ConnectionLog(ConnectionLogEffect::AskLater);

#[test]
fn a_terminal_that_connects_after_the_step_was_opened_ticks_it() {
    let mut page = Page::at_hello();
    page.tell(&[connection(1, false)]);
    assert!(!page.said_hello(), "it was there before");
    page.tell(&[connection(1, false), connection(2, true)]);
    assert!(!page.said_hello(), "it is the page's own");
    page.tell(&[connection(1, false), connection(2, true), connection(3, false)]);
    assert!(page.said_hello());
    assert!(!page.model.lesson.progress.is_by_hand(Step::Hello));
}

#[test]
fn a_bridge_that_was_started_anew_counts_from_one_again() {
    let mut page = Page::at_hello();
    page.tell(&[connection(7, false)]);
    page.tell(&[connection(1, false)]);
    assert!(page.said_hello());
}

#[test]
fn what_an_echo_server_of_another_saw_is_not_known() {
    let mut page = Page::at_hello();
    page.tell(&[]);
    page.learn(Ok(Info { echo: EchoServer::External, ..info() }));
    page.tell(&[connection(1, false)]);
    assert!(!page.said_hello());
}

#[test]
fn the_bridge_is_asked_while_the_panel_is_open_and_never_twice_at_a_time() {
    let mut page = Page::with_bridge();
    page.connection_log(ConnectionLogEvent::Toggled);
    assert!(page.effects.is_empty(), "there is nothing to see yet");
    page.connect("Hello!");
    page.tell(&[connection(1, true)]);
    assert_eq!(page.effects, [LATER]);
    page.on(Event::DrawDue);
    assert!(page.effects.is_empty());
    page.connection_log(ConnectionLogEvent::AskDue { visible: false });
    assert_eq!(page.effects, [LATER]);
    page.connection_log(ConnectionLogEvent::AskDue { visible: true });
    assert_eq!(page.effects, [ASK]);
    page.connection_log(ConnectionLogEvent::Came(None));
    assert!(page.model.connection_log.silent && page.effects == [LATER]);
    page.connection_log(ConnectionLogEvent::Toggled);
    page.connection_log(ConnectionLogEvent::AskDue { visible: true });
    assert!(page.effects.is_empty());
    page.connection_log(ConnectionLogEvent::Toggled);
    assert_eq!(page.effects, [ASK]);
}

#[test]
fn the_panel_is_shown_once_somebody_connected_to_the_bridges_own_server() {
    let mut page = Page::with_bridge();
    assert!(!page.model.shows_server());
    page.on(Event::ToTyped("localhost:7".into()));
    page.connect("Hello!");
    assert!(!page.model.shows_server(), "that was another server");
    page.on(Event::ToTyped("echo".into()));
    page.press_stop();
    page.connect("Hello!");
    assert!(page.model.shows_server());
    page.learn(Ok(Info { echo: EchoServer::External, ..info() }));
    assert!(!page.model.shows_server());
}

#[test]
fn the_newest_stands_first_and_bytes_come_only_when_they_are_wanted() {
    let mut page = Page::at_hello();
    page.tell(&[connection(1, true), connection(2, false)]);
    assert_eq!(page.model.connection_log.connections[0].id, 2);
    assert!(page.model.connection_log.payload.is_none());
    page.connection_log(ConnectionLogEvent::PayloadWanted(2));
    assert_eq!(page.effects, [Effect::ConnectionLog(ConnectionLogEffect::FetchPayload(2))]);
    page.connection_log(ConnectionLogEvent::PayloadCame(1, Some(vec![1])));
    assert_eq!(
        page.model.connection_log.payload.as_ref().unwrap().bytes,
        PayloadState::Asked,
        "another's"
    );
    page.connection_log(ConnectionLogEvent::PayloadCame(2, Some(b"Hello\n".to_vec())));
    let payload = page.model.connection_log.payload.as_ref().unwrap();
    assert_eq!(payload.bytes, PayloadState::Came(b"Hello\n".to_vec()));
    page.connection_log(ConnectionLogEvent::PayloadWanted(2));
    assert!(page.model.connection_log.payload.is_none() && page.effects.is_empty());
}
