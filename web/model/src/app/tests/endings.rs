//! The ways a run can fail, or be ended.

use super::*;
use crate::cause::Cause;
use crate::modes::once::{SLOW_MS, StoppedBy, TICK_MS};
use crate::transcript::Note;
use crate::verdict::{Fact, Sentence, Statement, Tone, View};

const RESET: &str = "Connection reset by peer (os error 104)";
const REFUSED: &str = "Connection refused (os error 111)";

#[test]
fn an_early_fin_is_told_in_the_words_of_std() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hel");
    page.say(BridgeMessage::Finished { at_us: 900 });
    let error = "Failed to receive data: failed to fill whole buffer";
    assert_eq!(page.lines()[2..], [error, "Terminated."]);
    assert!(matches!(page.verdict(), Verdict::CutShort(_, Cause::EarlyEnd)));
    assert_eq!(page.commands, [page.drop_connection()]);
}

#[test]
fn a_reset_is_told_in_the_words_of_the_operating_system() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.fail(Stage::Read, Kind::Reset, RESET);
    assert_eq!(page.lines()[2..], [&format!("Failed to receive data: {RESET}"), "Terminated."]);
    let cause = Cause::Failed(Stage::Read, Kind::Reset);
    assert!(matches!(page.verdict(), Verdict::CutShort(_, it) if it == cause));
}

#[test]
fn a_reset_after_the_reply_changes_nothing() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hello!");
    page.fail(Stage::Read, Kind::Reset, RESET);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
    assert_eq!(page.lines().len(), 4);
}

#[test]
fn a_reset_between_the_reply_and_the_news_of_the_write_changes_nothing() {
    let mut page = Page::connected("Hello!");
    page.bytes(b"Hello!");
    page.fail(Stage::Read, Kind::Reset, RESET);
    assert!(matches!(page.verdict(), Verdict::Same(_)));
    assert_eq!(page.lines()[1..], ["Reply is ok!", "Terminated."]);
}

#[test]
fn no_connection_is_told_in_the_words_of_the_operating_system() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Connect, Kind::Refused, REFUSED);
    assert_eq!(page.lines(), [&format!("Failed to connect: {REFUSED}"), "Terminated."]);
    assert_eq!(page.commands, [page.drop_connection()]);
    assert!(!page.model.is_running());
}

#[test]
fn at_the_limit_the_program_is_not_made_to_say_what_it_would_not() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.bytes(b"Hel");
    page.elapse(RunEvent::LimitReached);
    assert_eq!(page.lines().len(), 2);
    assert_eq!(page.last_note(), Note::Stopped(StoppedBy::Limit));
    assert!(matches!(page.verdict(), Verdict::Stopped(_, StoppedBy::Limit)));
    assert_eq!(page.commands, [page.drop_connection()]);
}

#[test]
fn stop_ends_a_run_wherever_it_is() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.press_stop();
    assert!(matches!(page.verdict(), Verdict::Cancelled));
    assert_eq!(page.last_note(), Note::Stopped(StoppedBy::User));
    assert_eq!((page.lines(), &page.commands[..]), (vec![], &[page.drop_connection()][..]));

    let mut page = Page::connected("Hello!");
    page.press_stop();
    assert_eq!(page.last_note(), Note::Stopped(StoppedBy::User));
    assert!(matches!(page.verdict(), Verdict::Stopped(_, StoppedBy::User)));
    page.press_stop();
    assert!(page.commands.is_empty());
}

#[test]
fn a_run_that_takes_long_counts_its_time() {
    let mut page = Page::with_bridge();
    page.press_send();
    assert!(page.commands.contains(&timer(Timer::RunProgress, SLOW_MS)));
    let quick = View { is_busy: true, tone: Tone::Quick, ..View::default() };
    assert_eq!(page.model.verdict_view(), quick);
    page.at += f64::from(SLOW_MS);
    page.elapse(RunEvent::ProgressDue);
    let view = page.model.verdict_view();
    let target = "localhost:8888".into();
    assert_eq!(view.sentence, Sentence::Page(Statement::Connecting { target }));
    assert!(matches!(view.facts[..], [Fact::Waited(ms)] if ms > 300.0));
    assert!(page.model.modes.run.as_ref().unwrap().verdict().is_none());
    assert_eq!(page.commands, [timer(Timer::RunProgress, TICK_MS)]);
    page.press_stop();
    page.elapse(RunEvent::ProgressDue);
    assert!(page.commands.is_empty());
}

#[test]
fn a_bridge_that_goes_away_in_the_middle_is_said_and_looked_for() {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page.close(1006);
    assert_eq!(page.lines()[2], "Failed to receive data: the bridge went away");
    assert_eq!(page.commands, [page.drop_connection(), fetch()]);
    assert!(matches!(page.verdict(), Verdict::CutShort(_, Cause::BridgeGone)));
}

#[test]
fn a_bridge_that_shuts_down_is_looked_for() {
    let mut page = Page::connected("Hello!");
    page.fail(Stage::Shutdown, Kind::ShuttingDown, "the bridge is shutting down");
    assert_eq!(page.commands, [page.drop_connection(), fetch()]);
}

#[test]
fn a_socket_that_does_not_open_makes_the_page_ask_why() {
    for (answer, error, cause) in [
        (Err(BridgeError::NotThere), "the bridge is not running", Cause::NoBridge),
        (Err(BridgeError::Refused), "the bridge refused this page", Cause::PageRefused),
        (Ok(info()), "the bridge refused this page", Cause::PageRefused),
    ] {
        let mut page = Page::with_bridge();
        page.press_send();
        page.close(1006);
        assert_eq!(page.commands, [fetch()]);
        assert!(page.model.is_running());
        page.on_bridge_info(answer);
        assert_eq!(page.lines(), [&format!("Failed to connect: {error}"), "Terminated."]);
        assert!(matches!(page.verdict(), Verdict::NotConnected(it) if it == cause));
    }
}

#[test]
fn a_close_code_without_a_word_is_told_with_its_reason() {
    let mut page = Page::with_bridge();
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.receive(ConnectionEvent::Closed { code: 1013, reason: "too many sessions".into() });
    assert_eq!(page.lines()[0], "Failed to connect: too many sessions");
}
