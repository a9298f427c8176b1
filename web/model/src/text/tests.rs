//! Documents, their pages, and what is found in them.

use proptest::prelude::*;

use super::document::{Document, Kept, Passage, PassageKind};
use super::pages::{MAX_MATCHES, find, page_of, pages};
use super::view::View;
use super::{Shown, TextEvent, TextState, json};
use crate::connection::{ConnectionId, ConnectionTrace};
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::record::ConnectionRecord;
use crate::modes::Mode;
use crate::modes::once::{ExchangeSpec, Run};
use crate::role::Role;
use crate::time::at_ms;
use crate::transcript::{Direction, Transcript};
use echo_core::Exchange;

/// A run that sent and received these.
fn run(sent: &[u8], received: &[u8]) -> Run {
    let spec = ExchangeSpec {
        exchange: Exchange::expecting(sent.to_vec(), vec![]),
        expected_kind: ExpectedReplyKind::Anything,
    };
    let mut run = Run::started(ConnectionId::default(), "localhost:80", spec);
    for piece in sent.chunks(1_000_000) {
        run.log.sent(at_ms(0.0), piece);
    }
    for piece in received.chunks(1_000_000) {
        run.log.received(at_ms(1.0), piece);
    }
    run
}

fn document(sent: &[u8], received: &[u8]) -> Document {
    let run = run(sent, received);
    Document::of_connection(&ConnectionRecord::of_run(&run), false)
}

/// The text of a view, without what its spans say.
fn shown(view: &View) -> String {
    let passages = view.turns.iter().flat_map(|turn| &turn.passages);
    passages.flat_map(|passage| &passage.spans).map(|span| &span.text[..]).collect()
}

fn kinds(document: &Document, turn: usize) -> Vec<PassageKind> {
    document.turns[turn].passages.iter().map(|passage| passage.kind).collect()
}

#[test]
fn what_was_sent_stands_before_what_came_whatever_came_first() {
    let document = document(b"PING\r\n", b"+PONG\r\n");
    let turns: Vec<_> = document.turns.iter().map(|it| (it.direction, &it.bytes[..])).collect();
    let expected = [(Direction::Sent, &b"PING\r\n"[..]), (Direction::Received, b"+PONG\r\n")];
    assert_eq!(turns, expected);
    assert!(!document.can_be_raw);
    assert_eq!(document.text_of(1), "+PONG\n");
}

#[test]
fn a_message_of_http_has_a_head_and_a_body_and_json_is_laid_out() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let reply = format!("{head}8\r\n{{\"a\":1.0\r\n1\r\n}}\r\n0\r\n\r\n");
    let document = document(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", reply.as_bytes());
    assert_eq!(kinds(&document, 0), [PassageKind::Head]);
    let [PassageKind::Head, PassageKind::Body { encoding, is_json: true }] =
        kinds(&document, 1)[..]
    else {
        panic!("{:?}", kinds(&document, 1));
    };
    assert!(encoding.is_chunked && !encoding.is_compressed);
    assert_eq!(document.turns[1].passages[1].shown, b"{\n  \"a\": 1.0\n}");
    let body = document.turns[1].passages[1].body_bytes().unwrap();
    assert_eq!((body, Passage::file_name(body, true)), (&b"{\"a\":1.0}"[..], "body.json"));
    assert_eq!(document.turns[1].bytes, reply.as_bytes(), "the bytes stay as they came");
}

#[test]
fn what_is_laid_out_can_be_seen_as_it_came() {
    let run = run(b"x", b"[1,2]");
    let record = ConnectionRecord::of_run(&run);
    let mut text = TextState::default();
    assert_eq!(text.connection_view(&record).is_raw, Some(false));
    assert_eq!(shown(&text.connection_view(&record)), "x[\n  1,\n  2\n]");
    text.update(TextEvent::RawChosen(true));
    let view = text.connection_view(&record);
    assert_eq!((view.is_raw, &*shown(&view)), (Some(true), "x[1,2]"));
}

#[test]
fn of_a_recorded_connection_the_first_bytes_are_shown_and_said_so() {
    let bytes = [b"x".to_vec(), b"beginning".to_vec()];
    let log = Transcript::restored(at_ms(0.0), vec![], bytes, [1, 9_000]);
    let trace = ConnectionTrace::default();
    let id = ConnectionId::default();
    let record =
        ConnectionRecord::restored(id, Role::Client, Mode::Once, &log, &trace, "localhost:7", None);
    let document = Document::of_connection(&record, false);
    assert_eq!(
        document.turns.iter().map(|turn| turn.kept).collect::<Vec<_>>(),
        [Kept::All, Kept::First(9_000)]
    );
}

#[test]
fn a_reader_begins_each_text_at_its_beginning() {
    let long = "x".repeat(200_000);
    let run = run(b"x", long.as_bytes());
    let record = ConnectionRecord::of_run(&run);
    let mut text = TextState::default();
    text.sync(Some(Shown::Connection(record.id)));
    text.update(TextEvent::PageChosen(1));
    text.sync(Some(Shown::Connection(record.id)));
    assert_eq!(text.connection_view(&record).page.index, 1);
    text.sync(Some(Shown::Connection(ConnectionId::default().advance().advance())));
    assert_eq!(text.connection_view(&record).page.index, 0);
}

#[test]
fn no_more_json_is_laid_out_than_has_room_in_a_document() {
    // Each message becomes a hundred times as long.
    let deep = "[".repeat(100) + &"1,".repeat(1_000) + "1" + &"]".repeat(100);
    let message = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{deep}", deep.len());
    let document = document(b"x", message.repeat(90).as_bytes());
    let shown: usize = document.turns[1].passages.iter().map(|it| it.shown.len()).sum();
    assert!(shown < 2 * json::MAX_RESULT, "{shown}");
}

#[test]
fn of_more_than_is_kept_the_newest_is_shown_and_said_so() {
    let document = document(b"x", &vec![b'y'; 5_000_000]);
    let turn = &document.turns[1];
    assert_eq!(turn.kept, Kept::Newest(5_000_000));
    assert!(turn.bytes.len() < 5_000_000);
}

#[test]
fn a_long_text_has_pages_that_end_behind_lines_and_all_of_it_is_on_one() {
    let lines =
        (0..20_000).fold(String::new(), |lines, number| lines + &format!("line {number}\n"));
    let run = run(b"x", lines.as_bytes());
    let record = ConnectionRecord::of_run(&run);
    let mut text = TextState::default();
    let count = text.connection_view(&record).page.count;
    assert!((3..10).contains(&count), "{count}");
    let mut all = String::new();
    for index in 0..count {
        text.update(TextEvent::PageChosen(index));
        let view = text.connection_view(&record);
        assert_eq!(view.page.index, index);
        all += &shown(&view);
        assert!(all.ends_with('\n'));
    }
    assert_eq!(all, format!("x{lines}"));
    text.update(TextEvent::PageChosen(count + 5));
    assert_eq!(text.connection_view(&record).page.index, count - 1);
}

#[test]
fn what_is_searched_for_is_found_on_whichever_page_it_is() {
    let mut lines = "a line\n".repeat(50_000);
    lines += "the Needle\n";
    let run = run(b"needle", lines.as_bytes());
    let record = ConnectionRecord::of_run(&run);
    let mut text = TextState::default();
    text.update(TextEvent::QueryTyped("nEEDLE".into()));
    let view = text.connection_view(&record);
    assert_eq!((view.search.count, view.search.current, view.page.index), (2, Some(0), 0));
    text.update(TextEvent::MatchChosen(1));
    let view = text.connection_view(&record);
    assert_eq!((view.search.current, view.page.index), (Some(1), view.page.count - 1));
    assert!(shown(&view).contains("Needle"));
    text.update(TextEvent::QueryTyped("nothing".into()));
    let view = text.connection_view(&record);
    assert_eq!((view.search.count, view.search.current), (0, None));
}

#[test]
fn a_search_ends_after_so_many_places() {
    let found = find(&document(b"x", &vec![b'y'; MAX_MATCHES + 1]), "y");
    assert_eq!((found.places.len(), found.has_more), (MAX_MATCHES, true));
}

#[test]
fn a_text_is_made_again_only_when_there_is_more_of_it() {
    let mut run = run(b"x", b"one\n");
    let text = TextState::default();
    let first = text.connection_view(&ConnectionRecord::of_run(&run));
    assert_eq!(first, text.connection_view(&ConnectionRecord::of_run(&run)));
    run.log.received(at_ms(2.0), b"two\n");
    let more = text.connection_view(&ConnectionRecord::of_run(&run));
    assert_ne!(first, more);
    assert_eq!(shown(&more), "xone\ntwo\n");
}

proptest! {
    #[test]
    fn every_byte_is_on_one_page_and_every_match_is_found_there(
        pieces in prop::collection::vec(("[ab你\n]{0,3}", 1..40_000_usize), 1..4),
    ) {
        let received: String = pieces.iter().map(|(piece, times)| piece.repeat(*times)).collect();
        let document = document(b"ab", received.as_bytes());
        let pages = pages(&document);
        let joined: Vec<u8> = pages
            .iter()
            .flatten()
            .flat_map(|it| &document.turns[it.turn].passages[it.passage].shown[it.range.clone()])
            .copied()
            .collect();
        prop_assert_eq!(joined, format!("ab{received}").into_bytes());
        for piece in pages.iter().flatten() {
            let shown = &document.turns[piece.turn].passages[piece.passage].shown;
            prop_assert!(str::from_utf8(&shown[piece.range.clone()]).is_ok(), "cut in a character");
        }
        for place in find(&document, "b").places {
            let page = &pages[page_of(&pages, &place)];
            prop_assert!(page.iter().any(|it| it.range.contains(&place.range.start)));
        }
    }
}
