//! What should come back, where that is not what was sent.

use super::*;
use crate::cause::Cause;
use crate::expected_reply::ExpectedReplyKind;
use crate::lab::LabEvent;
use crate::link::LinkEvent;
use crate::modes::once::{QUIET_MS, StoppedBy};
use crate::transcript::Note;

fn quiet() -> Command<Event> {
    timer(Timer::RunQuiet, QUIET_MS)
}

/// A page that has sent `PING` and expects `these`, or anything.
fn sent(kind: ExpectedReplyKind, expected: &str) -> Page {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(kind));
    page.on(Event::Composer(ComposerEvent::ExpectedTyped(expected.into())));
    page.connect("PING");
    page.wrote(4, 400);
    page
}

fn received(page: &Page) -> (u64, Option<Cause>) {
    let Verdict::Received(exchange, cause) = page.verdict() else { panic!("not received") };
    (exchange.exchange.extra().1, cause)
}

#[test]
fn other_bytes_that_were_expected_are_ok() {
    let mut page = sent(ExpectedReplyKind::Bytes, "+PONG");
    page.bytes(b"+PO");
    assert!(page.model.is_running());
    page.bytes(b"NG");
    assert_eq!(
        page.lines()[1..],
        ["Sent 4 bytes, awaiting reply...", "Reply is ok!", "Terminated."]
    );
    assert!(matches!(page.verdict(), Verdict::Same(_)));
}

#[test]
fn other_bytes_than_those_expected_are_unexpected() {
    let mut page = sent(ExpectedReplyKind::Bytes, "+PONG");
    page.bytes(b"PING!");
    assert_eq!(page.lines()[2..], ["Unexpected reply: PING!", "Terminated."]);
    assert!(matches!(page.verdict(), Verdict::Different(_)));
}

#[test]
fn anything_is_read_until_the_end() {
    let mut page = sent(ExpectedReplyKind::Anything, "");
    page.bytes(b"+PONG\r\n");
    assert_eq!(page.commands, [quiet()]);
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!((received(&page), &page.commands[..]), ((7, None), &[page.drop_connection()][..]));
    assert_eq!(page.lines()[1..], ["Sent 4 bytes, awaiting reply...", "Terminated."]);
}

#[test]
fn anything_is_read_until_it_is_quiet() {
    let mut page = sent(ExpectedReplyKind::Anything, "");
    assert!(!page.commands.contains(&quiet()), "the first byte may take longer");
    page.bytes(b"+PO");
    page.bytes(b"NG");
    assert_eq!(page.commands, [quiet()]);
    assert!(page.model.is_running());
    page.elapse(RunEvent::Quiet);
    assert_eq!(received(&page), (5, None));
    assert!(!page.model.is_running());
}

#[test]
fn anything_is_not_read_for_ever_and_may_be_nothing() {
    let mut page = sent(ExpectedReplyKind::Anything, "");
    page.elapse(RunEvent::LimitReached);
    assert_eq!(received(&page), (0, None));
    assert_eq!(page.last_note(), Note::Stopped(StoppedBy::Limit));
    assert_eq!(page.lines().last().unwrap(), "Sent 4 bytes, awaiting reply...");
}

#[test]
fn a_greeting_before_the_message_is_written_ends_nothing() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    page.connect("PING");
    page.bytes(b"220 hello\r\n");
    assert!(page.commands.is_empty());
    page.wrote(4, 400);
    assert!(page.commands.contains(&quiet()));
}

#[test]
fn anything_that_ends_in_a_failure_is_told_with_its_cause() {
    let mut page = sent(ExpectedReplyKind::Anything, "");
    page.bytes(b"+PO");
    page.fail(Stage::Read, Kind::Reset, "Connection reset by peer (os error 104)");
    assert_eq!(received(&page), (3, Some(Cause::Failed(Stage::Read, Kind::Reset))));
    assert_eq!(page.lines().last().unwrap(), "Terminated.");
}

/// Returns what is expected once To holds this.
fn expected(page: &mut Page, target: &str) -> ExpectedReplyKind {
    page.on(Event::ToTyped(target.into()));
    page.model.expected_kind()
}

#[test]
fn an_echo_server_and_the_lab_should_return_the_message_and_others_anything() {
    let mut page = Page::with_bridge();
    assert_eq!(page.model.expected_kind(), ExpectedReplyKind::Same);
    for echo in ["", "echo", " localhost:8888 ", "lab/silent", "lab/", "lab/nothing"] {
        assert_eq!(expected(&mut page, echo), ExpectedReplyKind::Same, "{echo}");
    }
    for other in ["localhost:6379", "localhost:88", "example.org:80", "lab"] {
        assert_eq!(expected(&mut page, other), ExpectedReplyKind::Anything, "{other}");
    }
}

#[test]
fn what_was_chosen_is_remembered_for_each_target_and_stored() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:7".into()));
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Same));
    let stored = "same localhost:7\n".to_owned();
    let store = Command::store(StorageKey::Expectations, Some(stored.clone()));
    assert_eq!(page.commands, [store]);
    assert_eq!(expected(&mut page, "localhost:6379"), ExpectedReplyKind::Anything);
    assert_eq!(expected(&mut page, "localhost:7"), ExpectedReplyKind::Same);
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    assert_eq!(page.commands, [Command::store(StorageKey::Expectations, None)]);
    let mut next = Page::with_bridge();
    next.on(Event::ExpectationsLoaded(stored));
    assert_eq!(expected(&mut next, "localhost:7"), ExpectedReplyKind::Same);
}

#[test]
fn the_echo_server_is_one_target_by_whichever_name() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Anything));
    assert_eq!(expected(&mut page, "localhost:8888"), ExpectedReplyKind::Anything);
    assert_eq!(expected(&mut page, "echo"), ExpectedReplyKind::Anything);
}

#[test]
fn a_link_says_what_is_expected_until_another_target_is_typed_and_is_not_remembered() {
    let mut page = Page::with_bridge();
    let open = |page: &mut Page, link: &str| page.on(Event::Link(LinkEvent::Opened(link.into())));
    open(&mut page, "to=localhost:6379");
    assert_eq!(page.model.expected_kind(), ExpectedReplyKind::Same, "left out is the same");
    open(&mut page, "to=localhost:6379&expect=anything");
    assert_eq!(page.model.expected_kind(), ExpectedReplyKind::Anything);
    open(&mut page, "expect=these:2b504f4e47");
    assert_eq!(page.model.expected_kind(), ExpectedReplyKind::Bytes);
    assert_eq!(expected(&mut page, "localhost:6379"), ExpectedReplyKind::Anything);
    page.on(Event::Lab(LabEvent::EchoChosen));
    assert_eq!(page.model.expected_kind(), ExpectedReplyKind::Same);
}

#[test]
fn a_link_to_a_service_says_that_anything_is_expected() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:6379".into()));
    let link = page.model.link().unwrap();
    assert!(link.contains("&expect=anything"), "{link}");
    let fragment = link.split_once('#').unwrap().1.to_owned();
    let mut other = Page::with_bridge();
    other.on(Event::Link(LinkEvent::Opened(fragment)));
    assert_eq!(other.model.setup(), page.model.setup());
}
