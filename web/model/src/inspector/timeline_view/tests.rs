use echo_core::wire::{Kind, Stage};
use echo_core::{Exchange, Line};

use super::*;
use crate::cause::Cause;
use crate::connection::{ConnectionId, EndRequest};
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::bytes_view::Preview;
use crate::inspector::highlight::Highlight;
use crate::inspector::listing::MANY;
use crate::inspector::sequence_diagram::{Arrow, Evidence, PageMessage, PathPoint, TcpEvent};
use crate::inspector::view::TimeOrigin;
use crate::inspector::window::Scroll;
use crate::inspector::{InspectorEvent, StepTo, Tab};
use crate::modes::once::{ExchangeSpec, Run};
use crate::time::{Micros, at_ms};
use crate::transcript::{PathFailure, TargetEvidence};

const CONTEXT: ViewContext =
    ViewContext { has_file: false, time_origin: TimeOrigin::Send, copied: None };

/// A run whose transcript the test fills, and the inspector that shows it.
struct Shown {
    run: Run,
    inspector: Inspector,
}

impl Shown {
    fn new(fill: impl FnOnce(&mut Transcript)) -> Self {
        let spec = ExchangeSpec {
            exchange: Exchange::new(vec![]),
            expected_kind: ExpectedReplyKind::Same,
        };
        let target = "localhost:8888";
        let mut run = Run::started(ConnectionId::default().advance(), target, spec);
        fill(&mut run.log);
        let mut shown = Self { run, inspector: Inspector::default() };
        shown.sync();
        shown
    }

    /// A run with so many messages and their echoes.
    fn with_echoes(count: usize) -> Self {
        Self::new(|log| {
            for at_us in 0..count as u64 {
                log.sent(at_ms(1.0), b"ping");
                log.read(Micros(at_us));
                log.received(at_ms(1.0), b"pong");
            }
        })
    }

    fn sync(&mut self) {
        self.inspector.sync(Some(&ConnectionRecord::of_run(&self.run)));
    }

    fn on(&mut self, event: InspectorEvent) {
        self.inspector.update(Some(&ConnectionRecord::of_run(&self.run)), event);
        self.sync();
    }

    fn view_in(&self, context: ViewContext) -> TimelineView {
        self.inspector.timeline_view(Some(&ConnectionRecord::of_run(&self.run)), context)
    }

    fn view(&self) -> TimelineView {
        self.view_in(CONTEXT)
    }

    fn footer(&self) -> FooterView {
        self.view().frame.unwrap().footer
    }

    fn preview(&self) -> Option<Preview> {
        self.inspector.preview(&ConnectionRecord::of_run(&self.run))
    }
}

fn events(view: &TimelineView) -> Vec<&EventRow> {
    let event = |row: &'_ Rc<RowView>| matches!(**row, RowView::Event(_));
    assert!(view.rows.iter().all(event), "no pauses");
    view.rows
        .iter()
        .filter_map(|row| match &**row {
            RowView::Event(event) => Some(event),
            RowView::Pause { .. } => None,
        })
        .collect()
}

fn piece(direction: Direction, text: &str) -> LineView {
    LineView::Piece { direction, text: text.into() }
}

#[test]
fn before_the_first_run_there_is_an_empty_list_with_nothing_around_it() {
    let view = Inspector::default().timeline_view(None, CONTEXT);
    assert_eq!(view, TimelineView { filter: None, frame: None, window: None, rows: vec![] });
}

#[test]
fn each_kind_of_row_shows_what_happened_in_it() {
    let shown = Shown::new(|log| {
        log.print(at_ms(0.0), Line::Connected(8888));
        log.sent(at_ms(1.0), "你好\n".as_bytes());
        log.wrote(at_ms(1.5), 3, Micros(200));
        log.received(at_ms(2.0), b"\xff!");
        log.note(at_ms(3.0), Note::Finished(Direction::Received));
    });
    let view = shown.view();
    let lines: Vec<_> = events(&view).iter().map(|row| (row.at_ms, row.line.clone())).collect();
    let expected = [
        (0.0, LineView::Printed(vec![Rc::new(Line::Connected(8888))])),
        (1.0, piece(Direction::Sent, "你好\\n")),
        (1.5, LineView::Wrote(3)),
        (2.0, piece(Direction::Received, "\\xff!")),
        (3.0, LineView::Note(Note::Finished(Direction::Received))),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_line_of_the_program_stands_for_the_bytes_of_its_row_and_for_its_time() {
    let shown = Shown::new(|log| {
        log.sent(at_ms(1.0), b"Hello!");
        log.wrote(at_ms(1.4), 6, Micros(412));
        log.print(at_ms(1.4), Line::Sent(b"Hello!".to_vec()));
    });
    let view = shown.view();
    let [row] = events(&view)[..] else { panic!("one row") };
    let line = LineView::Printed(vec![Rc::new(Line::Sent(b"Hello!".to_vec()))]);
    assert_eq!((row.number, row.at_ms, &row.line), (0, 1.4, &line));
    assert_eq!(row.quote.as_deref(), Some("Hello!"));
}

#[test]
fn of_a_long_piece_the_beginning_is_shown() {
    let shown = Shown::new(|log| log.received(at_ms(0.0), "你".repeat(100).as_bytes()));
    let view = shown.view();
    let row = events(&view)[0];
    assert_eq!(row.line, piece(Direction::Received, &format!("{}…", "你".repeat(40))));
    assert_eq!(row.quote, Some(format!("{}…", "你".repeat(10))));
}

#[test]
fn of_a_piece_that_cannot_be_printed_no_more_characters_are_shown_than_of_one_that_can() {
    let shown = Shown::new(|log| log.sent(at_ms(1.0), &[0; 500]));
    let view = shown.view();
    let LineView::Piece { text, .. } = &events(&view)[0].line else { panic!("it was sent") };
    assert_eq!(text.chars().count(), MAX_PIECE + 1);
    assert!(text.ends_with('…'), "{text}");
}

#[test]
fn many_pieces_alike_are_one_row_with_their_count() {
    let shown = Shown::new(|log| (0..30).for_each(|_| log.received(at_ms(1.0), b"abcd")));
    let view = shown.view();
    let [row] = events(&view)[..] else { panic!("one row") };
    let direction = Direction::Received;
    assert_eq!(row.line, LineView::Folded { direction, is_write: false, count: 30, bytes: 120 });
    assert_eq!(row.quote, None);
}

#[test]
fn a_pause_is_a_row_of_its_own() {
    let shown = Shown::new(|log| {
        log.sent(at_ms(0.0), b"x");
        log.received(at_ms(900.0), b"x");
    });
    assert_eq!(*shown.view().rows[1], RowView::Pause { before: 1, ms: 900.0 });
}

#[test]
fn an_arrow_tells_how_it_is_known() {
    let shown = Shown::new(|log| {
        log.sent(at_ms(1.0), b"Hello!");
        log.wrote(at_ms(1.0), 6, Micros(412));
        log.note(at_ms(2.0), Note::Finished(Direction::Sent));
        log.set_evidence(TargetEvidence::Inferred(EndRequest::Finish));
    });
    let view = shown.view();
    let targets: Vec<_> = events(&view).iter().map(|row| row.arrows.target.unwrap()).collect();
    let arrow = |what, evidence| Arrow { way: Direction::Sent, what, evidence };
    let expected = [
        arrow(TcpEvent::Bytes(6), Evidence::Measured(Some(Micros(412)))),
        arrow(TcpEvent::Fin, Evidence::Inferred),
    ];
    assert_eq!(targets, expected);
}

#[test]
fn the_heads_show_where_the_path_ended() {
    let refused = Cause::Failed(Stage::Connect, Kind::Refused);
    let forbidden = Cause::Failed(Stage::Policy, Kind::Forbidden);
    let reset = Cause::Failed(Stage::Read, Kind::Reset);
    for (cause, was_established, point) in [
        (Cause::NoBridge, false, Some(PathPoint::Page)),
        (forbidden, false, Some(PathPoint::Bridge)),
        (refused, false, Some(PathPoint::Server)),
        (reset, true, None),
    ] {
        let shown = Shown::new(|log| {
            log.print(at_ms(0.0), Line::FailedToConnect("refused".into()));
            log.set_evidence(TargetEvidence::Failed(PathFailure { cause, was_established }));
        });
        let end = shown.view().frame.unwrap().end;
        assert_eq!(end.map(|end| end.at), point, "{cause:?}");
    }
}

#[test]
fn a_row_has_the_time_since_the_row_before_wherever_the_first_drawn_one_is() {
    let mut shown = Shown::with_echoes(5_000);
    let scroll = Scroll { top: 1_000.0 * TIMELINE_ROW_PX, height: 480.0, sticks: false };
    shown.on(InspectorEvent::Scrolled(Tab::Timeline, scroll));
    let view = shown.view();
    let rows = events(&view);
    let times: Vec<_> = rows.iter().take(4).map(|row| row.time).collect();
    assert_eq!(rows[0].number, 996);
    let after = Some(RowTime::After(Micros(1)));
    assert_eq!(times, [None, after, None, after], "the page's sending has none");
    assert_eq!(view.frame.unwrap().unit, TimeUnit::Micros);
}

#[test]
fn of_many_rows_those_in_view_are_drawn_from_the_first_to_the_last() {
    let mut shown = Shown::with_echoes(5_000);
    let height = 10.0 * TIMELINE_ROW_PX;
    let numbers = |view: &TimelineView| {
        let rows = events(view);
        (rows[0].number, rows[rows.len() - 1].number)
    };
    let end = 10_000.0 * TIMELINE_ROW_PX - height;
    for (top, first, last) in [(0.0, 0, 14), (end / 2.0, 4_991, 5_009), (end, 9_986, 9_999)] {
        let scroll = Scroll { top, height, sticks: false };
        shown.on(InspectorEvent::Scrolled(Tab::Timeline, scroll));
        let view = shown.view();
        assert_eq!(numbers(&view), (first, last), "at {top}");
        let above = f64::from(u32::try_from(first).unwrap()) * TIMELINE_ROW_PX;
        let window = view.window.unwrap();
        assert_eq!((window.height, window.above), (10_000.0 * TIMELINE_ROW_PX, above));
        assert!(!window.sticks);
    }
    let sticks = Scroll { top: 0.0, height, sticks: true };
    shown.on(InspectorEvent::Scrolled(Tab::Timeline, sticks));
    assert_eq!(numbers(&shown.view()).1, 9_999);
}

#[test]
fn the_filter_appears_with_many_rows() {
    assert_eq!(Shown::with_echoes(MANY / 2 - 1).view().filter, None);
    assert_eq!(Shown::with_echoes(MANY / 2).view().filter, Some(Filter::default()));
}

#[test]
fn a_pointer_changes_the_row_that_it_is_on_and_no_other() {
    let mut shown = Shown::with_echoes(50);
    let before = shown.view();
    shown.on(InspectorEvent::Pointed(Some(Highlight::Row(90))));
    let after = shown.view();
    let changed: Vec<_> = before.rows.iter().zip(&after.rows).filter(|(a, b)| a != b).collect();
    let [(_, row)] = changed[..] else { panic!("{changed:?}") };
    let RowView::Event(row) = &**row else { panic!("{row:?}") };
    assert_eq!((row.number, row.highlight), (90, RowHighlight::Marked));
}

#[test]
fn under_the_rows_stands_what_passed_in_the_highlighted_one() {
    let mut shown = Shown::with_echoes(2);
    assert_eq!((shown.footer().arrows, shown.footer().has_preview), (Arrows::default(), false));
    assert_eq!(shown.preview(), None);
    shown.on(InspectorEvent::Pointed(Some(Highlight::Row(3))));
    let footer = shown.footer();
    let (way, at) = (Direction::Received, Some(Micros(1)));
    let (what, evidence) = (PageMessage::Bytes(4), Evidence::Measured(None));
    let page = Some(Arrow { way, what, evidence });
    let (what, evidence) = (TcpEvent::Bytes(4), Evidence::Measured(at));
    let target = Some(Arrow { way, what, evidence });
    assert_eq!(footer.arrows, Arrows { page, target, end: None });
    assert_eq!(footer.at_ms, Some(1.0));
    assert!(footer.has_preview);
    let preview = shown.preview().unwrap();
    let bytes: Vec<_> = preview.rows[0].cells.iter().map(|cell| cell.byte).collect();
    assert_eq!((&bytes[..], preview.rows[0].offset, preview.has_more), (&b"pong"[..], 4, false));
}

#[test]
fn the_preview_of_a_long_piece_says_that_there_is_more() {
    let mut shown = Shown::new(|log| log.sent(at_ms(0.0), &[0; 33]));
    shown.on(InspectorEvent::Held(Highlight::Row(0)));
    let preview = shown.preview().unwrap();
    assert_eq!((preview.rows.len(), preview.has_more), (2, true));
}

#[test]
fn a_run_that_is_over_can_be_stepped_through() {
    let mut shown = Shown::with_echoes(1);
    assert!(!shown.footer().can_step);
    shown.run.stop(at_ms(2.0));
    shown.sync();
    assert!(shown.footer().can_step);
    shown.on(InspectorEvent::Stepped(StepTo::Next));
    assert_eq!(events(&shown.view())[0].highlight, RowHighlight::Step);
}

#[test]
fn only_the_button_that_was_pressed_says_that_it_copied() {
    let mut shown = Shown::with_echoes(1);
    let copied = ViewContext { copied: Some(true), ..CONTEXT };
    let states = |shown: &Shown| {
        let footer = shown.view_in(copied).frame.unwrap().footer;
        (footer.export.unwrap().copy_all, footer.copy_row)
    };
    assert_eq!(states(&shown), (CopyState::Idle, None));
    shown.on(InspectorEvent::Held(Highlight::Row(0)));
    shown.on(InspectorEvent::CopyRowPressed);
    assert_eq!(states(&shown), (CopyState::Idle, Some(CopyState::Copied)));
    shown.on(InspectorEvent::CopyAllPressed);
    assert_eq!(states(&shown), (CopyState::Copied, Some(CopyState::Idle)));
}

#[test]
fn a_filter_that_nothing_matches_says_so_and_the_oldest_rows_are_counted() {
    let mut shown = Shown::with_echoes(crate::transcript::MAX_ROWS / 2 + 2);
    assert_eq!((shown.footer().dropped_rows, shown.footer().has_no_match), (4, false));
    shown.on(InspectorEvent::FilterTyped("nothing like it".into()));
    assert!(shown.footer().has_no_match && shown.view().rows.is_empty());
}
