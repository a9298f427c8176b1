//! The list of packets.

use std::rc::Rc;

use echo_core::packets::tls::Record;
use echo_core::packets::{Aspect, Capture, End, Flags, Note, Origin, Packet, Row};

use super::observed::Observed;
use crate::format;
use crate::inspector::highlight::Highlighted;
use crate::inspector::view::ListWindow;
use crate::inspector::window::{ROW_PX, Scroll};
use crate::packets::stream;
use crate::transcript::Direction;

/// The longest list that is drawn whole; of longer ones, only the rows in view are.
pub const MAX_UNWINDOWED_ROWS: usize = 16;
/// How many bytes of a packet's payload its row shows.
const MAX_PREVIEW_BYTES: usize = 32;
/// How many records of TLS the row of their packet names.
const MAX_RECORDS: usize = 4;

/// The columns of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The packet's number.
    Number,
    /// When it passed.
    Time,
    /// The ports, and who sent it.
    Ports,
    /// Its flags.
    Flags,
    /// Its sequence number.
    Seq,
    /// What it acknowledges.
    Ack,
    /// How many more bytes its sender takes.
    Window,
    /// How many bytes it carries.
    Length,
    /// What is notable about it, and what it carries.
    Info,
}

impl Column {
    /// All columns, in their order.
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Time,
        Self::Ports,
        Self::Flags,
        Self::Seq,
        Self::Ack,
        Self::Window,
        Self::Length,
        Self::Info,
    ];
}

/// The list of packets.
#[derive(Clone, Debug, PartialEq)]
pub struct ListView {
    /// How many packets there are.
    pub total: usize,
    /// The rows to draw.
    pub rows: Vec<RowView>,
    /// Where the rows stand in the list, if only those in view are drawn.
    pub window: Option<ListWindow>,
    /// The index of the selected packet, if its row is drawn.
    pub active: Option<usize>,
}

/// The row of a packet.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// The packet's index, from 0.
    pub index: usize,
    /// Who sent it.
    pub by: End,
    /// Which way it went, as the page sees it.
    pub direction: Direction,
    /// How long after the first packet it passed, in nanoseconds.
    pub since_ns: Observed<u64>,
    /// The client's port.
    pub client_port: Observed<u16>,
    /// The server's port.
    pub server_port: Observed<u16>,
    /// The packet's flags.
    pub flags: Observed<Flags>,
    /// The numbers of its header.
    pub numbers: Observed<RowNumbers>,
    /// What is notable about it.
    pub note: Option<Note>,
    /// The records of TLS that begin in it, each with its length; empty if there are none.
    pub tls: String,
    /// The beginning of its payload, escaped where it is not printable, unless that is TLS.
    pub preview: Option<Observed<Rc<str>>>,
    /// Whether it carried any of the bytes that are highlighted in all views.
    pub carries_highlighted: bool,
    /// Whether it is the selected packet.
    pub is_selected: bool,
}

/// Numbers of a packet's header, which are either all measured or all made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowNumbers {
    /// The sequence number, counted from the sender's SYN.
    pub seq: u32,
    /// The acknowledgment number, counted from the other end's SYN, if there is one.
    pub ack: Option<u32>,
    /// The window.
    pub window: WindowSize,
    /// How many bytes the packet carries.
    pub length: u32,
}

/// How many more bytes a sender takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowSize {
    /// Exactly this number.
    Exactly(u32),
    /// This number or a multiple of it: the SYN with the window scale was not captured.
    AtLeast(u16),
}

impl ListView {
    pub(super) fn of(
        (near, capture): (End, &Capture),
        records: &[Record],
        selected: Option<usize>,
        scroll: &Scroll,
        highlighted: &Highlighted,
    ) -> Self {
        let total = capture.packets().len();
        let (range, window) = if total <= MAX_UNWINDOWED_ROWS {
            (0..total, None)
        } else {
            let window = scroll.window(total, ROW_PX);
            let place = ListWindow::new(&window, false);
            (window.rows, Some(place))
        };
        let active = selected.filter(|index| range.contains(index));
        let rows = range.filter_map(|index| capture.row(index));
        let rows = rows.map(|row| RowView::of((near, &row), records, active, highlighted));
        let rows = rows.collect();
        Self { total, rows, window, active }
    }
}

impl RowView {
    fn of(
        (near, row): (End, &Row),
        records: &[Record],
        selected: Option<usize>,
        highlighted: &Highlighted,
    ) -> Self {
        let packet = row.packet;
        let [client_port, server_port] = ports(packet, row.by);
        let numbers = RowNumbers {
            seq: row.seq,
            ack: row.ack,
            window: WindowSize::of(row),
            length: packet.payload_length,
        };
        let (index, payload) = (row.number - 1, packet.payload());
        let tls = tls_records(records, index);
        Self {
            index,
            by: row.by,
            direction: stream::direction(near, row.by),
            since_ns: Observed::of(row.since_ns, packet, Aspect::Time),
            client_port,
            server_port,
            flags: Observed::of(packet.flags, packet, Aspect::Flags),
            numbers: Observed { value: numbers, is_measured: packet.origin == Origin::Measured },
            note: row.note,
            preview: (!payload.is_empty() && tls.is_empty()).then(|| {
                Observed::of(beginning(payload, MAX_PREVIEW_BYTES), packet, Aspect::Payload)
            }),
            tls,
            carries_highlighted: stream::carries(near, row, highlighted),
            is_selected: selected == Some(index),
        }
    }
}

impl WindowSize {
    fn of(row: &Row) -> Self {
        let window = row.packet.window;
        match row.window {
            Some(window) => Self::Exactly(window),
            // After RST nothing is taken, whatever the scale.
            None if row.packet.flags.has(Flags::RST) => Self::Exactly(window.into()),
            None => Self::AtLeast(window),
        }
    }
}

/// Returns the names of the records that begin in a packet, as in `Server Hello 122 B`.
fn tls_records(records: &[Record], packet: usize) -> String {
    let first = records.partition_point(|record| record.packet < packet);
    let of_packet = records[first..].iter().take_while(|record| record.packet == packet);
    let name = |record: &Record| format!("{} {} B", record.content.name(), record.length);
    let names: Vec<_> = of_packet.clone().take(MAX_RECORDS).map(name).collect();
    let more = if of_packet.count() > MAX_RECORDS { " · …" } else { "" };
    names.join(" · ") + more
}

/// Returns the ports of the client and the server.
fn ports(packet: &Packet, by: End) -> [Observed<u16>; 2] {
    let source = Observed::of(packet.source.port(), packet, Aspect::Source);
    let destination = Observed::of(packet.destination.port(), packet, Aspect::Destination);
    match by {
        End::Client => [source, destination],
        End::Server => [destination, source],
    }
}

/// Returns at most `max` bytes as text, and whether there are more.
pub(super) fn beginning(bytes: &[u8], max: usize) -> Rc<str> {
    format::excerpt(bytes, max, bytes.len() as u64).into()
}
