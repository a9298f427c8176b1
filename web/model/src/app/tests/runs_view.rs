//! What is shown of the runs that are over.

use std::rc::Rc;

use super::*;
use crate::bounded_bytes::{BoundedBytes, MAX_COPIED_BYTES};
use crate::cause::Cause;
use crate::menu::{Menu, MenuEvent};
use crate::role::Role;
use crate::runs::RunsEvent;
use crate::runs::document::Document;
use crate::runs::file::{self, ImportError};
use crate::runs::list::{ImportSummary, ListedRunId};
use crate::runs::record::{Exchanges, LogLine, RunOutcome, RunRecord};
use crate::runs::shown::{ByteSides, EarlierView, MovedBytes, Sameness, Side};
use crate::runs::summary::Summary;
use crate::runs::view::{Notice, ShownView, View};
use crate::verdict::{
    Difference, Expectation, Extra, Progress, Reason, Sentence, Sign, Statement, Tone,
};

/// A run that sent `Hello!` and got it back, at this date.
fn echoed(finished_ms: u64) -> RunRecord {
    let line =
        |at_us, text: &str, sent, received| LogLine { at_us, text: text.into(), sent, received };
    RunRecord {
        finished_ms,
        mode: Mode::Once,
        role: Role::Client,
        target: "localhost:8888".into(),
        message: BoundedBytes::copy_of(b"Hello!"),
        expected: None,
        reply: BoundedBytes::copy_of(b"Hello!"),
        extra: BoundedBytes::default(),
        outcome: RunOutcome::Same,
        cause: None,
        tcp_us: Some(96),
        browser_us: Some(3_000),
        clock_us: 100,
        lines: vec![
            line(1_000, "Sent Hello, awaiting reply...", Some(6), None),
            line(2_000, "Reply is ok!", None, Some(6)),
            line(2_000, "Terminated.", None, None),
        ],
        exchanges: None,
        recording: None,
    }
}

fn document(runs: &[RunRecord]) -> Document {
    Document { runs: runs.to_vec(), requests: vec![] }
}

/// Returns a page that imported these runs.
fn page_with(runs: &[RunRecord]) -> Page {
    let mut page = Page::with_bridge();
    page.load_runs(&file::write(&document(runs)));
    page
}

fn view(page: &Page) -> View {
    page.model.runs_view().expect("there are runs")
}

fn ids(page: &Page) -> Vec<ListedRunId> {
    view(page).rows.iter().map(|row| row.summary.id).collect()
}

/// Returns what the list shows of one run.
fn summary(run: RunRecord) -> Summary {
    let rows = view(&page_with(&[run])).rows;
    Summary::clone(&rows[0].summary)
}

/// Returns what is shown of one run once it is opened.
fn opened(run: RunRecord) -> EarlierView {
    let mut page = page_with(&[run]);
    let id = ids(&page)[0];
    page.on(Event::Runs(RunsEvent::Chosen(id)));
    let Some(ShownView::Earlier { run, .. }) = page.model.shown_runs_view() else {
        panic!("no run is open")
    };
    EarlierView::clone(&run)
}

#[test]
fn before_the_first_run_there_is_no_list() {
    assert_eq!(Page::with_bridge().model.runs_view(), None);
}

#[test]
fn the_list_is_not_built_anew_after_every_event() {
    let mut page = page_with(&[echoed(1), echoed(2)]);
    let before = view(&page);
    page.type_message("another message");
    let after = view(&page);
    assert_eq!(before, after);
    let rows = before.rows.iter().zip(&after.rows);
    assert!(rows.into_iter().all(|(a, b)| Rc::ptr_eq(&a.summary, &b.summary)));
}

#[test]
fn each_outcome_has_a_colour_a_sign_and_a_sentence() {
    let program = |text: &str| Sentence::Program(text.into());
    let progress = Progress { received: 6, expected: 6 };
    let some_failed = Statement::SomeFailed { done: 3, failed: 1 };
    let (ok, bad, neutral) = (Tone::Good, Tone::Bad, Tone::Neutral);
    for (outcome, tone, sign, sentence) in [
        (RunOutcome::Same, ok, Sign::Ok, program("Reply is ok!")),
        (RunOutcome::Different, bad, Sign::Different, program("Reply is ok!")),
        (RunOutcome::CutShort, bad, Sign::Failed, program("Reply is ok!")),
        (RunOutcome::NotConnected, bad, Sign::NoConnection, program("Reply is ok!")),
        (RunOutcome::Received, neutral, Sign::Waiting, Sentence::Page(Statement::Received(0))),
        (
            RunOutcome::TimedOut,
            neutral,
            Sign::Waiting,
            Sentence::Page(Statement::StillWaiting(progress)),
        ),
        (RunOutcome::GivenUp, neutral, Sign::Waiting, Sentence::Page(Statement::GivenUp)),
        (RunOutcome::Finished, neutral, Sign::NoConnection, Sentence::Page(Statement::Finished)),
        (RunOutcome::Repeated, bad, Sign::Failed, Sentence::Page(some_failed)),
    ] {
        let exchanges = Some(Exchanges { done: 3, same: 2 });
        let shown = summary(RunRecord { outcome, exchanges, ..echoed(1) });
        assert_eq!((shown.tone, shown.sign, shown.sentence), (tone, sign, sentence), "{outcome:?}");
    }
}

#[test]
fn a_run_that_accepted_anything_is_marked_as_its_verdict_was() {
    let mark = |extra: &[u8], cause| {
        let (outcome, extra) = (RunOutcome::Received, BoundedBytes::copy_of(extra));
        let run = summary(RunRecord { extra, outcome, cause, ..echoed(1) });
        (run.tone, run.sign)
    };
    assert_eq!(mark(b"+PONG", None), (Tone::Good, Sign::Received));
    assert_eq!(mark(b"", None), (Tone::Neutral, Sign::Waiting));
    let reset = Some(Cause::Failed(Stage::Read, Kind::Reset));
    assert_eq!(mark(b"+PONG", reset), (Tone::Bad, Sign::Failed));
}

#[test]
fn a_load_test_is_marked_by_how_many_exchanges_went_well() {
    let mark = |done, same| {
        let (mode, outcome) = (Mode::Load, RunOutcome::Repeated);
        let exchanges = Some(Exchanges { done, same });
        let shown = summary(RunRecord { mode, outcome, exchanges, ..echoed(1) });
        assert!(shown.times.are_medians);
        (shown.tone, shown.sentence)
    };
    assert_eq!(mark(0, 0), (Tone::Neutral, Sentence::Page(Statement::NoExchange)));
    assert_eq!(mark(3, 3), (Tone::Good, Sentence::Page(Statement::AllSame(3))));
    let some_failed = Statement::SomeFailed { done: 3, failed: 3 };
    assert_eq!(mark(3, 0), (Tone::Bad, Sentence::Page(some_failed)));
}

#[test]
fn of_a_long_message_the_beginning_is_shown() {
    let long = RunRecord { message: BoundedBytes::copy_of(&[b'x'; 61]), ..echoed(1) };
    assert_eq!(summary(long).message, "x".repeat(60) + "…");
    assert_eq!(summary(echoed(1)).message, "Hello!");
}

#[test]
fn an_earlier_run_is_shown_with_all_that_was_kept() {
    let shown = opened(RunRecord { extra: BoundedBytes::copy_of(b"!!!"), ..echoed(1) });
    assert_eq!(shown.reason, Some(Reason::Unchanged(6)));
    assert_eq!(shown.extra, Some(Extra { count: 3, start: "21 21 21".into() }));
    assert!(shown.can_repeat);
    let moved: Vec<_> = shown.lines.iter().map(|line| line.moved).collect();
    assert_eq!(moved, [Some(MovedBytes::Sent(6)), Some(MovedBytes::Received(6)), None]);
}

#[test]
fn the_first_difference_of_an_earlier_run_is_told_if_it_was_kept() {
    let run = RunRecord {
        outcome: RunOutcome::Different,
        reply: BoundedBytes::copy_of(b"Hallo!"),
        ..echoed(1)
    };
    let difference = Difference { offset: 1, length: 6, expected: b'e', received: b'a' };
    let expectation = Expectation::Sent;
    assert_eq!(opened(run).reason, Some(Reason::Different { expectation, difference }));
    let beyond = BoundedBytes::copy_of(&[b'x'; MAX_COPIED_BYTES + 1]);
    let run = RunRecord {
        outcome: RunOutcome::Different,
        message: beyond.clone(),
        reply: beyond,
        ..echoed(1)
    };
    assert_eq!(opened(run).reason, None);
}

#[test]
fn a_message_that_was_not_kept_whole_cannot_be_repeated() {
    let shown = opened(RunRecord { message: BoundedBytes::copy_of(&[b'x'; 5_000]), ..echoed(1) });
    assert!(!shown.can_repeat);
    let ByteSides([Some(Side { kept_of, .. }), Some(_)]) = shown.bytes else { panic!("no bytes") };
    assert_eq!(kept_of, Some((MAX_COPIED_BYTES, 5_000)));
}

#[test]
fn what_is_shown_is_marked_in_the_list() {
    let mut page = page_with(&[echoed(1), echoed(2), echoed(3)]);
    let ids = ids(&page);
    let shown = |page: &Page| {
        let rows = view(page).rows;
        rows.iter().map(|row| row.is_shown).collect::<Vec<_>>()
    };
    page.on(Event::Runs(RunsEvent::Chosen(ids[1])));
    assert_eq!(shown(&page), [false, true, false]);
    page.on(Event::Runs(RunsEvent::ComparePressed(ids[1])));
    let choosing = page.model.shown_runs_view();
    assert!(matches!(choosing, Some(ShownView::Earlier { is_choosing: true, .. })));
    page.on(Event::Runs(RunsEvent::Chosen(ids[2])));
    assert_eq!(shown(&page), [false, true, true]);
    page.on(Event::Runs(RunsEvent::LatestPressed));
    assert_eq!(page.model.shown_runs_view(), None);
}

#[test]
fn two_runs_are_compared_by_the_replies_that_were_kept() {
    let sameness = |one: RunRecord, other: RunRecord| {
        let mut page = page_with(&[one, other]);
        let ids = ids(&page);
        page.on(Event::Runs(RunsEvent::ComparePressed(ids[1])));
        page.on(Event::Runs(RunsEvent::Chosen(ids[0])));
        let Some(ShownView::Compared(view)) = page.model.shown_runs_view() else {
            panic!("nothing is compared")
        };
        assert_eq!([view.runs[0].id, view.runs[1].id], [ids[1], ids[0]]);
        view.replies.as_ref().map(|replies| replies.sameness)
    };
    let with = |finished_ms, reply: &[u8]| RunRecord {
        reply: BoundedBytes::copy_of(reply),
        ..echoed(finished_ms)
    };
    assert_eq!(sameness(echoed(1), echoed(2)), Some(Sameness::Same));
    assert_eq!(sameness(echoed(1), with(2, b"HELLO!")), Some(Sameness::Different));
    let long = &[b'x'; MAX_COPIED_BYTES + 1][..];
    assert_eq!(sameness(with(1, long), with(2, long)), Some(Sameness::SameBeginnings));
    assert_eq!(sameness(echoed(1), RunRecord { mode: Mode::Load, ..echoed(2) }), None);
}

#[test]
fn what_came_of_an_import_and_of_a_removal_is_told() {
    let mut page = page_with(&[echoed(1)]);
    page.on(Event::Runs(RunsEvent::FileRead(Ok(document(&[echoed(1), echoed(2)])))));
    let summary = ImportSummary { new: 1, known: 1, ..ImportSummary::default() };
    assert_eq!(view(&page).notice, Some(Notice::Imported(summary)));
    page.on(Event::Runs(RunsEvent::FileRead(Err(ImportError::NotRuns))));
    assert_eq!(view(&page).notice, Some(Notice::Refused(ImportError::NotRuns)));
    page.on(Event::Runs(RunsEvent::ClearPressed));
    let cleared = view(&page);
    assert_eq!((cleared.notice, cleared.rows.len()), (Some(Notice::Removed(2)), 0));
}

#[test]
fn the_list_knows_whether_its_menu_is_open() {
    let mut page = page_with(&[echoed(1)]);
    assert!(!view(&page).is_menu_open);
    page.on(Event::Menu(MenuEvent::Toggled(Menu::Runs)));
    assert!(view(&page).is_menu_open);
}
