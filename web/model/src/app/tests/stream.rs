//! A reply that is longer than anybody expects.

use echo_core::wire::WINDOW;

use super::*;
use crate::transcript::Direction;

const MIB: usize = 1024 * 1024;

/// A page to which a server streams so many mebibytes, and the highest number of bytes that were
/// unacknowledged on the way.
fn streamed(mib: usize) -> (Page, u64) {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    let piece = vec![b'x'; 64 * 1024];
    let (mut sent, mut acked, mut most) = (0, 0, 0);
    for at_us in 0..(mib * MIB / piece.len()) as u64 {
        page.say(BridgeMessage::Read { bytes: piece.len() as u64, at_us });
        page.bytes(&piece);
        sent += piece.len() as u64;
        for command in &page.commands {
            if let Command::SendMessage { message: ClientMessage::Ack { bytes }, .. } = command {
                acked = *bytes;
            }
        }
        most = most.max(sent - acked);
    }
    (page, most)
}

#[test]
fn a_hundred_mebibytes_stream_through_and_little_is_kept() {
    let (page, _) = streamed(100);
    let run = page.model.modes.run.as_ref().unwrap();
    let received = run.log.bytes(Direction::Received);
    assert_eq!(received.end(), 100 * MIB as u64);
    assert!(received.bytes.len() <= 4 * MIB);
    assert!(run.log.row_count() <= 2_000 && page.model.inspector.listing().entries().len() < 10);
    let Verdict::Different(exchange) = page.verdict() else { panic!("no verdict") };
    let (kept, count) = exchange.exchange.extra();
    assert_eq!((exchange.exchange.reply().len(), count), (6, 100 * MIB as u64 - 6));
    assert!(kept.len() <= 64 * 1024);
}

#[test]
fn bytes_that_are_only_counted_leave_the_details_of_the_verdict_as_they_are() {
    let (mut page, _) = streamed(1);
    let comparison = |page: &Page| page.model.verdict_view().bytes.map(|bytes| bytes.comparison);
    let before = comparison(&page).unwrap();
    page.bytes(b"more");
    assert!(Rc::ptr_eq(&before, &comparison(&page).unwrap()));
}

#[test]
fn what_streams_is_acknowledged_long_before_the_window_is_full() {
    let (_, most) = streamed(20);
    assert!(most <= WINDOW / 2, "{most}");
}

#[test]
fn bytes_alone_need_not_be_drawn_at_once_but_a_line_must() {
    let (mut page, _) = streamed(1);
    let before = page.model.progress();
    page.bytes(b"more");
    assert_eq!(page.model.progress(), before);
    let mut page = Page::connected("Hello!");
    let before = page.model.progress();
    page.wrote(6, 400);
    assert_ne!(page.model.progress(), before);
}
