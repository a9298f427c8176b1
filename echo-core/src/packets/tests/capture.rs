//! The packets of one connection.

use super::{hello, on_loopback};
use crate::packets::capture::{MAX_BYTES, MAX_PACKETS};
use crate::packets::follow::follow;
use crate::packets::layers::{Key, field_at, layers};
use crate::packets::{Aspect, Capture, Checksum, End, Flags, Note, Origin, Packet, PushOutcome};

/// The packets of `order`, by their numbers, as a capture that saw them so.
fn seen(order: &[usize]) -> Capture {
    let all = hello();
    let mut capture = Capture::new(all.address(End::Client), all.address(End::Server));
    for number in order {
        assert_eq!(capture.push(all.packets()[number - 1].clone()), PushOutcome::Added);
    }
    capture
}

fn said(capture: &Capture, by: End) -> Vec<u8> {
    let chunks = follow(capture);
    chunks.iter().filter(|chunk| chunk.by == by).flat_map(|chunk| chunk.bytes).copied().collect()
}

#[test]
fn an_inferred_hello_has_the_packets_that_tcp_would_send() {
    let capture = hello();
    let rows: Vec<_> = (0..).map_while(|index| capture.row(index)).collect();
    let flags: Vec<_> = rows.iter().map(|row| row.packet.flags.names()).collect();
    let expected = [
        "SYN", "SYN, ACK", "ACK", "PSH, ACK", "ACK", "PSH, ACK", "ACK", "FIN, ACK", "ACK",
        "FIN, ACK", "ACK",
    ];
    assert_eq!(flags, expected);
    assert_eq!((rows[3].seq, rows[3].ack, rows[4].ack), (1, Some(1), Some(7)));
    assert!(rows.iter().all(|row| row.note.is_none()));
    assert!(capture.has_ended());
    assert_eq!(rows[5].since_ns, (500 - 31) * 1000);
}

#[test]
fn what_was_made_up_is_marked_field_by_field() {
    let capture = hello();
    let data = &capture.packets()[3];
    let layers = layers(data);
    let measured: Vec<_> = layers
        .iter()
        .flat_map(|layer| &layer.fields)
        .filter(|field| field.measured)
        .map(|field| field.key)
        .collect();
    let known =
        [Key::Source, Key::Destination, Key::SourcePort, Key::DestinationPort, Key::Payload];
    assert_eq!(measured, known);
    assert!(data.origin.measured(Aspect::Time));
    assert!(!capture.packets()[4].origin.measured(Aspect::Time), "nobody told of this ACK");
    assert!(!capture.packets()[4].origin.measured(Aspect::Flags));
}

#[test]
fn bytes_that_are_not_known_any_more_are_not_called_measured() {
    use crate::wire::BridgeMessage;
    let mut trace = crate::packets::inferred::Trace::default();
    let (local, peer) = ("[::1]:51234".parse().unwrap(), "[::1]:8888".parse().unwrap());
    trace.record(&BridgeMessage::Connected { local, peer, resolve_us: 0, connect_us: 1 });
    trace.record(&BridgeMessage::Wrote { bytes: u64::MAX, began_us: Some(400), at_us: 403 });
    let capture = trace.packets(0, b"Hello!", b"").unwrap();
    assert!(!capture.packets()[3].origin.measured(Aspect::Payload));
    assert!(capture.left_out() > 0, "it is bounded");
}

#[test]
fn a_trace_that_no_bridge_reports_ends_and_overflows_nothing() {
    use crate::wire::BridgeMessage;
    let mut trace = crate::packets::inferred::Trace::default();
    let (local, peer) = ("[::1%1]:1".parse().unwrap(), "[::1]:7".parse().unwrap());
    let (resolve_us, connect_us) = (u64::MAX, u64::MAX);
    trace.record(&BridgeMessage::Connected { local, peer, resolve_us, connect_us });
    let at_us = u64::MAX;
    trace.record(&BridgeMessage::Wrote { bytes: u64::MAX, began_us: None, at_us });
    assert!(trace.packets(u64::MAX, b"", b"").unwrap().packets().is_empty());
}

#[test]
fn every_byte_belongs_to_a_field_that_says_what_it_is() {
    let packet = on_loopback(&hello().packets()[0]);
    let layers = layers(&packet);
    let names: Vec<_> = layers.iter().map(|layer| layer.name).collect();
    let expected = ["Ethernet II", "Internet Protocol Version 4", "Transmission Control Protocol"];
    assert_eq!(names, expected);
    for at in 0..packet.frame.bytes.len() {
        assert!(field_at(&layers, at).is_some(), "byte {at}");
    }
    let at = |at| field_at(&layers, at).map(|field| (field.key, field.value.as_str()));
    assert_eq!(at(12), Some((Key::EtherType, "0x0800")));
    assert_eq!(at(14), Some((Key::HeaderLength, "20")));
    assert_eq!(at(packet.flag_byte(Flags::SYN)), Some((Key::Flags, "SYN")));
    assert_eq!(at(54), Some((Key::MaximumSegmentSize, "65463")));
}

#[test]
fn the_loopback_interface_shows_each_packet_once() {
    let all = hello();
    let mut capture = Capture::new(all.address(End::Client), all.address(End::Server));
    for packet in all.packets().iter().map(on_loopback) {
        let mut duplicate = packet.clone();
        duplicate.frame.at_ns += 3_000;
        assert_eq!(capture.push(packet), PushOutcome::Added);
        assert_eq!(capture.push(duplicate.clone()), PushOutcome::Duplicate);
        // A third one is another packet.
        if duplicate.flags.has(Flags::PSH) {
            assert_eq!(capture.push(duplicate), PushOutcome::Added);
            let last = capture.packets().len() - 1;
            assert_eq!(capture.row(last).unwrap().note, Some(Note::Retransmission));
        }
    }
    assert_eq!(capture.packets().len(), all.packets().len() + 2);
    assert_eq!(said(&capture, End::Client), b"Hello!");
}

#[test]
fn what_is_sent_again_later_is_no_duplicate() {
    let all = hello();
    let data = on_loopback(&all.packets()[3]);
    let mut capture = Capture::new(all.address(End::Client), all.address(End::Server));
    let mut again = data.clone();
    again.frame.at_ns += 200_000_000;
    assert_eq!((capture.push(data), capture.push(again)), (PushOutcome::Added, PushOutcome::Added));
    assert_eq!(capture.row(1).unwrap().note, Some(Note::Retransmission));
}

#[test]
fn the_stream_is_whole_whatever_overtook_or_came_twice() {
    for order in [&[1, 2, 3, 4, 5, 6, 7][..], &[1, 2, 3, 4, 4, 6, 5, 6, 7], &[4, 6], &[4, 5, 6]] {
        let capture = seen(order);
        assert_eq!(said(&capture, End::Client), b"Hello!", "{order:?}");
        assert_eq!(said(&capture, End::Server), b"Hello!", "{order:?}");
    }
}

#[test]
fn bytes_that_were_not_captured_are_counted() {
    let capture = seen(&[1, 2, 3, 5, 7, 8, 9]);
    assert!(follow(&capture).is_empty());
    let mut later = hello().packets()[3].clone();
    later.seq = later.seq.wrapping_add(6);
    let mut capture = seen(&[1, 2, 3]);
    capture.push(later);
    assert_eq!(capture.row(3).unwrap().note, Some(Note::Gap));
    let chunks = follow(&capture);
    assert_eq!((chunks[0].missing, chunks[0].offset, chunks[0].bytes), (6, 6, &b"Hello!"[..]));
}

#[test]
fn a_packet_half_the_circle_of_sequence_numbers_away_brings_nothing() {
    const HALF: u32 = 1 << 31;
    let mut far = hello().packets()[3].clone();
    far.seq = far.seq.wrapping_add(HALF);
    let mut capture = seen(&[1, 2, 3]);
    assert_eq!(capture.push(far), PushOutcome::Added);
    assert!(follow(&capture).is_empty());
}

#[test]
fn packets_of_others_are_refused() {
    let mut capture = hello();
    let mut foreign = capture.packets()[0].clone();
    foreign.source.set_port(51235);
    let before = capture.clone();
    assert_eq!(capture.push(foreign), PushOutcome::Foreign);
    assert_eq!(capture, before);
}

#[test]
fn a_capture_is_bounded_and_says_how_much_it_left_out() {
    let mut capture = hello();
    let data = capture.packets()[3].clone();
    for _ in 0..MAX_PACKETS {
        capture.push(data.clone());
    }
    assert_eq!(capture.packets().len(), MAX_PACKETS);
    assert_eq!(capture.left_out(), 11);
    let mut large = data;
    large.frame.bytes.resize(MAX_BYTES, 0);
    let mut capture = hello();
    assert_eq!(capture.push(large), PushOutcome::Full);
}

#[test]
fn who_sent_the_syn_is_the_client() {
    let all = hello();
    for first in [0, 1, 3] {
        let capture = Capture::of(all.packets()[first].clone());
        assert_eq!(capture.address(End::Client).port(), 51234, "packet {first}");
    }
}

#[test]
fn a_damaged_segment_is_told_from_one_left_to_the_card() {
    let all = hello();
    let packet = &all.packets()[3];
    assert_eq!((packet.origin == Origin::Measured, packet.checksum), (false, Checksum::Right));
    assert_eq!(packet.header_checksum(), Some(Checksum::Right));
    let mut frame = packet.frame.clone();
    *frame.bytes.last_mut().unwrap() ^= 1;
    assert_eq!(Packet::decode(frame.clone()).unwrap().checksum, Checksum::Wrong);
    frame.bytes.truncate(42);
    assert_eq!(Packet::decode(frame).unwrap().checksum, Checksum::Unknown);
}
