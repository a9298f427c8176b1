//! What the packet analyzer shows.

use echo_core::packets::layers::Key;
use echo_core::packets::{Capture, Checksum, End, Flags, file};
use echo_core::wire::{BridgeMessage, CaptureInfo, Info};

use super::{LOOPBACK, Page, field, hello, info};
use crate::Event;
use crate::bridge::Bridge;
use crate::copy::CopyableText;
use crate::inspector::highlight::Highlighted;
use crate::packets::view::detail::Meaning;
use crate::packets::view::kernel::KernelValue;
use crate::packets::view::list::WindowSize;
use crate::packets::view::octets::OctetMark;
use crate::packets::view::source::{CaptureStatus, CaptureSwitch, OriginView};
use crate::packets::view::{PanelView, View};
use crate::packets::{PacketSpot, PacketsEvent};
use crate::transcript::{Direction, Segment};

/// The offset of the TCP header: Ethernet has 14 bytes and IPv4 20.
const TCP_HEADER: usize = 34;

fn captured() -> Page {
    let mut page = Page::sent();
    page.capture(|_| {});
    page.sync();
    page
}

fn inferred() -> Page {
    let mut page = Page::sent();
    page.exchange();
    page.sync();
    page
}

fn status(page: &Page) -> CaptureStatus {
    match page.view().source.origin {
        OriginView::Connection(connection) => connection.status,
        OriginView::File(file) => panic!("{file:?}"),
    }
}

fn switch(page: &Page) -> Option<CaptureSwitch> {
    match page.view().source.origin {
        OriginView::Connection(connection) => connection.switch,
        OriginView::File(file) => panic!("{file:?}"),
    }
}

/// Lets the bridge say so much of capturing.
fn describe(page: &mut Page, capture: Option<CaptureInfo>) {
    let info = page.model.bridge.info().unwrap().clone();
    page.describe_bridge(&Info { capture, ..info });
}

fn marked(view: &View) -> Vec<(usize, OctetMark)> {
    let octets = view.detail.as_ref().unwrap().octets.rows.iter().flat_map(|row| &row.octets);
    octets.filter_map(|octet| Some((octet.offset, octet.mark?))).collect()
}

#[test]
fn it_says_how_the_packets_came_to_be_known() {
    let mut page = Page::sent();
    assert_eq!(status(&page), CaptureStatus::NoPackets);
    page.say(BridgeMessage::Capturing { began_us: super::BEGAN_US });
    page.sync();
    assert_eq!(status(&page), CaptureStatus::Awaiting);
    page.capture(|_| {});
    page.sync();
    assert_eq!(status(&page), CaptureStatus::Captured { count: 10, is_live: false, left_out: 2 });
    assert_eq!(status(&inferred()), CaptureStatus::Inferred { first: None, is_tls: false });
}

#[test]
fn the_switch_is_there_as_far_as_the_bridge_can_capture() {
    let mut page = inferred();
    assert_eq!(switch(&page), Some(CaptureSwitch::Unsupported));
    describe(&mut page, Some(CaptureInfo { possible: true, ..refused("", "") }));
    assert_eq!(switch(&page), Some(CaptureSwitch::Available { is_on: false }));
    page.event(Event::CaptureSwitched(true));
    assert_eq!(switch(&page), Some(CaptureSwitch::Available { is_on: true }));
    page.model.bridge = Bridge::Unknown;
    assert_eq!(switch(&page), None);
}

#[test]
fn why_the_bridge_cannot_capture_is_not_said_twice() {
    let mut page = inferred();
    describe(&mut page, Some(refused("Operation not permitted", "sudo setcap …")));
    let remedy = Some(CopyableText::new("sudo setcap …".into(), None));
    let reason = Some("Operation not permitted".to_owned());
    assert_eq!(switch(&page), Some(CaptureSwitch::Unavailable { reason, remedy: remedy.clone() }));
    page.say(BridgeMessage::NotCapturing { message: "Operation not permitted".into() });
    page.sync();
    assert_eq!(switch(&page), Some(CaptureSwitch::Unavailable { reason: None, remedy }));
    describe(&mut page, Some(refused("No socket", "")));
    let reason = Some("No socket".to_owned());
    assert_eq!(switch(&page), Some(CaptureSwitch::Unavailable { reason, remedy: None }));
}

fn refused(reason: &str, remedy: &str) -> CaptureInfo {
    CaptureInfo { possible: false, reason: reason.into(), remedy: remedy.into() }
}

#[test]
fn a_captured_row_is_measured_and_the_client_s_port_stands_first() {
    let list = captured().view().list.unwrap();
    assert_eq!((list.total, list.rows.len(), list.window), (10, 10, None));
    assert_eq!(list.active, Some(3));
    let answer = &list.rows[1];
    assert_eq!((answer.by, answer.flags.value), (End::Server, Flags(Flags::SYN.0 | Flags::ACK.0)));
    assert_eq!((answer.client_port.value, answer.server_port.value), (32804, 36355));
    let data = &list.rows[3];
    assert!(data.since_ns.is_measured && data.numbers.is_measured && data.is_selected);
    assert_eq!((data.numbers.value.seq, data.numbers.value.length), (1, 6));
    assert_eq!(&data.preview.as_ref().unwrap().value[..], "Hello!");
}

#[test]
fn of_an_inferred_row_only_what_the_bridge_saw_is_measured() {
    let list = inferred().view().list.unwrap();
    let data = &list.rows[3];
    assert!(data.since_ns.is_measured && data.preview.as_ref().unwrap().is_measured);
    assert!(!data.numbers.is_measured && !data.flags.is_measured);
}

#[test]
fn of_a_long_list_only_the_rows_in_view_are_drawn() {
    let mut page = inferred();
    for at_us in 0..500 {
        page.say(BridgeMessage::Wrote { bytes: 1, began_us: None, at_us: 1_000 + at_us });
    }
    page.sync();
    let list = page.view().list.unwrap();
    assert!(list.total > 500 && list.rows.len() < 50, "{}", list.rows.len());
    assert!(list.window.unwrap().height > 10_000.0);
    // The selected packet may be out of sight.
    page.on(PacketsEvent::Selected(PacketSpot::Packet(400)));
    assert_eq!(page.view().list.unwrap().active, None);
}

#[test]
fn a_window_whose_scale_is_unknown_is_at_least_what_the_header_says() {
    let mut packets = hello().into_iter().skip(3);
    let mut capture = Capture::of(packets.next().unwrap());
    packets.for_each(|packet| _ = capture.push(packet));
    let mut page = Page::sent();
    page.open("without.pcapng", &file::write(&capture, &file::About::default()));
    let rows = page.view().list.unwrap().rows;
    let size = rows[0].numbers.value.window;
    assert_eq!(size, WindowSize::AtLeast(hello()[3].window));
}

#[test]
fn the_packets_that_carried_what_is_highlighted_say_so_but_not_those_of_a_file() {
    let mut page = inferred();
    let bytes = Some(Segment { direction: Direction::Sent, range: 2..3 });
    let highlighted = Highlighted { bytes, ..Highlighted::default() };
    let carrying = |page: &Page| {
        let rows = page.view_with(&highlighted).list.unwrap().rows;
        rows.iter().filter(|row| row.carries_highlighted).map(|row| row.index).collect::<Vec<_>>()
    };
    assert_eq!(carrying(&page), [3]);
    // Its byte is marked, too: behind 20 bytes of IPv4 and 20 of TCP.
    assert_eq!(marked(&page.view_with(&highlighted)), [(42, OctetMark::Marked)]);
    page.open("loopback.pcapng", LOOPBACK);
    assert!(carrying(&page).is_empty());
}

#[test]
fn that_all_of_a_packet_s_payload_is_highlighted_is_shown_by_its_row_alone() {
    let page = inferred();
    let bytes = Some(Segment { direction: Direction::Sent, range: 0..6 });
    let view = page.view_with(&Highlighted { bytes, ..Highlighted::default() });
    assert!(view.list.as_ref().unwrap().rows[3].carries_highlighted);
    assert!(marked(&view).is_empty());
}

#[test]
fn a_hovered_field_marks_its_bytes_and_says_where_they_are() {
    let mut page = captured();
    page.on(PacketsEvent::Hovered(Some(field(2, 0))));
    let view = page.view();
    assert_eq!(
        marked(&view),
        [(TCP_HEADER, OctetMark::Marked), (TCP_HEADER + 1, OctetMark::Marked)]
    );
    let detail = view.detail.unwrap();
    let marks: Vec<_> = detail.layers.iter().map(|layer| layer.marked).collect();
    assert_eq!(marks, [None, None, Some(0), None]);
    let marked = detail.marked.unwrap();
    assert_eq!((marked.field.key, marked.first, marked.last), (Key::SourcePort, 34, 35));
}

#[test]
fn a_hovered_byte_is_active_among_the_bytes_of_its_field() {
    let mut page = captured();
    page.on(PacketsEvent::Hovered(Some(PacketSpot::Octet(TCP_HEADER + 1))));
    let view = page.view();
    assert_eq!(
        marked(&view),
        [(TCP_HEADER, OctetMark::Marked), (TCP_HEADER + 1, OctetMark::Active)]
    );
    assert_eq!(view.detail.unwrap().octets.active, Some(TCP_HEADER + 1));
}

#[test]
fn hovering_a_packet_leaves_the_selected_one_as_it_is() {
    let mut page = captured();
    let before = page.view();
    page.on(PacketsEvent::Hovered(Some(PacketSpot::Packet(7))));
    let view = page.view();
    assert_eq!((view.source, view.list, view.detail), (before.source, before.list, before.detail));
}

#[test]
fn the_selected_packet_is_told_layer_by_layer() {
    let detail = captured().view().detail.unwrap();
    assert_eq!((detail.heading.number, detail.heading.by), (4, End::Client));
    assert_eq!(detail.heading.cut_short, None);
    let names: Vec<_> = detail.layers.iter().map(|layer| layer.name).collect();
    assert_eq!(
        names,
        [
            "Ethernet II",
            "Internet Protocol Version 4",
            "Transmission Control Protocol",
            "TCP payload"
        ]
    );
    let is_open: Vec<_> = detail.layers.iter().map(|layer| layer.is_open).collect();
    assert_eq!(is_open, [false, false, true, true]);
    let endpoints = |layer: usize| {
        let ends = detail.layers[layer].endpoints.as_ref()?;
        Some([&ends[0].value[..], &ends[1].value[..]])
    };
    assert_eq!(endpoints(0), None);
    assert_eq!(endpoints(1), Some(["127.0.0.1", "127.0.0.1"]));
    assert_eq!(endpoints(2), Some(["32804", "36355"]));
    let meanings = detail.layers.iter().flat_map(|layer| &layer.fields);
    let meanings: Vec<_> = meanings.filter_map(|it| it.value.value.meaning.clone()).collect();
    for meaning in [
        Meaning::Protocol("IPv4"),
        Meaning::Protocol("TCP"),
        Meaning::Relative(1),
        Meaning::Checksum(Checksum::Offloaded),
        Meaning::Payload(6, "Hello!".into()),
    ] {
        assert!(meanings.contains(&meaning), "{meaning:?} is not among {meanings:?}");
    }
}

#[test]
fn the_panel_has_what_the_kernel_says_or_what_was_said_in_a_file() {
    let mut page = Page::sent();
    assert_eq!(page.view().panel, PanelView::Kernel(None));
    page.say(BridgeMessage::TcpInfo(info()));
    page.sync();
    let PanelView::Kernel(Some(values)) = page.view().panel else { panic!("nothing was said") };
    assert_eq!(values[0], KernelValue::Rtt(25));
    page.open("loopback.pcapng", LOOPBACK);
    let PanelView::Conversation(conversation) = page.view().panel else { panic!("no file") };
    assert_eq!(conversation.turns.len(), 2);
}

#[test]
fn a_file_names_its_connections() {
    let mut page = Page::sent();
    page.open("loopback.pcapng", LOOPBACK);
    page.on(PacketsEvent::ConnectionChosen(2));
    let OriginView::File(file) = page.view().source.origin else { panic!("no file is open") };
    assert_eq!((file.count, file.chosen, file.connections.len()), (2, 2, 4));
    assert!(!file.has_inferred);
    assert_eq!(file.connections[2].packets, 2);
}
