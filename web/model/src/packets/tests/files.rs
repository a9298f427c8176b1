//! Files that were opened, and those that could not be.

use echo_core::packets::file::{FileEnd, MAX_FILE};
use echo_core::packets::{Capture, DecodeError, End};

use super::{LOOPBACK, Page};
use crate::composer::FileError;
use crate::packets::conversation::MAX_CONVERSATION_BYTES;
use crate::packets::file::{CaptureFile, CaptureFileError, OtherFile};
use crate::packets::view::source::{FileView, OriginView};
use crate::packets::{PacketSpot, PacketsEvent, PacketsRequest, RefusedFile};
use crate::runs::document::Document;
use crate::runs::file;

#[test]
fn a_file_is_shown_in_place_of_the_run_until_it_is_closed() {
    let mut page = Page::sent();
    page.exchange();
    page.sync();
    let of_run = page.flags();
    assert!(!page.analyzer.has_file());
    page.open("loopback.pcapng", LOOPBACK);
    assert!(page.analyzer.has_file());
    let file = page.analyzer.file().unwrap();
    assert_eq!((&file.name()[..], file.connections().len()), ("loopback.pcapng", 4));
    assert_eq!(page.flags().len(), 10);
    page.on(PacketsEvent::ConnectionChosen(2));
    assert_eq!(page.flags(), ["SYN", "RST, ACK"]);
    page.on(PacketsEvent::FileClosed);
    assert_eq!(page.flags(), of_run);
    assert!(!page.analyzer.has_file());
}

#[test]
fn the_packets_of_a_file_mark_nothing_of_the_run() {
    let mut page = Page::sent();
    page.exchange();
    page.sync();
    page.open("loopback.pcapng", LOOPBACK);
    page.on(PacketsEvent::Hovered(Some(PacketSpot::Packet(3))));
    page.on(PacketsEvent::Selected(PacketSpot::Packet(3)));
    assert_eq!(page.highlights(), [None, None]);
}

#[test]
fn a_file_that_is_refused_is_named_with_why_and_what_was_shown_stays() {
    let mut page = Page::sent();
    page.open("good", LOOPBACK);
    // A header of pcap, and nothing after it.
    let mut empty = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0].to_vec();
    empty.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
    let bad = |bytes: &[u8], why| (Ok(bytes.to_vec()), CaptureFileError::Bad(why));
    let cases = [
        bad(b"", DecodeError::NotACapture),
        bad(b"Hello, world", DecodeError::NotACapture),
        bad(&empty, DecodeError::Nothing),
        bad(&LOOPBACK[..20], DecodeError::CutOff(0)),
        (Ok(b" {\"a\": 1}".to_vec()), CaptureFileError::Other(OtherFile::Json)),
        (Ok(b"\xef\xbb\xbf<!DOCTYPE html>".to_vec()), CaptureFileError::Other(OtherFile::Html)),
        (
            Ok(file::write(&Document::default()).into_bytes()),
            CaptureFileError::Other(OtherFile::Runs),
        ),
        (Err(FileError::TooBig(MAX_FILE as u64 + 1)), CaptureFileError::Bad(DecodeError::TooLong)),
        (Err(FileError::Unreadable), CaptureFileError::Unreadable),
    ];
    for (number, (bytes, why)) in cases.into_iter().enumerate() {
        let name = format!("file {number}");
        page.on(PacketsEvent::FileRead { name: name.clone(), bytes });
        let refused = RefusedFile { name: name.into(), error: why };
        assert_eq!(page.analyzer.refused(), Some(&refused));
        assert_eq!(&page.analyzer.file().unwrap().name()[..], "good");
    }
    page.on(PacketsEvent::RefusalDismissed);
    assert!(page.analyzer.refused().is_none());
    page.on(PacketsEvent::FileRead { name: "text".into(), bytes: Ok(b"x".to_vec()) });
    page.open("good", LOOPBACK);
    assert!(page.analyzer.refused().is_none(), "a file that opens says what is shown now");
}

/// Returns what is shown of the open file.
fn file_view(page: &Page) -> FileView {
    match page.view().source.origin {
        OriginView::File(view) => view,
        OriginView::Connection(_) => panic!("no file is open"),
    }
}

#[test]
fn a_file_that_is_cut_off_in_the_middle_of_a_packet_shows_what_is_whole_and_says_so() {
    let mut page = Page::sent();
    page.open("whole", LOOPBACK);
    let whole = file_view(&page);
    assert_eq!(whole.end, FileEnd::Whole);
    page.open("cut", &LOOPBACK[..LOOPBACK.len() - 1]);
    let cut = file_view(&page);
    assert!(page.analyzer.refused().is_none());
    assert_eq!((&*cut.name, cut.end), ("cut", FileEnd::CutOff(3_308)));
    assert_eq!(cut.count, whole.count);
}

#[test]
fn the_packets_of_a_file_are_counted_and_among_them_those_of_the_shown_connection() {
    let mut page = Page::sent();
    page.open("four connections", LOOPBACK);
    let view = file_view(&page);
    let of_connections: usize = view.connections.iter().map(|it| it.packets).sum();
    assert_eq!(view.total, Some(of_connections as u64 + view.skipped));
    page.exchange();
    page.sync();
    page.on(PacketsEvent::FileClosed);
    let Some(PacketsRequest::Save { contents, .. }) = page.on(PacketsEvent::SavePressed).pop()
    else {
        panic!("nothing was saved");
    };
    page.open("one connection", &contents);
    assert_eq!(file_view(&page).total, None);
}

#[test]
fn another_run_does_not_take_the_file_away() {
    let mut page = Page::sent();
    page.open("loopback.pcapng", LOOPBACK);
    page.on(PacketsEvent::Selected(PacketSpot::Packet(8)));
    page.sync();
    page.exchange();
    page.send();
    page.sync();
    assert_eq!(page.detail().row.number, 9);
}

#[test]
fn a_conversation_is_told_in_the_order_of_the_wire() {
    let file = CaptureFile::open("loopback.pcapng", Ok(LOOPBACK.to_vec())).unwrap();
    let said = file.conversation();
    let turns: Vec<_> = said.turns.iter().map(|turn| (turn.by, &turn.bytes[..])).collect();
    assert_eq!(turns, [(End::Client, &b"Hello!"[..]), (End::Server, b"Hello!")]);
    assert!(!said.has_more);
}

#[test]
fn of_a_long_conversation_only_the_beginning_is_shown() {
    let mut page = Page::sent();
    page.exchange();
    for at_us in 0..3 {
        page.say(echo_core::wire::BridgeMessage::Wrote {
            bytes: 60_000,
            began_us: None,
            at_us: 1_000 + at_us,
        });
    }
    page.sync();
    let Some(PacketsRequest::Save { contents, .. }) = page.on(PacketsEvent::SavePressed).pop()
    else {
        panic!("nothing was saved");
    };
    let file = CaptureFile::open("long", Ok(contents)).unwrap();
    let count = |capture: &Capture| capture.packets().len();
    assert_eq!(file.capture().map(count), page.shown().map(count));
    let said = file.conversation();
    assert!(said.has_more);
    assert_eq!(
        said.turns.iter().map(|turn| turn.bytes.len()).sum::<usize>(),
        MAX_CONVERSATION_BYTES
    );
}

#[test]
fn an_address_is_called_by_its_name_where_the_file_has_one() {
    let mut page = Page::sent();
    page.exchange();
    page.sync();
    let Some(PacketsRequest::Save { contents, .. }) = page.on(PacketsEvent::SavePressed).pop()
    else {
        panic!("nothing was saved");
    };
    let file = CaptureFile::open("saved", Ok(contents)).unwrap();
    assert_eq!(file.connections()[0].server, "localhost:36355");
    let unnamed = CaptureFile::open("loopback.pcapng", Ok(LOOPBACK.to_vec())).unwrap();
    assert_eq!(unnamed.connections()[0].server, "127.0.0.1:36355");
}
