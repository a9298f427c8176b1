use echo_core::Exchange;
use echo_core::wire::BridgeMessage;

use super::super::byte_row::{Bracket, CellHighlight, CellView, GlyphRun, Spanning};
use super::*;
use crate::connection::{ConnectionEvent, ConnectionId, connected};
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::highlight::Highlight;
use crate::inspector::window::{ROW_PX, Scroll};
use crate::inspector::{InspectorEvent, Tab};
use crate::modes::once::{ExchangeSpec, Run};
use crate::time::at_ms;

/// A run that sent a message, and the inspector that shows it.
struct Shown {
    run: Run,
    inspector: Inspector,
}

impl Shown {
    fn sending(message: &[u8]) -> Self {
        let exchange = Exchange::new(message.to_vec());
        let spec = ExchangeSpec { exchange, expected_kind: ExpectedReplyKind::Same };
        let target = "localhost:8888";
        let mut run = Run::started(ConnectionId::default().advance(), target, spec);
        run.on_event(0.0, ConnectionEvent::Opened);
        run.on_event(0.0, ConnectionEvent::Message(connected()));
        let mut shown = Self { run, inspector: Inspector::default() };
        shown.sync();
        shown
    }

    fn receiving(mut self, bytes: &[u8]) -> Self {
        let read = BridgeMessage::Read { bytes: bytes.len() as u64, at_us: 200 };
        self.run.on_event(1.0, ConnectionEvent::Message(read));
        self.run.on_event(1.0, ConnectionEvent::Bytes(bytes.to_vec()));
        self.sync();
        self
    }

    fn sync(&mut self) {
        self.inspector.sync(Some(&ConnectionRecord::of_run(&self.run)));
    }

    fn on(&mut self, event: InspectorEvent) {
        self.inspector.update(Some(&ConnectionRecord::of_run(&self.run)), event);
        self.sync();
    }

    fn point_at(&mut self, direction: Direction, offset: u64) {
        self.on(InspectorEvent::Pointed(Some(Highlight::Byte(direction, offset))));
    }

    fn view(&self) -> BytesView {
        self.inspector.bytes_view(&ConnectionRecord::of_run(&self.run))
    }

    fn rows(&self) -> Vec<Rc<ByteRowView>> {
        self.view().grid.unwrap().rows
    }

    /// Which cells of each row something is true of.
    fn cells(&self, is: impl Fn(&CellView) -> bool) -> Vec<(Direction, Vec<u64>)> {
        let of = |row: &Rc<ByteRowView>| {
            let cells = (row.offset..).zip(&row.cells).filter(|(_, cell)| is(cell));
            (row.direction, cells.map(|(offset, _)| offset).collect())
        };
        self.rows().iter().map(of).collect()
    }
}

#[test]
fn a_message_stands_above_its_echo() {
    let shown = Shown::sending(b"Hello!").receiving(b"Hello!");
    let rows = shown.rows();
    let heads: Vec<_> = rows.iter().map(|row| (row.direction, row.leads, row.offset)).collect();
    assert_eq!(heads, [(Direction::Sent, true, 0), (Direction::Received, true, 0)]);
    let bytes: Vec<_> = rows[1].cells.iter().map(|cell| cell.byte).collect();
    assert_eq!((&bytes[..], rows[1].missing), (&b"Hello!"[..], 0));
    let glyphs: Vec<_> = rows[1].glyphs.iter().map(|run| &run.text[..]).collect();
    assert_eq!(glyphs, ["Hello!"]);
    let [sent, received] = shown.view().totals;
    assert_eq!((sent.bytes, received.bytes, received.kept), (6, 6, KeptBytes::All));
    assert_eq!(shown.view().legend, Some(vec![]));
}

#[test]
fn without_a_byte_there_is_no_grid() {
    let view = Shown::sending(b"").view();
    assert_eq!((view.grid, view.described), (None, None));
}

#[test]
fn a_character_of_several_bytes_has_a_bracket_and_stands_above_them() {
    let rows = Shown::sending("a你\n".as_bytes()).rows();
    let marks: Vec<_> = rows[0].cells.iter().map(|cell| (cell.bracket, cell.above)).collect();
    let above = Spanning { character: '你', places: 3 };
    let expected = [
        (None, None),
        (Some(Bracket::Opens), Some(above)),
        (Some(Bracket::Within), None),
        (Some(Bracket::Closes), None),
        (None, None),
    ];
    assert_eq!(marks, expected);
    let run = |text: &str, is_stand_in| GlyphRun {
        places: if text == "你" { 3 } else { 1 },
        text: text.into(),
        is_multibyte: text == "你",
        is_stand_in,
        is_changed: false,
    };
    let expected = [run("a", false), run("你", false), run("·", true)];
    assert_eq!(rows[0].glyphs, expected);
}

#[test]
fn a_character_that_goes_on_in_the_next_row_is_shown_once() {
    let mut shown = Shown::sending("1234567你".as_bytes());
    shown.on(InspectorEvent::WidthChanged(Width::Eight));
    let rows = shown.rows();
    let last = |row: &ByteRowView| row.glyphs.last().map(|run| (run.text.clone(), run.places));
    assert_eq!(last(&rows[0]), Some(("你".into(), 1)));
    assert_eq!(last(&rows[1]), Some((String::new(), 2)));
}

#[test]
fn characters_of_one_byte_that_look_alike_are_shown_together() {
    let rows = Shown::sending(b"Hello, world").receiving(b"HELLO\n\0\xffworl").rows();
    let runs = |row: &ByteRowView| {
        let run = |run: &GlyphRun| (run.places, run.text.clone(), run.is_changed);
        row.glyphs.iter().map(run).collect::<Vec<_>>()
    };
    let sent = [(1, "H".into(), false), (11, "ello, world".into(), true)];
    assert_eq!(runs(&rows[0]), sent);
    let received = [
        (1, "H".into(), false),
        (4, "ELLO".into(), true),
        (3, "··.".into(), true),
        (4, "worl".into(), true),
    ];
    assert_eq!(runs(&rows[1]), received);
}

#[test]
fn a_byte_that_is_pointed_at_highlights_its_character_and_its_counterpart() {
    let mut shown = Shown::sending("你好".as_bytes()).receiving("你好".as_bytes());
    shown.point_at(Direction::Received, 4);
    let highlighted = |highlight| shown.cells(move |cell| cell.highlight == Some(highlight));
    let (sent, received) = (Direction::Sent, Direction::Received);
    assert_eq!(highlighted(CellHighlight::Pointed), [(sent, vec![]), (received, vec![4])]);
    assert_eq!(highlighted(CellHighlight::Marked), [(sent, vec![]), (received, vec![3, 5])]);
    assert_eq!(
        highlighted(CellHighlight::Counterpart),
        [(sent, vec![3, 4, 5]), (received, vec![])]
    );
    let marked: Vec<_> = shown.rows().iter().map(|row| row.marked.clone()).collect();
    assert_eq!(marked, [Some(3..6), Some(3..6)], "the characters beside the bytes, too");
}

#[test]
fn a_pointer_changes_the_rows_of_the_byte_and_its_counterpart_and_no_other() {
    let message = vec![b'x'; 300];
    let mut shown = Shown::sending(&message).receiving(&message);
    let before = shown.rows();
    shown.point_at(Direction::Sent, 100);
    let changed = before.iter().zip(shown.rows()).filter(|(a, b)| **a != *b);
    let changed: Vec<_> = changed.map(|(row, _)| (row.direction, row.offset)).collect();
    assert_eq!(changed, [(Direction::Sent, 96), (Direction::Received, 96)]);
}

#[test]
fn it_is_said_what_a_byte_is() {
    let mut shown = Shown::sending("a\n你".as_bytes()).receiving(b"\xff");
    let mut described = |direction, offset| {
        shown.point_at(direction, offset);
        let it = shown.view().described.unwrap();
        (it.byte, it.meaning, it.position, it.total)
    };
    assert_eq!(described(Direction::Sent, 0), (b'a', ByteMeaning::Character('a'), 1, 5));
    assert_eq!(described(Direction::Sent, 1), (b'\n', ByteMeaning::Named("line feed"), 2, 5));
    let part = ByteMeaning::Part { index: 2, total: 3, glyph: '你' };
    assert_eq!(described(Direction::Sent, 3), (0xbd, part, 4, 5));
    assert_eq!(described(Direction::Received, 0), (0xff, ByteMeaning::Invalid, 1, 1));
}

#[test]
fn what_differs_is_marked_and_explained() {
    let marked = |reply: &[u8], difference| {
        let shown = Shown::sending(b"Hello!").receiving(reply);
        let received = shown.cells(|cell| cell.difference == Some(difference)).pop();
        (received.unwrap().1, shown.view().legend.unwrap())
    };
    let (changed, extra) = (DifferenceKind::Changed, DifferenceKind::Extra);
    assert_eq!(marked(b"HELLO!", changed), (vec![1, 2, 3, 4], vec![changed]));
    assert_eq!(marked(b"Hello!!!", extra), (vec![6, 7], vec![extra]));
    assert_eq!(marked(b"hello!!!", extra), (vec![6, 7], vec![changed, extra]));
}

#[test]
fn what_did_not_come_has_places_once_nothing_more_will() {
    let mut shown = Shown::sending(b"Hello!").receiving(b"Hel");
    assert_eq!(shown.rows()[1].missing, 0);
    shown.run.stop(at_ms(2.0));
    shown.sync();
    assert_eq!(shown.rows()[1].missing, 3);
    assert_eq!(shown.view().legend, Some(vec![DifferenceKind::Missing]));
    shown.on(InspectorEvent::BytesModeChosen(BytesMode::Follow));
    assert_eq!((shown.rows()[1].missing, shown.view().legend), (0, Some(vec![])));
}

#[test]
fn one_byte_is_the_tab_stop() {
    let mut shown = Shown::sending(b"Hello!").receiving(b"Hello!");
    let (sent, received) = (Direction::Sent, Direction::Received);
    assert_eq!(shown.cells(|cell| cell.is_cursor), [(sent, vec![0]), (received, vec![])]);
    shown.on(InspectorEvent::Held(Highlight::Byte(received, 2)));
    assert_eq!(shown.cells(|cell| cell.is_cursor), [(sent, vec![]), (received, vec![2])]);
}

#[test]
fn of_many_rows_those_in_view_are_drawn_from_the_first_to_the_last() {
    let mut shown = Shown::sending(b"x").receiving(&vec![7; 16 * 10_000]);
    let height = 10.0 * ROW_PX;
    let end = 10_001.0 * ROW_PX - height;
    for (top, first, last) in [(0.0, 0, 14), (end, 9_987, 10_000)] {
        let scroll = Scroll { top, height, sticks: false };
        shown.on(InspectorEvent::Scrolled(Tab::Bytes, scroll));
        let grid = shown.view().grid.unwrap();
        let numbers = (grid.rows[0].number, grid.rows[grid.rows.len() - 1].number);
        assert_eq!((numbers, grid.row_count), ((first, last), 10_001));
        assert!(grid.window.is_some());
        assert_eq!(grid.rows[0].digits, "270ff".len());
    }
}

#[test]
fn only_so_much_is_kept_and_the_totals_say_so() {
    let mut shown = Shown::sending(b"x");
    let piece = vec![7; 1024 * 1024];
    (0..9).for_each(|_| shown.run.log.received(at_ms(0.0), &piece));
    shown.sync();
    let [_, received] = shown.view().totals;
    let kept = shown.run.log.bytes(Direction::Received).bytes.len() as u64;
    assert_eq!((received.bytes, received.kept), (9 * 1024 * 1024, KeptBytes::Newest(kept)));
}
