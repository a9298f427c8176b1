use std::ops::Range;

use proptest::prelude::*;

use super::{Hexdump, Unit, Width, name, units};

/// The units as std sees them when it reads all from the start.
fn read_from_the_start(bytes: &[u8]) -> Vec<(Range<usize>, Option<char>)> {
    let mut units = Vec::new();
    let mut end = 0;
    for chunk in bytes.utf8_chunks() {
        let characters = chunk.valid().chars().map(|c| (c.len_utf8(), Some(c)));
        for (length, c) in characters.chain(chunk.invalid().iter().map(|_| (1, None))) {
            units.push((end..end + length, c));
            end += length;
        }
    }
    units
}

/// A row as a terminal would show it.
fn shown(bytes: &[u8], index: usize) -> String {
    let row = Hexdump::new(bytes, Width::Eight).row(index).unwrap();
    let cells = row.cells().map(|cell| format!("{:02x}", cell.byte)).collect::<Vec<_>>();
    let text: String = row.cells().map(|cell| cell.glyph().unwrap_or(' ')).collect();
    format!("{:04x} {} |{text}|", row.offset, cells.join(" "))
}

#[test]
fn a_row_has_offset_bytes_and_text() {
    assert_eq!(shown(b"PING\r\n\x7f\xff and", 0), "0000 50 49 4e 47 0d 0a 7f ff |PING␍␊␡.|");
    assert_eq!(shown(b"PING\r\n\x7f\xff and", 1), "0008 20 61 6e 64 | and|");
}

#[test]
fn a_character_stands_under_its_first_byte() {
    assert_eq!(shown("你好".as_bytes(), 0), "0000 e4 bd a0 e5 a5 bd |你  好  |");
}

#[test]
fn a_character_across_two_rows_is_known_in_both() {
    let bytes = "1234567好!".as_bytes();
    assert_eq!(shown(bytes, 0), "0000 31 32 33 34 35 36 37 e5 |1234567好|");
    assert_eq!(shown(bytes, 1), "0008 a5 bd 21 |  !|");
    let dump = Hexdump::new(bytes, Width::Eight);
    let (first, second) = (dump.row(0).unwrap(), dump.row(1).unwrap());
    let good = Unit { range: 7..10, character: Some('好') };
    assert_eq!(first.units().last().unwrap(), good);
    assert_eq!(second.units().next().unwrap(), good);
    assert_eq!((first.columns(&good), second.columns(&good)), (7..8, 0..2));
}

#[test]
fn what_is_invisible_has_a_stand_in() {
    let glyphs: String = units("\0\u{200b}\u{a0} a".as_bytes()).map(|unit| unit.glyph()).collect();
    assert_eq!(glyphs, "␀.. a");
}

#[test]
fn a_character_that_has_not_wholly_arrived_is_bytes() {
    let bytes = &"你好".as_bytes()[..5];
    let ranges: Vec<_> = units(bytes).map(|unit| unit.range).collect();
    assert_eq!(ranges, [0..3, 3..4, 4..5]);
}

#[test]
fn only_rows_that_exist_are_given() {
    assert_eq!(Hexdump::new(b"", Width::Sixteen).row(0), None);
    assert!(Hexdump::new(b"", Width::Sixteen).is_empty());
    let dump = Hexdump::new(&[0; 17], Width::Sixteen);
    assert_eq!((dump.len(), dump.row_of(16)), (2, 1));
    assert_eq!(dump.row(1).unwrap().bytes, [0]);
    assert_eq!(dump.row(2), None);
    assert_eq!(dump.row(usize::MAX), None);
}

#[test]
fn a_row_in_the_middle_of_much_is_the_row_alone() {
    let bytes = vec![b'a'; 100 * 1024 * 1024];
    let dump = Hexdump::new(&bytes, Width::Sixteen);
    let row = dump.row(dump.len() / 2).unwrap();
    assert_eq!((row.offset, row.cells().count()), (50 * 1024 * 1024, 16));
}

#[test]
fn every_ascii_byte_that_leaves_no_mark_has_a_name() {
    for byte in 0..=255u8 {
        assert_eq!(name(byte).is_some(), byte.is_ascii_control() || byte == b' ', "{byte:02x}");
    }
    assert_eq!(name(0x0a), Some("line feed"));
    assert_eq!(name(0x1b), Some("escape"));
    assert_eq!(name(0x1f), Some("unit separator"));
}

/// Bytes among which there are whole characters, pieces of them, and what never is one.
fn nearly_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<char>().prop_map(|c| c.to_string().into_bytes()),
        any::<char>().prop_map(|c| c.to_string().into_bytes()[..1].to_vec()),
        prop::sample::select(vec![0x80, 0xbf, 0xc0, 0xe0, 0xed, 0xf0, 0xf4, 0xff, b'a'])
            .prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_byte_knows_its_character_without_reading_from_the_start(bytes in nearly_text()) {
        for (range, character) in read_from_the_start(&bytes) {
            for at in range.clone() {
                let unit = Unit { range: range.clone(), character };
                prop_assert_eq!(Unit::at(&bytes, at), Some(unit));
            }
        }
        prop_assert_eq!(Unit::at(&bytes, bytes.len()), None);
    }

    #[test]
    fn the_units_of_bytes_are_those_of_reading_from_the_start(bytes in nearly_text()) {
        let units: Vec<_> = units(&bytes).map(|unit| (unit.range, unit.character)).collect();
        prop_assert_eq!(units, read_from_the_start(&bytes));
    }

    #[test]
    fn the_rows_hold_every_byte_once(bytes in nearly_text(), wide in any::<bool>()) {
        let dump = Hexdump::new(&bytes, if wide { Width::Sixteen } else { Width::Eight });
        let rows = (0..dump.len()).map(|index| dump.row(index).unwrap());
        let cells: Vec<_> = rows.flat_map(|row| row.cells()).collect();
        let offsets: Vec<_> = cells.iter().map(|cell| cell.offset).collect();
        prop_assert_eq!(offsets, (0..bytes.len()).collect::<Vec<_>>());
        for cell in cells {
            prop_assert_eq!(cell.byte, bytes[cell.offset]);
            prop_assert_eq!(Some(cell.unit), Unit::at(&bytes, cell.offset));
        }
    }
}
