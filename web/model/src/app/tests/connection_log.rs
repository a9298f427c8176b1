//! What the server sees, and how that ticks a step of the lesson.

use echo_core::wire::{EchoConnection, EchoConnections, EchoLog};

use super::*;
use crate::command::Request;
use crate::connection_log::{ClientView, ConnectionLogEvent, POLL_MS, PayloadState, View};
use crate::lesson::{LessonEvent, Step, Tick};

fn connection(id: u64, bridge: bool) -> EchoConnection {
    EchoConnection {
        id,
        peer: "127.0.0.1:40000".parse().unwrap(),
        bridge,
        client: None,
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

    fn tell_log(&mut self, connections: &[EchoConnection]) {
        self.answer_log(&EchoConnections { connections: connections.to_vec(), log: EchoLog::Full });
    }

    fn answer_log(&mut self, answer: &EchoConnections) {
        let result = Ok(serde_json::to_vec(answer).unwrap());
        self.connection_log(ConnectionLogEvent::Answered(response(result)));
    }

    fn poll_due(&mut self, is_page_visible: bool) {
        let elapsed = Elapsed { at: now(self.at), is_page_visible };
        self.connection_log(ConnectionLogEvent::PollDue(elapsed));
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

fn response(result: Result<Vec<u8>, FetchError>) -> Response {
    Response { at: now(0.0), result }
}

fn ask(path: &str) -> Command<Event> {
    Command::Fetch { request: Request::get(path), reply: Box::new(|_| Event::DrawDue) }
}

fn ask_connections() -> Command<Event> {
    ask("/api/echo/connections")
}

fn later() -> Command<Event> {
    timer(Timer::ConnectionLogPoll, POLL_MS)
}

#[test]
fn a_terminal_that_connects_after_the_step_was_opened_ticks_it() {
    let mut page = Page::at_hello();
    page.tell_log(&[connection(1, false)]);
    assert!(!page.said_hello(), "it was there before");
    page.tell_log(&[connection(1, false), connection(2, true)]);
    assert!(!page.said_hello(), "it is the page's own");
    page.tell_log(&[connection(1, false), connection(2, true), connection(3, false)]);
    assert!(page.said_hello());
    assert_eq!(page.model.lesson.progress.tick(Step::Hello), Some(Tick::Seen));
}

#[test]
fn a_bridge_that_was_started_anew_counts_from_one_again() {
    let mut page = Page::at_hello();
    page.tell_log(&[connection(7, false)]);
    page.tell_log(&[connection(1, false)]);
    assert!(page.said_hello());
}

#[test]
fn what_an_echo_server_of_another_saw_is_not_known() {
    let mut page = Page::at_hello();
    page.tell_log(&[]);
    page.on_bridge_info(Ok(Info { echo: EchoServer::External, ..info() }));
    page.tell_log(&[connection(1, false)]);
    assert!(!page.said_hello());
}

#[test]
fn the_bridge_is_asked_while_the_panel_is_open_and_never_twice_at_a_time() {
    let mut page = Page::with_bridge();
    page.connection_log(ConnectionLogEvent::Toggled);
    assert!(page.commands.is_empty(), "there is nothing to see yet");
    page.connect("Hello!");
    page.tell_log(&[connection(1, true)]);
    assert_eq!(page.commands, [later()]);
    page.on(Event::DrawDue);
    assert!(page.commands.is_empty());
    page.poll_due(false);
    assert_eq!(page.commands, [later()]);
    page.poll_due(true);
    assert_eq!(page.commands, [ask_connections()]);
    page.connection_log(ConnectionLogEvent::Answered(response(Err(FetchError::Unreachable))));
    assert!(page.model.connection_log.silent && page.commands == [later()]);
    page.connection_log(ConnectionLogEvent::Toggled);
    page.poll_due(true);
    assert!(page.commands.is_empty());
    page.connection_log(ConnectionLogEvent::Toggled);
    assert_eq!(page.commands, [ask_connections()]);
}

#[test]
fn the_panel_is_shown_once_somebody_connected_to_the_bridges_own_server() {
    let mut page = Page::with_bridge();
    assert!(!page.model.shows_connection_log());
    page.on(Event::ToTyped("localhost:7".into()));
    page.connect("Hello!");
    assert!(!page.model.shows_connection_log(), "that was another server");
    page.on(Event::ToTyped("echo".into()));
    page.press_stop();
    page.connect("Hello!");
    assert!(page.model.shows_connection_log());
    page.on_bridge_info(Ok(Info { echo: EchoServer::External, ..info() }));
    assert!(!page.model.shows_connection_log());
}

#[test]
fn clients_of_a_class_are_told_apart_and_their_bytes_are_shown_only_if_the_bridge_tells_them() {
    let mut page = Page::at_hello();
    let student = EchoConnection { client: Some("192.168.1.7".into()), ..connection(2, true) };
    let connections = vec![connection(1, true), student, connection(3, false)];
    for (log, has_bytes) in [(EchoLog::Full, true), (EchoLog::Counts, false)] {
        page.answer_log(&EchoConnections { connections: connections.clone(), log });
        let View::Connections(shown) = page.model.connection_log.view() else { panic!("{log:?}") };
        let clients: Vec<_> = shown.iter().map(|it| (it.client.clone(), it.has_bytes)).collect();
        let student = ClientView::BridgeFor("192.168.1.7".into());
        let expected = [ClientView::Other, student, ClientView::Bridge];
        assert_eq!(clients, expected.map(|client| (client, has_bytes)));
    }
    page.answer_log(&EchoConnections { connections: vec![], log: EchoLog::Off });
    assert_eq!(page.model.connection_log.view(), View::Unavailable);
}

#[test]
fn the_newest_stands_first_and_bytes_come_only_when_they_are_wanted() {
    let mut page = Page::at_hello();
    page.tell_log(&[connection(1, true), connection(2, false)]);
    assert_eq!(page.model.connection_log.connections[0].id, 2);
    assert!(page.model.connection_log.payload.is_none());
    page.connection_log(ConnectionLogEvent::PayloadWanted(2));
    assert_eq!(page.commands, [ask("/api/echo/connections/2")]);
    page.connection_log(ConnectionLogEvent::PayloadAnswered(1, response(Ok(vec![1]))));
    assert_eq!(
        page.model.connection_log.payload.as_ref().unwrap().bytes,
        PayloadState::Asked,
        "another's"
    );
    let answer = response(Ok(b"Hello\n".to_vec()));
    page.connection_log(ConnectionLogEvent::PayloadAnswered(2, answer));
    let payload = page.model.connection_log.payload.as_ref().unwrap();
    assert_eq!(payload.bytes, PayloadState::Came(b"Hello\n".to_vec()));
    page.connection_log(ConnectionLogEvent::PayloadWanted(2));
    assert!(page.model.connection_log.payload.is_none() && page.commands.is_empty());
}
