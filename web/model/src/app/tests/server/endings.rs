//! How a listener ends.

use super::*;

fn ended(page: &Page) -> (Cause, bool) {
    match page.panel().state {
        StateView::Ended { cause, had_listened, .. } => (cause, had_listened),
        state => panic!("{state:?}"),
    }
}

#[test]
fn stop_listening_closes_the_listener_and_leaves_the_connections() {
    let (mut page, id) = visited(AnswerKind::Echo);
    let listener = page.listener();
    page.on(Event::Server(ServerEvent::StopPressed { at: now(page.at) }));
    assert!(page.commands.contains(&Command::Close(listener)));
    assert_eq!(page.panel().state, StateView::Stopped { address: "localhost:9000".into() });
    page.receive_at(id, b"Hello!");
    assert_eq!(page.sent_on(id).0, b"Hello!");
}

#[test]
fn a_port_that_is_in_use_and_one_that_is_forbidden_are_told_with_what_helps() {
    let fail = |kind, stage| {
        let mut page = server();
        page.listen();
        page.hear_listener(ConnectionEvent::Opened);
        let failure = Failure::new(stage, kind, "no");
        page.hear_listener(told(BridgeMessage::Failed(failure)));
        page.hear_listener(ConnectionEvent::Closed { code: 4007, reason: String::new() });
        page
    };
    let page = fail(Kind::InUse, Stage::Listen);
    assert_eq!(ended(&page), (Cause::Failed(Stage::Listen, Kind::InUse), false));
    let page = fail(Kind::Forbidden, Stage::Policy);
    let StateView::Ended { remedy: Some((_, command)), .. } = page.panel().state else {
        panic!("{:?}", page.panel().state)
    };
    assert_eq!(&*command.text, "cargo xtask run --allow-listen localhost:9000");
}

#[test]
fn a_bridge_that_goes_away_takes_the_listener_along() {
    let mut page = listening();
    page.hear_listener(ConnectionEvent::Closed { code: 1006, reason: String::new() });
    assert_eq!(ended(&page), (Cause::BridgeGone, true));
    assert!(!page.model.server.is_listening());
    page.listen();
    assert_eq!(page.sockets()[0].1, Endpoint::Listen("localhost:9000".into()));
}

#[test]
fn a_restart_and_the_operator_are_told_apart() {
    for code in [1012, 4009] {
        let mut page = listening();
        page.hear_listener(ConnectionEvent::Closed { code, reason: String::new() });
        assert_eq!(ended(&page), (Cause::Closed(code), true));
    }
}

#[test]
fn without_a_bridge_the_page_says_so() {
    let mut page = server();
    page.listen();
    page.hear_listener(ConnectionEvent::Closed { code: 1006, reason: String::new() });
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert_eq!(ended(&page), (Cause::NoBridge, false));
}

#[test]
fn a_connection_that_is_gone_before_it_is_claimed_is_listed_as_that() {
    let mut page = listening();
    let id = page.come("127.0.0.1:51234").unwrap();
    page.hear(id, ConnectionEvent::Opened);
    let failure = Failure::new(Stage::Accept, Kind::NotFound, "not there");
    page.hear(id, told(BridgeMessage::Failed(failure)));
    page.hear(id, ConnectionEvent::Closed { code: 4007, reason: String::new() });
    assert_eq!(page.state_of(id), ConnectionStateView::Gone);
}
