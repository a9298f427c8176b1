//! The list of packets.

use echo_core::packets::{Aspect, Capture, End, Flags, Origin, Row};
use yew::Html;

use super::value::beginning;
use super::{Parts, arrow, hear, told, way};
use crate::components::views::pane_id;
use crate::i18n::format;
use crate::tag::{Tag, tag};
use page_model::inspector::Tab;
use page_model::packets::{FEW, PacketsEvent, stream};

/// How many bytes of what a packet carries stand in its row.
const SAID: usize = 32;
/// The columns, as the style sheet knows them.
const COLUMNS: [&str; 9] =
    ["number", "since", "ports", "flags", "seq", "ack", "window", "length", "note"];

impl Parts<'_> {
    pub(super) fn list(&self, capture: &Capture) -> Html {
        let total = capture.packets().len();
        let few = total <= FEW;
        let window = self.scene.scroll.window(total);
        let px = |px: f64| (!few).then(|| format::pixels(px));
        let rows = if few { 0..total } else { window.rows.clone() };
        let opened = self.state.index(capture);
        let active = opened.filter(|index| rows.contains(index)).map(id);
        let rows = rows.filter_map(|index| capture.row(index));
        let row = |row: Row| self.row(&row, opened == Some(row.number - 1));
        tag("div")
            .key("list")
            .set("id", pane_id(Tab::Packets))
            .class("packet-list")
            .class((!few).then_some("many"))
            .set("role", "grid")
            .set("tabindex", "0")
            .set("aria-label", self.words.list)
            .set("aria-rowcount", (total + 1).to_string())
            .set("aria-activedescendant", active)
            .onkeydown(hear::keys(self.emit, PacketsEvent::Moved))
            .onscroll(hear::scrolled(self.emit))
            .child(
                tag("div").key("heads").class("heads").set("role", "rowgroup").child(self.heads()),
            )
            .child(
                // Its height must not outlast the rows that gave it.
                tag("div")
                    .key(if few { "few" } else { "many" })
                    .class("whole")
                    .set("role", "rowgroup")
                    .set("data-height", px(window.whole))
                    .child(
                        tag("div")
                            .set("role", "presentation")
                            .set("data-above", px(window.above))
                            .children(rows.map(row)),
                    ),
            )
            .html()
    }

    fn heads(&self) -> Tag {
        let head = |(column, name): (&'static str, &'static str)| {
            tag("span").key(column).class(column).set("role", "columnheader").child(name)
        };
        tag("div")
            .class("packet")
            .set("role", "row")
            .set("aria-rowindex", "1")
            .children(COLUMNS.into_iter().zip(self.words.heads).map(head))
    }

    fn row(&self, row: &Row, is_opened: bool) -> Tag {
        let packet = row.packet;
        let known = |aspect| packet.origin.measured(aspect);
        let all = packet.origin == Origin::Measured;
        let cell = |column: &'static str, content: Tag| {
            content.key(column).class(column).set("role", "gridcell")
        };
        let ack = row.ack.map_or_else(|| tag("span"), |ack| told(&ack.to_string(), all));
        let flags = format!("[{}]", packet.flags.names());
        tag("div")
            .key(row.number)
            .set("id", id(row.number - 1))
            .class("packet")
            .class(way(row.by))
            .class(stream::carries(row, self.marked).then_some("carries"))
            .set("role", "row")
            .set("aria-rowindex", (row.number + 1).to_string())
            .set("aria-selected", is_opened.to_string())
            .set("data-packet", (row.number - 1).to_string())
            .child(cell("number", tag("span").child(row.number.to_string())))
            .child(cell("since", told(&seconds(row.since_ns), known(Aspect::Time))))
            .child(cell("ports", ports(row)))
            .child(cell("flags", told(&flags, known(Aspect::Flags))))
            .child(cell("seq", told(&row.seq.to_string(), all)))
            .child(cell("ack", ack))
            .child(cell("window", told(&window(row), all)))
            .child(cell("length", told(&packet.payload_length.to_string(), all)))
            .child(cell("note", self.info(row)))
    }

    /// What is worth a word about a packet, and the beginning of what it carries.
    fn info(&self, row: &Row) -> Tag {
        let note = row.note.map(|note| tag("span").key("note").child((self.words.note)(note).0));
        let payload = row.packet.payload();
        let said = (!payload.is_empty()).then(|| {
            let known = row.packet.origin.measured(Aspect::Payload);
            told(&beginning(payload, SAID), known).key("said").class("said")
        });
        tag("span").child(note).child(" ").child(said)
    }
}

/// The client stands left, whoever sends.
fn ports(row: &Row) -> Tag {
    let packet = row.packet;
    let source = (packet.source.port(), packet.origin.measured(Aspect::Source));
    let destination = (packet.destination.port(), packet.origin.measured(Aspect::Destination));
    let (client, server) = match row.by {
        End::Client => (source, destination),
        End::Server => (destination, source),
    };
    let port = |(port, known): (u16, bool)| told(&port.to_string(), known).class("port");
    tag("span").child(port(client)).child(format!(" {} ", arrow(row.by))).child(port(server))
}

/// The window, scaled; where no SYN said modes, as it stands there, which may be too little. After RST
/// nothing is taken, whatever the scale.
fn window(row: &Row) -> String {
    let packet = row.packet;
    match row.window {
        Some(window) => window.to_string(),
        None if packet.flags.has(Flags::RST) => packet.window.to_string(),
        None => format!("≥{}", packet.window),
    }
}

/// Seconds to the microsecond.
pub(super) fn seconds(ns: u64) -> String {
    format!("{}.{:06}", ns / 1_000_000_000, ns % 1_000_000_000 / 1_000)
}

fn id(index: usize) -> String {
    format!("packet-{index}")
}
