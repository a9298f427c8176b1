//! The packets of a run, and what is marked with them.

use echo_core::packets::{Aspect, End, Origin, file};
use echo_core::wire::BridgeMessage;

use super::{Page, field, hello, info, told};
use crate::Event;
use crate::inspector::highlight::Highlight;
use crate::inspector::{InspectorEvent, Move};
use crate::packets::detail::MAX_OCTETS;
use crate::packets::{FieldPlace, PacketSpot, PacketsEvent, PacketsRequest, stream};
use crate::transcript::Direction;

const WIRE: [&str; 10] =
    ["SYN", "SYN, ACK", "ACK", "PSH, ACK", "ACK", "PSH, ACK", "ACK", "FIN, ACK", "FIN, ACK", "ACK"];

#[test]
fn what_was_captured_is_shown_as_it_was_told() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.exchange();
    page.sync();
    assert_eq!(page.flags(), WIRE);
    assert!(page.analyzer.snapshot().is_captured());
    assert_eq!(page.analyzer.snapshot().left_out(), 2);
    let capture = page.shown().unwrap();
    assert!(capture.packets().iter().all(|it| it.origin == Origin::Measured));
    assert_eq!(capture.packets()[0].frame.at_ns, super::BEGAN_US * 1000);
}

#[test]
fn keeping_up_at_each_message_shows_the_same_as_once_at_the_end() {
    let (mut often, mut once) = (Page::sent(), Page::sent());
    often.capture(Page::sync);
    once.capture(|_| {});
    once.sync();
    assert_eq!(often.shown(), once.shown());
    // Another run begins with none.
    often.exchange();
    often.send();
    often.sync();
    assert!(often.shown().is_none());
}

#[test]
fn what_was_not_captured_is_inferred_and_says_what_was_made_up() {
    let mut page = Page::sent();
    page.sync();
    assert!(page.shown().is_none());
    page.exchange();
    page.sync();
    assert!(!page.analyzer.snapshot().is_captured());
    assert_eq!(page.flags()[..7], WIRE[..7]);
    let data = &page.shown().unwrap().packets()[3];
    assert_eq!(data.payload(), b"Hello!");
    assert!(data.origin.measured(Aspect::Payload) && !data.origin.measured(Aspect::Flags));
    // Whatever else is heard, what is known by now is inferred from anew.
    page.say(BridgeMessage::Wrote { bytes: 1, began_us: Some(1_000), at_us: 1_003 });
    page.sync();
    assert!(page.flags().len() > 7);
}

#[test]
fn a_run_whose_packets_could_not_be_captured_says_why_and_shows_inferred_ones() {
    let mut page = Page::sent();
    page.say(BridgeMessage::NotCapturing { message: "Operation not permitted".into() });
    page.exchange();
    page.sync();
    assert_eq!(page.analyzer.snapshot().not_capturing(), Some("Operation not permitted"));
    assert!(!page.analyzer.snapshot().is_captured() && page.shown().is_some());
}

#[test]
fn packets_that_are_awaited_are_not_inferred_meanwhile() {
    let mut page = Page::sent();
    page.say(BridgeMessage::Capturing { began_us: super::BEGAN_US });
    page.exchange();
    page.sync();
    assert!(page.analyzer.snapshot().is_awaiting());
    assert!(page.shown().is_none());
    // None came at all.
    page.say(BridgeMessage::Captured { packets: 0, lost: 0, interface: String::new() });
    page.sync();
    assert!(page.shown().is_some() && !page.analyzer.snapshot().is_captured());
}

#[test]
fn what_is_no_packet_and_what_is_unknown_is_passed_over() {
    let mut page = Page::sent();
    page.say(BridgeMessage::Capturing { began_us: super::BEGAN_US });
    let good = told(&hello()[0], hello()[0].frame.at_ns);
    let bad = echo_core::wire::PacketTold { data: "AAAA".into(), ..good.clone() };
    page.say(BridgeMessage::Packet(bad));
    page.say(BridgeMessage::Unknown);
    page.say(BridgeMessage::Packet(good));
    page.sync();
    assert_eq!(page.flags(), ["SYN"]);
}

#[test]
fn the_kernel_s_last_word_is_kept() {
    let mut page = Page::sent();
    page.say(BridgeMessage::TcpInfo(info()));
    page.sync();
    assert_eq!(page.analyzer.snapshot().tcp_info(), Some(&info()));
}

#[test]
fn what_is_saved_reads_back() {
    let mut page = Page::sent();
    assert_eq!(page.on(PacketsEvent::SavePressed), []);
    page.capture(|_| {});
    page.sync();
    let requests = page.on(PacketsEvent::SavePressed);
    let [PacketsRequest::Save { name, contents }] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!(name, "packets-localhost-8888.pcapng");
    let read = file::read(contents).unwrap();
    assert_eq!(read.captures, [page.shown().unwrap().clone()]);
    assert_eq!(read.names, [("127.0.0.1".parse().unwrap(), "localhost".into())]);
    let has = |text: &str| contents.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(has("Echo Playground 1.2.3") && has("eth7") && has("2 more passed"));
}

#[test]
fn the_first_packet_that_carries_bytes_is_opened_and_the_keys_open_others() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.sync();
    let opened = |page: &Page| page.detail().row.number;
    assert_eq!(opened(&page), 4);
    page.on(PacketsEvent::PacketMoved(Move::Down(1)));
    assert_eq!(opened(&page), 5);
    page.on(PacketsEvent::PacketMoved(Move::Up(8)));
    assert_eq!(opened(&page), 1);
    page.on(PacketsEvent::PacketMoved(Move::End));
    assert_eq!(opened(&page), 10);
    page.on(PacketsEvent::Selected(PacketSpot::Packet(2)));
    assert_eq!(opened(&page), 3);
    // Another run has other packets.
    page.exchange();
    page.send();
    page.capture(|_| {});
    page.sync();
    assert_eq!(opened(&page), 4);
}

#[test]
fn in_a_list_that_scrolls_the_choice_stays_in_view() {
    let mut page = Page::sent();
    page.exchange();
    for at_us in 0..100 {
        page.say(BridgeMessage::Wrote { bytes: 1, began_us: None, at_us: 1_000 + at_us });
    }
    page.sync();
    let requests = page.on(PacketsEvent::PacketMoved(Move::Last));
    let scrolls = |it: &PacketsRequest| matches!(it, PacketsRequest::Scroll(top) if *top > 0.0);
    assert!(requests.iter().any(scrolls), "{requests:?}");
}

#[test]
fn a_field_marks_its_bytes_and_a_byte_its_field() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.sync();
    // Ethernet has 14 bytes and IPv4 20: TCP's ports come first.
    page.on(PacketsEvent::Hovered(Some(field(2, 0))));
    let detail = page.detail();
    assert_eq!((detail.marked(), detail.octet()), (34..36, None));
    page.on(PacketsEvent::Hovered(Some(PacketSpot::Octet(35))));
    let detail = page.detail();
    assert_eq!(
        (detail.field_place(), detail.octet()),
        (Some(FieldPlace { layer: 2, field: 0 }), Some(35))
    );
    page.on(PacketsEvent::FieldMoved(2, Move::Down(1)));
    let detail = page.detail();
    assert_eq!(detail.marked(), 36..38);
    page.on(PacketsEvent::OctetMoved(Move::Right));
    let detail = page.detail();
    assert_eq!(detail.octet(), Some(37));
}

#[test]
fn what_is_pointed_at_marks_the_run_s_bytes_in_the_other_views() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.sync();
    let marks = |page: &mut Page, spot| {
        page.on(PacketsEvent::Hovered(Some(spot)));
        page.highlights()[0]
    };
    let payload = page.detail().row.packet.payload.clone();
    let sent = Direction::Sent;
    assert_eq!(marks(&mut page, PacketSpot::Packet(3)), Some(Highlight::Bytes(sent, 0, 6)));
    assert_eq!(marks(&mut page, PacketSpot::Packet(0)), None);
    assert_eq!(
        marks(&mut page, PacketSpot::Octet(payload.start + 2)),
        Some(Highlight::Byte(sent, 2))
    );
    assert_eq!(marks(&mut page, PacketSpot::Octet(0)), None);
    assert_eq!(marks(&mut page, field(3, 0)), Some(Highlight::Bytes(sent, 0, 6)));
    page.on(PacketsEvent::Selected(PacketSpot::Packet(5)));
    let held = page.highlights()[1];
    assert_eq!(held, Some(Highlight::Bytes(Direction::Received, 0, 6)));
}

#[test]
fn a_byte_that_is_marked_elsewhere_marks_the_packets_that_carried_it_and_its_twin() {
    let mut page = Page::sent();
    page.exchange();
    page.sync();
    page.event(Event::Inspector(InspectorEvent::Held(Highlight::Byte(Direction::Sent, 2))));
    let marked = page.model.inspector.marked(page.model.record().unwrap().log);
    let capture = page.shown().unwrap();
    let carries = |index| stream::carries(End::Client, &capture.row(index).unwrap(), &marked);
    let carrying: Vec<_> = (0..capture.packets().len()).filter(|it| carries(*it)).collect();
    assert_eq!(carrying, [3, 5]);
}

#[test]
fn of_a_long_packet_only_the_beginning_is_shown() {
    let mut page = Page::sent();
    page.exchange();
    page.say(BridgeMessage::Wrote { bytes: 60_000, began_us: Some(1_000), at_us: 1_003 });
    page.sync();
    let long = page.shown().unwrap().packets().iter().position(|it| it.payload_length == 60_000);
    page.on(PacketsEvent::Selected(PacketSpot::Packet(long.unwrap())));
    let detail = page.detail();
    assert_eq!(detail.octets().len(), MAX_OCTETS);
    let last = detail.octet_after(Move::Last);
    assert_eq!(last, Some(PacketSpot::Octet(MAX_OCTETS - 1)));
}
