//! The packets of a run, and what is marked with them.

use echo_core::packets::{Aspect, Origin, file};
use echo_core::wire::BridgeMessage;

use super::{Page, hello, info, told};
use crate::Event;
use crate::command::Command;
use crate::dom::DomCommand;
use crate::inspector::highlight::Highlight;
use crate::inspector::{InspectorEvent, Move};
use crate::packets::detail::MOST_OCTETS;
use crate::packets::{PacketSpot, PacketsContext, PacketsEvent, stream};
use crate::transcript::Direction;

const WIRE: [&str; 10] =
    ["SYN", "SYN, ACK", "ACK", "PSH, ACK", "ACK", "PSH, ACK", "ACK", "FIN, ACK", "FIN, ACK", "ACK"];

#[test]
fn what_was_captured_is_shown_as_it_was_told() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.exchange();
    page.keep_up();
    assert_eq!(page.flags(), WIRE);
    assert!(page.packets.told().is_captured());
    assert_eq!(page.packets.told().left_out(), 2);
    let capture = page.shown().unwrap();
    assert!(capture.packets().iter().all(|it| it.origin == Origin::Measured));
    assert_eq!(capture.packets()[0].frame.at_ns, super::BEGAN_US * 1000);
}

#[test]
fn keeping_up_at_each_message_shows_the_same_as_once_at_the_end() {
    let (mut often, mut once) = (Page::sent(), Page::sent());
    often.capture(Page::keep_up);
    once.capture(|_| {});
    once.keep_up();
    assert_eq!(often.shown(), once.shown());
    // Another run begins with none.
    often.exchange();
    often.send();
    often.keep_up();
    assert!(often.shown().is_none());
}

#[test]
fn what_was_not_captured_is_inferred_and_says_what_was_made_up() {
    let mut page = Page::sent();
    page.keep_up();
    assert!(page.shown().is_none());
    page.exchange();
    page.keep_up();
    assert!(!page.packets.told().is_captured());
    assert_eq!(page.flags()[..7], WIRE[..7]);
    let data = &page.shown().unwrap().packets()[3];
    assert_eq!(data.payload(), b"Hello!");
    assert!(data.origin.measured(Aspect::Payload) && !data.origin.measured(Aspect::Flags));
    // Whatever else is heard, what is known by now is inferred from anew.
    page.say(BridgeMessage::Wrote { bytes: 1, at_us: 1_000 });
    page.keep_up();
    assert!(page.flags().len() > 7);
}

#[test]
fn a_run_whose_packets_could_not_be_captured_says_why_and_shows_inferred_ones() {
    let mut page = Page::sent();
    page.say(BridgeMessage::NotCapturing { message: "Operation not permitted".into() });
    page.exchange();
    page.keep_up();
    assert_eq!(page.packets.told().not_capturing(), Some("Operation not permitted"));
    assert!(!page.packets.told().is_captured() && page.shown().is_some());
}

#[test]
fn packets_that_are_awaited_are_not_inferred_meanwhile() {
    let mut page = Page::sent();
    page.say(BridgeMessage::Capturing { began_us: super::BEGAN_US });
    page.exchange();
    page.keep_up();
    assert!(page.packets.told().awaits());
    assert!(page.shown().is_none());
    // None came at all.
    page.say(BridgeMessage::Captured { packets: 0, lost: 0, interface: String::new() });
    page.keep_up();
    assert!(page.shown().is_some() && !page.packets.told().is_captured());
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
    page.keep_up();
    assert_eq!(page.flags(), ["SYN"]);
}

#[test]
fn the_kernel_s_last_word_is_kept() {
    let mut page = Page::sent();
    page.say(BridgeMessage::TcpInfo(info()));
    page.keep_up();
    assert_eq!(page.packets.told().kernel(), Some(&info()));
}

#[test]
fn what_is_saved_reads_back() {
    let mut page = Page::sent();
    assert_eq!(page.on(PacketsEvent::SavePressed), []);
    page.capture(|_| {});
    page.keep_up();
    let effects = page.on(PacketsEvent::SavePressed);
    let [Command::SaveFile { name, contents: bytes, .. }] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(name, "packets-localhost-8888.pcapng");
    let read = file::read(bytes).unwrap();
    assert_eq!(read.captures, [page.shown().unwrap().clone()]);
    assert_eq!(read.names, [("127.0.0.1".parse().unwrap(), "localhost".into())]);
    let has = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(has("Echo Playground 1.2.3") && has("eth7") && has("2 more passed"));
}

#[test]
fn the_first_packet_that_carries_bytes_is_opened_and_the_keys_open_others() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.keep_up();
    let opened =
        |page: &Page| page.packets.look(&PacketsContext::of(&page.model)).unwrap().row.number;
    assert_eq!(opened(&page), 4);
    page.on(PacketsEvent::Moved(Move::Down(1)));
    assert_eq!(opened(&page), 5);
    page.on(PacketsEvent::Moved(Move::Up(8)));
    assert_eq!(opened(&page), 1);
    page.on(PacketsEvent::Moved(Move::End));
    assert_eq!(opened(&page), 10);
    page.on(PacketsEvent::Held(PacketSpot::Packet(2)));
    assert_eq!(opened(&page), 3);
    // Another run has other packets.
    page.exchange();
    page.send();
    page.capture(|_| {});
    page.keep_up();
    assert_eq!(opened(&page), 4);
}

#[test]
fn in_a_list_that_scrolls_the_choice_stays_in_view() {
    let mut page = Page::sent();
    page.exchange();
    for at_us in 0..100 {
        page.say(BridgeMessage::Wrote { bytes: 1, at_us: 1_000 + at_us });
    }
    page.keep_up();
    let effects = page.on(PacketsEvent::Moved(Move::Last));
    let scrolled =
        matches!(effects[..], [Command::Dom(DomCommand::ScrollTo { top, .. })] if top > 0.0);
    assert!(scrolled, "{effects:?}");
}

#[test]
fn a_field_marks_its_bytes_and_a_byte_its_field() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.keep_up();
    // Ethernet has 14 bytes and IPv4 20: TCP's ports come first.
    page.on(PacketsEvent::Pointed(Some(PacketSpot::Field(2, 0))));
    let look = page.packets.look(&PacketsContext::of(&page.model)).unwrap();
    assert_eq!((look.marked(), look.octet()), (34..36, None));
    page.on(PacketsEvent::Pointed(Some(PacketSpot::Octet(35))));
    let look = page.packets.look(&PacketsContext::of(&page.model)).unwrap();
    assert_eq!((look.field_place(), look.octet()), (Some((2, 0)), Some(35)));
    page.on(PacketsEvent::FieldMoved(2, Move::Down(1)));
    let look = page.packets.look(&PacketsContext::of(&page.model)).unwrap();
    assert_eq!(look.marked(), 36..38);
    page.on(PacketsEvent::OctetMoved(Move::Right));
    let look = page.packets.look(&PacketsContext::of(&page.model)).unwrap();
    assert_eq!(look.octet(), Some(37));
}

#[test]
fn what_is_pointed_at_marks_the_run_s_bytes_in_the_other_views() {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.keep_up();
    let marks = |page: &mut Page, spot| {
        page.on(PacketsEvent::Pointed(Some(spot)));
        page.packets.marks(&PacketsContext::of(&page.model))[0]
    };
    let payload =
        page.packets.look(&PacketsContext::of(&page.model)).unwrap().row.packet.payload.clone();
    let sent = Direction::Sent;
    assert_eq!(marks(&mut page, PacketSpot::Packet(3)), Some(Highlight::Bytes(sent, 0, 6)));
    assert_eq!(marks(&mut page, PacketSpot::Packet(0)), None);
    assert_eq!(
        marks(&mut page, PacketSpot::Octet(payload.start + 2)),
        Some(Highlight::Byte(sent, 2))
    );
    assert_eq!(marks(&mut page, PacketSpot::Octet(0)), None);
    assert_eq!(marks(&mut page, PacketSpot::Field(3, 0)), Some(Highlight::Bytes(sent, 0, 6)));
    page.on(PacketsEvent::Held(PacketSpot::Packet(5)));
    let held = page.packets.marks(&PacketsContext::of(&page.model))[1];
    assert_eq!(held, Some(Highlight::Bytes(Direction::Received, 0, 6)));
}

#[test]
fn a_byte_that_is_marked_elsewhere_marks_the_packets_that_carried_it_and_its_twin() {
    let mut page = Page::sent();
    page.exchange();
    page.keep_up();
    page.event(Event::Inspector(InspectorEvent::Held(Highlight::Byte(Direction::Sent, 2))));
    let marked = page.model.inspector.marked(page.model.record().unwrap().log);
    let capture = page.shown().unwrap();
    let carries = |index| stream::carries(&capture.row(index).unwrap(), &marked);
    let carrying: Vec<_> = (0..capture.packets().len()).filter(|it| carries(*it)).collect();
    assert_eq!(carrying, [3, 5]);
}

#[test]
fn of_a_long_packet_only_the_beginning_is_shown() {
    let mut page = Page::sent();
    page.exchange();
    page.say(BridgeMessage::Wrote { bytes: 60_000, at_us: 1_000 });
    page.keep_up();
    let long = page.shown().unwrap().packets().iter().position(|it| it.payload_length == 60_000);
    page.on(PacketsEvent::Held(PacketSpot::Packet(long.unwrap())));
    let scene = PacketsContext::of(&page.model);
    let look = page.packets.look(&scene).unwrap();
    assert_eq!(look.octets().len(), MOST_OCTETS);
    let last = look.octet_after(Move::Last);
    assert_eq!(last, Some(PacketSpot::Octet(MOST_OCTETS - 1)));
}
