//! The selected packet: its layers and their fields.

use std::net::SocketAddr;
use std::ops::Range;
use std::rc::Rc;

use echo_core::packets::layers::{Field, Key, Layer};
use echo_core::packets::{Aspect, Checksum, End, Flags, Note};

use super::list::beginning;
use super::observed::Observed;
use super::octets::OctetsView;
use crate::inspector::highlight::Highlighted;
use crate::packets::detail::PacketDetail;
use crate::packets::stream;
use crate::transcript::Direction;

/// How many bytes of a payload are shown as the value of its field.
const MAX_PAYLOAD_BYTES: usize = 64;

/// The selected packet.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailView {
    /// The heading.
    pub heading: HeadingView,
    /// The layers, outermost first.
    pub layers: Vec<LayerView>,
    /// The packet's bytes.
    pub octets: OctetsView,
    /// The marked field.
    pub marked: Option<MarkedField>,
}

/// The heading of the selected packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingView {
    /// The packet's number, from 1.
    pub number: usize,
    /// Who sent it.
    pub by: End,
    /// Which way it went, as the page sees it.
    pub direction: Direction,
    /// Its flags.
    pub flags: Observed<Flags>,
    /// What is notable about it.
    pub note: Option<Note>,
    /// If it was cut short: how many bytes were captured, and how many it had.
    pub cut_short: Option<(usize, u32)>,
}

/// A layer of the selected packet.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerView {
    /// Its index, the outermost being 0.
    pub index: usize,
    /// Its name.
    pub name: &'static str,
    /// Whether it is unfolded at first.
    pub is_open: bool,
    /// The source and the destination, where the layer has such fields.
    pub endpoints: Option<[Observed<String>; 2]>,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// The index of the marked field.
    pub marked: Option<usize>,
}

/// A field of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// Which field it is.
    pub key: Key,
    /// Its value.
    pub value: Observed<FieldValue>,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The value as it is commonly written; empty where only the meaning says something.
    pub text: String,
    /// What the value means.
    pub meaning: Option<Meaning>,
}

/// What the value of a field means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A sequence number, counted from the SYN.
    Relative(u32),
    /// A window in bytes, scaled.
    Scaled(u32),
    /// What a checksum says.
    Checksum(Checksum),
    /// The name of a protocol.
    Protocol(&'static str),
    /// A payload: how many bytes it has, and the beginning of them as text.
    Payload(u32, Rc<str>),
}

/// The marked field and its place in the packet.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedField {
    /// The field.
    pub field: FieldView,
    /// The offset of its first byte.
    pub first: usize,
    /// The offset of its last byte.
    pub last: usize,
}

impl DetailView {
    pub(super) fn of(detail: &PacketDetail, highlighted: &Highlighted) -> Self {
        let layers = detail.layers.iter().enumerate();
        Self {
            heading: HeadingView::of(detail),
            layers: layers.map(|(index, layer)| LayerView::of(detail, index, layer)).collect(),
            octets: OctetsView::of(detail, highlighted),
            marked: detail.field().map(|field| MarkedField::of(detail, field)),
        }
    }
}

impl HeadingView {
    fn of(detail: &PacketDetail) -> Self {
        let (row, packet) = (&detail.row, detail.row.packet);
        let frame = &packet.frame;
        Self {
            number: row.number,
            by: row.by,
            direction: stream::direction(detail.near, row.by),
            flags: Observed::of(packet.flags, packet, Aspect::Flags),
            note: row.note,
            cut_short: frame.is_cut_short().then_some((frame.bytes.len(), frame.length)),
        }
    }
}

impl LayerView {
    fn of(detail: &PacketDetail, index: usize, layer: &Layer) -> Self {
        let is_tcp_or_above = |field: &Field| matches!(field.key, Key::Window | Key::Payload);
        Self {
            index,
            name: layer.name,
            is_open: layer.fields.iter().any(is_tcp_or_above),
            endpoints: endpoints(detail, layer),
            fields: layer.fields.iter().map(|field| FieldView::of(detail, field)).collect(),
            marked: detail.field_place().filter(|it| it.layer == index).map(|it| it.field),
        }
    }
}

impl FieldView {
    fn of(detail: &PacketDetail, field: &Field) -> Self {
        let value = FieldValue { text: field.value.clone(), meaning: Meaning::of(detail, field) };
        Self { key: field.key, value: Observed { value, is_measured: field.measured } }
    }
}

impl MarkedField {
    fn of(detail: &PacketDetail, field: &Field) -> Self {
        let Range { start, end } = field.bytes;
        let field = FieldView::of(detail, field);
        Self { field, first: start, last: end.saturating_sub(1) }
    }
}

impl Meaning {
    fn of(detail: &PacketDetail, field: &Field) -> Option<Self> {
        let (row, packet) = (&detail.row, detail.row.packet);
        Some(match field.key {
            Key::Sequence => Self::Relative(row.seq),
            Key::Acknowledgment => Self::Relative(row.ack?),
            Key::Window => Self::Scaled(row.window?),
            Key::Checksum => Self::Checksum(packet.checksum),
            Key::HeaderChecksum => Self::Checksum(packet.header_checksum()?),
            Key::Protocol => Self::Protocol("TCP"),
            Key::EtherType if field.value == "0x0800" => Self::Protocol("IPv4"),
            Key::EtherType if field.value == "0x86dd" => Self::Protocol("IPv6"),
            Key::Payload => {
                Self::Payload(packet.payload_length, beginning(packet.payload(), MAX_PAYLOAD_BYTES))
            }
            _ => return None,
        })
    }
}

/// Returns the source and the destination: addresses for IP, ports for TCP.
fn endpoints(detail: &PacketDetail, layer: &Layer) -> Option<[Observed<String>; 2]> {
    let packet = detail.row.packet;
    let has = |key| layer.fields.iter().any(|field| field.key == key);
    let name = |end: SocketAddr| {
        if has(Key::Source) {
            Some(end.ip().to_string())
        } else {
            has(Key::SourcePort).then(|| end.port().to_string())
        }
    };
    Some([
        Observed::of(name(packet.source)?, packet, Aspect::Source),
        Observed::of(name(packet.destination)?, packet, Aspect::Destination),
    ])
}
