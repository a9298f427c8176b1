use super::byte_buffer::MAX_BYTES;
use super::*;
use crate::time::{Micros, at_ms};

const MIB: usize = 1024 * 1024;

#[test]
fn what_happened_is_kept_in_order_with_its_time_and_place() {
    let mut transcript = Transcript::new(at_ms(1_000.0));
    transcript.print(at_ms(1_000.5), Line::Connected(8888));
    transcript.sent(at_ms(1_001.0), b"Hello!");
    transcript.received(at_ms(1_002.0), b"Hel");
    transcript.received(at_ms(1_003.0), b"lo!");
    transcript.note(at_ms(1_004.0), Note::Finished(Direction::Received));
    let times: Vec<_> = transcript.rows().map(|row| row.at_ms).collect();
    assert_eq!(times, [0.5, 1.0, 2.0, 3.0, 4.0]);
    let moved = transcript.row(3).unwrap().segment().unwrap();
    assert_eq!(*moved, Segment { direction: Direction::Received, range: 3..6 });
    assert_eq!(transcript.bytes_of(moved), b"lo!");
    assert_eq!(transcript.row_of(Direction::Received, 4), Some(3));
    assert_eq!(transcript.row_of(Direction::Sent, 6), None);
    assert_eq!((transcript.row_count(), transcript.total(), transcript.notes()), (5, 5, 2));
}

#[test]
fn no_bytes_are_no_row() {
    let mut transcript = Transcript::new(at_ms(0.0));
    transcript.sent(at_ms(0.0), b"");
    assert_eq!(transcript.row_count(), 0);
}

#[test]
fn the_oldest_rows_go_and_the_numbers_count_on() {
    let mut transcript = Transcript::new(at_ms(0.0));
    for _ in 0..MAX_ROWS + 3 {
        transcript.received(at_ms(0.0), b"x");
    }
    assert_eq!((transcript.row_count(), transcript.dropped()), (MAX_ROWS, 3));
    assert_eq!(transcript.total(), MAX_ROWS as u64 + 3);
    assert_eq!(transcript.row(2), None);
    assert_eq!(transcript.row(3).unwrap().segment().unwrap().range, 3..4);
    assert_eq!(transcript.row_of(Direction::Received, 3), Some(3));
}

#[test]
fn each_kept_byte_is_found_in_the_row_in_which_it_moved() {
    let mut transcript = Transcript::new(at_ms(0.0));
    for length in (1..4).cycle().take(MAX_ROWS + 10) {
        transcript.received(at_ms(0.0), &b"abc"[..length]);
        if length == 2 {
            transcript.note(at_ms(0.0), Note::Disconnected);
            transcript.sent(at_ms(0.0), b"xy");
            transcript.wrote(at_ms(0.0), 2, Micros(1));
        }
    }
    for (number, row) in (transcript.dropped()..).zip(transcript.rows()) {
        let Some(Segment { direction, range }) = row.segment() else { continue };
        for offset in range.clone() {
            assert_eq!(transcript.row_of(*direction, offset), Some(number));
        }
    }
    for direction in Direction::BOTH {
        assert_eq!(transcript.row_of(direction, 0), None, "its row is not kept");
        assert_eq!(transcript.row_of(direction, u64::MAX), None);
    }
}

#[test]
fn of_a_hundred_megabytes_the_newest_are_kept_and_the_offsets_count_on() {
    let mut transcript = Transcript::new(at_ms(0.0));
    let piece: Vec<u8> = (0..=250).cycle().take(64 * 1024).collect();
    for _ in 0..100 * MIB / piece.len() {
        transcript.received(at_ms(0.0), &piece);
    }
    let retained = transcript.bytes(Direction::Received);
    assert_eq!(retained.end(), 100 * MIB as u64);
    assert!((MAX_BYTES / 2..=MAX_BYTES).contains(&retained.bytes.len()));
    assert_eq!(retained.start % 16, 0);
    let last = transcript.rows().next_back().unwrap().segment().unwrap();
    assert_eq!(transcript.bytes_of(last), piece);
    let first = transcript.rows().next().unwrap().segment().unwrap();
    assert_eq!(transcript.bytes_of(first), b"");
}

#[test]
fn a_piece_longer_than_the_store_leaves_its_end() {
    let mut transcript = Transcript::new(at_ms(0.0));
    let mut piece = vec![0; 3 * MAX_BYTES];
    *piece.last_mut().unwrap() = 7;
    transcript.sent(at_ms(0.0), &piece);
    let retained = transcript.bytes(Direction::Sent);
    assert_eq!(retained.end(), 3 * MAX_BYTES as u64);
    assert_eq!(
        (retained.get(retained.end() - 1), retained.get(retained.end()), retained.get(0)),
        (Some(7), None, None)
    );
}

#[test]
fn the_sentence_is_the_last_line_but_terminated_even_when_its_row_is_gone() {
    let mut transcript = Transcript::new(at_ms(0.0));
    transcript.print(at_ms(0.0), Line::ReplyOk);
    transcript.print(at_ms(0.0), Line::Terminated);
    for _ in 0..MAX_ROWS {
        transcript.received(at_ms(0.0), b"x");
    }
    assert_eq!(transcript.row(0), None);
    assert_eq!(transcript.sentence(), Some(&Line::ReplyOk));
}
