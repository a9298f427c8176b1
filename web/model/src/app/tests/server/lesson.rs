//! The last step of the lesson, in which the page is the server.

use super::*;
use crate::lesson::{FieldsLock, LessonEvent, Step, StepStatus};

/// A page at the last step, which listens.
fn at_last_step() -> Page {
    let mut page = Page::with_bridge();
    page.on(Event::Lesson(LessonEvent::Chosen(Step::Serve)));
    assert!(page.commands.contains(&Command::LoadServer), "the step makes the page a server");
    page.on(Event::ServerLoaded(Ok(Box::new(ServerState::default()))));
    assert_eq!(page.sockets(), [], "it listens only once the learner presses Listen");
    page.listen();
    page.hear_listener(ConnectionEvent::Opened);
    page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:9000") }));
    page
}

impl Page {
    fn end_visit(&mut self, id: ConnectionId) {
        self.hear(id, told(BridgeMessage::Finished { at_us: 90 }));
        self.hear(id, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    }

    fn serve_status(&self) -> StepStatus {
        self.model.step_status(Step::Serve)
    }
}

#[test]
fn it_is_done_once_a_program_has_got_back_what_it_sent() {
    let mut page = at_last_step();
    let silent = page.visit("127.0.0.1:51234");
    page.end_visit(silent);
    assert_eq!(page.serve_status(), StepStatus::When(Step::Serve), "nothing was said");
    let echoed = page.visit("127.0.0.1:51235");
    page.receive_at(echoed, b"Hello");
    assert_eq!(page.serve_status(), StepStatus::When(Step::Serve), "it is not over");
    page.end_visit(echoed);
    assert_eq!(page.serve_status(), StepStatus::Done(Step::Serve));
}

#[test]
fn another_answer_than_the_echo_does_not_end_it() {
    let mut page = at_last_step();
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::ByHand)));
    let id = page.visit("127.0.0.1:51234");
    page.receive_at(id, b"Hello");
    page.set_message("HELLO");
    page.press_send();
    page.end_visit(id);
    assert_eq!(page.serve_status(), StepStatus::When(Step::Serve));
}

#[test]
fn its_command_connects_to_where_the_page_listens_and_the_fields_count_as_set_while_it_does() {
    let page = at_last_step();
    let view = page.model.lesson_view().unwrap();
    assert!(!view.fields.can_set);
    let command = view.terminal.command.unwrap().text;
    assert!(command.ends_with(" check localhost:9000 Hello"), "{command}");
}

#[test]
fn its_command_has_the_port_that_the_system_chose() {
    let mut page = server();
    page.on(Event::Lesson(LessonEvent::Chosen(Step::Serve)));
    page.on(Event::Server(ServerEvent::AddressTyped("localhost:0".into())));
    page.listen();
    page.hear_listener(ConnectionEvent::Opened);
    page.hear_listener(told(BridgeMessage::Listening { address: address("127.0.0.1:40001") }));
    let command = page.model.lesson_view().unwrap().terminal.command.unwrap().text;
    assert!(command.ends_with(" check localhost:40001 Hello"), "{command}");
}

#[test]
fn the_other_steps_make_the_page_a_client_again() {
    let mut page = at_last_step();
    page.on(Event::Lesson(LessonEvent::Chosen(Step::Bytes)));
    assert_eq!(page.model.role_view().role, Role::Client);
}

#[test]
fn the_guide_says_that_the_page_listens_and_so_keeps_its_fields() {
    let mut page = at_last_step();
    let lock = |page: &Page| page.model.lesson_view().unwrap().fields.lock;
    assert_eq!(lock(&page), None, "they are set");
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::ByHand)));
    assert_eq!(lock(&page), Some(FieldsLock::Listener));
    page.on(Event::Server(ServerEvent::StopPressed { at: now(page.at) }));
    assert_eq!(lock(&page), None);
}
