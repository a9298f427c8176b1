//! From packets to a pcapng file.

#![expect(
    clippy::cast_possible_truncation,
    reason = "all packets together are far below 4 GiB, and a time is split in two"
)]

use std::net::IpAddr;

use super::About;
use super::blocks::{self, Writer};
use crate::packets::capture::{Capture, End, Row};
use crate::packets::{Checksum, Link, Origin, inferred};

/// Directions of a packet in its flags: from the client's side.
const INBOUND: u32 = 1;
const OUTBOUND: u32 = 2;
/// Times count in units of ten to the power of minus so many seconds.
const NANOSECONDS: u8 = 9;

/// The packets of `capture` as a pcapng file. Comments say what of each was made up.
#[must_use]
pub fn write(capture: &Capture, about: &About<'_>) -> Vec<u8> {
    let mut file = Writer::default();
    section(&mut file, capture, about);
    let links = links(capture);
    for link in &links {
        interface(&mut file, *link, about);
    }
    if !about.name.is_empty() {
        name(&mut file, capture.address(End::Server).ip(), about.name);
    }
    // Before the packets: a reader decrypts as it reads.
    if !about.tls_secrets.is_empty() {
        secrets(&mut file, about.tls_secrets);
    }
    for index in 0..capture.packets().len() {
        if let Some(row) = capture.row(index) {
            packet(&mut file, row, &links);
        }
    }
    file.bytes
}

/// The link layers, each once: the file has an interface for each.
fn links(capture: &Capture) -> Vec<Link> {
    let mut links = Vec::new();
    for packet in capture.packets() {
        if !links.contains(&packet.frame.link) {
            links.push(packet.frame.link);
        }
    }
    links
}

fn section(file: &mut Writer, capture: &Capture, about: &About<'_>) {
    let packets = capture.packets();
    let inferred = packets.iter().filter(|packet| packet.origin != Origin::Measured).count();
    let left = packets.iter().filter(|packet| packet.checksum == Checksum::Offloaded).count();
    let comment = format!(
        "{} packets of one TCP connection, {inferred} of them inferred and not captured, as their \
         comments say; {} more passed that are not here. The TCP checksums of {left} had not been \
         computed yet: that was left to the network card.",
        packets.len(),
        about.lost + capture.left_out()
    );
    file.block(blocks::SECTION, |file| {
        file.u32(blocks::BYTE_ORDER);
        // Version 1.0; the section's length is not told, which is minus one.
        file.pair(1, 0);
        file.u32(u32::MAX);
        file.u32(u32::MAX);
        file.entry(blocks::APPLICATION, about.application.as_bytes());
        file.entry(blocks::COMMENT, comment.as_bytes());
        file.entry(0, &[]);
    });
}

fn interface(file: &mut Writer, link: Link, about: &About<'_>) {
    file.block(blocks::INTERFACE, |file| {
        file.pair(link.number(), 0);
        // No snap length.
        file.u32(0);
        if !about.interface.is_empty() {
            file.entry(blocks::INTERFACE_NAME, about.interface.as_bytes());
        }
        file.entry(blocks::INTERFACE_DESCRIPTION, b"one session of Echo Playground");
        file.entry(blocks::RESOLUTION, &[NANOSECONDS]);
        file.entry(0, &[]);
    });
}

fn name(file: &mut Writer, address: IpAddr, name: &str) {
    let (kind, mut record) = match address {
        IpAddr::V4(address) => (blocks::NAME_IPV4, address.octets().to_vec()),
        IpAddr::V6(address) => (blocks::NAME_IPV6, address.octets().to_vec()),
    };
    record.extend_from_slice(name.as_bytes());
    record.push(0);
    file.block(blocks::NAMES, |file| {
        file.entry(kind, &record);
        file.entry(0, &[]);
    });
}

fn secrets(file: &mut Writer, lines: &str) {
    file.block(blocks::SECRETS, |file| {
        file.u32(blocks::TLS_KEY_LOG);
        file.u32(lines.len() as u32);
        file.padded(lines.as_bytes());
    });
}

fn packet(file: &mut Writer, row: Row<'_>, links: &[Link]) {
    let frame = &row.packet.frame;
    let interface = links.iter().position(|link| *link == frame.link).unwrap_or_default();
    let direction = if row.by == End::Client { OUTBOUND } else { INBOUND };
    file.block(blocks::ENHANCED_PACKET, |file| {
        file.u32(interface as u32);
        file.u32((frame.at_ns >> 32) as u32);
        file.u32(frame.at_ns as u32);
        file.u32(frame.bytes.len() as u32);
        file.u32(frame.length.max(frame.bytes.len() as u32));
        file.padded(&frame.bytes);
        file.entry(blocks::FLAGS, &direction.to_le_bytes());
        if let Origin::Inferred(known) = row.packet.origin {
            file.entry(blocks::COMMENT, inferred::text(known).as_bytes());
        }
        file.entry(0, &[]);
    });
}
