//! The verdict on a load test, and its results.

use std::rc::Rc;

use super::*;
use crate::cause::Cause;
use crate::modes::ModesEvent;
use crate::modes::load::LoadTestEnd;
use crate::modes::load::settings::{AmountUnit, LoadPlan, LoadSetting};
use crate::modes::once::REPLY_LIMIT_MS;
use crate::verdict::{
    Fact, FailureCount, FailureKind, Invitation, Reason, Sentence, Sign, Statement, Tone, View,
};

/// Returns a page with these settings.
fn chosen(unit: AmountUnit, amount: &str) -> Page {
    let mut page = Page::with_bridge();
    page.choose(Mode::Load);
    page.on(Event::Modes(ModesEvent::UnitChosen(unit)));
    for (setting, number) in [(LoadSetting::Amount(unit), amount), (LoadSetting::Connections, "1")]
    {
        page.on(Event::Modes(ModesEvent::Typed(setting, number.into())));
    }
    page
}

/// Returns a page on which Start was pressed, and its connection, which stands.
fn standing(unit: AmountUnit, amount: &str) -> (Page, ConnectionId) {
    let (mut page, run) = started(unit, amount);
    receive(&mut page, run, ConnectionEvent::Opened);
    receive(&mut page, run, ConnectionEvent::Message(connected()));
    (page, run)
}

fn started(unit: AmountUnit, amount: &str) -> (Page, ConnectionId) {
    let mut page = chosen(unit, amount);
    page.press_send();
    let opened = page.commands.iter().find_map(|command| match command {
        Command::Connect { id, .. } => Some(*id),
        _ => None,
    });
    (page, opened.unwrap())
}

fn receive(page: &mut Page, run: ConnectionId, event: ConnectionEvent) {
    page.receive_on(run, event);
}

/// The reply comes 50 µs after the message was written.
fn reply(page: &mut Page, run: ConnectionId, bytes: &[u8]) {
    receive(
        page,
        run,
        ConnectionEvent::Message(BridgeMessage::Wrote {
            bytes: 6,
            began_us: Some(100),
            at_us: 103,
        }),
    );
    let length = bytes.len() as u64;
    receive(page, run, ConnectionEvent::Message(BridgeMessage::Read { bytes: length, at_us: 150 }));
    receive(page, run, ConnectionEvent::Bytes(bytes.to_vec()));
}

fn said(count: u64, line: &str) -> FailureCount {
    FailureCount { count, kind: FailureKind::Program(line.into()) }
}

fn end(view: &View) -> Option<LoadTestEnd> {
    let end = view.facts.iter().find_map(|fact| match fact {
        Fact::LoadEnd { end, .. } => Some(*end),
        _ => None,
    });
    end.expect("the verdict says how it ended")
}

#[test]
fn before_the_first_test_it_says_what_start_would_do() {
    let mut page = chosen(AmountUnit::Exchanges, "10");
    let plan = LoadPlan { exchanges: Some(10), max_seconds: 600, connections: 1 };
    let view = page.model.verdict_view();
    let invitation = Invitation::Start { plan: Some(plan), bytes: 6 };
    assert_eq!(view.sentence, Sentence::Invitation(invitation));
    assert_eq!(view.facts, [Fact::LoadBounds]);
    page.on(Event::Modes(ModesEvent::Typed(LoadSetting::Connections, "17".into())));
    let invitation = Invitation::Start { plan: None, bytes: 6 };
    assert_eq!(page.model.verdict_view().sentence, Sentence::Invitation(invitation));
}

#[test]
fn a_test_under_way_counts_exchanges_and_time() {
    let (mut page, run) = standing(AmountUnit::Exchanges, "10");
    reply(&mut page, run, b"Hello!");
    let view = page.model.verdict_view();
    assert!(view.is_busy);
    let exchanging = Statement::Exchanging { done: 1, planned: Some(10) };
    assert_eq!(view.sentence, Sentence::Page(exchanging));
    assert!(matches!(
        view.facts[..],
        [Fact::Medians { tcp_us: Some(50), .. }, Fact::LoadElapsed { planned_s: None, .. }]
    ));
    let (page, _) = started(AmountUnit::Seconds, "7");
    let view = page.model.verdict_view();
    assert!(matches!(view.facts[..], [Fact::LoadElapsed { planned_s: Some(7), .. }]));
}

#[test]
fn a_test_without_failures_is_good() {
    let (mut page, run) = standing(AmountUnit::Exchanges, "2");
    reply(&mut page, run, b"Hello!");
    reply(&mut page, run, b"Hello!");
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign, view.is_busy), (Tone::Good, Some(Sign::Ok), false));
    assert_eq!(view.sentence, Sentence::Page(Statement::AllSame(2)));
    // That it is complete, its sentence says.
    assert_eq!((end(&view), view.next_steps.len()), (None, 0));
    assert!(matches!(view.facts.last(), Some(Fact::LoadEnd { took: Some(_), .. })));
}

#[test]
fn failures_are_counted_by_what_the_client_would_print() {
    let (mut page, run) = standing(AmountUnit::Exchanges, "3");
    for bytes in [b"HELLO!", b"Hello!", b"HELLO!"] {
        reply(&mut page, run, bytes);
    }
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Bad, Some(Sign::Different)));
    assert_eq!(view.sentence, Sentence::Page(Statement::SomeFailed { done: 3, failed: 2 }));
    let failures = vec![said(2, "Unexpected reply: HELLO!")];
    // What cannot be set right from here is looked at in one exchange.
    assert_eq!(view.next_steps, [NextStep::Failures(failures), NextStep::LookAtOne]);
}

#[test]
fn where_no_connection_stood_the_client_itself_says_why() {
    let (mut page, run) = started(AmountUnit::Exchanges, "3");
    receive(&mut page, run, ConnectionEvent::Opened);
    let (stage, kind) = (Stage::Connect, Kind::Refused);
    let failure = Failure::new(stage, kind, REFUSED);
    receive(&mut page, run, ConnectionEvent::Message(BridgeMessage::Failed(failure)));
    let view = page.model.verdict_view();
    let line = format!("Failed to connect: {REFUSED}");
    assert_eq!((view.tone, view.sign), (Tone::Bad, Some(Sign::NoConnection)));
    assert_eq!(view.sentence, Sentence::Program(Rc::from(&*line)));
    let failed = Reason::Failed(cause_view(Cause::Failed(stage, kind)));
    let end = Fact::LoadEnd { end: Some(LoadTestEnd::NoneLeft), took: None };
    assert_eq!(view.facts, [end, Fact::Reason(failed)]);
    assert_eq!(view.next_steps, [NextStep::Failures(vec![said(1, &line)]), start_server()]);
    assert_eq!(page.model.load_results_view(), None);
}

#[test]
fn a_reply_that_never_came_is_counted_as_overdue() {
    let (mut page, _) = standing(AmountUnit::Exchanges, "3");
    page.at += f64::from(REPLY_LIMIT_MS);
    page.on(Event::Modes(ModesEvent::LoadTicked { at: now(page.at) }));
    let view = page.model.verdict_view();
    let overdue = FailureCount { count: 1, kind: FailureKind::Overdue(5) };
    assert_eq!(view.next_steps, [NextStep::Failures(vec![overdue]), NextStep::LookAtOne]);
    assert_eq!(view.sign, Some(Sign::Failed));
}

#[test]
fn a_stop_before_the_first_reply_is_neither_good_nor_bad() {
    let (mut page, _) = standing(AmountUnit::Exchanges, "3");
    page.on(Event::Modes(ModesEvent::StopPressed { at: now(page.at) }));
    let view = page.model.verdict_view();
    assert_eq!((view.tone, view.sign), (Tone::Neutral, Some(Sign::Waiting)));
    assert_eq!(view.sentence, Sentence::Page(Statement::NoExchange));
    assert_eq!(end(&view), Some(LoadTestEnd::Stopped));
}

#[test]
fn the_end_by_the_clock_is_told_only_where_it_was_not_asked_for() {
    for (unit, amount, told) in
        [(AmountUnit::Seconds, "1", None), (AmountUnit::Exchanges, "9", Some(LoadTestEnd::TimeUp))]
    {
        let (mut page, run) = standing(unit, amount);
        reply(&mut page, run, b"Hello!");
        page.at += 600_000.0;
        page.on(Event::Modes(ModesEvent::LoadTicked { at: now(page.at) }));
        assert_eq!(end(&page.model.verdict_view()), told);
    }
}

#[test]
fn the_results_are_shown_in_their_mode_once_there_are_some() {
    let (mut page, run) = standing(AmountUnit::Exchanges, "2");
    assert_eq!(page.model.load_results_view(), None);
    reply(&mut page, run, b"Hello!");
    reply(&mut page, run, b"Hello!");
    let results = page.model.load_results_view().unwrap();
    assert_eq!((results.connections, results.tcp.p50), (1, Some(50)));
    page.choose(Mode::Once);
    assert_eq!(page.model.load_results_view(), None);
}
