use echo_core::{Exchange, Line};

use super::*;
use crate::command::Command;
use crate::dom::DomCommand;
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::once::{ExchangeSpec, Run};
use crate::time::{Micros, at_ms};
use crate::transcript::Segment;

fn spec() -> ExchangeSpec {
    ExchangeSpec { exchange: Exchange::new(vec![]), expected_kind: ExpectedReplyKind::Same }
}

/// A run that has just been started.
fn started(id: ConnectionId) -> Run {
    Run::started(id, "localhost:8888", spec())
}

fn run() -> Run {
    let mut run = started(ConnectionId::default().advance());
    run.log.print(at_ms(0.0), Line::Connected(8888));
    run.log.sent(at_ms(0.0), b"0123456789");
    run.log.wrote(at_ms(0.1), 10, Micros(9));
    run.log.print(at_ms(0.1), Line::Sent(b"0123456789".to_vec()));
    run.log.received(at_ms(900.0), b"abcdef");
    run.log.print(at_ms(901.0), Line::Terminated);
    run
}

fn view(run: &Run) -> Inspector {
    let mut view = Inspector { width: Width::Eight, ..Inspector::default() };
    view.sync(Some(&ConnectionRecord::of_run(run)));
    view
}

fn over(mut run: Run) -> Run {
    run.stop(at_ms(1_000.0));
    run
}

#[test]
fn a_finished_run_is_walked_event_by_event_and_its_bytes_are_marked() {
    let run = over(run());
    let mut view = view(&run);
    let mut seen = Vec::new();
    for step in [
        StepTo::Next,
        StepTo::Next,
        StepTo::Next,
        StepTo::Next,
        StepTo::Next,
        StepTo::Next,
        StepTo::Previous,
    ] {
        view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::Stepped(step));
        seen.push((view.step().unwrap().0, view.marked(&run.log).bytes));
    }
    let sent = Some(Segment { direction: Direction::Sent, range: 0..10 });
    let received = Some(Segment { direction: Direction::Received, range: 0..6 });
    let last = (5, None);
    let expected = [(1, None), (2, sent), (3, received), (4, None), last.clone(), last, (4, None)];
    assert_eq!(seen, expected);
    view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::Released);
    assert_eq!((view.step(), view.marked(&run.log)), (None, Highlighted::default()));
}

#[test]
fn a_run_under_way_is_not_replayed() {
    let run = run();
    let mut view = view(&run);
    view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::Stepped(StepTo::Next));
    assert_eq!(view.step(), None);
}

#[test]
fn the_focus_walks_the_bytes_row_by_row_and_from_block_to_block() {
    let run = run();
    let mut view = view(&run);
    assert_eq!(
        view.cursor(&view.dump(&ConnectionRecord::of_run(&run))),
        Some((Direction::Sent, 0))
    );
    for (to, direction, offset) in [
        (Move::Right, Direction::Sent, 1),
        (Move::Down(1), Direction::Sent, 9),
        (Move::Right, Direction::Received, 0),
        (Move::End, Direction::Received, 5),
        (Move::Up(1), Direction::Sent, 9),
        (Move::Left, Direction::Sent, 8),
        (Move::Left, Direction::Sent, 7),
        (Move::Start, Direction::Sent, 0),
        (Move::Last, Direction::Received, 5),
        (Move::Up(8), Direction::Sent, 5),
        (Move::First, Direction::Sent, 0),
    ] {
        let effects =
            view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::FocusMoved(to));
        assert_eq!(
            effects.last(),
            Some(&Command::Dom(DomCommand::focus(byte_id(direction, offset)))),
            "{to:?}"
        );
        assert_eq!(view.marked(&run.log).byte, Some((direction, offset)));
    }
    assert_eq!(
        view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::FocusMoved(Move::Left)),
        []
    );
}

#[test]
fn what_is_pointed_at_is_marked_until_it_no_longer_is() {
    let run = run();
    let mut view = view(&run);
    view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::Held(Highlight::Row(0)));
    view.update(
        Some(&ConnectionRecord::of_run(&run)),
        InspectorEvent::Pointed(Some(Highlight::Row(3))),
    );
    let received = Segment { direction: Direction::Received, range: 0..6 };
    assert_eq!(view.marked(&run.log).bytes, Some(received));
    view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::Pointed(None));
    assert_eq!(view.marked(&run.log).entry, Some(0));
}

#[test]
fn a_key_takes_over_from_a_pointer_at_rest() {
    let run = over(run());
    let mut view = view(&run);
    let mut on = |event| {
        view.update(Some(&ConnectionRecord::of_run(&run)), event);
        view.marked(&run.log)
    };
    let pointed = InspectorEvent::Pointed(Some(Highlight::Byte(Direction::Sent, 0)));
    on(pointed.clone());
    let moved = on(InspectorEvent::FocusMoved(Move::Right));
    assert_eq!(moved.byte, Some((Direction::Sent, 1)));
    let at_rest = on(pointed);
    let stepped = on(InspectorEvent::Stepped(StepTo::Next));
    assert_ne!(stepped.entry, at_rest.entry);
}

#[test]
fn bytes_opens_where_the_marked_ones_are() {
    let mut run = run();
    run.log.received(at_ms(900.0), &[7; 10_000]);
    run.log.sent(at_ms(901.0), b"x");
    run.log.received(at_ms(902.0), b"here");
    let mut view = view(&run);
    view.update(
        Some(&ConnectionRecord::of_run(&run)),
        InspectorEvent::Held(Highlight::Byte(Direction::Received, 10_006)),
    );
    let effects =
        view.update(Some(&ConnectionRecord::of_run(&run)), InspectorEvent::TabChosen(Tab::Bytes));
    let dump = view.dump(&ConnectionRecord::of_run(&run));
    let row = dump.row_of(Direction::Received, 10_006).unwrap();
    assert!(view.bytes.window(dump.len(), window::ROW_PX).rows.contains(&row));
    assert!(matches!(effects[..], [Command::Dom(DomCommand::ScrollTo { top, .. })] if top > 0.0));
}

#[test]
fn a_new_run_is_looked_at_afresh_in_the_view_that_was_chosen() {
    let first = run();
    let mut view = view(&first);
    for event in [
        InspectorEvent::TabChosen(Tab::Bytes),
        InspectorEvent::Held(Highlight::Row(3)),
        InspectorEvent::FilterTyped("abc".into()),
    ] {
        view.update(Some(&ConnectionRecord::of_run(&first)), event);
    }
    let mut ids = ConnectionId::default();
    let _ = ids.advance();
    let id = ids.advance();
    let second = started(id);
    view.sync(Some(&ConnectionRecord::of_run(&second)));
    assert_eq!((view.tab, view.filter.is_set()), (Tab::Bytes, false));
    assert_eq!(
        (view.marked(&second.log), view.listing().entries().len()),
        (Highlighted::default(), 0)
    );
}

#[test]
fn the_filter_appears_at_twenty_rows_and_stays_while_it_is_set() {
    let mut run = run();
    let mut view = view(&run);
    assert!(!view.has_many());
    for _ in 0..MANY {
        run.log.sent(at_ms(900.0), b"ping");
        run.log.received(at_ms(900.0), b"pong");
    }
    view.sync(Some(&ConnectionRecord::of_run(&run)));
    assert!(view.has_many());
    view.update(
        Some(&ConnectionRecord::of_run(&run)),
        InspectorEvent::FilterTyped("nothing like it".into()),
    );
    view.sync(Some(&ConnectionRecord::of_run(&run)));
    assert!(view.listing().entries().is_empty() && view.has_many());
}
