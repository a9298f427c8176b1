//! Rules and faults, as the page has them.

use echo_core::fault::FaultKind;

use super::*;
use crate::lesson::{LessonEvent, Step};
use crate::server::answer::editor::RulesEvent;
use crate::server::answer::{FaultEvent, ReadyMade, RuleField};

fn rules(page: &mut Page, event: RulesEvent) {
    page.on(Event::Server(ServerEvent::Rules(event)));
}

fn matches(page: &Page) -> Vec<u32> {
    let view = page.model.server_setup_view().unwrap().rules.unwrap();
    view.rules.iter().map(|rule| rule.matches).collect()
}

fn setup(page: &Page) -> ServerSetup {
    page.model.setup().server.expect("a server")
}

#[test]
fn a_rule_answers_and_its_matches_are_counted_until_the_page_listens_again() {
    let (mut page, id) = visited(AnswerKind::Rules);
    rules(&mut page, RulesEvent::ReadyMadeChosen(ReadyMade::RedisPing));
    page.receive_at(id, b"PING\r\n");
    assert_eq!(page.sent_on(id).0, b"+PONG\r\n");
    page.receive_at(id, b"PING\r\n");
    assert_eq!(matches(&page), [2, 0, 0]);
    page.on(Event::Server(ServerEvent::StopPressed { at: now(page.at) }));
    page.listen();
    assert_eq!(matches(&page), [0, 0, 0]);
}

#[test]
fn changed_rules_answer_connections_that_are_open() {
    let (mut page, id) = visited(AnswerKind::Rules);
    rules(&mut page, RulesEvent::ReadyMadeChosen(ReadyMade::RedisPing));
    let first = page.model.server_setup_view().unwrap().rules.unwrap().rules[0].id;
    rules(&mut page, RulesEvent::Typed(first, RuleField::Reply, "{bytes}".into()));
    page.receive_at(id, b"PING\r\n");
    assert_eq!(page.sent_on(id).0, b"6");
}

#[test]
fn a_fault_answers_and_one_with_a_mistake_keeps_the_page_from_listening() {
    let (mut page, id) = visited(AnswerKind::Fault);
    page.on(Event::Server(ServerEvent::Fault(FaultEvent::KindChosen(FaultKind::Upper))));
    page.receive_at(id, b"Hello!");
    assert_eq!(page.sent_on(id).0, b"HELLO!");

    let mut page = server();
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Fault)));
    page.on(Event::Server(ServerEvent::Fault(FaultEvent::Typed(0, "many".into()))));
    page.listen();
    assert_eq!(page.sockets(), []);
    assert!(page.commands.iter().any(|command| matches!(command, Command::Dom(_))));
}

#[test]
fn a_mistake_in_a_rule_keeps_the_page_from_listening() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Rules)));
    rules(&mut page, RulesEvent::Added);
    page.listen();
    assert_eq!(page.sockets(), []);
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Echo)));
    page.listen();
    assert_eq!(page.sockets().len(), 1);
}

#[test]
fn rules_and_faults_are_kept_and_a_link_has_the_rules_that_it_answers_by() {
    let mut page = server();
    assert_eq!(setup(&page), ServerSetup::default());
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Rules)));
    assert_eq!(setup(&page).rules, None, "they are those that it begins with");
    rules(&mut page, RulesEvent::ReadyMadeChosen(ReadyMade::RedisPing));
    let kept = page.model.setup();
    let json = ReadyMade::RedisPing.rules().to_json();
    assert_eq!(setup(&page).rules.as_deref(), Some(&*json));
    assert_eq!(kept.clone().as_link().server.unwrap().rules.as_deref(), Some(&*json));

    let mut other = server();
    other.on(Event::Server(ServerEvent::SetUp(kept.server.unwrap())));
    assert_eq!(setup(&other), setup(&page));

    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Fault)));
    page.on(Event::Server(ServerEvent::Fault(FaultEvent::KindChosen(FaultKind::Delay))));
    assert_eq!(setup(&page).answer.as_deref(), Some("delay:1s"));
    assert!(setup(&page).rules.is_some(), "they are kept all the same");
    assert_eq!(page.model.setup().as_link().server.unwrap().rules, None);
    other.on(Event::Server(ServerEvent::SetUp(setup(&page))));
    assert_eq!(setup(&other), setup(&page));
}

#[test]
fn rules_that_are_typed_outlive_a_link_and_a_step_of_the_lesson_that_have_no_use_for_any() {
    let mut page = server();
    page.on(Event::Server(ServerEvent::AnswerChosen(AnswerKind::Rules)));
    rules(&mut page, RulesEvent::ReadyMadeChosen(ReadyMade::RedisPing));
    let typed = setup(&page).rules;
    page.on(Event::Lesson(LessonEvent::Chosen(Step::Serve)));
    assert_eq!((setup(&page).answer, setup(&page).rules), (None, typed.clone()));
    page.on(Event::Link(LinkEvent::Opened("role=server&answer=hand".into())));
    assert_eq!(setup(&page).rules, typed);
    page.on(Event::Link(LinkEvent::Opened("role=server&answer=rules".into())));
    assert_eq!(setup(&page).rules, None, "the link says that they are those to begin with");
}
