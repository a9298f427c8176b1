//! What is sent and comes back.

use echo_core::wire::{ACK_EVERY, WINDOW};

use super::*;
use crate::modes::once::{READ_ON_LIMIT_MS, READ_ON_QUIET_MS, REPLY_LIMIT_MS};
use crate::time::Micros;
use crate::transcript::{Direction, Note, RowContent, TargetEvidence};

const CONNECTED: &str = "Successfully connected to server in port 8888";
const SENT: &str = "Sent Hello, awaiting reply...";

/// Returns the round-trip time of a reply that was the one expected.
fn tcp_time(page: &Page) -> Option<Micros> {
    let Verdict::Same(exchange) = page.verdict() else { panic!("no verdict") };
    exchange.times().unwrap().tcp
}

fn read(page: &mut Page, bytes: &[u8], at_us: u64) {
    page.say(BridgeMessage::Read { bytes: bytes.len() as u64, at_us });
    page.bytes(bytes);
}

#[test]
fn an_echo_is_told_in_the_lines_of_the_program() {
    let mut page = Page::connected("Hello!");
    let limit = timer(Timer::RunLimit, REPLY_LIMIT_MS);
    assert_eq!(page.commands, [page.send(b"Hello!"), limit]);
    page.wrote(6, 412);
    assert_eq!(page.lines(), [CONNECTED, SENT]);
    read(&mut page, b"Hello!", 517);
    assert_eq!(page.lines(), [CONNECTED, SENT, "Reply is ok!", "Terminated."]);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
    let quiet = timer(Timer::RunQuiet, READ_ON_QUIET_MS);
    let limit = timer(Timer::RunLimit, READ_ON_LIMIT_MS);
    assert_eq!(page.commands, [page.tell(ClientMessage::Finish), quiet, limit]);
}

#[test]
fn a_message_of_an_unknown_type_is_passed_over() {
    let mut page = Page::connected("Hello!");
    page.say(BridgeMessage::Unknown);
    assert_eq!((page.lines(), &page.commands[..]), (vec![CONNECTED.to_owned()], &[][..]));
    page.wrote(6, 412);
    page.say(BridgeMessage::Unknown);
    read(&mut page, b"Hello!", 517);
    page.say(BridgeMessage::Unknown);
    assert_eq!(page.lines(), [CONNECTED, SENT, "Reply is ok!", "Terminated."]);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
}

#[test]
fn a_reply_that_comes_in_pieces_is_compared_once_it_is_whole() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    for piece in [&b"He"[..], b"ll", b"o"] {
        read(&mut page, piece, 500);
        assert!(page.model.is_running());
    }
    read(&mut page, b"!", 600);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
}

#[test]
fn other_bytes_are_unexpected_and_shown_escaped() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"H\xffllo\n");
    assert_eq!(page.lines()[2..], ["Unexpected reply: H\\xffllo\\n", "Terminated."]);
    assert!(matches!(page.verdict(), Verdict::Different(_)));
}

#[test]
fn a_reply_that_overtakes_the_news_of_the_write_waits_for_it() {
    let mut page = Page::connected("Hello!");
    read(&mut page, b"Hello!", 517);
    assert_eq!(page.lines(), [CONNECTED]);
    page.wrote(6, 412);
    assert_eq!(page.lines(), [CONNECTED, SENT, "Reply is ok!", "Terminated."]);
    let Verdict::Same(exchange) = page.verdict() else { panic!("no verdict") };
    assert_eq!(exchange.times().unwrap().tcp, Some(Micros(105)));
}

#[test]
fn the_time_is_from_the_beginning_of_the_last_write_to_the_last_read_that_was_needed() {
    let mut page = Page::connected("Hello!");
    page.wrote(2, 400);
    page.wrote(4, 420);
    read(&mut page, b"Hel", 500);
    read(&mut page, b"lo!", 700);
    read(&mut page, b"!!!", 9_000);
    assert_eq!(tcp_time(&page), Some(Micros(280)));
}

#[test]
fn of_an_older_bridge_the_time_is_from_the_return_of_the_write() {
    let mut page = Page::connected("Hello!");
    page.say(BridgeMessage::Wrote { bytes: 6, began_us: None, at_us: 412 });
    read(&mut page, b"Hello!", 517);
    assert_eq!(tcp_time(&page), Some(Micros(105)));
}

#[test]
fn a_reply_that_was_complete_before_the_last_write_has_no_time() {
    let mut page = Page::connected("Hello!");
    page.wrote(2, 400);
    read(&mut page, b"Hello!", 419);
    page.wrote(4, 420);
    assert_eq!(tcp_time(&page), None);
}

#[test]
fn the_arrow_of_a_write_has_the_time_at_which_the_call_began() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 412);
    let rows = page.model.modes.run.as_ref().unwrap().log.rows();
    let evidence: Vec<_> =
        rows.filter(|row| row.segment().is_some()).map(|row| row.evidence).collect();
    assert_eq!(evidence, [TargetEvidence::MeasuredAt(Micros(412))]);
}

#[test]
fn what_comes_after_the_verdict_is_read_until_it_is_quiet() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    page.bytes(b"!!!");
    assert_eq!(page.commands, [timer(Timer::RunQuiet, READ_ON_QUIET_MS)]);
    page.elapse(RunEvent::Quiet);
    assert_eq!(page.commands, [page.drop_connection()]);
    let Verdict::Same(exchange) = page.verdict() else { panic!("no verdict") };
    assert_eq!(exchange.exchange.extra(), (&b"!!!"[..], 3));
    assert_eq!(page.lines().last().unwrap(), "Terminated.");
}

#[test]
fn a_server_that_is_never_quiet_is_not_read_for_ever() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    page.elapse(RunEvent::LimitReached);
    assert_eq!(page.commands, [page.drop_connection()]);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
}

#[test]
fn a_target_that_finishes_is_not_waited_for() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!(page.commands, [page.drop_connection()]);
}

#[test]
fn a_reset_after_the_verdict_is_noted_and_changes_nothing_of_it() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    let message = "Connection reset by peer (os error 104)";
    let failure = Failure::new(Stage::Read, Kind::Reset, message);
    page.say(BridgeMessage::Failed(failure));
    assert!(matches!(page.verdict(), Verdict::Same(_)));
    let last = page.model.modes.run.as_ref().unwrap().log.rows().next_back().unwrap();
    let reset = RowContent::Note(Note::Reset(Direction::Received));
    assert_eq!((&last.content, last.evidence), (&reset, TargetEvidence::Reported));
}

#[test]
fn a_long_message_keeps_to_the_window_and_is_sent_as_it_is_acknowledged() {
    let length = 3 * WINDOW;
    let mut page = Page::connected(&"x".repeat(usize::try_from(length).unwrap()));
    let sent = |commands: &[Command<Event>]| -> u64 {
        let bytes = |it: &Command<Event>| match it {
            Command::SendBytes { bytes, .. } => bytes.len() as u64,
            _ => 0,
        };
        commands.iter().map(bytes).sum()
    };
    assert_eq!(sent(&page.commands), WINDOW);
    page.say(BridgeMessage::Ack { bytes: ACK_EVERY });
    assert_eq!(sent(&page.commands), ACK_EVERY);
    page.wrote(length - 1, 400);
    assert_eq!(page.lines(), [CONNECTED]);
    page.wrote(1, 500);
    assert_eq!(page.lines()[1], format!("Sent {length} bytes, awaiting reply..."));
}

#[test]
fn what_is_consumed_is_acknowledged() {
    let quarter = usize::try_from(ACK_EVERY).unwrap();
    let mut page = Page::connected(&"x".repeat(2 * quarter));
    page.bytes(&vec![b'x'; quarter]);
    assert_eq!(page.commands, [page.tell(ClientMessage::Ack { bytes: ACK_EVERY })]);
}

#[test]
fn the_log_says_what_moved() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    let log = &page.model.modes.run.as_ref().unwrap().log;
    let told: Vec<_> = log
        .rows()
        .map(|row| match &row.content {
            RowContent::Transferred(moved) => Err((moved.direction, log.bytes_of(moved))),
            RowContent::Note(_) => Ok(row.line().unwrap().to_string()),
            RowContent::Written(piece) => Ok(format!("wrote {}", piece.byte_count())),
        })
        .collect();
    let expected = [
        Ok(CONNECTED.into()),
        Err((Direction::Sent, &b"Hello!"[..])),
        Ok(SENT.into()),
        Err((Direction::Received, b"Hello!")),
        Ok("Reply is ok!".into()),
        Ok("Terminated.".into()),
    ];
    assert_eq!(told, expected);
}
