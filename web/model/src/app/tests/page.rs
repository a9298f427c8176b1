//! The fields, the bridge, and what outlives a run.

use echo_core::payload::Notation;

use super::*;
use crate::cause::Cause;
use crate::expected_reply::ExpectedReplyKind;
use crate::field::{Field, FieldError};
use crate::inspector::{InspectorEvent, TimelineExport};
use crate::verdict::context::is_bridge_back;
use crate::verdict::{Invitation, Sentence, Statement};

#[test]
fn the_target_is_the_echo_server_until_somebody_types_another() {
    let mut page = Page::new();
    assert_eq!((page.model.target(), page.model.target_echo_server()), ("", None));
    page.on_bridge_info(Ok(info()));
    assert_eq!(page.model.target(), "localhost:8888");
    assert_eq!(page.model.target_echo_server(), Some(EchoServer::Own));
    page.on(Event::ToTyped("localhost:7".into()));
    assert_eq!((page.model.target(), page.model.target_echo_server()), ("localhost:7", None));
    page.on_bridge_info(Ok(info()));
    assert_eq!(page.model.target(), "localhost:7");
}

#[test]
fn the_target_stays_while_the_bridge_is_away() {
    let mut page = Page::with_bridge();
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert_eq!((page.model.target(), page.model.target_echo_server()), ("localhost:8888", None));
}

#[test]
fn a_target_with_a_name_is_asked_for_by_its_name() {
    for (typed, asked) in [
        ("localhost:8888", "echo"),
        ("echo", "echo"),
        (" localhost:8888 ", "echo"),
        ("localhost:7", "localhost:7"),
    ] {
        let mut page = Page::with_bridge();
        page.on(Event::ToTyped(typed.into()));
        page.press_send();
        let opened = open(page.run(), asked);
        assert_eq!(page.commands[0], opened, "{typed}");
    }
}

#[test]
fn an_empty_field_is_told_and_nothing_is_sent() {
    let mut page = Page::with_bridge();
    let focus = |field| dom(FieldError { field, selection: None }.focus());
    page.type_message("");
    page.press_send();
    assert_eq!(page.commands, [focus(Field::Message)]);
    assert_eq!(page.model.invalid_field, Some(Field::Message));
    assert!(page.model.modes.run.is_none());
    page.type_message(" ");
    assert_eq!(page.model.invalid_field, None);
    page.on(Event::ToTyped(" ".into()));
    page.press_send();
    assert_eq!(page.commands, [focus(Field::To)]);
    assert!(page.model.modes.run.is_none());
}

#[test]
fn a_mistake_is_selected_and_nothing_is_sent() {
    let mut page = Page::with_bridge();
    page.on(Event::Composer(ComposerEvent::NotationChosen(Notation::Escapes)));
    page.type_message("你\\q");
    page.press_send();
    let wrong = FieldError { field: Field::Message, selection: Some(1..3) };
    assert_eq!(page.commands, [dom(wrong.focus())]);
    assert!(page.model.modes.run.is_none());
}

#[test]
fn the_expected_bytes_keep_send_from_sending_while_there_are_none() {
    let mut page = Page::with_bridge();
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Bytes));
    page.press_send();
    assert_eq!(page.model.invalid_field, Some(Field::ExpectedReply));
    assert!(page.model.modes.run.is_none());
}

#[test]
fn send_does_nothing_while_a_run_is_under_way() {
    let mut page = Page::connected("Hello!");
    let run = page.run();
    page.press_send();
    assert_eq!((page.run(), page.commands.len()), (run, 0));
}

#[test]
fn what_an_earlier_run_still_hears_does_not_reach_a_later_one() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    let earlier = page.run();
    page.press_send();
    for event in [
        ConnectionEvent::Opened,
        ConnectionEvent::Bytes(b"late".to_vec()),
        ConnectionEvent::Closed { code: 1006, reason: String::new() },
    ] {
        page.receive_on(earlier, event);
        assert!(page.commands.is_empty() && page.lines().is_empty());
    }
    let event = RunEvent::Quiet;
    page.on(Event::Modes(ModesEvent::Run { id: earlier, at: now(9.0), event }));
    assert!(page.commands.is_empty() && page.lines().is_empty());
    assert!(page.model.is_running());
}

#[test]
fn a_bridge_that_is_not_there_is_said_and_noticed_when_it_comes() {
    let mut page = Page::new();
    assert_eq!(page.commands, [fetch()]);
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert_eq!(page.commands, [poll()]);
    assert_eq!(page.model.verdict_view().sentence, Sentence::Page(Statement::NoBridge));
    page.poll_bridge(false);
    assert_eq!(page.commands, [poll()]);
    page.poll_bridge(true);
    assert_eq!(page.commands, [fetch()]);
    page.on_bridge_info(Ok(info()));
    let invitation = Invitation::SendToEcho(6);
    assert_eq!(page.model.verdict_view().sentence, Sentence::Invitation(invitation));
}

#[test]
fn a_bridge_that_goes_is_said_when_it_goes() {
    let mut page = Page::with_bridge();
    assert_eq!(page.commands, [poll()]);
    page.poll_bridge(true);
    assert_eq!(page.commands, [fetch()]);
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert_eq!(page.model.verdict_view().sentence, Sentence::Page(Statement::NoBridge));
}

#[test]
fn whose_the_echo_server_is_stays_current() {
    let mut page = Page::with_bridge();
    for echo in [EchoServer::External, EchoServer::Own, EchoServer::Released, EchoServer::Off] {
        page.poll_bridge(true);
        page.on_bridge_info(Ok(Info { echo, ..info() }));
        assert_eq!(page.model.target_echo_server(), Some(echo));
        assert_eq!(page.commands, [poll()]);
    }
}

#[test]
fn the_bridge_is_asked_once_at_a_time_and_only_while_the_page_is_seen() {
    let mut page = Page::with_bridge();
    page.poll_bridge(false);
    assert_eq!(page.commands, [poll()], "nobody sees the page");
    page.on(Event::DrawDue);
    assert!(page.commands.is_empty(), "it waits already");
    page.poll_bridge(true);
    assert_eq!(page.commands, [fetch()]);
    page.on(Event::DrawDue);
    page.poll_bridge(true);
    assert!(page.commands.is_empty(), "it was asked already");
}

#[test]
fn an_answer_from_before_a_connection_broke_does_not_count() {
    let mut page = Page::connected("Hello!");
    page.poll_bridge(true);
    page.close(1006);
    assert!(!page.commands.contains(&fetch()), "it was asked already");
    page.on_bridge_info(Ok(Info { echo: EchoServer::External, ..info() }));
    assert_eq!(page.commands, [fetch()]);
    assert_eq!(page.model.target_echo_server(), Some(EchoServer::Own));
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert_eq!(page.commands, [poll()]);
    assert!(page.model.bridge.info().is_none());
}

#[test]
fn after_a_run_that_lacked_the_bridge_its_return_is_said() {
    let mut page = Page::connected("Hello!");
    page.close(1006);
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert!(!is_bridge_back(&page.model.bridge, Cause::BridgeGone));
    page.on_bridge_info(Ok(info()));
    assert!(is_bridge_back(&page.model.bridge, Cause::BridgeGone));
    assert!(!is_bridge_back(&page.model.bridge, Cause::EarlyEnd));
}

#[test]
fn a_language_is_remembered() {
    let mut page = Page::with_bridge();
    page.on(Event::LanguageChosen(Lang::Zh));
    assert_eq!(page.model.lang, Lang::Zh);
    assert_eq!(
        page.commands,
        [
            Command::store(StorageKey::Language, Some("zh-Hans".into())),
            dom(DomCommand::SetRootAttribute("lang", "zh-Hans")),
        ]
    );
}

#[test]
fn a_copy_is_said_until_it_fades() {
    let mut page = Page::with_bridge();
    page.on(Event::CopyPressed("ncat".into()));
    assert_eq!(page.commands, [copy("ncat")]);
    page.on(Event::CopyEnded(copied("ncat")));
    assert_eq!(page.model.copied, Some(copied("ncat").into()));
    assert_eq!(page.commands, [timer(Timer::CopyFeedback, COPIED_MS)]);
    page.on(Event::CopyFeedbackEnded(elapsed()));
    assert_eq!(page.model.copied, None);
}

#[test]
fn nothing_is_said_of_a_copy_before_it_is_made() {
    let mut page = Page::with_bridge();
    page.on(Event::CopyEnded(copied("a row")));
    page.on(Event::Inspector(InspectorEvent::CopyAllPressed));
    assert_eq!((&page.model.copied, page.model.inspector.export), (&None, TimelineExport::Copied));
    page.on(Event::Inspector(InspectorEvent::TimelineCopied(copied("all rows"))));
    assert_eq!(page.model.copied, Some(copied("all rows").into()));
}
