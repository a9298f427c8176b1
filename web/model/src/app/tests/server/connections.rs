//! Connections that come in.

use super::*;
use crate::server::list::{MAX_LISTED, MAX_OPEN};

#[test]
fn a_connection_is_claimed_at_once_echoed_and_drawn_from_the_client_to_the_page() {
    let (mut page, id) = visited(AnswerKind::Echo);
    assert_eq!(page.panel().latest, Some(address("127.0.0.1:51234")));
    page.hear(id, told(BridgeMessage::Read { bytes: 6, at_us: 40 }));
    page.receive_at(id, b"Hello!");
    assert_eq!(page.sent_on(id), (b"Hello!".to_vec(), vec![]));
    let (began_us, at_us) = (Some(60), 70);
    page.hear(id, told(BridgeMessage::Wrote { bytes: 6, began_us, at_us }));
    let record = page.model.record().unwrap();
    assert_eq!((record.id, record.role), (id, Role::Server));
    let entries = page.model.inspector.listing().entries();
    let arrows: Vec<_> = entries.iter().map(|entry| Arrows::of(entry, record.log)).collect();
    let page_message = |arrows: &Arrows| arrows.page.map(|it| (it.way, it.what));
    let event = |arrows: &Arrows| {
        arrows.target.map(|it| (it.way, it.what, it.evidence == Evidence::Inferred))
    };
    assert_eq!(
        arrows.iter().map(|it| (page_message(it), event(it))).collect::<Vec<_>>(),
        [
            (
                Some((Direction::Received, PageMessage::Accepted)),
                Some((Direction::Received, TcpEvent::Syn, true)),
            ),
            (
                Some((Direction::Received, PageMessage::Bytes(6))),
                Some((Direction::Received, TcpEvent::Bytes(6), false)),
            ),
            (
                Some((Direction::Sent, PageMessage::Bytes(6))),
                Some((Direction::Sent, TcpEvent::Bytes(6), false)),
            ),
        ]
    );
}

#[test]
fn an_echo_ends_as_the_client_does() {
    let (mut page, id) = visited(AnswerKind::Echo);
    page.hear(id, told(BridgeMessage::Finished { at_us: 90 }));
    assert_eq!(page.sent_on(id).1, [ClientMessage::Finish]);
    let (by, sent, received, duration_us) = (Party::Client, 0, 0, 100);
    page.hear(id, told(BridgeMessage::Closed { by, sent, received, duration_us }));
    page.hear(id, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    assert_eq!(page.state_of(id), ConnectionStateView::Closed);
}

#[test]
fn the_first_is_selected_and_later_ones_are_not() {
    let (mut page, first) = visited(AnswerKind::Echo);
    let second = page.visit("127.0.0.1:51240");
    assert_eq!(page.model.record().unwrap().id, first);
    page.on(Event::Server(ServerEvent::Selected(second)));
    assert_eq!(page.model.record().unwrap().id, second);
    let ids: Vec<_> = page.panel().connections.iter().map(|it| it.id).collect();
    assert_eq!(ids, [second, first], "the newest stands first");
}

#[test]
fn by_hand_the_message_goes_to_the_selected_connection() {
    let (mut page, first) = visited(AnswerKind::ByHand);
    let second = page.visit("127.0.0.1:51240");
    page.receive_at(first, b"Hello!");
    assert_eq!(page.sent_on(first), (vec![], vec![]), "nothing answers by itself");
    page.set_message("你好");
    page.press_send();
    assert_eq!(page.sent_on(first).0, "你好".as_bytes());
    page.on(Event::Server(ServerEvent::Selected(second)));
    page.press_send();
    assert_eq!(page.sent_on(second).0, "你好".as_bytes());
    page.on(Event::Server(ServerEvent::FinishPressed { at: now(page.at) }));
    assert_eq!(page.sent_on(second).1, [ClientMessage::Finish]);
    assert_eq!(page.state_of(second), ConnectionStateView::PageFinished);
    page.on(Event::Server(ServerEvent::Selected(first)));
    page.on(Event::Server(ServerEvent::ResetPressed { at: now(page.at) }));
    assert_eq!(page.sent_on(first).1, [ClientMessage::Reset]);
}

#[test]
fn send_does_nothing_while_the_page_answers_by_itself() {
    let (mut page, id) = visited(AnswerKind::Echo);
    page.press_send();
    assert_eq!(page.sent_on(id), (vec![], vec![]));
    assert_eq!(page.sockets(), []);
}

#[test]
fn an_echo_to_a_client_that_does_not_read_is_held_back() {
    let (mut page, id) = visited(AnswerKind::Echo);
    let window = usize::try_from(WINDOW).unwrap();
    let chunk = vec![7; 64 * 1024];
    let (mut sent, mut acknowledged) = (0, 0);
    for _ in 0..2 * window / chunk.len() {
        page.receive_at(id, &chunk);
        let (bytes, messages) = page.sent_on(id);
        sent += bytes.len();
        for message in messages {
            if let ClientMessage::Ack { bytes } = message {
                acknowledged = bytes;
            }
        }
    }
    assert_eq!(sent, window, "a window is under way, and no more");
    assert!(acknowledged <= WINDOW, "what waits is not acknowledged: {acknowledged}");
    page.hear(id, told(BridgeMessage::Ack { bytes: WINDOW }));
    assert_eq!(page.sent_on(id).0.len(), window, "the rest follows once there is room");
}

#[test]
fn what_is_kept_of_a_flood_is_bounded_and_its_totals_are_right() {
    let (mut page, id) = visited(AnswerKind::ByHand);
    let chunk = vec![7; 1024];
    for at_us in 0..5_000 {
        page.hear(id, told(BridgeMessage::Read { bytes: 1024, at_us }));
        page.receive_at(id, &chunk);
    }
    let record = page.model.record().unwrap();
    assert!(record.log.row_count() <= 2_000);
    assert!(record.log.bytes(Direction::Received).bytes.len() <= 256 * 1024);
    assert!(record.trace.entries().len() <= 2_000);
    assert_eq!(record.log.moved(Direction::Received), 5_000 * 1024);
    assert_eq!(page.panel().connections[0].received, 5_000 * 1024);
}

#[test]
fn no_more_connections_are_claimed_than_may_be_open() {
    let mut page = listening();
    for port in 0..MAX_OPEN {
        page.visit(&format!("127.0.0.1:{}", 20_000 + port));
    }
    assert_eq!(page.come("127.0.0.1:40000"), None);
    assert_eq!(page.panel().unclaimed, 1);
    assert_eq!(page.panel().connections.len(), MAX_OPEN);
}

#[test]
fn of_those_that_are_over_the_oldest_go_first() {
    let mut page = listening();
    let mut ids = vec![];
    for port in 0..MAX_LISTED + 5 {
        let id = page.visit(&format!("127.0.0.1:{}", 20_000 + port));
        ids.push(id);
        page.hear(id, ConnectionEvent::Closed { code: 1006, reason: String::new() });
    }
    let panel = page.panel();
    assert_eq!((panel.connections.len(), panel.removed), (MAX_LISTED, 5));
    let listed = |id| panel.connections.iter().any(|it| it.id == id);
    assert!(listed(ids[0]), "the selected one stays");
    assert!(!listed(ids[1]) && listed(ids[MAX_LISTED + 4]));
}

#[test]
fn a_connection_that_is_over_goes_to_the_runs_and_is_shown_from_there() {
    let (mut page, id) = visited(AnswerKind::Echo);
    page.receive_at(id, b"Hello!");
    page.hear(id, told(BridgeMessage::Finished { at_us: 90 }));
    page.hear(id, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    let clock = crate::command::WallClock { date_ms: 1_795_404_501_000.0, clock_step_ms: 0.1 };
    let command = page.for_runs.pop().expect("a record");
    let Command::ReadClock(reply) = command else { panic!("{command:?}") };
    page.on(reply(clock));
    let run = page.model.runs_view().expect("a list").rows[0].summary.id;
    page.on(Event::Runs(RunsEvent::Chosen(run)));
    let record = page.model.record().unwrap();
    assert_eq!((record.role, record.target), (Role::Server, "localhost:9000"));
    assert_ne!(record.id, id);
    let is_accepted = |row: &crate::transcript::Row| {
        row.content == RowContent::Note(Note::Accepted(address("127.0.0.1:51234")))
    };
    assert!(record.log.rows().any(is_accepted));
    assert_eq!(page.model.packets_context().record.map(|it| it.role), Some(Role::Server));
    page.on(Event::Server(ServerEvent::Selected(id)));
    assert_eq!(page.model.record().unwrap().id, id, "a connection takes the run's place");
}

#[test]
fn few_of_many_connections_go_to_the_runs() {
    let mut page = listening();
    let mut records = 0;
    for port in 0..30 {
        let id = page.visit(&format!("127.0.0.1:{}", 20_000 + port));
        page.receive_at(id, b"Hello!");
        page.hear(id, ConnectionEvent::Closed { code: 1006, reason: String::new() });
        records += page.for_runs.iter().filter(|it| matches!(it, Command::ReadClock(_))).count();
    }
    assert_eq!(records, 20);
}

#[test]
fn the_time_is_shown_while_the_page_is_seen() {
    let (mut page, id) = visited(AnswerKind::Echo);
    let seconds = |page: &Page| page.panel().connections[0].seconds;
    let tick = |page: &mut Page, ms, is_page_visible| {
        let elapsed = Elapsed { at: now(ms), is_page_visible };
        page.on(Event::Server(ServerEvent::Ticked(elapsed)));
    };
    tick(&mut page, 12_500.0, true);
    assert_eq!(seconds(&page), 12);
    assert!(page.commands.contains(&timer(Timer::ServerClock, 1_000)));
    tick(&mut page, 20_000.0, false);
    assert_eq!(seconds(&page), 12);
    page.on(Event::Server(ServerEvent::StopPressed { at: now(page.at) }));
    page.hear(id, ConnectionEvent::Closed { code: 1006, reason: String::new() });
    tick(&mut page, 21_000.0, true);
    assert!(!page.commands.contains(&timer(Timer::ServerClock, 1_000)), "nothing is open");
}
