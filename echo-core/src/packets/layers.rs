//! The fields of a packet, each with its bytes: what a page opens, and marks on hover.

mod tables;

use std::net::IpAddr;
use std::ops::Range;

use super::decode::Packet;
use super::option::OptionKind;
use super::{Aspect, Flags, Link};
pub use tables::Key;
use tables::{Form, Spec};

/// One of the layers of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name, as in the standards.
    pub name: &'static str,
    /// Its bytes, as of the frame.
    pub bytes: Range<usize>,
    /// Its fields, in the order of the wire.
    pub fields: Vec<Field>,
}

/// A field of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which one it is.
    pub key: Key,
    /// Its bytes, as of the frame; some share a byte.
    pub bytes: Range<usize>,
    /// Its value, as the field is commonly written; empty where the bytes themselves say it best.
    pub value: String,
    /// Whether it was measured, and not made up to fit what was.
    pub measured: bool,
}

/// The layers of `packet`, outermost first.
#[must_use]
pub fn layers(packet: &Packet) -> Vec<Layer> {
    let mut layers = Vec::with_capacity(4);
    let (ip, tcp, payload) = (packet.ip, packet.tcp, &packet.payload);
    if ip > 0 {
        let (name, table) = match packet.frame.link {
            Link::Ethernet => ("Ethernet II", tables::ETHERNET),
            Link::Cooked => ("Linux cooked capture v1", tables::COOKED),
            Link::Cooked2 => ("Linux cooked capture v2", tables::COOKED2),
            _ => ("Null/Loopback", tables::NULL),
        };
        layers.push(layer(packet, name, 0..ip, table));
    }
    let (name, table) = match packet.source.ip() {
        IpAddr::V4(_) => ("Internet Protocol Version 4", tables::IPV4),
        IpAddr::V6(_) => ("Internet Protocol Version 6", tables::IPV6),
    };
    layers.push(layer(packet, name, ip..tcp, table));
    let mut header =
        layer(packet, "Transmission Control Protocol", tcp..payload.start, tables::TCP);
    header.fields.extend(options(packet));
    layers.push(header);
    if !payload.is_empty() {
        let measured = packet.origin.measured(Aspect::Payload);
        let field =
            Field { key: Key::Payload, bytes: payload.clone(), value: String::new(), measured };
        layers.push(Layer { name: "TCP payload", bytes: payload.clone(), fields: vec![field] });
    }
    layers
}

/// The innermost field that this byte of the frame belongs to: the last one that has it.
#[must_use]
pub fn field_at(layers: &[Layer], at: usize) -> Option<&Field> {
    let layer = layers.iter().find(|layer| layer.bytes.contains(&at))?;
    layer.fields.iter().rfind(|field| field.bytes.contains(&at))
}

fn layer(packet: &Packet, name: &'static str, bytes: Range<usize>, table: &[Spec]) -> Layer {
    let inside = table.iter().filter(|spec| bytes.start + spec.end() <= bytes.end);
    let fields = inside.map(|spec| field(packet, bytes.start, spec)).collect();
    Layer { name, bytes, fields }
}

fn field(packet: &Packet, start: usize, spec: &Spec) -> Field {
    let range = start + spec.at()..start + spec.end();
    let bytes = &packet.frame.bytes[range.clone()];
    let value = match spec.form {
        Form::Number => spec.number(bytes).to_string(),
        Form::Hex => format!("0x{:04x}", spec.number(bytes)),
        Form::Mac => mac(bytes),
        Form::Source => packet.source.ip().to_string(),
        Form::Destination => packet.destination.ip().to_string(),
        Form::Words4 => (spec.number(bytes) * 4).to_string(),
        Form::Flags => packet.flags.names(),
    };
    let measured = spec.measured(packet.origin);
    Field { key: spec.key, bytes: range, value, measured }
}

fn mac(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(":")
}

fn options(packet: &Packet) -> impl Iterator<Item = Field> {
    let measured = packet.origin == super::Origin::Measured;
    packet.options.iter().map(move |option| {
        let (key, value) = option_text(&option.kind);
        Field { key, bytes: option.bytes.clone(), value, measured }
    })
}

fn option_text(kind: &OptionKind) -> (Key, String) {
    match kind {
        OptionKind::End => (Key::EndOfOptions, String::new()),
        OptionKind::NoOperation => (Key::NoOperation, String::new()),
        OptionKind::MaximumSegmentSize(size) => (Key::MaximumSegmentSize, size.to_string()),
        OptionKind::WindowScale(scale) => (Key::WindowScale, format!("×{}", 1_u32 << scale)),
        OptionKind::SackPermitted => (Key::SackPermitted, String::new()),
        OptionKind::Sack(edges) => {
            let edges: Vec<String> =
                edges.iter().map(|(from, to)| format!("{from}-{to}")).collect();
            (Key::Sack, edges.join(", "))
        }
        OptionKind::Timestamps(own, echo) => (Key::Timestamps, format!("{own}, echo {echo}")),
        OptionKind::Other(number) => (Key::OtherOption, number.to_string()),
    }
}

impl Packet {
    /// The bytes of the frame in which the flag of this bit stands: byte 12 or 13 of the header.
    #[must_use]
    pub fn flag_byte(&self, flag: Flags) -> usize {
        self.tcp + if flag.0 > 0xff { 12 } else { 13 }
    }
}
