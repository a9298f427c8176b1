//! Files: what is written reads back, what is broken is refused with a sentence.

use std::net::IpAddr;

use pcap_file::pcapng::{Block, PcapNgReader};
use proptest::prelude::*;

use super::{hello, on_loopback};
use crate::packets::file::{About, FileEnd, MAX_FILE, read, write};
use crate::packets::{Capture, DecodeError, Frame, Link, Packet};

const ABOUT: About<'static> = About {
    application: "Echo Playground",
    interface: "lo",
    name: "echo.example",
    lost: 0,
    tls_secrets: "",
};

#[test]
fn what_is_written_reads_back_with_what_was_made_up_still_marked() {
    let capture = hello();
    let read = read(&write(&capture, &ABOUT)).unwrap();
    assert_eq!(read.captures, [capture]);
    let address: IpAddr = "127.0.0.1".parse().unwrap();
    assert_eq!(read.names, [(address, "echo.example".to_owned())]);
}

#[test]
fn a_capture_with_several_link_layers_reads_back() {
    let all = hello();
    let mut capture = Capture::of(all.packets()[0].clone());
    for packet in all.packets()[1..].iter().map(on_loopback) {
        capture.push(packet);
    }
    assert_eq!(read(&write(&capture, &ABOUT)).unwrap().captures, [capture]);
}

#[test]
fn a_file_says_how_many_checksums_were_left_to_the_network_card() {
    let says = |capture: &Capture| String::from_utf8_lossy(&write(capture, &ABOUT)).into_owned();
    assert!(says(&hello()).contains("checksums of 0 had not been computed"));
    let file = include_bytes!("../../../tests/captures/loopback.pcapng");
    let captured = &read(file).unwrap().captures[0];
    let count = captured.packets().len();
    assert!(says(captured).contains(&format!("checksums of {count} had not been computed")));
}

#[test]
fn a_crate_of_others_reads_the_same_packets_and_times() {
    let capture = hello();
    let file = write(&capture, &ABOUT);
    let mut reader = PcapNgReader::new(&file[..]).unwrap();
    let mut packets = capture.packets().iter();
    while let Some(block) = reader.next_block() {
        if let Block::EnhancedPacket(block) = block.unwrap().0 {
            let frame = &packets.next().unwrap().frame;
            assert_eq!(block.timestamp.as_nanos(), u128::from(frame.at_ns));
            assert_eq!(block.data, frame.bytes);
        }
    }
    assert_eq!(packets.next(), None);
}

/// The bytes of a pcap file with these packets, in microseconds and in this order.
fn pcap(capture: &Capture) -> Vec<u8> {
    let link = u32::from(capture.packets()[0].frame.link.number());
    let header = [0xa1b2_c3d4_u32, 2 | 4 << 16, 0, 0, 65_535, link];
    let mut file: Vec<u8> = header.into_iter().flat_map(u32::to_le_bytes).collect();
    for packet in capture.packets() {
        let (length, bytes) = (packet.frame.length, &packet.frame.bytes);
        let numbers = [0, 0, u32::try_from(bytes.len()).unwrap(), length];
        file.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
        file.extend(bytes);
    }
    file
}

#[test]
fn of_a_file_that_is_cut_off_anywhere_what_is_whole_is_read_and_where_it_is_cut_is_said() {
    let capture = hello();
    for file in [write(&capture, &ABOUT), pcap(&capture)] {
        let (mut known, mut cut) = (0, 0);
        for length in 0..file.len() {
            match read(&file[..length]) {
                Ok(read) => {
                    let packets = read.captures[0].packets();
                    let bytes = |packet: &Packet| packet.frame.bytes.clone();
                    assert!(
                        packets
                            .iter()
                            .map(bytes)
                            .eq(capture.packets()[..packets.len()].iter().map(bytes))
                    );
                    assert!(packets.len() >= known, "more of the file has no fewer packets");
                    known = packets.len();
                    match read.end {
                        FileEnd::Whole => {}
                        FileEnd::CutOff(at) => {
                            assert!(at < length);
                            cut += 1;
                        }
                        FileEnd::Damaged(_) => panic!("it is not damaged, but cut off"),
                    }
                }
                Err(DecodeError::CutOff(at)) => assert!(at < length && known == 0),
                Err(error) => {
                    assert!([DecodeError::NotACapture, DecodeError::Nothing].contains(&error));
                }
            }
        }
        assert!(known >= capture.packets().len() - 1 && cut > 0);
    }
}

#[test]
fn of_a_file_that_is_damaged_what_stands_before_that_is_read() {
    let capture = hello();
    let file = write(&capture, &ABOUT);
    let cut = read(&file[..file.len() - 200]).unwrap();
    let FileEnd::CutOff(at) = cut.end else { panic!("{:?}", cut.end) };
    for damaged in [
        // No block has a length that is no multiple of four, or one of a gigabyte.
        [&file[..at], &[6, 0, 0, 0, 33, 0, 0, 0], &[0; 64][..]].concat(),
        [&file[..at], &[6, 0, 0, 0, 0, 0, 0, 64], &[0; 64][..]].concat(),
        [&file[..at], b"<html>".repeat(30).as_slice()].concat(),
    ] {
        let read = read(&damaged).unwrap();
        assert_eq!((read.end, &read.captures), (FileEnd::Damaged(at), &cut.captures));
    }
    let file = pcap(&capture);
    let damaged = [&file[..file.len()], &[0xff; 64][..]].concat();
    let read = read(&damaged).unwrap();
    assert_eq!(read.end, FileEnd::Damaged(file.len()));
    assert_eq!(read.captures[0].packets().len(), capture.packets().len());
}

#[test]
fn all_packets_of_a_file_are_counted_those_that_are_not_shown_too() {
    let read = read(include_bytes!("../../../tests/captures/loopback.pcapng")).unwrap();
    let shown: usize = read.captures.iter().map(|capture| capture.packets().len()).sum();
    assert_eq!(read.packet_count(), shown as u64 + read.skipped);
    assert_eq!((read.captures.len(), read.end), (4, FileEnd::Whole));
}

#[test]
fn what_is_no_capture_is_refused_with_a_sentence() {
    let cases: [(&[u8], &str); 4] = [
        (b"", "This file is neither pcapng nor pcap."),
        (b"{\"format\":\"echo-playground-runs\"}", "This file is neither pcapng nor pcap."),
        (&vec![0; MAX_FILE + 1], "This file is longer than 16 MiB."),
        (&[0xa1, 0xb2, 0xc3, 0xd4], "This file is cut off: what begins at byte 0 has no end."),
    ];
    for (file, sentence) in cases {
        assert_eq!(read(file).unwrap_err().to_string(), sentence);
    }
}

fn link() -> impl Strategy<Value = Link> {
    prop::sample::select(vec![0, 1, 101, 108, 113, 228, 229, 276])
        .prop_map(|number| Link::from_number(number).unwrap())
}

/// What random bytes with `link` are; that nothing panics is what counts.
fn open(at_ns: u64, link: Link, bytes: Vec<u8>) {
    let length = u32::try_from(bytes.len()).unwrap();
    if let Ok(packet) = Packet::decode(Frame { at_ns, link, length, bytes }) {
        let layers = crate::packets::layers::layers(&packet);
        for field in layers.iter().flat_map(|layer| &layer.fields) {
            assert!(field.bytes.end <= packet.frame.bytes.len());
        }
        let mut capture = Capture::of(packet.clone());
        capture.push(packet);
        assert!(capture.row(0).is_some());
        let _ = crate::packets::follow::follow(&capture);
        let captures = read(&write(&capture, &ABOUT)).unwrap().captures;
        assert_eq!(captures[0].packets()[0].frame, capture.packets()[0].frame);
    }
}

proptest! {
    #[test]
    fn no_bytes_are_a_packet_that_cannot_be_shown(
        at_ns: u64,
        link in link(),
        bytes in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        open(at_ns, link, bytes);
    }

    #[test]
    fn no_damage_makes_a_packet_that_cannot_be_shown(
        which in 0..11_usize,
        changes in prop::collection::vec((0..60_usize, any::<u8>()), 1..6),
        length in 0..80_usize,
    ) {
        let mut frame = on_loopback(&hello().packets()[which]).frame;
        for (at, byte) in changes {
            if let Some(place) = frame.bytes.get_mut(at) {
                *place = byte;
            }
        }
        frame.bytes.truncate(length);
        open(0, frame.link, frame.bytes);
    }

    #[test]
    fn no_damage_makes_a_file_that_cannot_be_read_or_refused(
        changes in prop::collection::vec((0..1400_usize, any::<u8>()), 1..6),
        length in 0..1500_usize,
    ) {
        let mut file = write(&hello(), &ABOUT);
        for (at, byte) in changes {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        file.truncate(length);
        if let Ok(damaged) = read(&file) {
            prop_assert!(!damaged.captures.is_empty());
            if let FileEnd::CutOff(at) | FileEnd::Damaged(at) = damaged.end {
                let whole = read(&file[..at]).unwrap();
                prop_assert_eq!((whole.end, whole.captures), (FileEnd::Whole, damaged.captures));
            }
        }
    }
}
