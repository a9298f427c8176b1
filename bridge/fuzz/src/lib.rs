//! What must hold for any bytes that a stranger sends: shared by the fuzz targets and by a plain
//! test over the corpus.

use bridge::targets::{Pattern, Policy, Target};
use echo_core::packets::file::{self, About};
use echo_core::packets::follow::follow;
use echo_core::packets::layers::layers;
use echo_core::packets::{Capture, Frame, Link, Packet};
use echo_core::wire::ClientMessage;

/// A control message that is one reads back as itself.
pub fn control(bytes: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<ClientMessage>(bytes) {
        let text = serde_json::to_string(&message).expect("it was read");
        assert_eq!(serde_json::from_str::<ClientMessage>(&text).ok(), Some(message));
    }
}

/// A target has one form, which reads back as itself; a pattern permits only its own ports.
pub fn target(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(target) = text.parse::<Target>() {
        assert_eq!(target.to_string().parse(), Ok(target.clone()));
        assert!(target.port > 0);
        assert!(!Policy::default().may_resolve(&target));
    }
    if let Ok(patterns) = Pattern::parse(text) {
        let elsewhere: Target = "host.invalid:1".parse().expect("a target");
        let policy = Policy::new(patterns);
        let address = std::net::Ipv4Addr::LOCALHOST.into();
        assert!(!policy.permits(&elsewhere, address) || policy.may_resolve(&elsewhere));
    }
}

/// A packet, of the link layer that the first two bytes number, opens into fields that are inside
/// of it, and is the same after it was written to a file.
pub fn packet(bytes: &[u8]) {
    let Some((&number, bytes)) = bytes.split_first_chunk() else { return };
    let Ok(link) = Link::from_number(u16::from_be_bytes(number)) else { return };
    let length = u32::try_from(bytes.len()).expect("fuzzers make no packets of 4 GiB");
    let frame = Frame { at_ns: 0, link, length, bytes: bytes.to_vec() };
    let Ok(packet) = Packet::decode(frame) else { return };
    for field in layers(&packet).iter().flat_map(|layer| &layer.fields) {
        assert!(field.bytes.end <= bytes.len());
    }
    let written = file::write(&Capture::of(packet.clone()), &About::default());
    let read = file::read(&written).expect("it was written");
    assert_eq!(read.captures[0].packets(), [packet]);
}

/// A file that is no capture is refused; of one that is, every row and stream can be shown.
pub fn capture(bytes: &[u8]) {
    let Ok(read) = file::read(bytes) else { return };
    assert!(!read.captures.is_empty());
    for capture in &read.captures {
        let rows = (0..).map_while(|index| capture.row(index));
        assert_eq!(rows.count(), capture.packets().len());
        assert!(follow(capture).len() <= capture.packets().len());
    }
}
